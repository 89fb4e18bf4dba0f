"""Directories: the names of one kind from A to Z, or most used first, of those that a listed work stands under."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from archive import languages
from archive.access import Hidden, Sight
from archive.index.kept import once
from archive.index.matching import met
from archive.index.state import State
from archive.models import Author, Series, Tag
from archive.names import fast, plain
from archive.names.called import called
from archive.names.columns import Column
from archive.names.seen import Seen
from archive.names.suggesting import letters_of
from archive.shown import Directory, Entry, Letter
from archive.vocabulary import TagKind, fold

PAGE = 100
LABELS = {
    **{kind.value: kind.label for kind in TagKind},
    "author": "Authors",
    "series": "Series",
    "language": "Languages",
}
_SECTION_LABELS = {"0": "#", "other": "Other"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which names are asked for: a section or "" for all, letters that they must have, their order, a page."""

    letter: str = ""
    typed: str = ""
    by_count: bool = False
    page: int = 1


def directory(sight: Sight, kind: str, asked: Asked, state: State | None) -> Directory:
    """One page of a directory. A page beyond the last one is the last one; in plain SQL without a state.

    Raises Hidden for what is no kind.
    """
    if kind not in LABELS:
        raise Hidden
    if kind == "language":
        return _languages(sight, asked, state)
    column = fast.column(state, sight, kind) if state else once(("column", kind), sight, lambda: _column(sight, kind))
    letters = letters_of(asked.typed)
    among = None
    if letters:
        among = fast.matching(state, kind, letters) if state else _matching(kind, letters)
    places = column.places("" if letters else asked.letter, among, by_count=asked.by_count)
    pages = max(1, -(-len(places) // PAGE))
    page = min(asked.page, pages)
    chosen = places[(page - 1) * PAGE : page * PAGE]
    counts = dict(zip(column.ids[chosen].tolist(), column.counts[chosen].tolist(), strict=True))
    return Directory(
        kind=kind,
        label=LABELS[kind],
        entries=_entries(kind, counts),
        total=len(places),
        page=page,
        pages=pages,
        letters=_letters(column, asked.letter) if len(column.ids) > PAGE else (),
    )


def _letters(column: Column, chosen: str) -> tuple[Letter, ...]:
    return tuple(
        Letter(section, _SECTION_LABELS.get(section, section.upper()), section == chosen, names)
        for section, names in column.sizes().items()
    )


def _rows(kind: str) -> QuerySet[Any]:
    """Everything of a kind that may have a page of its own."""
    if kind == "author":
        return Author.everything.all()
    return Series.everything.all() if kind == "series" else Tag.everything.filter(kind=kind, canonical=None)


def _entries(kind: str, counts: Mapping[int, int]) -> tuple[Entry, ...]:
    """Names as they are now; one that has gone a moment ago is left out."""
    rows = called(kind, counts)
    return tuple(Entry(*rows[pk], counts[pk]) for pk in counts if pk in rows)


def _column(sight: Sight, kind: str) -> Column:
    counts = {"author": plain.of_authors, "series": plain.of_series}.get(kind, partial(plain.of_kind, kind=kind))(sight)
    rows = _rows(kind).order_by("key", "pk").values_list("pk", "key")
    return Column.of((pk, key, counts[pk]) for pk, key in rows.iterator() if pk in counts)


def _matching(kind: str, letters: str) -> Collection[int]:
    """The ids of all names of a kind that typed letters meet, whoever may know of them."""
    rows = _rows(kind).filter(key__contains=letters).order_by().values_list("pk", "key")
    return [pk for pk, key in rows.iterator() if met(key, letters) is not None]


def _languages(sight: Sight, asked: Asked, state: State | None) -> Directory:
    """All languages on one page: there are few."""
    counts = Seen(state, sight).languages() if state else plain.of_languages(sight)
    names = [(languages.own_name(code) or code or "Not stated", code or "not-stated", counts[code]) for code in counts]
    letters = letters_of(asked.typed)
    entries = [Entry(*one) for one in names if not letters or met(fold(one[0]), letters) is not None]
    order: Sequence[Entry] = sorted(entries, key=lambda one: fold(one.name))
    if asked.by_count:
        order = sorted(order, key=lambda one: -one.count)
    return Directory("language", LABELS["language"], tuple(order), len(order), 1, 1, ())
