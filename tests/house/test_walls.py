"""The walls of the house, read off its syntax trees: which room may know of which."""

import ast
import re
from pathlib import Path

import pytest

from archive import catalogue
from tests.house.tree import ROOT, imports, modules, name_of, parse, strings, under

PURE = (
    "archive.formats",
    "archive.languages",
    "archive.parsed",
    "archive.clean",
    "archive.merging",
    "archive.differences",
    "archive.places",
    "archive.statements",
    "archive.vocabulary",
)
DOORS = (
    "archive.catalogue",
    "archive.access",
    "archive.policy",
    "archive.audit",
    "archive.browse",
    "archive.vocabulary",
)
PLAIN = ("archive.shown",)  # frozen dataclasses that the door hands out: only for saying what a page is given

NETWORK = (
    "aiohttp", "allauth", "asyncio", "ftplib", "http.client", "httpx", "imaplib", "oauthlib", "poplib", "requests",
    "smtplib", "socket", "socketserver", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
)  # fmt: skip
LET_OUT = {
    "reader.serving": {"socket"},  # takes the port for gunicorn, and asks which addresses are this machine's
    "reader.openid": {"allauth"},  # asks the provider whom a keeper has named who somebody is, and nobody else anything
}


def broken(paths: list[Path], allowed: tuple[str, ...], *, within: str) -> list[str]:
    """The imports that lead from these modules to a place in `within` that is not allowed."""
    return [
        f"{name_of(path)} imports {module}"
        for path in paths
        for module in imports(path)
        if under(module, within) and not under(module, *allowed)
    ]


def test_there_is_a_house_to_look_at() -> None:
    assert len(modules("archive")) > 20
    assert len(modules("reader")) > 5
    assert "archive.vocabulary" in set(imports(ROOT / "archive" / "access.py"))


def pure() -> list[Path]:
    return [path for path in modules("archive") if under(name_of(path), *PURE)]


def test_reading_cleaning_and_merging_know_nothing_of_database_or_settings() -> None:
    assert len(pure()) > 2
    for outside in ("django", "django_tasks", "taggit", "psycopg", "sqlite3"):
        assert not broken(pure(), (), within=outside)
    assert not broken(pure(), PURE, within="archive")


def test_the_rule_of_access_knows_only_the_vocabulary() -> None:
    access, policy = [ROOT / "archive" / "access.py"], [ROOT / "archive" / "policy.py"]
    assert not broken(access, ("archive.vocabulary",), within="archive")
    assert not broken(policy, ("archive.vocabulary", "archive.access"), within="archive")
    assert not broken(access + policy, (), within="django")


def test_the_question_knows_nothing_of_the_database() -> None:
    question = modules("archive/browse")
    assert len(question) > 10
    assert not broken(question, (), within="django")
    assert not broken(question, ("archive.browse", *PURE), within="archive")


def test_the_reading_room_uses_only_the_door() -> None:
    keepers, others = [ROOT / "reader" / "admin.py"], [path for path in modules("reader") if path.name != "admin.py"]
    assert not broken(others, DOORS + PLAIN, within="archive")
    # The page of readers in admin is filled in as the page of the policy is: the fields of its form are the same.
    assert not broken([path for path in keepers if path.exists()], (*DOORS, "archive.admin.fields"), within="archive")


def test_the_reading_room_has_no_way_round_the_door() -> None:
    rows = re.compile(r"archive\.(models|Work|Chapter|Tag|Text)\b.*")
    for path in modules("reader"):
        called = {node.attr for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute)}
        ways = {"get_model", "get_models", "cursor", "raw", "import_module", "import_string"}
        assert not called & ways, path
        assert not [word for word in strings(path) if rows.fullmatch(word)], path


def test_the_library_never_names_the_reading_room() -> None:
    rooms = re.compile(r"reader(\.\w+)+")
    assert not broken(modules("archive"), (), within="reader")
    assert not [(path, word) for path in modules("archive") for word in strings(path) if rooms.fullmatch(word)]


def test_nobody_reaches_into_the_network() -> None:
    found = [
        f"{name_of(path)} imports {module}"
        for path in modules("archive", "reader", "manage.py")
        for module in imports(path)
        if under(module, *NETWORK) and module.partition(".")[0] not in LET_OUT.get(name_of(path), ())
    ]
    assert not found


def test_what_asks_a_provider_is_reached_only_by_addresses_that_exist_where_there_is_one() -> None:
    asks = [name_of(path) for path in modules("archive", "reader") if "reader.openid" in set(imports(path))]
    assert asks == ["reader.views.elsewhere"]
    leads = [name_of(path) for path in modules("archive", "reader") if "reader.views.elsewhere" in set(imports(path))]
    assert leads == ["reader.urls"]


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5, which Debian 12 has, swallows what such a group fails at (CPython's gh-106052)."""
    repeated = re.compile(r"[^\\]\)(?:[*+?]|\{[0-9,]+\})\+")
    assert repeated.search(r"(?:a|bc)*+")
    found = [name_of(path) for path in modules("archive", "reader") if any(map(repeated.search, strings(path)))]
    assert not found


def test_tests_are_not_imported_by_the_house() -> None:
    assert not broken(modules("archive", "reader", "manage.py"), (), within="tests")


def offered() -> set[str]:
    """What there is to be had of the door."""
    return set(catalogue.__all__)


def door() -> list[ast.FunctionDef]:
    """The functions among it, in whichever of its rooms they stand."""
    nodes = [node for path in modules("archive/catalogue") for node in parse(path).body]
    return [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name in offered()]


def test_the_door_offers_its_functions_and_the_reference_to_works() -> None:
    assert sorted([*(function.name for function in door()), "WorkRef"]) == sorted(offered())


def test_nobody_enters_by_a_room_behind_the_door() -> None:
    outside = [path for path in modules("archive", "reader") if not under(name_of(path), "archive.catalogue")]
    rooms = {name_of(path) for path in modules("archive/catalogue")} - {"archive.catalogue"}
    assert len(rooms) > 3
    assert not [(path, module) for path in outside for module in imports(path) if under(module, *rooms)]
    taken = {
        (name_of(path), node.attr)
        for path in outside
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "catalogue"
    }
    assert len(taken) > 10
    assert {name for _, name in taken} <= offered(), taken


UNASKED = {"policy", "choose", "limits", "house"}  # what holds for everybody: none tells anything of any work


def test_the_door_cannot_be_opened_without_saying_who_asks() -> None:
    assert {"browse", "work", "chapter", "gate", "tag", "author", "series"} <= {function.name for function in door()}
    for function in door():
        if function.name in UNASKED:
            continue
        first = (*function.args.posonlyargs, *function.args.args)[:1]
        assert [argument.arg for argument in first] == ["reader"], function.name
        assert first[0].annotation is not None, function.name
        assert ast.unparse(first[0].annotation) == "Reader", function.name
        required = len(function.args.args) - len(function.args.defaults)
        assert required >= 1, f"{function.name}: the reader must have no default"


def test_the_door_hands_out_plain_data_and_no_rows() -> None:
    rows = {
        alias.asname or alias.name
        for path in modules("archive/catalogue")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and under(node.module or "", "archive.models")
        for alias in node.names
    }
    for function in door():
        assert function.returns is not None, function.name
        named = {node.id for node in ast.walk(function.returns) if isinstance(node, ast.Name)}
        assert not named & (rows | {"QuerySet", "Any", "Model"}), function.name


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base", "misc", "services", "manager"])
def test_no_room_is_named_after_nothing(name: str) -> None:
    given = ROOT / "reader" / "postgres" / "base.py"  # Django looks for a database's connections under this name
    rooms = [path for path in modules("archive", "reader", "tests") if path != given]
    assert not [path for path in rooms if name in {path.stem, path.parent.name}]


def test_each_module_opens_with_a_sentence() -> None:
    for path in modules("archive", "reader", "tests", "manage.py"):
        if path.name == "__init__.py" and not path.read_text("utf-8").strip():
            continue
        sentence = (ast.get_docstring(parse(path)) or "").partition("\n\n")[0]
        assert sentence.rstrip().endswith((".", ")", "?")), path.relative_to(ROOT)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name_of(path)}.{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in modules("archive", "reader")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert not long


def test_few_files_are_long() -> None:
    lengths = sorted(path.read_text("utf-8").count("\n") for path in modules("archive", "reader"))
    assert sum(length > 300 for length in lengths) <= 3
    assert lengths[len(lengths) // 2] < 120
