"""Processes of the crew that do not do as they should, and a format whose reader does what the text tells it to."""

import os
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from archive import crew, formats
from archive.formats import Format, Source
from archive.parsed import ParsedWork, Refused

_WORDS = (b"crash", b"hang", b"eat")


def process(pipe: Connection, house: Path | None) -> None:
    """As in `archive.crew`, with one more format: a file that begins with `crash`, `hang` and the like."""
    formats.FORMATS = (Format("breaking", 1, _recognises, _read), *formats.FORMATS)
    crew._work(pipe, house)  # noqa: SLF001 (it stands in for the process around it)


def stillborn(pipe: Connection, house: Path | None) -> None:
    """Ends before it has said that it is there."""
    os._exit(1)


def _recognises(source: Source) -> bool:
    return source.head.startswith(_WORDS)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    what = source.text.split()[0]
    if what == "crash":
        os._exit(1)
    if what == "hang":
        time.sleep(600)
    pieces = [bytes(64 * 1024 * 1024) for _ in range(64)]
    yield Refused(f"nothing has stopped it from taking {len(pieces)} pieces")
