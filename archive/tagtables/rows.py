"""The rows of a tag table, in the shape of the OTW's dump of 2021 and of what others have made of it.

The dump's columns are `id,type,name,canonical,cached_count,merger_id`; rare tags are called `Redacted`. Copies of it
have spaces behind the commas, a comma at the end, a column of numbers in front, a byte order mark, `-1` for no merger,
or mergers that a statistics program has written as `3828398.0`. `NA` is a name.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from archive.vocabulary import TagKind

_KINDS = {kind.value: kind.value for kind in TagKind}
_TRUE = {"true", "t", "1", "yes"}
_REDACTED = "Redacted"


class NoTagTable(Exception):
    """The file is no table of tags. Its message is the reason."""


class Row(NamedTuple):
    """One tag: `name` is empty when the table hides it, `canonical` None when it does not say."""

    id: int
    kind: str
    name: str
    canonical: bool | None
    merger: int | None


def rows(path: Path) -> Iterator[Row]:
    """The tags of the four kinds that works carry here; all else (media, ratings, unsorted tags) is passed over."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader((line.replace("\0", "") for line in file), skipinitialspace=True)
        places = _places(next(lines, []))
        id_at, kind_at, name_at, canonical_at, merger_at = places
        width = max(id_at, kind_at, name_at)
        try:
            for cells in lines:
                if len(cells) <= width or not (kind := _KINDS.get(cells[kind_at].strip().lower(), "")):
                    continue
                if (number := _number(cells[id_at])) is not None:
                    canonical, merger = _cell(cells, canonical_at), _number(_cell(cells, merger_at))
                    name = cells[name_at].strip()
                    known = None if canonical_at < 0 else canonical.strip().lower() in _TRUE
                    yield Row(number, kind, "" if name == _REDACTED else name, known, merger)
        except csv.Error as error:
            raise NoTagTable(f"line {lines.line_num:,} cannot be read ({error})") from error


def _places(header: list[str]) -> tuple[int, int, int, int, int]:
    """Where the columns stand; -1 for one that a table may lack."""
    names = [name.strip().casefold() for name in header]
    if not {"id", "type", "name", "merger_id"} <= set(names):
        raise NoTagTable("no table of tags: it has no columns id, type, name and merger_id")
    at = {name: place for place, name in reversed(list(enumerate(names)))}
    return at["id"], at["type"], at["name"], at.get("canonical", -1), at["merger_id"]


def _cell(cells: list[str], at: int) -> str:
    return cells[at] if 0 <= at < len(cells) else ""


def _number(written: str) -> int | None:
    """An id, as a whole number however it is written; None for `-1`, `NA`, nothing."""
    digits = written.strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None
