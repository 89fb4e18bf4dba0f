"""The help on typed questions says what can be typed, and all of it."""

import pytest

from archive.browse import FIELDS, SORTS, BrowseQuery, guide, typed

LINES = [line for section in guide.sections() for line in section.lines]


def test_every_field_and_every_order_is_told_once() -> None:
    assert sorted(line.name for line in LINES) == sorted(FIELDS)
    assert [word for word, _, _ in guide.sorts()] == list(SORTS)


def asked(text: str) -> BrowseQuery:
    found = typed.read(text, lambda _field, name: "1" if name else None)
    assert not found.mistakes, text
    assert found.query
    return found.query


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_what_is_told_of_a_field_can_be_typed(line: guide.Line) -> None:
    for example in line.examples:
        [[literal]] = asked(example).wanted
        assert literal.term.field == line.name
        assert literal.wanted is not example.startswith("-")
        for other in line.called:
            assert asked(example.replace(line.name, other, 1)) == asked(example)
    for value in line.values:
        [[literal]] = asked(f"{line.name}:{value}").wanted
        assert (literal.term.field, literal.term.value) == (line.name, value)


def test_what_is_told_of_orders_can_be_typed() -> None:
    for word, _, called in guide.sorts():
        assert {asked(f"lamp sort:{other}").sort for other in called} <= {word}
        assert asked(f"lamp sort:{word}").sort == word
