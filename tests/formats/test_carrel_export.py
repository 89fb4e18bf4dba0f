"""Our own export comes back whole, line by line, and a bad line spoils no other."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from archive.formats import Source, recognise
from archive.parsed import ParsedChapter, ParsedSeries, ParsedWork, Refused

RECORD: dict[str, Any] = {
    "id": 12, "source": "archiveofourown.org", "source_id": "2000101",
    "source_url": "https://archiveofourown.org/works/2000101", "title": "The Lamplighter's Ledger",
    "authors": ["quillfeather"], "rating": "Teen And Up Audiences", "warnings": ["Major Character Death"],
    "categories": ["F/M"], "fandoms": ["Lamps"], "relationships": ["Ada/Tom"], "characters": ["Ada"],
    "freeforms": ["Storms"], "language": "English", "published": "2021-05-06", "updated": "2021-06-07",
    "added": "2026-11-20T10:00:00+00:00", "complete": False, "chapters_posted": 1, "chapters_planned": None,
    "words": 4, "kudos": 7, "hits": 0, "counted": "2022-01-02",
    "summary": "<p>Lit.</p>", "notes": "", "end_notes": "<p>Out.</p>",
    "series": [{"title": "Low Water", "position": 2}],
    "chapters": [{"number": 1, "title": "One", "summary": "", "notes": "<p>n</p>", "body": "<p>Ada climbed.</p>",
                  "end_notes": ""}],
    "extra": {"Kudos": "7"}, "format": "text-export", "sha256": "ab" * 32,
}  # fmt: skip

WORK = ParsedWork(
    id=12, source="archiveofourown.org", source_id="2000101", source_url="https://archiveofourown.org/works/2000101",
    title="The Lamplighter's Ledger", authors=("quillfeather",), ratings=("Teen And Up Audiences",),
    warnings=("Major Character Death",), categories=("F/M",), fandoms=("Lamps",), relationships=("Ada/Tom",),
    characters=("Ada",), freeforms=("Storms",), language="English", published=date(2021, 5, 6),
    updated=date(2021, 6, 7), added=datetime(2026, 11, 20, 10, tzinfo=UTC), complete=False, chapters_posted=1,
    words=4, kudos=7, hits=0, counted=date(2022, 1, 2),
    summary="<p>Lit.</p>", end_notes="<p>Out.</p>", series=(ParsedSeries("Low Water", 2),),
    chapters=(ParsedChapter(1, "<p>Ada climbed.</p>", "One", notes="<p>n</p>"),), extra={"Kudos": "7"},
    format="text-export", sha256="ab" * 32,
)  # fmt: skip


def read(*lines: str | bytes) -> list[ParsedWork | Refused]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    source = Source.from_bytes("works.jsonl", data)
    found = recognise(source)
    assert found is not None
    assert found.name == "carrel-export"
    return list(found.read(source))


def line(**changes: Any) -> str:
    return json.dumps(RECORD | changes, ensure_ascii=False)


def test_every_field_comes_back() -> None:
    assert read(line()) == [WORK]


def test_what_is_not_stated_is_empty_or_null() -> None:
    bare = {"title": "Bare", "source_id": None, "rating": "", "chapters": [{"body": "<p>x</p>"}]}
    assert read(json.dumps(bare)) == [ParsedWork(title="Bare", chapters=(ParsedChapter(1, "<p>x</p>"),))]


def test_bodies_are_cleaned_again() -> None:
    [work] = read(
        line(summary="<p onclick=x>a</p><script>b</script>", chapters=[{"number": 1, "body": "a<img onerror=x>"}])
    )
    assert isinstance(work, ParsedWork)
    assert (work.summary, work.chapters[0].body) == ("<p>a</p>", "<p>a</p>")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "line 2 is not JSON"),
        (b'{"title": "\xff"}', "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        (f'{{"title": "a", "words": {"1" * 5000}}}', "line 2 is not JSON"),
        ("[]", "line 2: not a work"),
        (line(title=""), "line 2: title is missing"),
        (line(title=5), "line 2: title is not text"),
        (line(chapters=[]), "line 2: no text in any chapter"),
        (line(chapters=[{"body": "<p> </p>"}]), "line 2: no text in any chapter"),
        (line(chapters=["x"]), "line 2: a chapter is not a chapter"),
        (line(chapters={}), "line 2: chapters is not a list"),
        (line(words=-1), "line 2: words is not a number of things"),
        (line(words=2**31), "line 2: words is not a number of things"),
        (line(id=True), "line 2: id is not a number of things"),
        (line(published="yesterday"), "line 2: published is not a date"),
        (line(added="now"), "line 2: added is not a moment"),
        (line(complete="yes"), "line 2: complete is neither true, false nor null"),
        (line(authors=[5]), "line 2: authors is not text"),
        (line(series=[{"position": 1}]), "line 2: a series has no title"),
        (line(extra=[]), "line 2: extra is not a set of labels"),
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_others_are_read(bad: str | bytes, reason: str) -> None:
    first, refused, last = read(line(), bad, line(id=13))
    assert first == WORK
    assert isinstance(refused, Refused)
    assert str(refused) == reason
    assert last == replace(WORK, id=13)


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    assert read(b"\xef\xbb\xbf" + line().encode(), "", "  ", line()) == [WORK, WORK]


def test_a_lone_surrogate_and_nul_are_taken_out() -> None:
    [work] = read(json.dumps(RECORD | {"title": "a\0\ud83db"}))
    assert isinstance(work, ParsedWork)
    assert work.title == "a?b"


def test_other_json_is_not_our_export() -> None:
    for data in (b'{"rating": "Teen"}', b"[]", b"{}", b""):
        found = recognise(Source.from_bytes("x.json", data))
        assert found is None
