"""A web archive is read as the page in it; what is damaged is refused and never guessed at."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, recognise, web_archive
from archive.parsed import ParsedWork, Refused

GIVEN = (Path(__file__).with_name("samples") / "ao3_page_in_a_web_archive" / "given.mhtml").read_bytes()
NO_PAGE = "a web archive without a page in it"


def result(data: bytes) -> ParsedWork | Refused:
    source = Source.from_bytes("page.mhtml", data)
    assert recognise(source) is web_archive.FORMAT
    (one,) = web_archive.FORMAT.read(source)
    return one


def test_line_ends_make_no_difference() -> None:
    assert result(GIVEN.replace(b"\r\n", b"\n")) == result(GIVEN)


def test_a_page_of_another_site_is_an_html_page() -> None:
    page = b"<html><title>Low Water</title><h1>Low Water</h1>" + b"<p>Ada climbed the stairs and counted them.</p>" * 9
    data = (
        b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=XX\n\n"
        b"--XX\nContent-Type: text/html; charset=utf-8\nContent-Location: https://a.example/low\n\n"
        + page
        + b"\n--XX--\n"
    )
    work = result(data)
    assert isinstance(work, ParsedWork)
    assert (work.title, work.source_url) == ("Low Water", "https://a.example/low")


@pytest.mark.parametrize(
    "damaged",
    [
        GIVEN[: GIVEN.index(b"Content-ID")],
        GIVEN.replace(b"text/html", b"text/plain"),
        GIVEN.replace(b'boundary="----', b'boundary="other'),
    ],
    ids=["cut", "plain text", "another boundary"],
)
def test_an_archive_without_a_page_is_refused(damaged: bytes) -> None:
    one = result(damaged)
    assert isinstance(one, Refused)
    assert str(one) == NO_PAGE


@given(st.integers(0, len(GIVEN) - 1), st.binary(min_size=1, max_size=30))
def test_damage_is_read_or_refused(at: int, damage: bytes) -> None:
    source = Source.from_bytes("page.mhtml", GIVEN[:at] + damage + GIVEN[at + len(damage) :])
    for one in web_archive.FORMAT.read(source):
        assert isinstance(one, ParsedWork | Refused)


def test_a_letter_is_no_web_archive() -> None:
    assert (
        recognise(Source.from_bytes("letter.txt", b"From: moss\nSubject: salt\n\nboundary=multipart/related")) is None
    )
