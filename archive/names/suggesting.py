"""Suggestions while somebody types: names that a listed work stands under, the most used first."""

from collections.abc import Collection, Mapping

from archive.access import Sight
from archive.index.keys import PEOPLE
from archive.index.matching import met
from archive.index.state import State
from archive.models import Author, Series, Tag
from archive.names import fast, plain
from archive.names.fast import Best
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
    found = _found(state, sight, kinds, letters) if state else _plainly(sight, kinds, letters)
    every = [(how, -count, _NAMED.index(kind), pk) for kind, best in found.items() for pk, (how, count) in best.items()]
    chosen = [(_NAMED[kind], pk, -count) for _, count, kind, pk in sorted(every)[:MOST]]
    return _named(chosen)


def _named(chosen: Collection[tuple[str, int, int]]) -> tuple[Suggested, ...]:
    """Names as they are now; one that was merged or has gone a moment ago is left out."""
    authors = [pk for kind, pk, _ in chosen if kind == AUTHOR]
    series = [pk for kind, pk, _ in chosen if kind == SERIES]
    tags = [pk for kind, pk, _ in chosen if kind not in (AUTHOR, SERIES)]
    rows = {}
    if tags:
        known = Tag.everything.filter(pk__in=tags, canonical=None).values_list("kind", "pk", "name", "slug")
        rows.update({(kind, pk): (name, slug) for kind, pk, name, slug in known})
    if authors:
        known = Author.everything.filter(pk__in=authors).values_list("pk", "name", "slug")
        rows.update({(AUTHOR, pk): (name, slug) for pk, name, slug in known})
    if series:
        titles = Series.everything.filter(pk__in=series).values_list("pk", "title")
        rows.update({(SERIES, pk): (title, str(pk)) for pk, title in titles})
    return tuple(Suggested(kind, *rows[kind, pk], count) for kind, pk, count in chosen if (kind, pk) in rows)


def _found(state: State, sight: Sight, kinds: Collection[str], letters: str) -> Mapping[str, Best]:
    seen = Seen(state, sight)
    return {kind: fast.best(seen, kind, letters, MOST) for kind in kinds}


def _plainly(sight: Sight, kinds: Collection[str], letters: str) -> Mapping[str, Best]:
    return {kind: _people(sight, kind, letters) if kind in PEOPLE else _tags(sight, kind, letters) for kind in kinds}


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
