"""Emphasis and alignment are reading matter, whoever states them: an element, a style, or a style sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import clean
from archive.clean import simple
from archive.clean.canonical import Writer
from archive.clean.markup import _CLEANER

SHEET = """
/* .no { text-align: center } */
.mid, p.mid2 { text-align: center; color: red }
.slant { font-style: italic } .slant.x { font-weight: bold }
h2 > .deep { font-style: italic }
.heavy{font-weight:700;text-decoration:underline}
@media print { .paper { text-align: right } }
"""


def test_a_style_sheet_is_read_for_what_it_says_of_classes() -> None:
    assert clean.styles(SHEET)["mid"] == clean.styles(SHEET)["mid2"] == "center"
    assert clean.styles(SHEET)["heavy"] == "b u"
    assert clean.styles(SHEET)["slant"] == "i"
    assert not {"no", "deep", "x"} & clean.styles(SHEET).keys()


@pytest.mark.parametrize(
    "sheet", ["", "{", "}", ".a{", ".a{text-align", "/*", ".a{text-align:;font-style}", "@import url(x);"]
)
def test_any_style_sheet_is_read(sheet: str) -> None:
    assert clean.styles(sheet) == {}


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p class="mid x">one</p>', '<p class="align-center">one</p>'),
        ('<p>one <span class="slant">two</span></p>', "<p>one <i>two</i></p>"),
        ('<p>one <em class="slant">two</em></p>', "<p>one <em>two</em></p>"),
        ('<p class="slant">one <i>two</i></p><p>three</p>', "<p><i>one two</i></p>\n<p>three</p>"),
        ('<p class="heavy">one</p>', "<p><b><u>one</u></b></p>"),
        ('<h2 class="heavy">one</h2>', "<h3>one</h3>"),
        ('<p style="FONT-STYLE:Italic; text-align : right !x">one</p>', '<p class="align-right"><i>one</i></p>'),
        ('<b style="font-weight:normal"><p>one</p></b>', "<p>one</p>"),
        ('<span style="font-weight: 400;">one</span>', "<p>one</p>"),
        ('<span style="vertical-align:super">1</span>', "<p><sup>1</sup></p>"),
        ('<div class="slant"><p>one</p><p>two</p></div>', "<p><i>one</i></p>\n<p><i>two</i></p>"),
        ('<section class="mid"><p>one</p></section>', '<div class="align-center"><p>one</p></div>'),
        ("<dl><dt>one</dt><dd>two</dd></dl>", "<p><b>one</b></p>\n<p>two</p>"),
        ("<q>one</q>", "<p>“one”</p>"),
        ('<em lang="fr">un</em> <font dir="rtl">two</font>', '<p><em lang="fr">un</em> <span dir="rtl">two</span></p>'),
        ('<p xml:lang="fr">un</p>', '<p lang="fr">un</p>'),
    ],
)  # fmt: skip
def test_looks_become_canonical(markup: str, expected: str) -> None:
    html = clean.html(markup, classes=clean.styles(SHEET))
    assert html == expected
    assert clean.html(html) == html


@pytest.mark.parametrize(
    ("adorned", "bare"),
    [
        ('<p class="calibre5">one <em class="calibre7">two</em></p>', "<p>one <em>two</em></p>"),
        ('<p class="calibre5"><span style="color: red">one</span><br class="x"/>two</p>', "<p>one<br>two</p>"),
        ('<p class="MsoNormal" style="margin:0">one <b style="font-weight:bold">two</b></p>', "<p>one <b>two</b></p>"),
        ('<p class="slant">one <em class="slant">two</em></p>', "<p><i>one <em>two</em></i></p>"),
        ('<i style="font-style:normal">one</i> <i style="font-weight:bold">two</i>', "<p>one <i><b>two</b></i></p>"),
        ('<p lang="x" dir="up" id="">one</p>', "<p>one</p>"),
        ('<hr class="x" id="n"><p>one</p>', '<hr>\n<p><span id="n"></span>one</p>'),
        ('<p>&lt;em class="slant"&gt;</p><p onclick="x">two</p>', '<p>&lt;em class="slant"&gt;</p>\n<p>two</p>'),
    ],
)
def test_attributes_that_say_nothing_make_no_difference(adorned: str, bare: str) -> None:
    assert clean.html(adorned, classes=clean.styles(SHEET)) == bare


SIMPLE = [
    "<p>one</p>", "<p> one\n two </p> <p></p>", "<p>&lt; &c &eacute; &nbsp; &#8217; &#x41; &copy &notit; & d</p>",
    "<p><em>one</em>, <b> two</b><i>\xa0</i></p>", "<p>one<br/>two<br><br>three</p>", "<p>\u200b</p>", "<hr />",
    "<p><span>one</span> <span> two</p>", "<p>one</span></p><hr /><hr>", "<p>one<br></span></p>",
    "<p>\x01one\x00\ttwo\r\n</p>",
    "<p>&#0;&#13;&#128;&#xD800;&#x110000;</p>", "<p><em>\u200bone</em></p>", "<p>&lt;script&gt;1&lt;/script&gt;</p>",
    "<p>&amp;lt;b&amp;gt;</p>", "<p><s>one</s><u>two</u> <strong>&nbsp;three </strong></p>",
]  # fmt: skip


def parsed(markup: str) -> str:
    """The canonical form by way of a parser."""
    writer = Writer({}, {}, {})
    writer.take(_CLEANER.clean(markup))
    return writer.written()


@pytest.mark.parametrize("markup", SIMPLE)
def test_simple_paragraphs_are_written_as_they_would_be_by_way_of_a_parser(markup: str) -> None:
    assert simple.beginning(markup)[1] == "" or "<i>" in markup
    assert clean.html(markup) == parsed(markup)


@given(st.lists(st.one_of(st.sampled_from(SIMPLE), st.text("ab &<>;/pi=\xa0\n", max_size=12)), max_size=6))
def test_whether_a_parser_is_needed_makes_no_difference(pieces: list[str]) -> None:
    markup = "<p>x</p>" + "".join(pieces)
    assert clean.html(markup) == parsed(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p onclick=x>a</p>",
        "<p>a<script>b</script></p>",
        "<p>a",
        "<p>a > b</p>",
        "<p><em>a</p>",
        "<p><em><b>a</b></em></p>",
        "a",
        "<P>a</P>",
    ],
)
def test_what_is_not_simple_goes_through_the_parser(markup: str) -> None:
    assert simple.beginning(f"<p>x</p>{markup}") == ("<p>x</p>", markup)
