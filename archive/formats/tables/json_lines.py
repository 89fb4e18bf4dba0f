"""Works as JSON: a line or an array entry for each, with its text, and its facts beside it or under `metadata`.

Data sets of works are passed round in this shape. Their keys come from the labels of AO3's downloads, in the singular
and in the plural (`Fandom`, `Fandoms`), in capitals and again in small letters, all of them words.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from archive.formats.format import Format
from archive.formats.source import LIMIT, Source
from archive.formats.tables.records import counted, work_of_record
from archive.formats.texts.labels import field_of
from archive.formats.texts.textwork import name_of
from archive.parsed import ParsedWork, Refused

_TEXTS = ("text", "body", "content", "work_text", "full_text", "story", "story_text")
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"")
_NAMES_A_TEXT = re.compile(rb"\"(?:" + "|".join(_TEXTS).encode() + rb")\"\s*:", re.IGNORECASE)
_NAMES_A_WORK = re.compile(rb"\"(?:title|metadata|story_url|work_id)\"\s*:", re.IGNORECASE)
_NAMES_FACTS = re.compile(rb"\"(?:metadata|story_url)\"\s*:", re.IGNORECASE)
_AO3_LABELS = {"warnings", "freeforms"}
"""Only the Archive of Our Own has both. An `id` beside them is the id of a work there, anywhere else a number."""
_NEXT = b'{"'
_STRING = re.compile(rb"\"(?:[^\"\\]|\\.)*\"?")


def begins(head: bytes) -> bool:
    """Whether a file opens like JSON that holds works."""
    if not _OPENING.match(head) or not _NAMES_A_WORK.search(head):
        return False
    return bool(_NAMES_A_TEXT.search(head) or _NAMES_FACTS.search(head))


def _recognises(source: Source) -> bool:
    return begins(source.head)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    return counted(_works(source))


def _works(source: Source) -> Iterator[ParsedWork | Refused]:
    name = name_of(source.path)
    for record in _records(source):
        try:
            if isinstance(record, Refused):
                raise record
            yield _work(record, name)
        except Refused as refused:
            yield refused


def _records(source: Source) -> Iterator[dict[str, Any] | Refused]:
    """Each object of the file, whether it stands on a line of its own, on several, or in one line with all others."""
    held: list[bytes] = []
    depth = size = 0
    try:
        for number, line in enumerate(source.lines(), 1):
            if held and line.startswith(_NEXT):  # the line before has broken off
                yield from _objects(b"".join(held), number - 1)
                held, depth, size = [], 0, 0
            bare = _STRING.sub(b"", line)
            depth += bare.count(b"{") - bare.count(b"}")
            held.append(line)
            size += len(line)
            if depth <= 0 or size > LIMIT:
                yield from _objects(b"".join(held), number)
                held, depth, size = [], 0, 0
    except Refused as refused:
        yield refused
        return
    if held:
        yield from _objects(b"".join(held), number)


def _objects(written: bytes, number: int) -> Iterator[dict[str, Any] | Refused]:
    decoder = json.JSONDecoder()
    text = written.decode("utf-8-sig", "replace").strip(" \t\r\n,[]")
    at = 0
    while at < len(text):
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield Refused(f"line {number:,} is not JSON")
            return
        at += len(text[at : at + 64]) - len(text[at : at + 64].lstrip(" \t\r\n,"))
        yield record if isinstance(record, dict) else Refused(f"line {number:,} holds no work")


def _work(record: dict[str, Any], name: str) -> ParsedWork:
    labels: dict[str, Any] = {}
    number, text = None, ""
    for label, value in [*_inner(record), *record.items()]:
        if label.casefold() in _TEXTS:
            text = value if isinstance(value, str) and len(value) > len(text) else text
        elif label.casefold() == "id":
            number = value
        elif not isinstance(value, dict):
            labels.setdefault(label, value)
    if {field_of(label) for label in labels} >= _AO3_LABELS:
        labels["work_id"] = labels.get("work_id") or number
    return work_of_record(labels, text, name)


def _inner(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What stands under `metadata` and the like."""
    for value in record.values():
        if isinstance(value, dict):
            yield from value.items()


FORMAT = Format(name="json-lines", version=1, recognises=_recognises, read=_read)
