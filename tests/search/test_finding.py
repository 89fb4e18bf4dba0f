"""What is found by words is what looking at everything finds, before the index was brought up to date and after."""

import random
from collections.abc import Callable

import pytest

from archive import keeping, search
from archive.browse import Term
from archive.models import Work
from archive.parsed import ParsedChapter
from archive.search import following
from tests.search import brute
from tests.shelving import bring, parsed

pytestmark = pytest.mark.django_db

WORDS = [
    *("lamp", "lamps", "lamplight", "the", "sea", "candle", "light", "ledger", "Ada", "a", "ship's"),
    *("fête", "café", "灯塔", "守灯", "Ёж", "и"),
]
SEARCHES = [
    *("lamp", "lamps", "light", "the", "a", "l", "la", "ада", "ёж", "cafe", "灯", "塔守", "fete lamp", "ship"),
    *('"the sea"', '"candle light"', '"lamp lamp"', '"sea la*"', '"light"', '"灯塔"', 'sea "ada the" l', '"塔 守"'),
]
FIELDS = ("search", "title", "text")


def exact() -> None:
    """Nothing is found that is not there, and of what shelves tell all that is."""
    library = brute.Library()
    for field in FIELDS:
        for asked in SEARCHES:
            found, (own, text) = search.found(Term(field, asked)), library.found(field, asked)
            assert set(found.blurb) == own, (field, asked)
            assert own <= set(found.text) or field == "title", (field, asked)
            assert set(found.text) <= text, (field, asked)


def complete() -> None:
    """All is found that is there."""
    library = brute.Library()
    for field in FIELDS:
        for asked in SEARCHES:
            found = search.found(Term(field, asked))
            assert (set(found.blurb), set(found.text)) == library.found(field, asked), (field, asked)


def prose(draw: random.Random, most: int = 12) -> str:
    return " ".join(draw.choices(WORDS, k=draw.randint(1, most)))


def statement(draw: random.Random, number: int, version: int = 0) -> dict[str, object]:
    chapters = tuple(
        ParsedChapter(place, f"<p>{prose(draw)}</p><p>{prose(draw)}</p>", prose(draw, 2), notes=f"<p>{prose(draw)}</p>")
        for place in range(1, draw.randint(1, 3) + version)
    )
    return {
        "source": "example.org",
        "source_id": str(number),
        "title": prose(draw, 3),
        "authors": (prose(draw, 2), "Ada"),
        "freeforms": (prose(draw, 2), prose(draw, 2)),
        "summary": f"<p>{prose(draw)}</p>",
        "notes": f"<p>{prose(draw, 3)}</p>",
        "chapters": chapters or (ParsedChapter(1, f"<p>{prose(draw)}</p>"),),
    }


def bring_some(draw: random.Random, version: int) -> None:
    numbers = draw.sample(range(8), draw.randint(1, 3))
    bring(*(parsed(**statement(draw, number, version)) for number in numbers))


def some(draw: random.Random) -> list[int]:
    works = list(Work.everything.order_by("pk").values_list("pk", flat=True))
    return draw.sample(works, min(len(works), draw.randint(1, 2)))


EDITS: list[Callable[[random.Random, int], object]] = [
    bring_some,
    bring_some,
    bring_some,
    lambda draw, _: keeping.say(some(draw), {"title": prose(draw, 3)}),
    lambda draw, _: keeping.bin(some(draw)),
    lambda draw, _: keeping.remove(Work.everything.filter(binned_at__isnull=False).values_list("pk", flat=True)),
    lambda draw, _: following.follow(stop_after(draw.randint(1, 3))),
]


def stop_after(times: int) -> Callable[[], bool]:
    """Something that says stop after being asked so often."""
    steps = iter([False] * times)
    return lambda: next(steps, True)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_what_is_found_is_what_is_there(seed: int) -> None:
    draw = random.Random(seed)
    for version in range(10):
        draw.choice(EDITS)(draw, version)
        exact()
        if draw.random() < 0.4:
            assert following.follow()
            complete()
    assert following.follow()
    complete()
