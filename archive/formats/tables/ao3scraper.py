"""AO3Scraper's table: one CSV row for each work, with its tags, its counts and its whole text.

The program (github.com/radiolarian/AO3Scraper) appends to its file, so that headers and works may stand in it twice,
and a row may break off where it was stopped. Authors are a list as Python writes it, `[]` for anonymous works; counts
that are missing are `null`; a work without a status date is called Completed whatever its chapters say.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.tables.records import counted, work_of_record
from archive.formats.texts.labels import field_of
from archive.formats.texts.textwork import name_of
from archive.parsed import ParsedWork, Refused

_LONGEST_FIELD = 32 * 1024 * 1024
"""Characters: more than six million words."""
_MOST_AGAIN = 1_000_000
"""Lines that are read once more behind rows that are broken: a table made to do harm has each row run to its end."""
_ENOUGH = 5
_DELIMITERS = ",;\t"
_READERS = {"all_kudos", "all_bookmarks"}
"""Lists of the people who read a work. They are nobody's business here."""
_BEGINS = re.compile(r"\"?\d{1,12}(?:\.0)?\"?[,;\t]")
_DIGITS = set('0123456789"')
_CHAPTERS = re.compile(r"\s*[\d,]+\s*/\s*(?:[\d,]+|\?)\s*")

csv.field_size_limit(_LONGEST_FIELD)


def begins(head: bytes) -> bool:
    """Whether a file opens with the header of such a table."""
    return bool(_columns(head))


def _columns(head: bytes) -> tuple[list[str], str] | None:
    """The names of the columns, and what parts them; None when they are not those of works."""
    if b"itle" not in head:
        return None
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].decode("utf-8", "replace")
    for delimiter in _DELIMITERS:
        try:
            names = [name.strip().casefold() for name in next(csv.reader([first.strip()], delimiter=delimiter), [])]
        except csv.Error:  # no table at all
            return None
        known = {field_of(name) for name in names} - {""}
        if {"work_id", "title"} <= known and len(known) >= _ENOUGH:
            return names, delimiter
    return None


def _recognises(source: Source) -> bool:
    return begins(source.head)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    return counted(_works(source))


def _works(source: Source) -> Iterator[ParsedWork | Refused]:
    if not (found := _columns(source.head)):
        return
    names, delimiter = found
    rows = _Rows(source.lines(), delimiter, len(names))
    while True:
        try:
            row = next(rows)
            if [cell.strip().casefold() for cell in row] == names:
                continue
            yield _work(dict(zip(names, row, strict=False)), name_of(source.path))
        except StopIteration:
            return
        except Refused as refused:
            yield refused
            if rows.over:
                return


def _work(cells: dict[str, str], name: str) -> ParsedWork:
    labels: dict[str, Any] = {label: cell for label, cell in cells.items() if label not in _READERS | {"body"}}
    if cells.get("author", "").strip() == "[]":
        labels["author"] = "Anonymous"
    if _CHAPTERS.fullmatch(cells.get("chapters", "")):
        labels.pop("status", None)
    elif cells.get("status", "").strip().casefold() == "updated":
        labels["status"] = "in progress"
    if "status date" in labels:
        labels["updated"] = labels.pop("status date")
    return work_of_record(labels, cells.get("body", ""), name)


class _Rows:
    """The rows of a table, one at a time. Behind a row that is broken it goes on where the next one seems to begin."""

    def __init__(self, lines: Iterator[bytes], delimiter: str, width: int) -> None:
        self._lines, self._delimiter, self._width = lines, delimiter, width
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._number = self._repeated = 0
        self.over = False

    def __iter__(self) -> Iterator[str]:
        """The lines of the next row: those that are to be read again first."""
        while True:
            if not self._again:
                try:
                    line = next(self._lines)
                except StopIteration:
                    return
                except Refused:
                    self.over = True
                    raise
                self._again.append(_decoded(line))
                self._number += 1
            self._taken.append(self._again.popleft())
            yield self._taken[-1]

    def __next__(self) -> list[str]:
        self._taken.clear()
        row: list[str] = []
        while not row and not any(map(str.strip, self._taken)):
            self._taken.clear()
            try:
                row = next(csv.reader(iter(self), delimiter=self._delimiter))
            except csv.Error:
                if not self._taken:
                    raise StopIteration from None
        if self._sound(row):
            return row
        raise self._broken()

    def _sound(self, row: list[str]) -> bool:
        """Whether a row begins as rows do, is not too wide, and has not run on over the beginning of another."""
        first, *later = self._taken
        begins = _BEGINS.match(first) or "title" in first.lower()
        return bool(begins) and 1 < len(row) <= self._width and not any(map(self._opens_row, later))

    def _opens_row(self, line: str) -> bool:
        return line[:1] in _DIGITS and bool(_BEGINS.match(line)) and line.count(self._delimiter) * 2 > self._width

    def _broken(self) -> Refused:
        began = self._number - len(self._again) - len(self._taken) + 1
        rest = self._taken[1:]
        following = next((at for at, line in enumerate(rest) if _BEGINS.match(line)), len(rest))
        self._again.extendleft(reversed(rest[following:]))
        self._repeated += len(rest) - following
        if self._repeated > _MOST_AGAIN:
            self.over = True
            return Refused(f"behind line {began:,} the table is damaged beyond reading")
        while following == len(rest):
            line = next(self._lines, None)
            if line is None:
                break
            self._number += 1
            if _BEGINS.match(decoded := _decoded(line)):
                self._again.append(decoded)
                break
        cells = self._taken[0].split(self._delimiter)
        title = cells[1].strip('" \r\n') if _BEGINS.match(self._taken[0]) else ""
        return Refused(f"the row at line {began:,} is broken off or damaged", title)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").replace("\0", "")


FORMAT = Format(name="ao3scraper", version=1, recognises=_recognises, read=_read)
