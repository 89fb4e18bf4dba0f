"""Where a saved page comes from and when it was saved, as browsers and tools that save pages note it in a comment."""

import re
from dataclasses import dataclass
from datetime import date

from archive.formats import values

_SPAN = 20_000
"""How far from both ends of a file such a note may stand."""
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<!-- ?saved from url=\(\d+\)(https?://[^\s<>\"]{3,490})",
        r"SingleFile[^<>]{0,40}\burl: (https?://[^\s<>\"]{3,490})",
        r"name=\"?savepage-url\"? content=\"(https?://[^\s<>\"]{3,490})",
        r"data-scrapbook-source=\"(https?://[^\s<>\"]{3,490})",
        r"<!-- Mirrored from ([^\s<>\"]{3,490}) by HTTrack",
    )
)
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"SingleFile[^<>]{0,600}\bsaved date: ([^<>\n]{10,80})",
        r"name=\"?savepage-date\"? content=\"([^<>\"\n]{10,80})",
        r"FILE ARCHIVED ON \d\d:\d\d:\d\d ([A-Za-z]{3} \d\d, \d{4})",
        r"<!-- Mirrored from [^\s<>]{3,490} by HTTrack [^<>]{0,99}?, ([a-z]{3}, \d\d [a-z]{3} \d{4}[^<>\n]{0,40}?) -->",
    )
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What the note says; empty and None where there is none."""

    address: str = ""
    day: date | None = None


def saved(text: str) -> Saved:
    """The note in a page.

    >>> saved("<!-- saved from url=(0019)https://a.example/1 --><html>").address
    'https://a.example/1'
    """
    edges = text if len(text) <= _SPAN * 2 else f"{text[:_SPAN]}\n{text[-_SPAN:]}"
    address = next((found[1] for pattern in _ADDRESSES if (found := pattern.search(edges))), "")
    day = next((found[1] for pattern in _DAYS if (found := pattern.search(edges))), "")
    if address and "://" not in address:
        address = f"https://{address}"
    return Saved(address, values.day(day))


def note(address: str, day: str) -> str:
    """The same as such tools write it, for a page that was unpacked from something else; `day` as in ISO 8601.

    >>> saved(note("https://a.example/1", "2024-01-06"))
    Saved(address='https://a.example/1', day=datetime.date(2024, 1, 6))
    """
    written = f'<meta name="savepage-date" content="{day}">' if day else ""
    if re.fullmatch(r"https?://[^\s<>\"]{3,490}", address):
        written = f'<meta name="savepage-url" content="{address}">{written}'
    return written
