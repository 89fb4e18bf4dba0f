"""Random questions for a library that is in use: of every field, about what its works bear, by random readers."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from django.db.models import Max, Min

from archive import visible
from archive.access import Reader, Sight
from archive.browse import CLOSED, DAYS, RANGES, SORTS, TAGS, WORDS, YES_NO, BrowseQuery, Literal, Mode, Term
from archive.browse.shape import usual_mode
from archive.models import Byline, Metatagging, SeriesEntry, Tag, Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating, fold

_SAMPLE = 300
_MODES = (Mode.ALL, Mode.ALL, Mode.ANY, Mode.NONE)
_AGES = ("1y", "6m", "2w", "30d")
_STATED = ("words", "chapters_posted", "kudos", "hits", "bookmarks", "comments")


def questions(number: int, random: Random) -> list[tuple[Sight, BrowseQuery]]:
    """So many questions, each with a reader. The same seed asks the same of the same library."""
    terms = _terms(random)
    tags = sorted({term.value for term in terms if term.field in TAGS})
    return [(_sight(random, tags), _question(random, terms)) for _ in range(number)]


def _question(random: Random, terms: Sequence[Term]) -> BrowseQuery:
    by_field: dict[str, list[Term]] = {}
    for term in terms:
        by_field.setdefault(term.field, []).append(term)

    def some() -> Term:
        return random.choice(by_field[random.choice(sorted(by_field))])

    groups = [tuple(Literal(some(), random.random() < 0.7) for _ in range(random.randint(1, 3))) for _ in range(2)]
    query = BrowseQuery(
        sort=random.choice(sorted(SORTS)),
        ascending=random.random() < 0.5,
        seed=random.randint(0, 9),
        more=random.choice(["", "", *TAGS]),
        also=tuple(group for group in groups if random.random() < 0.2),
    )
    for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3])):
        term = some()
        query = query.adding(usual_mode(random.choice(_MODES), term), term)
    return query.on_page(random.choice([1, 1, 1, 2, 9, 1_000_000]))


def _sight(random: Random, tags: Sequence[str]) -> Sight:
    blocked = random.sample(tags, min(len(tags), random.choice([0, 0, 0, 1, 3])))
    reader = Reader(
        welcome=True,
        ceiling=random.choice([Rating.EXPLICIT, Rating.EXPLICIT, Rating.TEEN, Rating.GENERAL]),
        adult=random.random() < 0.7,
        ask_warnings=random.choice([ArchiveWarning(0), ArchiveWarning.STATED]),
        blocked=frozenset(slug.replace("-", " ") for slug in blocked),
        unattended=random.random() < 0.2,
    )
    return visible.sight(reader)


def _terms(random: Random) -> list[Term]:
    """What may be asked for: of each field some values, most of which some work bears."""
    rows = _sample(random)
    ids = [row["pk"] for row in rows]
    found = [Term(field, value) for field, values in CLOSED.items() for value in values]
    found += [Term(field, value) for field in ("crossover", "oneshot", "series-part") for value in YES_NO]
    found += _tags(random, ids)
    authors = Byline.everything.filter(work__in=ids).values_list("author__slug", flat=True)
    series = SeriesEntry.everything.filter(work__in=ids).values_list("series", flat=True)
    found += [Term("author", slug) for slug in sorted(set(authors))]
    found += [Term("series", str(number)) for number in sorted(set(series))]
    for row in rows:
        found += [Term(field, row[field] or "not-stated") for field in ("language", "format")]
        found.append(Term(random.choice(sorted(RANGES)), _range(random, row)))
        found.append(Term(random.choice(sorted(DAYS)), _days(random, row)))
        found += _words(random, row["title"])
    return list(dict.fromkeys(found))


def _sample(random: Random) -> list[dict[str, Any]]:
    """Some works, taken from all over the library without reading it."""
    ends = Work.everything.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    ids = {random.randint(ends["first"], ends["last"]) for _ in range(_SAMPLE)} | {ends["first"], ends["last"]}
    rows = Work.everything.filter(pk__in=ids).order_by("pk")
    return list(rows.values("pk", "title", "language", "format", "dated", *_STATED))


def _tags(random: Random, works: Sequence[int]) -> list[Term]:
    """What works carry, synonyms as well, and all that stands right above them."""
    carried = sorted(set(Tagging.everything.filter(content_object__in=works).values_list("tag", flat=True)))
    some = random.sample(carried, min(len(carried), _SAMPLE))
    above = Metatagging.everything.filter(tag__in=some).values_list("metatag", flat=True)
    rows = Tag.everything.filter(pk__in={*some, *above}).order_by("pk").values_list("kind", "slug")
    found = [Term(kind, slug) for kind, slug in rows]
    return [
        *found,
        *(Term("tag", term.value) for term in found),
        *(Term("primary", term.value) for term in found if term.field == "relationship"),
    ]


def _range(random: Random, row: Mapping[str, Any]) -> str:
    number = row[random.choice(_STATED)] or 0
    return random.choice([f"{number}-", f"-{number}", f"{number // 2}-{number}", f"{number}-{number}", "1-3"])


def _days(random: Random, row: Mapping[str, Any]) -> str:
    day = str(row["dated"])
    return random.choice([f"{day}..", f"..{day}", f"{day[:7]}..{day[:7]}", f"{day[:4]}..", f"..{random.choice(_AGES)}"])


def _words(random: Random, title: str) -> list[Term]:
    spoken = [word for word in title.split() if word.isalnum()]
    return [Term(random.choice(sorted(WORDS)), fold(random.choice(spoken)))] if spoken else []
