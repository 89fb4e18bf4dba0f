"""Steps: from a question and what is pressed or typed beside it to the next question."""

from urllib.parse import parse_qsl

import pytest

from archive.browse import BrowseQuery
from reader.facets import anchor
from reader.steps import place, stepped

NAMES = {("fandom", "The Lighthouse Cycle"): "the-lighthouse-cycle"}


def step(submitted: str) -> str | None:
    return stepped(parse_qsl(submitted, keep_blank_values=True), lambda field, words: NAMES.get((field, words), words))


@pytest.mark.parametrize("address", ["", "fandom=x&freeform.not=y&words=1000-5000&page=2", "q=lamp&sort=words"])
def test_the_address_of_a_question_is_left_alone(address: str) -> None:
    assert step(address) is None


@pytest.mark.parametrize(
    ("submitted", "address"),
    [
        ("put=fandom:x", "?fandom=x"),
        ("fandom=x&put=fandom:y", "?fandom=x&fandom=y"),
        ("fandom=x&page=3&put=rating:teen", "?fandom=x&rating=teen"),
        ("rating=teen&put=rating:general", "?rating=teen&rating=general"),
        ("rating=teen&put=rating.not:teen", "?rating.not=teen"),
        ("rating.not=teen&put=rating.any:teen", "?rating=teen"),
        ("fandom=x&put=fandom.not:x", "?fandom.not=x"),
        ("fandom=x&fandom.not=y&drop=fandom:y", "?fandom=x"),
        ("fandom=x&drop=fandom:x", "?"),
        ("q=lamp&fandom=x&drop=q:lamp", "?fandom=x"),
        ("fandom=x&put=fandom:", "?fandom=x"),
        ("fandom=x&put=colour:red", "?fandom=x"),
        ("relationship=a&put=primary:a", "?primary=a"),
        ("primary=a&put=relationship.all:a", "?relationship=a"),
    ],
)
def test_what_is_pressed_is_added_turned_or_taken_away(submitted: str, address: str) -> None:
    assert step(submitted) == address
    assert step(address.removeprefix("?")) is None


@pytest.mark.parametrize(
    ("submitted", "address"),
    [
        ("fandom=x&put=fandom.any:y", "?fandom.any=x&fandom.any=y"),
        ("fandom=x&fandom=y&bind=fandom:any", "?fandom.any=x&fandom.any=y"),
        ("fandom.any=x&fandom.any=y&bind=fandom:all", "?fandom=x&fandom=y"),
        ("fandom.any=x&fandom.any=y&put=fandom:z", "?fandom.any=x&fandom.any=y&fandom.any=z"),
        ("fandom.any=x&fandom.any=y&put=fandom.all:x", "?fandom.any=y&fandom=x"),
        ("fandom=w&fandom.any=x&fandom.any=y&put=fandom:z", "?fandom=w&fandom.any=x&fandom.any=y&fandom=z"),
    ],
)
def test_values_bind_as_all_of_or_any_of(submitted: str, address: str) -> None:
    assert step(submitted) == address


@pytest.mark.parametrize(
    ("submitted", "address"),
    [
        ("words-from=1000&words-to=5000", "?words=1000-5000"),
        ("words-from=1,000&words-to=", "?words=1000-"),
        ("words-from=&words-to=20k&q=lamp", "?q=lamp&words=-20000"),
        ("words-from=many&words-to=", "?"),
        ("fandom=x&words-from=&words-to=", "?fandom=x"),
        ("updated-from=2024/05&updated-to=1Y", "?updated=2024-05..1y"),
        ("updated=..1y&put=updated:1w..", "?updated=1w.."),
        ("updated-from=&updated-to=1y&put=updated:1w..", "?updated=1w.."),
    ],
)
def test_two_ends_become_one_range(submitted: str, address: str) -> None:
    assert step(submitted) == address


@pytest.mark.parametrize(
    ("submitted", "address"),
    [
        ("name-fandom=The Lighthouse Cycle", "?fandom=the-lighthouse-cycle"),
        ("name-fandom=The Lighthouse Cycle&names=fandom.not", "?fandom.not=the-lighthouse-cycle"),
        ("name-freeform=Fluff, Angst&name-fandom=", "?freeform=Fluff&freeform=Angst"),
        ("name-colour=red", "?"),
    ],
)
def test_names_that_are_typed_are_put(submitted: str, address: str) -> None:
    assert step(submitted) == address.replace(" ", "+")


@pytest.mark.parametrize(
    ("submitted", "address"),
    [
        ("sort=words&order=asc&set=sort:title", "?sort=title"),
        ("sort=random&seed=7&set=sort:random", "?sort=random"),
        ("fandom=x&set=order:asc", "?fandom=x&order=asc"),
        ("fandom=x&set=more:freeform", "?fandom=x&more=freeform"),
        ("fandom=x&set=colour:red", "?fandom=x"),
    ],
)
def test_an_order_takes_the_place_of_another(submitted: str, address: str) -> None:
    assert step(submitted) == address


def test_every_step_leads_to_a_question_that_can_be_read() -> None:
    address = step("fandom=x&put=fandom.any:y&words-from=5&name-character=Ada") or ""
    assert {
        (mode.value, term.field, term.value)
        for mode, term in BrowseQuery.read(
            {
                name: [value for own, value in parse_qsl(address[1:]) if own == name]
                for name, _ in parse_qsl(address[1:])
            }
        )
    } == {("any", "fandom", "x"), ("any", "fandom", "y"), ("all", "character", "Ada"), ("all", "words", "5-")}


@pytest.mark.parametrize(
    ("submitted", "fragment"),
    [
        ("fandom=x&put=fandom:y", ""),
        ("at=&fandom=x&put=freeform.not:y", "#side-freeform"),
        ("at=&drop=primary:x", "#side-relationship"),
        ("at=&put=oneshot:yes", "#side-complete"),
        ("at=&bind=character:any", "#side-character"),
        ("at=&set=more:fandom", "#side-fandom"),
        ("at=&name-fandom=lamp&names=fandom.not", "#side-fandom"),
        ("at=&name-fandom=lamp", "#side-fandom"),
        ("at=&put=updated:1y..", "#side-days"),
        ("at=&words-from=5&at=length", "#side-length"),
        ("at=&words-from=5", "#words-from"),
        ("at=&was=words:5-9&words-from=5&words-to=10", "#words-to"),
        ("at=&was=words:5-&words-from=", "#words-from"),
        ("at=&was=updated:2019..&updated-from=2019&kudos-to=1k", "#kudos-to"),
        ("at=&was=words:5-9&was=updated:..1y&words-from=5&words-to=9&updated-to=1y", "#filters"),
        ("at=x&put=colour:red", "#filters"),
    ],
)
def test_a_page_goes_on_at_the_side_that_was_pressed(submitted: str, fragment: str) -> None:
    assert anchor(place(parse_qsl(submitted, keep_blank_values=True))) == fragment
    assert "at=" not in (step(submitted) or "")
    assert "was=" not in (step(submitted) or "")
