"""The house as syntax trees: modules, what each imports, what is written in it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules(*places: str) -> list[Path]:
    """The Python files at these places of the house, folders taken whole, migrations left out."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
    return [path for path in found if "migrations" not in path.parts]


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name_of(path: Path) -> str:
    """`archive/formats/source.py` -> `archive.formats.source`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Everything a module imports, wherever in it: `from archive import catalogue` yields `archive.catalogue`."""
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield from (_imported(base, alias.name) for alias in node.names)


def _imported(base: str, name: str) -> str:
    """A module of ours if `name` is one below `base`, else the module it is taken from."""
    below = ROOT / base.replace(".", "/") / name
    return f"{base}.{name}" if below.with_suffix(".py").exists() or below.is_dir() else base


def strings(path: Path) -> Iterator[str]:
    """Every string that is written in a module."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def under(module: str, *packages: str) -> bool:
    """Whether a module is one of these packages or lies below one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@cache
def tracked() -> tuple[Path, ...]:
    """The files that are, or are about to be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
