"""What a name in a question stands for: looked up by index, and only of what stands on this reader's shelves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import catalogue
from archive.access import Reader
from archive.browse import BrowseQuery, Mode, Term
from archive.vocabulary import Rating
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

ADULT = Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True)
TEEN = Reader(welcome=True, ceiling=Rating.TEEN)
NAMES = {
    "fandom": "The Lighthouse Cycle",
    "freeform": "Slow Burn",
    "primary": "Ada Brook/Tom Hale",
    "author": "quillfeather",
}


@pytest.fixture
def explicit() -> int:
    """A work that only adults may know of."""
    return shelve(
        title="Low Water",
        ratings=("Explicit",),
        authors=("quillfeather",),
        fandoms=("The Lighthouse Cycle",),
        relationships=("Ada Brook/Tom Hale",),
        freeforms=("Slow Burn",),
        source="archiveofourown.org",
        source_id="2000101",
        source_url="https://archiveofourown.org/works/2000101",
    )


@pytest.mark.parametrize("field", NAMES)
def test_a_name_stands_for_its_slug_only_on_a_shelf_that_has_it(explicit: int, field: str) -> None:
    assert catalogue.named(ADULT, field, NAMES[field]) is not None
    assert catalogue.named(TEEN, field, NAMES[field]) is None
    assert catalogue.named(ADULT, field, "nobody bears this") is None


def test_what_is_hidden_keeps_its_slug_on_the_chips(explicit: int) -> None:
    query = (
        BrowseQuery().adding(Mode.ALL, Term("author", "quillfeather")).adding(Mode.ALL, Term("freeform", "slow-burn"))
    )
    assert [chip.label for chip in catalogue.browse(ADULT, query).chips] == ["Slow Burn", "quillfeather"]
    assert [chip.label for chip in catalogue.browse(TEEN, query).chips] == ["slow-burn", "quillfeather"]


def plan(sql: str) -> str:
    """How the database means to answer, when it would rather use an index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {sql}")
        return " ".join(row[-1] for row in cursor.fetchall())


def test_names_are_looked_up_without_reading_a_table_through(explicit: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        for field, name in NAMES.items():
            catalogue.named(ADULT, field, name)
        assert catalogue.copy(ADULT, "archiveofourown.org", "2000101") == explicit
    looked_up = [one["sql"] for one in queries if re.search("FROM .archive_(tag|author). WHERE", one["sql"])]
    assert len(looked_up) >= len(NAMES)
    for sql in looked_up:
        assert not re.search(r"SCAN archive_(tag|author)\b|Seq Scan", plan(sql)), sql


def test_addresses_are_read_by_the_ids_of_works(explicit: int) -> None:
    assert list(catalogue.addresses(ADULT, BrowseQuery())) == ["https://archiveofourown.org/works/2000101"]
    assert not list(catalogue.addresses(TEEN, BrowseQuery()))
    with CaptureQueriesContext(connection) as queries:
        list(catalogue.addresses(ADULT, BrowseQuery()))
    assert all("source_url" not in one["sql"] or "held" not in one["sql"] for one in queries)
