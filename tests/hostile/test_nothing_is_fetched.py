"""No address in any file is asked, and no file is written but in the library: each sample of each format is tried."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.formats import Source, recognise
from archive.parsed import Refused
from archive.preparing import works_of
from tests.formats.golden import SAMPLES, opened

_watched: list[list[tuple[str, Any]]] = []
_ASKED = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "urllib.Request",
    "subprocess.Popen",
    "os.system",
}
_WRITES = ("w", "a", "x", "+")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event in _ASKED or (event == "open" and isinstance(arguments[1], str) and any(map(arguments[1].count, _WRITES))):
        _watched[-1].append((event, arguments[0]))


sys.addaudithook(_watch)


@pytest.fixture
def seen() -> Iterator[list[tuple[str, Any]]]:
    """What is asked or written meanwhile, as Python itself tells it."""
    events: list[tuple[str, Any]] = []
    _watched.append(events)
    yield events
    _watched.pop()


def given() -> list[Path]:
    return sorted(path for folder in SAMPLES.iterdir() if folder.is_dir() for path in folder.glob("given*"))


def test_no_sample_of_any_format_is_asked_for_more_or_written_anywhere(seen: list[tuple[str, Any]]) -> None:
    formats = set()
    for path in given():
        source = opened(path)
        try:
            if found := recognise(source):
                formats.add(found.name)
                list(works_of(source, None))
        except Refused:
            continue
    assert len(formats) > 15
    assert seen == []


def test_the_watch_itself_sees_what_it_should(seen: list[tuple[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "written").write_text("x")
    assert seen == [("open", str(tmp_path / "written"))] or [event for event, _ in seen] == ["open"]


ADDRESSES = b"""<html><head><title>Unlit</title><link rel=stylesheet href=http://127.0.0.1:9/a.css>
<base href=http://127.0.0.1:9/></head><body><img src=http://127.0.0.1:9/i.png><img src=file:///etc/passwd>"""


def test_a_page_full_of_addresses_asks_none(seen: list[tuple[str, Any]]) -> None:
    body = b"<p>Ada climbed the stairs of the lighthouse, and counted each of them.</p>" * 9
    [work] = works_of(Source.from_bytes("page.html", ADDRESSES + body), None)
    assert not isinstance(work, Refused)
    assert not work.pictures
    assert seen == []
