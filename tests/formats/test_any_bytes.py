"""Whatever bytes a file holds, it is told what they are: nothing that decides on a file may fail on one."""

from hypothesis import example, given
from hypothesis import strategies as st

from archive.formats import FORMATS, Source, belongs, recognise, unread
from archive.parsed import ParsedWork, Refused

BEGINNINGS = st.sampled_from(
    [
        b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"PK\x05\x06", b"<!DOCTYPE html>", b"<html>", b"<?xml ",
        b"{", b"[{",
        b'{"id"', b'{"title": "', b"Title: ", b"work_id,title,", b"---\ntitle: ", b"# ", b"\x1f\x8b",
        b"SQLite format 3\0",
        b"mimetypeapplication/epub+zip", b"\n\n\n\nTITLE\n\nby AUTHOR\n\n\n\nCategory: ", b"Work Header\n\nRating:\n",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    ["a.txt", "a", "a.epub", "a.csv", "a.json", ".hidden", "a/__MACOSX/b", "a\\b.html", "\ud800.md"]
)


@given(beginning=BEGINNINGS, rest=st.binary(max_size=300), name=NAMES)
@example(beginning=b"", rest=b"a\rb,c", name="a.epub")
def test_any_bytes_are_read_refused_or_left_alone(beginning: bytes, rest: bytes, name: str) -> None:
    source = Source.from_bytes(name, beginning + rest)
    assert belongs(name, source.head) is None or belongs(name, source.head)
    try:
        found = recognise(source)
        results = list(found.read(source)) if found else [unread(source)]
    except Refused as refused:
        results = [refused]
    assert all(isinstance(result, ParsedWork | Refused) for result in results)
    assert all(str(result) and "\n" not in str(result) for result in results if isinstance(result, Refused))


@given(beginning=BEGINNINGS, rest=st.text(max_size=300), name=NAMES)
def test_any_text_is_read_refused_or_left_alone(beginning: bytes, rest: str, name: str) -> None:
    test_any_bytes_are_read_refused_or_left_alone.hypothesis.inner_test(  # type: ignore[attr-defined]
        beginning, rest.encode("utf-8", "surrogatepass"), name
    )


def test_every_format_has_a_name_and_a_version_of_its_own() -> None:
    assert len({known.name for known in FORMATS}) == len(FORMATS)
    assert all(known.version > 0 for known in FORMATS)
