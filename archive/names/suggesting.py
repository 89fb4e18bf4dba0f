"""Suggestions while somebody types: names that a listed work stands under, the most used first."""

from collections.abc import Collection, Iterable, Mapping

from archive.access import Sight
from archive.index.matching import met
from archive.models import Author, Tag
from archive.names import plain
from archive.shown import Suggested
from archive.vocabulary import TagKind, fold

AUTHOR = "author"
KINDS = (*(kind.value for kind in TagKind), AUTHOR)
MOST = 10
LONGEST = 100
"""Letters that are looked at; nobody types more to choose from a list."""
_LOOKED_AT = 2_000
"""Names that the plain answer weighs at most."""


def suggested(sight: Sight, kind: str | None, typed: str) -> tuple[Suggested, ...]:
    """The best names of a kind, or of all kinds, for what has been typed so far.

    A name that is meant exactly comes first, then those with a word that begins so, then those with the letters inside
    a word; among these the one with most listed works. A synonym stands for its canonical, if a listed work carries it.
    """
    letters = fold(typed)[:LONGEST].strip()
    kinds = KINDS if kind is None else (kind,) if kind in KINDS else ()
    if not letters or not kinds or not sight.reader.welcome:
        return ()
    tags = [one for one in kinds if one != AUTHOR]
    found = list(_tags(sight, tags, letters)) if tags else []
    if AUTHOR in kinds:
        found += _authors(sight, letters)
    return tuple(one for _, one in sorted(found, key=_best_first)[:MOST])


_Found = tuple[int, Suggested]
"""How well the name is met, and the name."""


def _best_first(found: _Found) -> tuple[int, int, str, str]:
    met, one = found
    return met, -one.count, one.name, one.kind


def _tags(sight: Sight, kinds: Collection[str], letters: str) -> Iterable[_Found]:
    rows = Tag.everything.filter(kind__in=kinds, key__contains=letters).order_by("kind", "key")
    names = rows.values_list("pk", "canonical_id", "key")
    best = _best(
        sight, [(pk, head, how) for pk, head, key in names[:_LOOKED_AT] if (how := met(key, letters)) is not None]
    )
    counts = plain.of_tags(sight, best)
    shown = Tag.everything.filter(pk__in=counts).values_list("pk", "kind", "name", "slug")
    return ((best[pk], Suggested(kind, name, slug, counts[pk])) for pk, kind, name, slug in shown)


def _best(sight: Sight, rows: Collection[tuple[int, int | None, int]]) -> Mapping[int, int]:
    """How well each canonical is met, by its own name or by a synonym that a listed work carries."""
    synonyms = plain.carried(sight, [pk for pk, head, _ in rows if head])
    best: dict[int, int] = {}
    for pk, head, how in rows:
        if head is None or pk in synonyms:
            best[head or pk] = min(how, best.get(head or pk, how))
    return best


def _authors(sight: Sight, letters: str) -> Iterable[_Found]:
    rows = Author.everything.filter(key__contains=letters).order_by("key").values_list("pk", "name", "slug", "key")
    names = {
        pk: (how, name, slug) for pk, name, slug, key in rows[:_LOOKED_AT] if (how := met(key, letters)) is not None
    }
    for pk, count in plain.of_authors(sight, names).items():
        how, name, slug = names[pk]
        yield how, Suggested(AUTHOR, name, slug, count)
