"""What plain answers cost: a bounded number of queries, whatever is asked and however many works there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import changes, wrangling
from archive.access import Reader, Sight
from archive.browse import TAGS, BrowseQuery, Literal, Term
from archive.index import plain
from archive.index.plain.among import among
from archive.models import Tag, Work
from archive.vocabulary import Rating
from tests.index import libraries
from tests.rows import row_of_work

pytestmark = pytest.mark.django_db

EVERYTHING = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
ADDRESS = {
    "fandom": ["a"], "freeform.not": ["b"], "relationship.any": ["a", "c"], "primary": ["a"], "tag": ["b"],
    "rating": ["teen", "general"], "crossover": ["no"], "words": ["1-"], "updated": ["..1d"], "kudos.not": ["5-"],
}  # fmt: skip


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def library_of(works: int) -> None:
    """Works that all carry the same tags, of which one is a synonym and one stands under another."""
    with changes.recorded():
        there = Work.everything.count()
        for number in range(there + 1, works + 1):
            row_of_work(number).save()
            wrangling.retag({_newest(): {kind: ["a", "b", "c"] for kind in TAGS}})
        for kind in TAGS:
            low, middle, top = (Tag.everything.get(kind=kind, key=key) for key in "cba")
            wrangling.set_metatag(middle, top)
            wrangling.make_synonym(low, middle)


def _newest() -> int:
    newest = Work.everything.order_by("-pk").first()
    assert newest
    return newest.pk


@pytest.mark.parametrize("ask", [plain.page, plain.count, plain.ids, plain.facets])
@pytest.mark.parametrize("address", [{}, ADDRESS])
def test_fifty_works_cost_no_more_than_five(
    ask: Callable[[Sight, BrowseQuery], object], address: dict[str, list[str]]
) -> None:
    query = BrowseQuery.read(address)
    library_of(5)
    few = queries(lambda: ask(EVERYTHING, query))
    library_of(50)
    assert queries(lambda: ask(EVERYTHING, query)) == few
    assert few < 40


def test_many_tags_are_looked_up_together() -> None:
    library_of(1)
    one = BrowseQuery.read({"fandom": ["a"]})
    several = BrowseQuery.read({kind: ["a", "b", "c"] for kind in TAGS})
    assert queries(lambda: plain.count(EVERYTHING, several)) <= queries(lambda: plain.count(EVERYTHING, one))


def test_likeness_costs_the_same_for_many_works() -> None:
    library_of(2)
    few = queries(lambda: plain.like(EVERYTHING, _newest()))
    library_of(30)
    assert queries(lambda: plain.like(EVERYTHING, _newest())) == few


def test_the_longest_question_is_answered() -> None:
    """Sixty-four groups of four literals each."""
    library_of(3)
    terms = [Term(name, value) for name in sorted(libraries.VALUES) for value in libraries.VALUES[name]]
    groups = tuple(
        tuple(Literal(terms[(place * 4 + each) % len(terms)], each % 2 == 0) for each in range(4))
        for place in range(64)
    )
    query = BrowseQuery(also=groups)
    total = plain.count(EVERYTHING, query)
    assert plain.page(EVERYTHING, query).total == total <= 3
    plain.facets(EVERYTHING, query)


def test_more_ids_than_a_database_takes_by_name_are_no_error() -> None:
    library_of(2)
    found = Work.everything.filter(among("pk", range(300_000)))
    assert found.count() == Work.everything.count()
    assert not Work.everything.filter(~among("pk", range(300_000))).exists()
