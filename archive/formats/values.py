"""The values of labels: lists, numbers, dates, series, addresses, as people and programs write them."""

import re
from datetime import date
from html import unescape

from archive.parsed import ParsedSeries

_NOTHING = {"", "null", "none", "nan", "[]", "n/a", "undefined"}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAG = re.compile(r"</?(?:em|strong|i|b|u|s|span|p|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])|[，、]")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_ESCAPED = re.compile(r"\\(.)")
_PART = re.compile(r"part\s+(\d{1,6})\s+of\s+(.+)", re.IGNORECASE | re.DOTALL)
_PART_BEHIND = re.compile(r"(.*\S)\s*(?:\(part\s+(\d{1,6})(?:\s+of\s+\d{1,6})?\)|\[(\d{1,6})\])", re.IGNORECASE)
_NEXT_PART = re.compile(
    r",\s+(?=part\s+\d{1,6}\s+of\s)|(?:(?<=\d\))|(?<=\d\])),\s+(?=.{0,300}(?:\(part\s+\d|\[\d))", re.IGNORECASE
)
_GROUPED = re.compile(r"\d{1,3}(?:[,. '\u00a0\u202f’]\d{3})+|\d{1,10}")
_CHAPTERS = re.compile(r"([\d,.]{1,10})\s*(?:(?:/|of)\s*([\d,.]{1,10}|\?+))?(?:\s*chapters?)?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?:\s.*)?"
)
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\s.*)?")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s.*)?")
_LONGEST_LIST = 20_000
"""A longer list was written by no program that means well."""
_LARGEST = 2**31 - 1


def line(value: str) -> str:
    """One line of text: entities as characters (twice, as some writers escape twice), leftover tags gone."""
    if "&" in value:
        value = _ENTITY.sub(lambda found: unescape(found[0]), value)
        value = _ENTITY.sub(lambda found: unescape(found[0]), value)
    if "<" in value:
        value = _TAG.sub("", value)
    return spaced(value)


def spaced(value: str) -> str:
    """One line of text as it shows: white space is one space, signs that steer or mark the text are gone."""
    if not value.isprintable():
        value = _INVISIBLE.sub("", value)
    return " ".join(value.split()).strip(" \u200b")


def stated(value: str) -> bool:
    """Whether a value says anything: `null`, `None` and their like do not."""
    return value.strip().casefold() not in _NOTHING


def names(value: str) -> tuple[str, ...]:
    """A list of names, parted by commas of any script, or written as a list in Python.

    >>> names("Slow Burn, A/B，A & B"), names("['Name (account)']"), names("null")
    (('Slow Burn', 'A/B', 'A & B'), ('Name (account)',), ())
    """
    if not stated(value):
        return ()
    text = value.strip()
    if len(text) < _LONGEST_LIST and text[0] in "[(" and text[-1] in ")]" and text[1:2] in {"'", '"'}:
        parts = [_ESCAPED.sub(r"\1", one or other) for one, other in _QUOTED.findall(text)]
    else:
        parts = _COMMA.split(text)
    return tuple(dict.fromkeys(name for part in parts if stated(name := line(part))))


def number(value: str) -> int | None:
    """A number, with or without separators of thousands; None when it is none, or too large to be one."""
    found = _GROUPED.fullmatch(line(value).removesuffix(" words").strip())
    if not found or not found[0].isascii():
        return None
    digits = int(re.sub(r"\D", "", found[0]))
    return digits if digits <= _LARGEST else None


def chapters(value: str) -> tuple[int | None, int | None]:
    """Chapters posted and planned.

    >>> chapters("3/?"), chapters("1/1"), chapters("12"), chapters("many")
    ((3, None), (1, 1), (12, None), (None, None))
    """
    found = _CHAPTERS.fullmatch(line(value))
    if not found:
        return None, None
    return number(found[1]), number(found[2]) if found[2] and found[2][0] != "?" else None


def day(value: str) -> date | None:
    """A date when it can be read in one way only.

    >>> day("2021-05-06"), day("6 May 2021"), day("13/05/2021"), day("05/06/2021"), day("2021-02-30")
    (datetime.date(2021, 5, 6), datetime.date(2021, 5, 6), datetime.date(2021, 5, 13), None, None)
    """
    text = line(value)
    if found := _ISO.fullmatch(text):
        return _date(*found.groups())
    if found := _DAY_FIRST.fullmatch(text):
        return _date(found[3], _MONTHS.get(found[2].casefold(), 0), found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _date(found[3], _MONTHS.get(found[1].casefold(), 0), found[2])
    if found := _NUMERIC.fullmatch(text):
        one, other, year = found.groups()
        readings = {_date(year, one, other), _date(year, other, one)} - {None}
        return readings.pop() if len(readings) == 1 else None
    return None


def _date(year: str, month: str | int, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def series(value: str) -> tuple[ParsedSeries, ...]:
    """Series, with the position when it is stated; a comma may belong to a title.

    >>> series("Part 2 of Low Water, Part 1 of High, Tide")
    (ParsedSeries(title='Low Water', position=2), ParsedSeries(title='High, Tide', position=1))
    >>> series("Low, Water (Part 2), High Tide [1]")
    (ParsedSeries(title='Low, Water', position=2), ParsedSeries(title='High Tide', position=1))
    """
    found: list[ParsedSeries] = []
    for one in _NEXT_PART.split(value) if stated(value) else ():
        title = line(one)
        if part := _PART.fullmatch(title):
            found.append(ParsedSeries(part[2], int(part[1])))
        elif part := _PART_BEHIND.fullmatch(title):
            found.append(ParsedSeries(part[1], int(part[2] or part[3])))
        elif title:
            found.append(ParsedSeries(title))
    return tuple(found)
