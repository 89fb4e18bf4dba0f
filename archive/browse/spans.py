"""Spans in an address: from one number to another (`1000-5000`), from one day to another (`2019..1y`)."""

import re
from calendar import monthrange
from datetime import date, timedelta

_RANGE = re.compile(r"(\d{0,9})-(\d{0,9})", re.ASCII)
_AGE = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DAYS_IN = {"d": 1, "w": 7}
_MONTHS_IN = {"m": 1, "y": 12}


def number_range(value: str) -> tuple[int | None, int | None] | None:
    """Read `1000-5000`, `1000-` or `-5000`, both ends included; None when it is no range."""
    if not (match := _RANGE.fullmatch(value)) or value == "-":
        return None
    low, high = (int(end) if end else None for end in match.groups())
    return low, high


def day_range(value: str, today: date) -> tuple[date | None, date | None] | None:
    """Read `FROM..TO`, both days included, either missing; None when it is none. Ages are counted back from `today`.

    >>> day_range("2019..2020-02", date(2026, 3, 31)), day_range("..1y", date(2026, 3, 31))
    ((datetime.date(2019, 1, 1), datetime.date(2020, 2, 29)), (None, datetime.date(2025, 3, 31)))
    """
    ends = value.split("..")
    if len(ends) != 2 or value == ".." or not all(map(_is_end, ends)):
        return None
    first, last = ends
    return (_days(first, today)[0] if first else None), (_days(last, today)[1] if last else None)


def normal_range(value: str) -> str | None:
    """A range of numbers in its one spelling, or None.

    >>> normal_range("007-9"), normal_range("12"), normal_range("-")
    ('7-9', None, None)
    """
    if (ends := number_range(value)) is None:
        return None
    return "-".join("" if end is None else str(end) for end in ends)


def normal_days(value: str) -> str | None:
    """A span of days in its one spelling, or None.

    >>> normal_days("2019-7..03m"), normal_days("2019"), normal_days("2019-02-30..")
    ('2019-07..3m', '2019..2019', None)
    """
    first, dots, last = value.lower().partition("..")
    ends = [_normal_end(first), _normal_end(last if dots else first)]
    return None if None in ends or ends == ["", ""] else "..".join(map(str, ends))


def _normal_end(end: str) -> str | None:
    if not end:
        return ""
    if age := _AGE.fullmatch(end):
        return f"{int(age[1])}{age[2]}"
    if not _is_end(end):
        return None
    return "-".join(part if len(part) > 1 else f"0{part}" for part in end.split("-"))


def _is_end(end: str) -> bool:
    if not end or _AGE.fullmatch(end):
        return True
    if not (match := _DAY.fullmatch(end)):
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _days(end: str, today: date) -> tuple[date, date]:
    """The first and the last day that an end names."""
    if age := _AGE.fullmatch(end):
        day = _ago(int(age[1]), age[2], today)
        return day, day
    year, *rest = (int(part) for part in end.split("-"))
    month = rest[0] if rest else None
    if len(rest) > 1:
        return date(year, rest[0], rest[1]), date(year, rest[0], rest[1])
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])


def _ago(number: int, unit: str, today: date) -> date:
    if unit in _DAYS_IN:
        days = number * _DAYS_IN[unit]
        return today - timedelta(days=days) if days < today.toordinal() else date.min
    months = today.year * 12 + today.month - 1 - number * _MONTHS_IN[unit]
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
