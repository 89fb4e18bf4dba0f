"""The two hundred questions: shapes in which people ask, filled with what the library holds, always the same ones."""

from collections.abc import Callable
from itertools import count
from random import Random

from django.urls import reverse

from archive.browse import CLOSED, SORTS, BrowseQuery, Literal, Mode, Term
from archive.browse.shape import usual_mode
from tests.bench.holdings import Holdings, holdings
from tests.bench.questions import MEMBER, SHIELDED, STRANGER, Question

NUMBER = 200
_SEED = 4
_READERS = (STRANGER, MEMBER, MEMBER, SHIELDED, STRANGER)
_RANGES = (
    ("words", "1000-5000"), ("words", "50000-"), ("words", "-1000"), ("chapters", "2-9"), ("kudos", "100-"),
    ("average", "1000-3000"), ("fandoms", "2-"), ("relationships", "-1"), ("published", "2015..2018"),
    ("updated", "2020.."), ("updated", "..1y"), ("added", "1m.."),
)  # fmt: skip
_SORTS = tuple(sort for sort in sorted(SORTS) if sort not in {"best", "part", "random", "updated"})

Shape = Callable[[Random, Holdings], BrowseQuery]


def two_hundred() -> list[Question]:
    """The questions, each asked by one of three readers."""
    random = Random(_SEED)
    held = holdings(random)
    numbers = count(1)
    found: dict[tuple[str, str], Question] = {}
    while len(found) < NUMBER:
        number = next(numbers)
        name, shape = SHAPES[number % len(SHAPES)]
        # Among few works the same question comes up again: then another page of it is asked for.
        query = shape(random, held)
        if number > 2 * NUMBER:
            query = query.on_page(number)
        reader = _READERS[number % len(_READERS)]
        address = reverse("browse") + query.address()
        found.setdefault((address, reader), Question(f"{name}, no. {number}", address, reader))
    return list(found.values())


def _asking(*terms: Term, mode: Mode = Mode.ALL) -> BrowseQuery:
    query = BrowseQuery()
    for term in terms:
        query = query.adding(usual_mode(mode, term), term)
    return query


def _bare(random: Random, held: Holdings) -> BrowseQuery:
    return BrowseQuery(sort=random.choice(_SORTS), ascending=random.random() < 0.5)


def _one(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(random.choice(held.common))


def _two(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(*random.sample(random.choice(held.together), 2))


def _two_common(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(*random.sample(held.common, min(2, len(held.common))))


def _rare(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(random.choice(held.rare))


def _either(random: Random, held: Holdings) -> BrowseQuery:
    kind = random.choice(held.common).field
    several = [term for term in (*held.common, *held.rare) if term.field == kind]
    return _asking(*random.sample(several, min(len(several), random.randint(2, 4))), mode=Mode.ANY)


def _either_and(random: Random, held: Holdings) -> BrowseQuery:
    query, term = _either(random, held), random.choice(held.common)
    return query if any(term == own for _, own in query) else query.adding(Mode.ALL, term)


def _without(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(*random.sample(held.common, min(len(held.common), random.randint(1, 3))), mode=Mode.NONE)


def _with_and_without(random: Random, held: Holdings) -> BrowseQuery:
    first, *rest = random.sample(held.common, min(3, len(held.common)))
    query = _asking(first)
    for term in rest:
        query = query.adding(Mode.NONE, term)
    return query


def _range(random: Random, held: Holdings) -> BrowseQuery:
    query = _asking(Term(*random.choice(_RANGES)))
    return query.adding(Mode.ALL, random.choice(held.common)) if random.random() < 0.5 else query


def _sorted(random: Random, held: Holdings) -> BrowseQuery:
    query = _asking(random.choice(held.common))
    return BrowseQuery(query.clauses, sort=random.choice(_SORTS), ascending=random.random() < 0.5)


def _deep(random: Random, held: Holdings) -> BrowseQuery:
    query = _sorted(random, held) if random.random() < 0.5 else _bare(random, held)
    return query.on_page(random.choice([5, 50, 500, 5_000]))


def _closed(random: Random, held: Holdings) -> BrowseQuery:
    field = random.choice(sorted(CLOSED))
    query = _asking(Term(field, random.choice(sorted(CLOSED[field]))), mode=random.choice([Mode.ANY, Mode.NONE]))
    return query.adding(Mode.ALL, random.choice(held.common)) if random.random() < 0.7 else query


def _typed(random: Random, held: Holdings) -> BrowseQuery:
    """What one types who wants more than the sidebar has: groups over any fields, wanted or not."""
    terms = [*random.sample(held.common, min(3, len(held.common))), random.choice(held.rare), Term("words", "10000-")]
    groups = (
        (Literal(terms[0], True), Literal(terms[-1], True)),
        (Literal(terms[-2], False), Literal(terms[1 % len(terms)], True)),
    )
    return BrowseQuery(also=groups)


def _author(random: Random, held: Holdings) -> BrowseQuery:
    return _asking(random.choice(held.authors))


SHAPES: tuple[tuple[str, Shape], ...] = (
    ("bare shelf", _bare),
    ("one tag", _one),
    ("two tags of one work", _two),
    ("two common tags", _two_common),
    ("rare tag", _rare),
    ("either of several", _either),
    ("either of several, with another", _either_and),
    ("without", _without),
    ("with and without", _with_and_without),
    ("range", _range),
    ("other order", _sorted),
    ("deep page", _deep),
    ("rating, warning, category, completion", _closed),
    ("typed", _typed),
    ("author", _author),
)
