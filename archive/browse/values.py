"""The values of a typed question: numbers, days and closed words as people write them, in the address' spelling."""

import re
from collections.abc import Mapping
from datetime import date

from archive.browse.closed import CATEGORIES, RATINGS, WARNINGS
from archive.browse.spans import normal_days, normal_range
from archive.vocabulary import ArchiveWarning, Rating, categories_of, fold, rating_of, warnings_of

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)(?:[.](\d+))?\s*([km]?)"
_ONE = re.compile(_NUMBER, re.IGNORECASE | re.ASCII)
_TWO = re.compile(rf"(?:{_NUMBER})?\s*(?:-|–|\.\.|\bto\b)\s*(?:{_NUMBER})?", re.IGNORECASE | re.ASCII)
_AGE = re.compile(r"(\d{1,4})\s*(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?(?:\s+ago)?", re.IGNORECASE | re.ASCII)
_THOUSANDS = {"": 1, "k": 1_000, "m": 1_000_000}
_LAST_YEAR = 9999

_YES = {"yes", "true", "t", "y", "1", "complete", "completed"}
_NO = {"no", "false", "f", "n", "0", "wip", "in progress", "incomplete"}
_NOT_STATED = {"not stated", "not-stated", "none stated"}


def range_of(comparison: str, typed: str) -> str | None:
    """A range of numbers: `>5000`, `<1k`, `1,000-5,000`, `5000`; None when it is none.

    >>> range_of(">", "5,000"), range_of(":", "1k-2.5k"), range_of(":", "3+"), range_of("<", "0"), range_of(":", "many")
    ('5001-', '1000-2500', '3-', None, None)
    """
    if one := _ONE.fullmatch(typed):
        number = _whole(*one.groups())
        low, high = {
            ">": (number + 1, None),
            ">=": (number, None),
            "<": (None, number - 1),
            "<=": (None, number),
        }.get(comparison, (number, number))
        return _range(low, high)
    two = _TWO.fullmatch(f"{typed[:-1]}-" if typed.endswith("+") else typed) if comparison in ":=" else None
    if not two:
        return None
    ends = two.groups()
    return _range(*(_whole(*end) if end[0] else None for end in (ends[:3], ends[3:])))


def _whole(digits: str, part: str | None, thousands: str) -> int:
    """The number that `2.5k` means. Digits beyond a thousand's worth say nothing."""
    times = _THOUSANDS[thousands.lower()]
    whole = int(digits.replace(",", "")[:12]) * times
    return whole + int((part or "0")[:6].ljust(6, "0")) * times // 1_000_000


def _range(low: int | None, high: int | None) -> str | None:
    if high is not None and high < 0:
        return None
    return normal_range("-".join("" if end is None else str(end) for end in (low, high)))


def days_of(comparison: str, typed: str) -> str | None:
    """A span of days: `>2020`, `<1y` (within the last year), `2019..2020-06`, `2019`; None when it is none.

    >>> days_of(">", "2019-12"), days_of("<", "1 year ago"), days_of(">", "6m"), days_of(":", "2019"), days_of(":", "x")
    ('2020-01..', '1y..', '..6m', '2019..2019', None)
    """
    if age := _AGE.fullmatch(typed):
        end = f"{int(age[1])}{age[2].lower()}"
        return f"..{end}" if comparison.startswith(">") else f"{end}.."
    if ".." in typed or comparison in ":=":
        return normal_days(typed.replace(" ", "")) if comparison in ":=" else None
    if not (span := normal_days(typed)):
        return None
    day = span.partition("..")[0]
    if comparison in {">", "<"}:
        day = _beside(day, 1 if comparison == ">" else -1)
    return normal_days(f"{day}.." if comparison.startswith(">") else f"..{day}") if day else None


def _beside(day: str, step: int) -> str:
    """The year, month or day after one, or before it; empty where there is none."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        number = date(*parts).toordinal() + step
        return date.fromordinal(number).isoformat() if 0 < number <= date.max.toordinal() else ""
    year, month = (parts[0], parts[1] - 1 + step) if len(parts) == 2 else (parts[0] + step, None)
    if month is not None:
        year += month // 12
    if not 0 < year <= _LAST_YEAR:
        return ""
    return f"{year:04}" if month is None else f"{year:04}-{month % 12 + 1:02}"


def yes_or_no(typed: str) -> str | None:
    """What a yes or no is written as in an address, `not-stated` included."""
    word = fold(typed)
    spellings = {"yes": _YES, "no": _NO, "not-stated": _NOT_STATED}
    return next((value for value, words in spellings.items() if word in words), None)


def rating(typed: str) -> str | None:
    """A rating, in any spelling that files use."""
    if (word := _closed(typed, RATINGS)) or (found := rating_of(typed)) is Rating.UNKNOWN:
        return word
    return next(word for word, value in RATINGS.items() if value is found)


_WARNING_WORDS = {"mcd": "death", "character death": "death", "cntw": "chose-not", "cnttw": "chose-not", "naw": "none"}


def warning(typed: str) -> str | None:
    """An archive warning, in any spelling that files use, or in the letters people know."""
    if word := _closed(typed, WARNINGS) or _WARNING_WORDS.get(fold(typed)):
        return word
    found = warnings_of([typed])
    known = found not in (ArchiveWarning.OTHER, ArchiveWarning.NOT_STATED)
    return next(word for word, value in WARNINGS.items() if value == found) if known else None


def category(typed: str) -> str | None:
    """A category: `F/M`, `slash` is none."""
    if word := _closed(typed, CATEGORIES):
        return word
    found = categories_of([typed])
    return next(word for word, value in CATEGORIES.items() if value == found) if found else None


def _closed(typed: str, words: Mapping[str, object]) -> str | None:
    word = fold(typed).replace(" ", "-")
    return word if word in words else None
