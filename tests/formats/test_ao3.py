"""AO3's own files: what may differ between them without making a difference, and what must never be taken for whole."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, recognise
from archive.formats.ao3 import html as ao3_html
from archive.formats.ao3 import masks
from archive.formats.ao3 import preface as ao3_preface
from archive.formats.ao3.values import byline, names, series
from archive.formats.markup import Element, parse, words
from archive.parsed import Refused
from tests.formats.golden import read

FOLDER = Path(__file__).with_name("samples")
DOWNLOADS = sorted(FOLDER.glob("ao3_html_*/given.html"))
WHOLE = [path for path in DOWNLOADS if path.parent.name != "ao3_html_broken_off"]
EVERYTHING = (FOLDER / "ao3_html_today_with_everything_in_it" / "given.html").read_text("utf-8")
LABELS = {
    "Archive Warning": "Archive Warnings",
    "Category": "Categories",
    "Fandom": "Fandoms",
    "Relationship": "Relationships",
    "Character": "Characters",
}
PSEUDS = st.text(alphabet="abcÅé字 _-", min_size=1, max_size=12).map(lambda name: f"x{name}x".replace("  ", " "))


def result(text: str) -> list[dict[str, Any]]:
    source = Source.from_bytes("given.html", text.encode())
    assert recognise(source) is ao3_html.FORMAT
    return read(source)


def first(text: str, tag: str) -> Element:
    return next(parse(text).iter(tag))


@pytest.mark.parametrize(("one", "many"), LABELS.items(), ids=list(LABELS))
def test_a_label_says_the_same_in_the_singular_and_in_the_plural(one: str, many: str) -> None:
    texts = [re.sub(f"<dt>{one}s?:|<dt>{many}:", f"<dt>{label}:", EVERYTHING) for label in (one, many)]
    assert texts[0] != texts[1]
    assert result(texts[0]) == result(texts[1]) == result(EVERYTHING)


@pytest.mark.parametrize("path", DOWNLOADS, ids=lambda path: path.parent.name)
def test_comments_and_indentation_make_no_difference(path: Path) -> None:
    text = path.read_text("utf-8")
    bare = re.sub(r">\s*\n\s*<", "><", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    assert bare != text or "content_network" in path.parent.name
    assert result(bare) == result(text)


@pytest.mark.parametrize("path", DOWNLOADS, ids=lambda path: path.parent.name)
def test_http_and_line_ends_make_no_difference(path: Path) -> None:
    text = path.read_text("utf-8")
    other = "http" if "https://archiveofourown.org" in text else "https"
    site = "archiveofourown.org"
    changed = re.sub(f"https?://{site}", f"{other}://{site}", text).replace("\n", "\r\n")
    assert result(changed) == result(text)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.parent.name)
def test_a_file_that_breaks_off_is_never_taken_for_a_whole_work(path: Path) -> None:
    text = path.read_text("utf-8")
    end = text.index('<p class="message"', text.rindex('id="chapters"'))
    for place in range(text.index("<dl class="), end, 101):
        (work,) = ao3_html.FORMAT.read(Source.from_bytes("given.html", text[:place].encode()))
        assert isinstance(work, Refused) or work.partial


def test_downloads_one_behind_the_other_are_all_read() -> None:
    texts = [path.read_text("utf-8") for path in WHOLE]
    assert result("\n".join(texts)) == [work for text in texts for work in result(text)]


def test_what_only_looks_like_another_document_is_part_of_the_text() -> None:
    script = "<script>document.write('<html><body>')</script>"
    assert result(EVERYTHING.replace("<p>Down.</p>", f"{script}<p>Down.</p>")) == result(EVERYTHING)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('Part 2 of\n<a href="http://a.example/series/5">Low, High</a>', [("Low, High", 2)]),
        ('Part <strong>1,002</strong> of the <a href="/series/5">Low</a> series', [("Low", 1002)]),
        ('<a href="/series/5">Low</a>, Part 3 of <a href="/series/6">High</a>', [("Low", None), ("High", 3)]),
        ("Part 2 of Low, High", [("Low, High", 2)]),
    ],
)
def test_every_kind_of_series(markup: str, expected: list[tuple[str, int | None]]) -> None:
    found = series(first(f"<dl><dd>{markup}</dd></dl>", "dd"))
    assert [(one.title, one.position) for one in found] == expected


@given(st.lists(PSEUDS, min_size=1, max_size=5, unique=True))
def test_linked_authors_come_back_as_they_are_shown(authors: list[str]) -> None:
    links = ", ".join(f'<a rel="author" href="x">{author}</a>' for author in authors)
    assert byline(first(f'<div class="byline">by {links}</div>', "div")) == (tuple(authors), ())


@pytest.mark.parametrize(
    ("markup", "authors", "archivists"),
    [
        ("by Anonymous", ("Anonymous",), ()),
        ("Anonymous [<a>moss</a>]", ("Anonymous",), ()),
        ("by <a>Ink (tidewater)</a>", ("Ink (tidewater)",), ()),
        ("by <a>by the sea</a>", ("by the sea",), ()),
        ("by Fen, Jr. [archived by <a>keys</a>]", ("Fen, Jr.",), ("keys",)),
        ("by Fen [archived by <a>keys</a>], Will [archived by <a>keys</a>]", ("Fen", "Will"), ("keys",)),
        ("by <a>moss</a>, Fen [archived by <a>keys</a>]", ("moss", "Fen"), ("keys",)),
        ("by Fen [archived by keys], moss", ("Fen", "moss"), ("keys",)),
        ("by fen, <a>moss</a>", ("fen", "moss"), ()),
        ("by ", (), ()),
    ],
)
def test_every_kind_of_byline(markup: str, authors: tuple[str, ...], archivists: tuple[str, ...]) -> None:
    assert byline(first(f"<div>{markup}</div>", "div")) == (authors, archivists)


def test_tags_are_parted_by_their_links_and_never_by_commas() -> None:
    markup = "<dd><a>One, Two</a>, <a>A/B</a>,\n<a>“three，四”</a></dd>"
    assert names(first(markup, "dd")) == ("One, Two", "A/B", "“three，四”")


@given(st.text(min_size=1, max_size=40).filter(str.isprintable), st.integers(0, 255))
def test_a_masked_address_is_shown_again(address: str, key: int) -> None:
    masked = bytes([key, *(byte ^ key for byte in address.encode())]).hex()
    assert masks.decoded(masked) == address


def test_a_mask_that_cannot_be_read_stays_as_the_page_shows_it() -> None:
    text = '<p>To <a class="__cf_email__" data-cfemail="00e1">[email protected]</a> and <b>on</b></p>'
    root = parse(text)
    masks.unmask(root, text)
    assert words(root) == "To [email protected] and on"
    assert not list(root.iter("a"))


def test_a_picture_that_waits_for_a_script_has_its_address_again() -> None:
    text = '<img src="/1.gif" data-pagespeed-lazy-src="https://a.example/map.png">'
    root = parse(text)
    masks.unmask(root, text)
    assert [picture.get("src") for picture in root.iter("img")] == ["https://a.example/map.png"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('at <a href="http://archiveofourown.org/works/12">x</a>', ("archiveofourown.org", "12")),
        ("at http://archiveofourown.org/works/12.", ("archiveofourown.org", "12")),
        ("<b>https://archiveofourown.org/works/9</b> at https://www.ao3.org/works/12", ("archiveofourown.org", "12")),
        ('<b>as https://ao3.org/works/9</b> <a href="https://ao3.org/works/12">x</a>', ("archiveofourown.org", "12")),
        (
            'at <a href="https://web.archive.org/web/2020/http://archiveofourown.org/works/12">x</a>',
            ("archiveofourown.org", "12"),
        ),
        ('<a href="http://b.example/">b</a> at <a href="http://b.example/post/1_2">x</a>', ("b.example", "post/1_2")),
        ('on the <a href="https://archiveofourown.org/">Archive</a> at some place', ("", "")),
    ],
)
def test_the_line_of_the_archive_tells_the_source(line: str, expected: tuple[str, str]) -> None:
    around = '<p>see <a href="https://archiveofourown.org/works/7">another</a></p>'
    preface = ao3_preface.read(parse(f'<div>{around}<p class="message">{line}</p>{around}</div>'))
    assert (preface.fields.get("source", ""), preface.fields.get("source_id", "")) == expected
