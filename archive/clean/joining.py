"""Joining the texts of a work: each link leads to a place that is there, and anchors that nothing leads to go.

Texts are cleaned one by one, and a note in one may stand in another: the end notes, or another chapter.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive.clean.markup import html
from archive.parsed import ParsedChapter, ParsedWork

_ANCHOR = re.compile(r'<span id="([^"]*)"></span>')
_LINK = re.compile(r'<a href="(?:chapter:([0-9]+))?(?:#([^"]*))?">([^<]*(?:<(?!/a>)[^<]*)*)</a>')
_OF_A_WORK = ("summary", "notes", "end_notes")
_OF_A_CHAPTER = ("summary", "notes", "body", "end_notes")
_NOTES = 0
"""What the notes of the work itself are called among the chapters."""

Room = int
"""A chapter by its number, or the notes of the work."""


def joined(work: ParsedWork) -> ParsedWork:
    """The same work with its links and anchors in order."""
    if not any(_holds_either(text) for _, text in _texts(work)):
        return work
    anchors: dict[Room, set[str]] = {}
    for room, text in _texts(work):
        anchors.setdefault(room, set()).update(_ANCHOR.findall(text))
    links = _Links(anchors)
    work = _each(work, links.led)
    return _each(work, links.without_idle_anchors)


def _holds_either(text: str) -> bool:
    return "=" in text and ('<span id="' in text or '<a href="#' in text or '<a href="chapter:' in text)


class _Links:
    """Where the links of a work lead."""

    def __init__(self, anchors: Mapping[Room, set[str]]) -> None:
        self._anchors = anchors
        self._homes = {name: room for room in sorted(anchors, reverse=True) for name in anchors[room]}
        self._used: set[tuple[Room, str]] = set()

    def led(self, room: Room, text: str) -> str:
        """A text whose links lead to what is there; others are no links any more."""

        def lead(found: re.Match[str]) -> str:
            address = self._address(room, found[1], found[2] or "")
            return f'<a href="{address}">{found[3]}</a>' if address else found[3]

        return _LINK.sub(lead, text)

    def _address(self, room: Room, chapter: str | None, name: str) -> str:
        there = int(chapter) if chapter else self._home(room, name)
        place = f"#{name}" if name in self._anchors.get(there, ()) else ""
        if place:
            self._used.add((there, name))
        if there == room:
            return place
        return f"chapter:{there}{place}" if place or (there != _NOTES and there in self._anchors) else ""

    def _home(self, room: Room, name: str) -> Room:
        """Where an anchor stands: in the same room if there is one, else in the first that has it."""
        return room if name in self._anchors[room] else self._homes.get(name, room)

    def without_idle_anchors(self, room: Room, text: str) -> str:
        """A text with those anchors that some link leads to, each once in its room."""

        def keep(found: re.Match[str]) -> str:
            place = (room, found[1])
            if place not in self._used:
                return ""
            self._used.remove(place)
            return found[0]

        return _ANCHOR.sub(keep, text)


def _each(work: ParsedWork, change: Callable[[Room, str], str]) -> ParsedWork:
    """A work with every text changed; those that are other than before are cleaned again."""

    def changed(room: Room, text: str) -> str:
        other = change(room, text)
        return text if other == text else html(other)

    def texts(room: Room, part: ParsedWork | ParsedChapter, names: Iterable[str]) -> dict[str, Any]:
        return {name: changed(room, getattr(part, name)) for name in names}

    chapters = tuple(replace(chapter, **texts(chapter.number, chapter, _OF_A_CHAPTER)) for chapter in work.chapters)
    return replace(work, chapters=chapters, **texts(_NOTES, work, _OF_A_WORK))


def _texts(work: ParsedWork) -> Iterator[tuple[Room, str]]:
    for name in _OF_A_WORK:
        yield _NOTES, getattr(work, name)
    for chapter in work.chapters:
        for name in _OF_A_CHAPTER:
            yield chapter.number, getattr(chapter, name)
