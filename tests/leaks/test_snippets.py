"""No word of a text is shown, and none is confirmed, of a work that is not open to the reader."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from pyroaring import BitMap

from archive import catalogue, keeping, search
from archive.access import Reader, Verdict, at_stake, verdict
from archive.blurbs import fetch
from archive.browse import BrowseQuery, Term
from archive.search import following
from archive.visible import listed, open_to, sight
from archive.vocabulary import ArchiveWarning, Rating
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

NONE = ("No Archive Warnings Apply",)
WORKS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "open": {"ratings": ("General Audiences",), "warnings": NONE},
        "teen": {"ratings": ("Teen And Up Audiences",), "warnings": NONE},
        "adult": {"ratings": ("Explicit",), "warnings": NONE},
        "unrated": {"ratings": (), "warnings": NONE},
        "warns": {"ratings": ("General Audiences",), "warnings": ("Major Character Death",)},
        "unknown": {"ratings": ("General Audiences",), "warnings": ()},
        "held": {"ratings": ("General Audiences",), "warnings": ("Underage Sex",)},
        "binned": {"ratings": ("General Audiences",), "warnings": NONE},
        "blocked": {"ratings": ("General Audiences",), "warnings": NONE, "freeforms": ("Fog",)},
        "asks": {"ratings": ("General Audiences",), "warnings": NONE, "freeforms": ("Rain",)},
    }
)
READERS = {
    "stranger": Reader(welcome=True, ceiling=Rating.EXPLICIT),
    "unwelcome": Reader(),
    "teen": Reader(welcome=True, ceiling=Rating.TEEN),
    "agreed": Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True),
    "wary": Reader(
        welcome=True,
        ceiling=Rating.EXPLICIT,
        adult=True,
        ask_warnings=ArchiveWarning(255) ^ ArchiveWarning.NONE_APPLY,
        ask_tags=frozenset({"rain"}),
        blocked=frozenset({"fog"}),
    ),
    "careless": Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True, ask_warnings=ArchiveWarning(0)),
}


@pytest.fixture(params=[True, False], ids=["indexed", "lagging"])
def works(request: pytest.FixtureRequest) -> dict[int, str]:
    """A work of every sort, each with a word of its own in its text, beside one that all titles have too."""
    ids = {
        shelve(title=f"Harbour {name}", body=f"<p>The harbour of canary{name}.</p>", **stated): name
        for name, stated in WORKS.items()
    }
    keeping.bin([work for work, name in ids.items() if name == "binned"])
    if request.param:
        following.follow()
    return ids


def opened(reader: Reader) -> set[int]:
    """The works that are open to a reader by the rule for one work."""
    seen = sight(reader)
    every = fetch(list(range(1, 10_000)))
    return {work for work, (standing, _) in every.items() if verdict(seen, standing) is Verdict.OPEN}


@pytest.mark.parametrize("role", READERS)
def test_a_snippet_is_shown_of_open_works_only(role: str, works: dict[int, str]) -> None:
    reader = READERS[role]
    shelf = catalogue.browse(reader, BrowseQuery(search="harbour"))
    mine = opened(reader)
    told = {blurb.id: "".join(piece.text for piece in blurb.snippet) for blurb in shelf.blurbs}
    assert {work for work, text in told.items() if text} == mine
    for work, text in told.items():
        assert (f"canary{works[work]}" in text) == (work in mine)
    assert not [text for text in told.values() for work, name in works.items() if work not in mine and name in text]


def test_a_snippet_is_shown_once_the_reader_has_agreed(works: dict[int, str]) -> None:
    reader = READERS["agreed"]
    [work] = [work for work, name in works.items() if name == "warns"]
    stakes = at_stake(sight(reader), fetch([work])[work][0])
    for stake, shown in ((stakes, True), ("of another day", False)):
        agreed = Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True, agreed={work: stake})
        [blurb] = [one for one in catalogue.browse(agreed, BrowseQuery(search="harbour")).blurbs if one.id == work]
        assert bool(blurb.snippet) == shown


@pytest.mark.parametrize("role", READERS)
def test_words_of_a_text_find_open_works_only(role: str, works: dict[int, str]) -> None:
    following.follow()
    seen = sight(READERS[role])
    shelves, mine = (BitMap(those(seen).values_list("pk", flat=True)) for those in (listed, open_to))
    assert set(mine) == opened(READERS[role])
    for work, name in works.items():
        for field in ("search", "text"):
            found = search.found(Term(field, f"canary{name}")).within(shelves, mine)
            assert set(found) == ({work} & set(mine))
