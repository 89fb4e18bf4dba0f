"""What every page is made of: templates without scripts or styles of their own, and nothing from another house."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, parse

WRITTEN = [path for folder in ("templates", "archive", "reader") for path in sorted((ROOT / folder).rglob("*"))]
TEMPLATES = [path for path in WRITTEN if path.suffix in {".html", ".xml", ".txt"} and "templates" in path.parts]
STATIC = [
    path for path in sorted((ROOT / "static").rglob("*")) if path.suffix in {".css", ".js", ".svg", ".webmanifest"}
]
SAFE = re.compile(r"\|\s*safe\b")

INLINE = {
    "a style of its own": r"<style\b|\sstyle\s*=",
    "a handler of its own": r"\son[a-z]+\s*=",
    "a script of its own": r"<script\b(?![^>]*\ssrc=)",
    "a script address": r"javascript:",
    "escaping turned off": r"autoescape\s+off|\|\s*safeseq",
    "something from another house": r"""(src|srcset|poster|data|action|formaction)\s*=\s*["']?\s*(https?:)?//""",
    "a stylesheet or hint from another house": r"""<link\b[^>]*href\s*=\s*["']?\s*(https?:)?//""",
}


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_one_template_prints_prose_as_it_is() -> None:
    safe = {where(path): len(SAFE.findall(path.read_text("utf-8"))) for path in TEMPLATES}
    assert {name: count for name, count in safe.items() if count} == {"templates/prose.html": 1}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has(what: str) -> None:
    assert TEMPLATES
    assert not [where(path) for path in TEMPLATES if re.search(INLINE[what], path.read_text("utf-8"), re.IGNORECASE)]


def test_no_stylesheet_or_script_asks_another_house() -> None:
    for path in STATIC:
        told = re.sub(r"https?://www\.w3\.org/[\w/.#]+", "", path.read_text("utf-8"))
        assert not re.search(r"https?://|url\(\s*[\"']?//|@import\s+[\"']//", told), where(path)


def test_no_script_makes_scripts_or_writes_markup_from_strings() -> None:
    makes = re.compile(r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|\.(inner|outer)HTML\s*=")
    assert not [where(path) for path in STATIC if path.suffix == ".js" and makes.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("name", ["mark_safe", "csrf_exempt", "xframe_options_exempt", "csp_exempt"])
def test_nothing_is_let_off(name: str) -> None:
    for path in modules("archive", "reader"):
        nodes = list(ast.walk(parse(path)))
        named = {node.id for node in nodes if isinstance(node, ast.Name)}
        named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        named |= {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert name not in named, where(path)


def test_nothing_is_declared_safe() -> None:
    for path in modules("archive", "reader"):
        called = [node.func for node in ast.walk(parse(path)) if isinstance(node, ast.Call)]
        names = {node.id for node in called if isinstance(node, ast.Name)}
        names |= {node.attr for node in called if isinstance(node, ast.Attribute)}
        assert not names & {"SafeString", "SafeText"}, where(path)


def test_what_is_formatted_as_markup_is_a_pattern_that_is_written_down() -> None:
    for path in modules("archive", "reader"):
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "format_html":
                assert isinstance(node.args[0], ast.Constant), f"{where(path)}:{node.lineno}"
