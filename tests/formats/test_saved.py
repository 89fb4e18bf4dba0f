"""The notes that browsers and tools leave in pages they save tell where a page is from, and when it was saved."""

from datetime import date

import pytest

from archive.formats.ao3.saved import Saved, saved

WORK = "https://archiveofourown.org/works/2000301"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (f"<!DOCTYPE html>\n<!-- saved from url=(0041){WORK} -->", Saved(WORK)),
        (
            f"<html><!--\n Page saved with SingleFile \n url: {WORK} \n"
            " saved date: Sat Jan 06 2024 11:24:41 GMT+0100 (Central European Standard Time)\n-->",
            Saved(WORK, date(2024, 1, 6)),
        ),
        (
            f'<meta name="savepage-url" content="{WORK}">'
            '<meta name="savepage-date" content="Fri Oct 04 2024 21:10:11 GMT+0200">',
            Saved(WORK, date(2024, 10, 4)),
        ),
        (
            "<!-- Mirrored from archiveofourown.org/works/2000301 by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Sat, 06 Jan 2024 11:24:41 GMT -->",
            Saved(WORK, date(2024, 1, 6)),
        ),
        (
            "<!--\n     FILE ARCHIVED ON 12:34:56 Jan 06, 2020 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON",
            Saved("", date(2020, 1, 6)),
        ),
        ("<p>saved from the sea</p>", Saved()),
    ],
)
def test_a_note_tells_where_a_page_is_from_and_when_it_was_saved(note: str, expected: Saved) -> None:
    assert saved(f"{note}<p>text</p>") == expected
    assert saved("<p>text</p>" * 9000 + note) == expected
