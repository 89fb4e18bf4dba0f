"""The examples in the documentation of pure modules are true."""

import doctest
from importlib import import_module

import pytest

MODULES = ["archive.vocabulary", "archive.languages", "archive.clean.counting", "archive.clean.edges",
           "archive.clean.markup", "archive.clean.mending", "archive.clean.prose", "archive.formats.texts.labels",
           "archive.formats.values", "archive.formats.walls", "reader.account_names"]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    results = doctest.testmod(import_module(name))
    assert results.attempted
    assert not results.failed
