"""Every class of what has gone wrong elsewhere has its tests here, by name, and they are there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, parse
from tests.threats.classes import CLASSES

TESTS = ROOT / "tests"


@cache
def named_in(file: Path) -> dict[str, ast.FunctionDef]:
    """The tests in a file by name."""
    found = (node for node in parse(file).body if isinstance(node, ast.FunctionDef))
    return {node.name: node for node in found if node.name.startswith("test_")}


def test_every_class_is_there() -> None:
    assert list(CLASSES) == [*range(1, 15), *range(21, 30)]


@pytest.mark.parametrize("number", CLASSES)
def test_every_class_has_tests_and_each_of_them_exists_and_runs(number: int) -> None:
    threat = CLASSES[number]
    assert threat.sentence.endswith(".")
    assert threat.tests
    assert len(set(threat.tests)) == len(threat.tests)
    for test in threat.tests:
        file, _, name = test.partition("::")
        assert (TESTS / file).is_file(), test
        assert name in named_in(TESTS / file), test
        marks = [ast.unparse(mark) for mark in named_in(TESTS / file)[name].decorator_list]
        assert [mark for mark in marks if "skip" in mark or "xfail" in mark] == [], test


def test_nothing_is_handed_out_as_a_table_that_a_spreadsheet_would_run() -> None:
    """A formula in a title does nothing in a line of JSON. Tables are read here, and none is written."""
    written = ("csv.writer", "csv.DictWriter", "text/csv", "openpyxl", "ms-excel")
    pages = [path for path in modules("archive", "reader") if any(word in path.read_text("utf-8") for word in written)]
    assert pages == []
    assert [path for path in modules("archive") if "csv.reader" in path.read_text("utf-8")]
