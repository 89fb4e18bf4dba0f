"""Tables and JSON lines: what is recognised, what is left alone, and that files of any size are read row by row."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from archive.formats import Source, belongs, recognise
from archive.parsed import ParsedWork, Refused

COLUMNS = (
    "work_id,title,author,rating,category,fandom,relationship,character,additional tags,language,published,status,"
    "status date,words,chapters,comments,kudos,bookmarks,hits,all_kudos,all_bookmarks,body"
)


def table(*rows: list[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([COLUMNS.split(","), *rows])
    return written.getvalue().encode()


def row(number: int, body: str) -> list[str]:
    return [str(number), f"Work {number}", "['quillfeather']", "General Audiences", *[""] * 17, body]


def read(data: bytes) -> list[ParsedWork | Refused]:
    source = Source.from_bytes("works.csv", data)
    found = recognise(source)
    assert found is not None
    return list(found.read(source))


def test_a_table_of_works_is_no_side_car_and_any_other_table_is() -> None:
    assert belongs("works.csv", table(row(1, "Rain."))) is None
    assert belongs("errors_works.csv", b"work_id,status_code\r\n2000401,404\r\n") == "a list"
    assert belongs("money.csv", b"date,title,amount\r\n2021-05-06,Rent,400\r\n") == "a list"


def test_json_with_works_is_no_side_car_and_any_other_is() -> None:
    assert belongs("works.json", b'[{"id": 1, "title": "Unlit", "text": "Rain."}]') is None
    assert belongs("a.json", b'{\n "author": "quillfeather",\n "storyUrl": "http://test1.com?sid=1"\n}') is not None
    assert recognise(Source.from_bytes("package.json", b'{"name": "x", "content": "y"}')) is None


def test_a_table_that_a_spreadsheet_wrote_again_is_read() -> None:
    data = table(row(2000401, "Rain.")).replace(b",", b";")
    works = read(b"\xef\xbb\xbf" + data)
    assert [work.source_id for work in works if isinstance(work, ParsedWork)] == ["2000401"]


def test_a_row_that_breaks_off_in_mid_text_costs_no_row_but_itself_and_the_one_glued_to_it() -> None:
    whole = [table(row(number, f'He said "{number}".\n\nRain.')) for number in range(1, 6)]
    rows = [one.split(b"\r\n", 1)[1] for one in whole]
    cut = rows[1][: rows[1].index(b"Rain")]
    works = read(table() + rows[0] + cut + rows[2] + rows[3] + rows[4])
    assert {work.source_id for work in works if isinstance(work, ParsedWork)} >= {"1", "4", "5"}
    assert not [work for work in works if isinstance(work, ParsedWork) and "He said" in work.chapters[0].body[40:]]


class _Endless:
    """A table of many rows that exists only while it is read."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        yield io.BufferedReader(_Rows(self.rows))


class _Rows(io.RawIOBase):
    def __init__(self, rows: int) -> None:
        self._parts = (table(row(number, "Rain. " * 500)).split(b"\r\n", 1)[1] for number in range(rows))
        self._rest = BytesIO(table())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not (data := self._rest.read(len(buffer))):
            self._rest = BytesIO(next(self._parts, b""))
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def test_a_table_is_never_held_as_a_whole() -> None:
    source = Source("works.csv", 2**40, _Endless(1500))  # type: ignore[arg-type]
    found = recognise(source)
    assert found is not None
    tracemalloc.start()
    try:
        works = sum(isinstance(work, ParsedWork) for work in found.read(source))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert works == 1500
    assert peak < 2_000_000
