"""Any HTML page: what is taken from it, what is left out, and which pages are refused as no works."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import Source, html_page, recognise
from archive.formats.ao3 import page as ao3_page
from archive.parsed import ParsedWork, Refused

LINE = "<p>Ada climbed the stairs and counted them as she went up, all of the ninety, one after another.</p>"
TEXT = LINE * 3
PAGE = (Path(__file__).with_name("samples") / "ao3_page_of_one_chapter" / "given.html").read_text("utf-8")


def result(markup: str) -> ParsedWork | Refused:
    source = Source.from_bytes("folder/a_page.html", markup.encode())
    found = recognise(source)
    assert found is html_page.FORMAT
    (one,) = found.read(source)
    return one


def work(markup: str) -> ParsedWork:
    one = result(markup)
    assert isinstance(one, ParsedWork)
    return one


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<title>Harbour</title><h1>Low <i>Water</i></h1>{TEXT}", "Low Water"),
        (f"<title>Low Water</title>{TEXT}", "Low Water"),
        (f"<title>Low Water</title><h1>One</h1>{TEXT}<h1>Two</h1>{TEXT}", "Low Water"),
        (f"<title>Harbour</title><h2>Low Water</h2>{TEXT}", "Low Water"),
        (f"<title> </title>{TEXT}", "a page"),
        (f"<body>{TEXT}", "a page"),
    ],
)
def test_a_title_is_the_only_heading_or_what_the_page_is_called(markup: str, title: str) -> None:
    assert work(f"<html>{markup}").title == title


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        ('<meta name="author" content="quillfeather"><h1>T</h1>', ("quillfeather",)),
        ('<meta name="Author" content="User"><h1>T</h1>', ()),
        ('<meta property="book:author" content="https://a.example/u/5"><h1>T</h1>', ()),
        ("<h1>T</h1><p>by <a href='x'>moss</a></p>", ("moss",)),
        ("<h1>T</h1><p>By: moss &amp; fen</p>", ("moss & fen",)),
        ("<h1>T</h1><p>By the sea she sat. It was late.</p>", ()),
        ("<h1>T</h1><p>By the sea she sat.</p>", ()),
        ("<h1>T</h1><p>They went by boat</p>", ()),
        ("<p>by moss</p><h1>T</h1>", ()),
    ],
)
def test_an_author_is_taken_only_when_clearly_named(markup: str, authors: tuple[str, ...]) -> None:
    assert work(f"<html>{markup}{TEXT}").authors == authors


def test_a_byline_that_was_taken_leaves_the_text() -> None:
    assert "moss" not in work(f"<html><h1>T</h1><p>by moss</p>{TEXT}").chapters[0].body


def test_nothing_is_believed_about_rating_warnings_and_tags() -> None:
    found = work(
        '<html><meta name="rating" content="General"><meta name="keywords" content="a, b">'
        f"<h1>T</h1><dl><dt>Rating:</dt><dd>General Audiences</dd></dl>{TEXT}"
    )
    assert (found.ratings, found.warnings, found.freeforms, found.fandoms) == ((), (), (), ())


@pytest.mark.parametrize(
    ("markup", "titles"),
    [
        (f"<h2>Chapter 1</h2>{LINE}<h2>Chapter 2</h2>{LINE}", ["", ""]),
        (f"<h2>Chapter 1: Low</h2>{LINE}<h2>Chapter Three: High</h2>{LINE}", ["Low", "Chapter Three: High"]),
        (f"<section><h2>I. Low</h2>{LINE}</section><section><h2>II. High</h2>{LINE}</section>", ["I. Low", "II. High"]),
        (f"<h1>第一章</h1>{LINE}<h1>第二章</h1>{LINE}", ["", ""]),
        (f"<h3>Low</h3>{LINE * 6}<h3>High</h3>{LINE * 6}", ["Low", "High"]),
        (f"<h3>Low</h3>{LINE}<h3>High</h3>{LINE}", [""]),
        (f"<div><h2>Chapter 1</h2><h2>Chapter 2</h2></div>{LINE}", ["", ""]),
        (f"<h2>Chapter 1</h2>{LINE}", [""]),
        (f"<ul><li><h2>Chapter 1</h2>{LINE}<h2>Chapter 2</h2></li></ul>{LINE}", ["", ""]),
        (f"<div><h2>1</h2>{LINE}</div>{LINE}<div><div><h2>2</h2>{LINE}</div><h2>3</h2>{LINE}</div>", [""]),
    ],
)
def test_headings_of_one_level_are_chapters_when_they_announce_them(markup: str, titles: list[str]) -> None:
    found = work(f"<html><title>T</title>{markup}")
    assert [chapter.title for chapter in found.chapters] == titles
    kept = f"{found.notes}{''.join(chapter.body for chapter in found.chapters)}"
    assert kept.count("Ada climbed") == markup.count("Ada climbed")


def test_a_long_front_is_a_chapter_and_a_short_one_a_note() -> None:
    chapters = f"<h2>Chapter 1</h2>{LINE}<h2>Chapter 2</h2>{LINE}"
    short, long = work(f"<html>{LINE}{chapters}"), work(f"<html>{LINE * 20}{chapters}")
    assert (len(short.chapters), short.notes.count("Ada")) == (2, 1)
    assert (len(long.chapters), long.notes) == (3, "")
    assert [chapter.number for chapter in long.chapters] == [1, 2, 3]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href='/'>Chrome</a></nav>",
        "<footer>Chrome</footer>",
        "<aside>Chrome</aside>",
        "<header><b>Chrome</b></header>",
        "<form><p>Chrome</p></form>",
        "<div role=navigation>Chrome</div>",
        "<div id=sidebar>Chrome</div>",
        "<script>Chrome</script><style>Chrome</style>",
        "<div hidden>Chrome</div>",
    ],
)
def test_what_belongs_to_the_site_is_left_out(around: str) -> None:
    for markup in (f"<body>{around}<h1>T</h1>{TEXT}{around}", f"<body>{around}<main><h1>T</h1>{TEXT}</main>{around}"):
        found = work(f"<html>{markup}")
        assert "Chrome" not in f"{found.notes}{found.chapters[0].body}"
        assert found.chapters[0].body.count("Ada") == 3


@pytest.mark.parametrize("name", ["form", "aside", "div class=footer", "div id=navigation"])
def test_a_part_that_holds_most_of_the_page_is_its_text(name: str) -> None:
    tag = name.partition(" ")[0]
    found = work(f"<html class=navigation><body><form><p>Search</p></form><{name}>{TEXT}</{tag}></body></html>")
    assert found.chapters[0].body.count("Ada") == 3
    assert "Search" not in found.chapters[0].body


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Chapter 1</h2>&#1;Ada<h2>Chapter 2</h2>&#2;",
        "<nav>x</nav>&#1;Ada",
        "<h1>T</h1>&#3;Ada<p>by moss</p>&#4;",
        "<img src='data:&#1;,' alt='&#2;'>Ada",
        "<img data-pagespeed-lazy-src='a&#1;b' src='c'>Ada",
        "<a class='__cf_email__' data-cfemail='422b2c29'>x</a>&#1;Ada",
    ],
)
def test_references_to_control_characters_do_no_harm(markup: str) -> None:
    found = work(f"<html>{TEXT}{markup}")
    text = f"{found.notes}{''.join(chapter.body for chapter in found.chapters)}"
    assert text.count("Ada") == 4
    assert not set(map(chr, range(9))) & set(text)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html><body><p>Unlit</p>", "a web page with hardly any text"),
        ("<html><body></body></html>", "a web page with hardly any text"),
        (
            "<html>" + "<p><a href='/works/1'>The Lamplighter's Ledger and other works of the sea</a></p>" * 9,
            "a web page that lists works or links, not a work",
        ),
        (
            f"<html><ol><li class='work blurb'>{TEXT}</li><li class='work blurb'>{TEXT}</li></ol>",
            "a web page that lists works or links, not a work",
        ),
        (
            "<html><p>This work is only available to registered users of the Archive.</p></html>",
            "a login page saved instead of the work",
        ),
        (
            "<html><div id=main><h2>Error 404</h2><p>The page you were looking for doesn't exist.</p></div>",
            "an error page saved instead of the work",
        ),
        (
            "<html><div id=main><div class='flash error'>Sorry, we couldn't find the work you were looking for.</div>"
            f"<p>You may like these.</p></div><div id=footer>{TEXT}</div>",
            "a page that says the work is gone, saved instead of the work",
        ),
        (
            "<html><div id=main><p class=notice>This work is part of an ongoing challenge and will be revealed soon! "
            "You can find details here: <a href=x>Lamps</a></p></div>",
            "a notice of an unrevealed work saved instead of the work",
        ),
        (
            "<html><h2>Error 429</h2><h3>Too Many Requests</h3><p>You have made too many requests in a short time "
            "period. Please wait a while before trying again.</p>",
            "a page that asks to try later, saved instead of the work",
        ),
        (
            "<html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>",
            "a page that asks for proof of being human, saved instead of the work",
        ),
        (
            "<html><div id=main><div class='flash error'>Sorry, you can't download a work that has been hidden by an "
            "admin.</div></div>",
            "a page that says the work is gone, saved instead of the work",
        ),
    ],
)
def test_a_page_that_is_no_work_is_refused_by_name(markup: str, reason: str) -> None:
    one = result(markup)
    assert isinstance(one, Refused)
    assert str(one) == reason


@pytest.mark.parametrize("times", [1, 400])
def test_a_page_of_a_work_with_a_way_to_log_in_is_no_wall(times: int) -> None:
    text = PAGE.replace("<p>She tasted salt.</p>", "<p>She tasted salt.</p>" * times)
    source = Source.from_bytes("page.html", text.encode())
    assert recognise(source) is ao3_page.FORMAT
    (one,) = ao3_page.FORMAT.read(source)
    assert isinstance(one, ParsedWork)
    assert one.chapters[0].body.count("salt") == times


@pytest.mark.parametrize("text", ["<3 Ada climbed.", "<i>Ada</i> climbed.\n\nTom counted.", "<<< Ada >>>", "a<p>b</p>"])
def test_a_text_with_a_few_signs_is_no_page(text: str) -> None:
    assert recognise(Source.from_bytes("a.txt", text.encode())) is not html_page.FORMAT


def test_a_saved_page_that_breaks_off_in_its_text_is_never_taken_for_whole() -> None:
    text = PAGE.replace("4</a>/?", "1</a>/1").replace("chapter-3", "chapter-1")
    for cut, partial in ((text, False), (text[: text.index("salt.</p>")], True)):
        (one,) = ao3_page.FORMAT.read(Source.from_bytes("page.html", cut.encode()))
        assert isinstance(one, ParsedWork)
        assert one.partial is partial


@pytest.mark.parametrize(
    "start",
    [
        "<b>T</b><br>",
        "<font size=2><i>T</i>",
        "\ufeff<!-- a -->\n<HTML>",
        "<?xml version='1.0'?><!DOCTYPE html><html>",
        "<h1>T</h1>",
        "<p>",
        "<title>T</title>",
    ],
)
def test_a_page_is_known_by_how_it_begins(start: str) -> None:
    assert work(start + TEXT).chapters[0].body.count("Ada") == 3


@given(st.text(alphabet="<>/h12pabulivn =\"'&#;", max_size=200))
def test_any_page_is_read_or_refused(markup: str) -> None:
    assert isinstance(result(f"<html>{markup}"), ParsedWork | Refused)
    assert isinstance(work(f"<html>{TEXT}{markup}"), ParsedWork)
