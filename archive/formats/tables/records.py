"""Records: works as tables and JSON lines hold them, a set of labels and values with the whole text beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive import clean
from archive.formats import values
from archive.formats.texts.header import Entry, Header
from archive.formats.texts.labels import field_of
from archive.formats.texts.statement import Statement
from archive.formats.texts.textwork import work_of, work_with
from archive.formats.walls import wall
from archive.parsed import ParsedChapter, ParsedWork, Refused

NO_TEXT = "no text: its record states facts only"

_MARKUP = re.compile(r"<(?:p|div|br)\b[^<>]*>", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_NAMED = 20
"""Refused records that are named one by one; of a list without texts the others are only counted."""


def work_of_record(labels: Mapping[str, Any], text: str, name: str) -> ParsedWork:
    """The work that a record holds: labels with their values (words, numbers, lists), and its text, plain or HTML.

    Refuses a record without text: facts alone make no work.
    """
    header = Header(list(_entries(labels)))
    text = clean.mend(fit(text))
    if not text.strip():
        raise Refused(NO_TEXT, Statement(header).title_or(name))
    if not _MARKUP.search(text, 0, 20_000):
        return work_of(header, text.split("\n"), name)
    statement = Statement(header)
    title = statement.title_or(name)
    if reason := wall(text):
        raise Refused(reason, title)
    return work_with(statement, title, [ParsedChapter(1, clean.html(text))])


def fit(text: str) -> str:
    """Text fit to be stored: `\\n` line ends, no control characters, no halves of surrogate pairs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text)


def counted(results: Iterable[ParsedWork | Refused]) -> Iterator[ParsedWork | Refused]:
    """The same results, where of many records without text only the first are named: a list may hold millions."""
    bare = 0
    for result in results:
        bare += isinstance(result, Refused) and str(result) == NO_TEXT
        if bare <= _NAMED or isinstance(result, ParsedWork) or str(result) != NO_TEXT:
            yield result
    if bare > _NAMED:
        yield Refused(f"{bare - _NAMED:,} more records without text: they state facts only")


def _entries(labels: Mapping[str, Any]) -> Iterator[Entry]:
    """Each label with each of its values once, however often the record repeats it under another spelling."""
    told: set[tuple[str, str]] = set()
    for label, value in labels.items():
        name = field_of(label)
        for words in _words(value, name):
            key = (name or label.casefold(), words)
            if name != "text" and key not in told and (values.stated(words) or name == "title"):
                told.add(key)
                yield Entry(label.replace("_", " ").strip(), name, words)


def _words(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, list | tuple):
        parts = [fit(str(one)) for one in value if one is not None and not isinstance(one, dict | list)]
        yield from parts if name in {"", "series"} else [repr(parts)] if parts else []
    elif isinstance(value, bool):
        yield str(value).casefold()
    elif value is not None:
        yield clean.mend(fit(str(value)))
