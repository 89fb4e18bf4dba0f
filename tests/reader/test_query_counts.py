"""What a page asks of the database does not grow with what stands on it."""

import shutil
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.index import compacting, current, snapshots
from archive.parsed import ParsedChapter, ParsedSeries
from tests.cast import enter
from tests.shelving import bring, parsed

pytestmark = pytest.mark.django_db


def stock(first: int, last: int) -> list[int]:
    told = bring(
        *(
            parsed(
                title=f"Work {number}",
                source="test",
                source_id=str(number),
                authors=(f"author {number}", "quillfeather"),
                fandoms=("The Lighthouse Cycle", f"Fandom {number}"),
                freeforms=tuple(f"Tag {number} {tag}" for tag in range(8)),
                series=(ParsedSeries("Low Water", number),),
                chapters=tuple(ParsedChapter(place, f"<p>{'lamp ' * 1000}</p>") for place in range(1, number + 1)),
            )
            for number in range(first, last + 1)
        )
    )
    return [one.work for one in told if one.work]


def asked(address: str, reader: Client | None = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert (reader or Client()).get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?freeform.not=tag-1-1&rating=general&sort=words",
        "/?q=work",
        "/tags/fandom/the-lighthouse-cycle/",
        "/authors/quillfeather/",
    ],
)
def test_fifty_works_cost_no_more_queries_than_five(address: str) -> None:
    Client().get(address)  # what the text index tells is kept until it changes, and nothing changes it here
    stock(1, 5)
    five = asked(address)
    stock(6, 50)
    assert asked(address) == five


def test_a_work_of_fifty_chapters_costs_no_more_queries_than_one_of_five() -> None:
    works = stock(1, 50)
    assert asked(f"/works/{works[49]}/") == asked(f"/works/{works[4]}/")
    assert asked(f"/works/{works[49]}/all/") == asked(f"/works/{works[4]}/all/")


@pytest.fixture
def snapshot() -> Iterator[None]:
    """An index of a library of fifty works, as a library has it in which nothing was written for a while."""
    stock(1, 50)
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()
    compacting.compact(wait=False)
    yield
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?sort=words&page=2",
        "/?fandom=the-lighthouse-cycle&freeform.not=tag-1-1&rating=general&words=1-",
        "/?freeform.any=tag-1-1&freeform.any=tag-2-1&freeform.any=tag-3-1&character.any=nobody&rating.any=teen",
        "/?author=quillfeather&fandom.not=fandom-4",
        "/feed/?fandom=the-lighthouse-cycle&sort=added",
    ],
)
@pytest.mark.parametrize("kind", ["stranger", "agreed", "keeper"])
def test_a_browse_page_costs_at_most_twelve_queries(kind: str, address: str) -> None:
    reader = enter(kind)
    reader.get(address)  # what tags are called is kept until something changes
    assert asked(address, reader) <= 12
