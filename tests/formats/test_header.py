"""The rule for the end of a header, and what its values say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, recognise, values
from archive.formats.walls import wall
from archive.parsed import ParsedSeries, ParsedWork

HEADER = "Title: Unlit\nWork ID: 2000102\nRating: Explicit\n"
DECOYS = ("Rating: General Audiences", "Title: Another", "Archive Warning: No Archive Warnings Apply", "Kudos: 7",
          "Fandom: Somewhere else", "Author: nobody", "Summary: told", "Chapters: 9/9")  # fmt: skip


def only(text: str) -> ParsedWork:
    opened = Source.from_bytes("unlit.txt", text.encode())
    found = recognise(opened)
    assert found is not None
    [work] = found.read(opened)
    assert isinstance(work, ParsedWork)
    return work


@given(st.lists(st.sampled_from([*DECOYS, "Tom counted.", "", "***"]), max_size=12))
def test_no_line_of_the_body_changes_what_is_stated(lines: list[str]) -> None:
    for between in ("\n", "\nWork text:\n"):
        work = only(f"{HEADER}{between}Tom began.\n" + "\n".join(lines))
        assert (work.title, work.ratings, work.warnings) == ("Unlit", ("Explicit",), ())
        assert (work.source_id, work.authors, work.fandoms, work.chapters_posted) == ("2000102", (), (), None)
        for line in lines:
            assert line == "***" or line in work.chapters[0].body


@given(st.lists(st.sampled_from([*DECOYS[:4], "Ada keeps the lamp.", ""]), max_size=8))
def test_no_line_of_the_summary_changes_what_is_stated(lines: list[str]) -> None:
    work = only(f"{HEADER}\nSummary:\nTold at last.\n" + "\n".join(lines) + "\n\nWork text:\nTom began.\n")
    assert (work.title, work.ratings, work.warnings, work.source_id) == ("Unlit", ("Explicit",), (), "2000102")
    assert work.chapters[0].body == "<p>Tom began.</p>"


def test_a_work_id_at_another_source_is_not_one_of_the_archive() -> None:
    work = only("Title: Lamps\nWork ID: 77\nURL: https://example.org/works/77?view=all\n\nLit.\n")
    assert (work.source, work.source_id) == ("example.org", "77")
    assert work.source_url == "https://example.org/works/77?view=all"


def test_an_address_at_the_archive_names_the_work() -> None:
    work = only("Title: Lamps\nURL: https://archiveofourown.org/works/2000102/chapters/5\n\nLit.\n")
    assert (work.source, work.source_id) == ("archiveofourown.org", "2000102")
    assert work.source_url == "https://archiveofourown.org/works/2000102"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "https://", "http://x y", "//example.org"]
)
def test_a_strange_address_is_no_source(address: str) -> None:
    work = only(f"Title: Lamps\nURL: {address}\nAuthor: a\n\nLit.\n")
    assert (work.source, work.source_url) == ("", "")


@pytest.mark.parametrize("stated", ["2000102", " 2000102 ", "#2000102", "0002000102", "2000102.0"])
def test_a_work_id_is_a_number_however_it_is_written(stated: str) -> None:
    assert only(f"Title: Lamps\nWork ID: {stated}\n\nLit.\n").source_id == "2000102"


@pytest.mark.parametrize(
    ("stated", "complete"),
    [("Completed", True), ("complete", True), ("In Progress", False), ("In-Progress", False), ("WIP", False),
     ("asleep", None)],
)  # fmt: skip
def test_a_status_decides_completion(stated: str, complete: bool | None) -> None:
    assert only(f"Title: Lamps\nStatus: {stated}\n\nLit.\n").complete is complete


@pytest.mark.parametrize(
    ("stated", "complete", "updated"),
    [("2021-05-06", True, date(2021, 5, 6)), ("Yes", True, None), ("False", False, None), ("05/06/2021", None, None)],
)
def test_completed_is_a_word_or_a_date(stated: str, complete: bool | None, updated: date | None) -> None:
    work = only(f"Title: Lamps\nCompleted: {stated}\n\nLit.\n")
    assert (work.complete, work.updated) == (complete, updated)


@pytest.mark.parametrize(
    ("stated", "complete"), [("1/1", True), ("3/5", False), ("3/?", False), ("3", None), ("?", None)]
)
def test_chapters_decide_completion_when_nothing_else_does(stated: str, complete: bool | None) -> None:
    assert only(f"Title: Lamps\nChapters: {stated}\n\nLit.\n").complete is complete


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("12,345", 12345), ("12 345", 12345), ("12.345", 12345), ("0", 0), ("1,234,567", 1234567), ("12,34", None),
     ("99999999999", None), ("-5", None), ("1e9", None), ("١٢", None), ("many", None), ("", None)],
)  # fmt: skip
def test_numbers_have_separators_of_thousands_or_none(stated: str, expected: int | None) -> None:
    assert values.number(stated) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("2021-05-06", date(2021, 5, 6)), ("2021/05/06", date(2021, 5, 6)), ("2021-05-06T10:00:00Z", date(2021, 5, 6)),
     ("2021-05-06 10:00", date(2021, 5, 6)), ("6 May 2021", date(2021, 5, 6)), ("06-May-2021", date(2021, 5, 6)),
     ("May 6, 2021", date(2021, 5, 6)), ("Thu, 6 May 2021 10:00:00", date(2021, 5, 6)),
     ("May 6th 2021", date(2021, 5, 6)),
     ("13/05/2021", date(2021, 5, 13)), ("05/13/2021", date(2021, 5, 13)), ("05/05/2021", date(2021, 5, 5)),
     ("05/06/2021", None), ("2021-02-30", None), ("0000-00-00", None), ("6 Maybe 2021", None), ("1620300000", None),
     ("yesterday", None), ("06/05/21", None)],
)  # fmt: skip
def test_a_date_is_read_when_there_is_one_way_to_read_it(stated: str, expected: date | None) -> None:
    assert values.day(stated) == expected


def test_a_comma_in_a_series_title_stays() -> None:
    assert values.series("Low Water, High Water") == (ParsedSeries("Low Water, High Water"),)


@given(st.text(max_size=200))
def test_any_value_is_read_without_an_error(value: str) -> None:
    values.names(value)
    values.series(value)
    values.chapters(value)
    values.number(value)
    values.day(value)
    assert "\n" not in values.line(value)


def test_overrides_of_the_writing_direction_are_taken_out_of_names() -> None:
    assert values.line("Unlit\u202etxt.exe") == "Unlittxt.exe"


@pytest.mark.parametrize(
    "text",
    [
        "Error messages were all she ever got. " * 40,
        "Not found. That was what the card said, and Ada put it back. " * 20,
        "“This work is only available to registered users of the Archive,” read Ada aloud. " * 100,
        "Log in, said the lighthouse.",
        "Forbidden fruit was what the cat had brought." * 20,
    ],
)
def test_a_work_that_speaks_of_walls_is_a_work(text: str) -> None:
    assert wall(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, you don't have permission to access the page you were trying to reach. Please log in.",
        "429 Too Many Requests",
        "502 Bad Gateway\n\nnginx",
        "Just a moment... Enable JavaScript and cookies to continue",
        "This work could have adult content. If you continue, you have agreed that you are willing to see it.",
        "Story Not Found\nUnable to locate story. Code 1.",
        "This work is part of an ongoing challenge and will be revealed soon! You can find details here: Winter",
    ],
)
def test_a_wall_is_known_for_what_it_is(text: str) -> None:
    assert wall(text)
