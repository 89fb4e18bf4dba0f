"""The JSON that FanFicFare writes beside a file (`--json-meta-file`, or `-j`): every entry under its own name.

It keeps apart what the title page mixes, so it is the best statement of a work's tags; it has no text.
"""

import json
from typing import Any

from archive import clean
from archive.formats import markup, values
from archive.formats.fanficfare.labels import field_named
from archive.formats.fanficfare.titlepage import Row, TitlePage, fields_of, unquoted
from archive.parsed import ParsedWork

_NEEDED = {"title", "storyUrl", "author", "siteabbrev"}
_MARKUP = {"seriesHTML", "description"}


def read_sidecar(data: bytes) -> ParsedWork | None:
    """The work, without chapters, that a side-car states; None when the bytes are no such side-car."""
    try:
        stated = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(stated, dict) or not stated.keys() >= _NEEDED:
        return None
    return ParsedWork(**fields_of(_page(stated)))


def _page(stated: dict[str, Any]) -> TitlePage:
    words = {name: _clean(value) for name, value in stated.items() if isinstance(value, str)}
    rows = [Row(name, value, field_named(name)) for name, value in words.items() if name not in _MARKUP]
    rows = [row for row in rows if row.field]
    if not words.get("language"):
        rows.append(Row("Language", words.get("langcode", ""), "language"))
    return TitlePage(
        title=values.line(words.get("title", "")),
        authors=_authors(words),
        address=words.get("storyUrl", ""),
        rows=tuple(rows),
        summary=unquoted(clean.html(words.get("description", ""))),
    )


def _authors(words: dict[str, str]) -> tuple[str, ...]:
    """The names in the links, which part them for certain; without links, the list with commas."""
    links = markup.parse(words.get("authorHTML", "")).iter("a")
    return tuple(filter(None, map(markup.words, links))) or values.names(words.get("author", ""))


def _clean(value: str) -> str:
    """Text without what no database and no page can hold."""
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
