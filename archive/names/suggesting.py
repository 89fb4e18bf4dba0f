"""Suggestions while somebody types: names that a listed work stands under, the most used first."""

from collections.abc import Collection, Mapping

from archive.access import Sight
from archive.index.keys import PEOPLE
from archive.index.matching import met
from archive.index.state import State
from archive.models import Author, Series, Tag
from archive.names import fast, plain
from archive.names.called import called, tags
from archive.names.fast import Ranked
from archive.names.seen import Seen
from archive.shown import Suggested
from archive.vocabulary import TagKind, fold

AUTHOR, SERIES = "author", "series"
KINDS = (*(kind.value for kind in TagKind), AUTHOR)
"""What is suggested where no kind is named."""
_NAMED = (*KINDS, SERIES)
MOST = 10
LONGEST = 100
"""Letters that are looked at; nobody types more to choose from a list."""
_LOOKED_AT = 2_000
"""Names that the plain answer weighs at most."""

Best = dict[int, tuple[int, int]]
"""By id of a head: how well letters meet it (see `matching`), and how many listed works are under it."""


def letters_of(typed: str) -> str:
    """What is typed, as names are compared: folded, not too long, and without what no database can look for."""
    return fold(typed.replace("\0", " "))[:LONGEST].strip()


def suggested(sight: Sight, kind: str | None, typed: str, state: State | None) -> tuple[Suggested, ...]:
    """The best names of a kind, or of all kinds, for what has been typed so far; in plain SQL without a state.

    A name that is meant exactly comes first, then those with a word that begins so, then those with the letters inside
    a word; among these the one with most listed works. A synonym stands for its canonical, if a listed work carries it.
    """
    letters = letters_of(typed)
    kinds = KINDS if kind is None else (kind,) if kind in _NAMED else ()
    if not letters or not kinds or not sight.reader.welcome:
        return ()
    ranks = {kind: _NAMED.index(kind) for kind in kinds}
    found = fast.best(Seen(state, sight), ranks, letters, MOST) if state else _plainly(sight, ranks, letters)
    return _named([(_NAMED[rank], head, -count) for _, count, rank, head in found])


def _named(chosen: Collection[tuple[str, int, int]]) -> tuple[Suggested, ...]:
    """Names as they are now; one that was merged or has gone a moment ago is left out."""
    rows = tags([pk for kind, pk, _ in chosen if kind not in PEOPLE])
    for people in PEOPLE:
        rows |= {
            (people, pk): one for pk, one in called(people, [pk for kind, pk, _ in chosen if kind == people]).items()
        }
    return tuple(Suggested(kind, *rows[kind, pk], count) for kind, pk, count in chosen if (kind, pk) in rows)


def _plainly(sight: Sight, kinds: Mapping[str, int], letters: str) -> list[Ranked]:
    every = []
    for kind, rank in kinds.items():
        best = _people(sight, kind, letters) if kind in PEOPLE else _tags(sight, kind, letters)
        every += [(how, -count, rank, head) for head, (how, count) in best.items()]
    return sorted(every)[:MOST]


def _tags(sight: Sight, kind: str, letters: str) -> Best:
    names = Tag.everything.filter(kind=kind, key__contains=letters).order_by("key")
    rows = names.values_list("pk", "canonical_id", "key")[:_LOOKED_AT]
    hits = [(pk, head, how) for pk, head, key in rows if (how := met(key, letters)) is not None]
    synonyms = plain.carried(sight, [pk for pk, head, _ in hits if head])
    best: dict[int, int] = {}
    for pk, head, how in hits:
        if head is None or pk in synonyms:
            best[head or pk] = min(how, best.get(head or pk, how))
    return {pk: (best[pk], count) for pk, count in plain.of_tags(sight, best).items()}


def _people(sight: Sight, kind: str, letters: str) -> Best:
    """Authors or series."""
    names, counted = (Author, plain.of_authors) if kind == AUTHOR else (Series, plain.of_series)
    rows = names.everything.filter(key__contains=letters).order_by("key").values_list("pk", "key")[:_LOOKED_AT]
    best = {pk: how for pk, key in rows if (how := met(key, letters)) is not None}
    return {pk: (best[pk], count) for pk, count in counted(sight, best).items()}
