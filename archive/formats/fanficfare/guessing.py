"""Rows with labels of somebody's own: what they are is told by their values, and by FanFicFare's usual order."""

import re
from collections.abc import Callable, Sequence

from archive import languages
from archive.formats import values
from archive.vocabulary import ArchiveWarning, Rating, rating_of, warnings_of

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*|\d+")
_ADDRESS = re.compile(r"https?://\S+(?:,\s+https?://\S+)*")
_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_PAIR = re.compile(r"[^/&]*[^/&\s](?:/| & )[^/&\s].*")
_IN_A_SERIES = re.compile(r".+ \[\d+(?:\.\d+)?\]", re.DOTALL)
_SHORTEST_RATING = 4
"""One letter alone is no rating unless its label says so."""
_LONGEST_LANGUAGE = 40


def guessed(known: Sequence[str], stated: Sequence[str]) -> list[str]:
    """A field for each row: the known ones, and for the rest what value and place tell; empty where nothing does.

    `known` are the fields of the labels, `stated` the values, both in the order of the page.
    """
    page = _Page(list(known), [value.strip() for value in stated])
    page.each("status", lambda value: value.casefold() in {"completed", "in-progress"})
    page.each("site", is_site)
    page.each("nothing", is_address)
    page.each("ratings", _is_rating)
    page.each("packaged", _MOMENT.fullmatch)
    page.in_order(("published", "updated"), _DAY.fullmatch)
    page.in_order(("chapters", "words"), _NUMBER.fullmatch)
    page.first("series", _IN_A_SERIES.fullmatch)
    page.first("language", lambda value: len(value) < _LONGEST_LANGUAGE and languages.code(value))
    page.each("warnings", _are_warnings)
    page.behind("ratings", "warnings")
    page.first("relationships", lambda value: all(map(_PAIR.fullmatch, values.names(value))), until="packaged")
    page.in_order(("fandoms", "genre", "characters"), bool, until="status")
    return page.fields


def summary_at(known: Sequence[str], stated: Sequence[str], *, goes_on: bool) -> int | None:
    """Which row is the summary: by its label, else by its place behind site and addresses, else the last one.

    `goes_on` says that more text stands behind the last row.
    """
    if "summary" in known:
        return known.index("summary")
    site = next((place for place, value in enumerate(stated) if is_site(value)), len(stated))
    place = site + 1
    while place < len(stated) and is_address(stated[place]):
        place += 1
    if place < len(stated) and not known[place]:
        return place
    if stated and not known[-1] and (goes_on or site == len(stated)):
        return len(stated) - 1
    return None


def is_site(value: str) -> bool:
    """Whether a value is the name of a site and nothing else."""
    return _SITE.fullmatch(value) is not None


def is_address(value: str) -> bool:
    """Whether a value is an address or a list of addresses."""
    return _ADDRESS.fullmatch(value) is not None


class _Page:
    """The rows of a page, some with a field and some still without."""

    def __init__(self, fields: list[str], stated: list[str]) -> None:
        self.fields = fields
        self._stated = stated

    def _without(self, test: Callable[[str], object], until: str = "") -> list[int]:
        end = self.fields.index(until) if until and until in self.fields else len(self.fields)
        return [at for at in range(end) if not self.fields[at] and test(self._stated[at])]

    def each(self, name: str, test: Callable[[str], object]) -> None:
        """Every row that can only be this."""
        for at in self._without(test):
            self.fields[at] = name

    def first(self, name: str, test: Callable[[str], object], until: str = "") -> None:
        """The first row that may be this, when no other is."""
        if name not in self.fields and (found := self._without(test, until)):
            self.fields[found[0]] = name

    def in_order(self, names: tuple[str, ...], test: Callable[[str], object], until: str = "") -> None:
        """Rows that follow one another in a fixed order, when there are as many of them as are missing."""
        missing = [name for name in names if name not in self.fields]
        found = self._without(test, until)
        if len(found) == len(missing):
            for at, name in zip(found, missing, strict=True):
                self.fields[at] = name

    def behind(self, before: str, name: str) -> None:
        """The row right behind another."""
        if name not in self.fields and before in self.fields[:-1]:
            at = self.fields.index(before) + 1
            self.fields[at] = self.fields[at] or name


def _is_rating(value: str) -> bool:
    return len(value) >= _SHORTEST_RATING and rating_of(value) not in {Rating.UNKNOWN, Rating.NOT_STATED}


def _are_warnings(value: str) -> bool:
    return not warnings_of(values.names(value)) & (ArchiveWarning.OTHER | ArchiveWarning.NOT_STATED)
