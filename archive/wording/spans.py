"""Ranges and days in words: "at least 5,000 words", "last updated more than a year ago"."""

import re
from datetime import date

from archive.browse import number_range
from archive.browse.fields import BY_NAME

_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_AGE = re.compile(r"(\d+)([dwmy])")


def numbers(field: str, value: str) -> str:
    """A range of a field in words.

    >>> numbers("words", "1000-5000"), numbers("relationships", "1-1"), numbers("kudos", "-10")
    ('1,000 to 5,000 words', 'exactly 1 relationship', 'at most 10 kudos')
    """
    low, high = number_range(value) or (None, None)
    one, several = BY_NAME[field].unit
    unit = one if (low if high is None else high) == 1 else several
    if high is None:
        return f"at least {low or 0:,} {unit}"
    if low == high:
        return f"exactly {high:,} {unit}"
    return f"{low:,} to {high:,} {unit}" if low else f"at most {high:,} {unit}"


def days(value: str) -> str:
    """A span of days in words, to be put behind "published" or "last updated".

    >>> days("..1y"), days("6m.."), days("2019..2019"), days("2019-05..2020-06-03")
    ('more than a year ago', 'within the last 6 months', 'in 2019', 'between May 2019 and 3 June 2020')
    """
    first, _, last = value.partition("..")
    if not first:
        return f"more than {_length(last)} ago" if _is_age(last) else f"{_at(last)} or before"
    if not last:
        return f"within the last {_length(first, bare=True)}" if _is_age(first) else f"{_at(first)} or since"
    if first == last and not _is_age(first):
        return _at(first)
    return f"between {_end(first)} and {_end(last)}"


def _is_age(end: str) -> bool:
    return bool(_AGE.fullmatch(end))


def _length(age: str, *, bare: bool = False) -> str:
    """How long an age is: "a year", "6 months"; `bare` without the article."""
    number, unit = int(age[:-1]), _UNITS[age[-1]]
    if number == 1:
        return unit if bare else f"a {unit}"
    return f"{number:,} {unit}s"


def _end(end: str) -> str:
    return f"{_length(end)} ago" if _is_age(end) else _day(end)


def _at(day: str) -> str:
    return f"{'on' if day.count('-') == 2 else 'in'} {_day(day)}"


def _day(day: str) -> str:
    """A year, month or day as it is written: "2019", "May 2019", "3 May 2019"."""
    year, *rest = day.split("-")
    if not rest:
        return year
    month = date(2000, int(rest[0]), 1).strftime("%B")
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
