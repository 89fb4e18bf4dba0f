"""Footnotes and links between chapters lead where they should, in the text, in the work and on the page."""

import pytest

from archive import clean
from archive.parsed import ParsedChapter, ParsedWork


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="#n">1</a> <a name="n"></a>one', '<p><a href="#n">1</a> <span id="n"></span>one</p>'),
        ('<p id="n">one</p>', '<p><span id="n"></span>one</p>'),
        ('<a name="n" href="#r">1</a>', '<p><span id="n"></span><a href="#r">1</a></p>'),
        ('<a id="n"></a><p></p><hr><p>one</p>', '<hr>\n<p><span id="n"></span>one</p>'),
        ('<ol><li id="n">one</li></ol>', '<ol><li><span id="n"></span>one</li></ol>'),
        ('<p id="n">one</p><p id="n">two</p>', '<p><span id="n"></span>one</p>\n<p>two</p>'),
        ('<p>one</p><a id="n"></a>', "<p>one</p>"),
        ('<p id="a b">one <a href="#a b">two</a></p>', "<p>one two</p>"),
        ('<p id="&quot;x">one</p>', "<p>one</p>"),
        ('<a href="#%E6%B3%A8">one</a>', '<p><a href="#注">one</a></p>'),
        ('<a href="2.xhtml#n">one</a>', '<p><a href="chapter:2#n">one</a></p>'),
        ('<a href="2.xhtml">one</a>', '<p><a href="chapter:2">one</a></p>'),
        ('<a href="1.xhtml#n">one</a>', '<p><a href="#n">one</a></p>'),
        ('<a href="1.xhtml">one</a>', "<p>one</p>"),
        ('<a href="3.xhtml#n">one</a>', "<p>one</p>"),
        ('<a href="a?b&amp;c#n">one</a>', '<p><a href="chapter:4#n">one</a></p>'),
        ('<a href="chapter:7#n">one</a>', '<p><a href="chapter:7#n">one</a></p>'),
        ('<a href="chapter:7x#n">one</a>', "<p>one</p>"),
        ('<a href="#">one</a>', "<p>one</p>"),
    ],
)
def test_links_and_anchors_become_canonical(markup: str, expected: str) -> None:
    assert clean.html(markup, places={"1.xhtml": 0, "2.xhtml": 2, "a?b&c": 4}) == expected


def work(*bodies: str, end_notes: str = "", last: str = "") -> ParsedWork:
    chapters = [ParsedChapter(number, clean.html(body)) for number, body in enumerate(bodies, 1)]
    chapters[-1] = ParsedChapter(len(bodies), chapters[-1].body, end_notes=clean.html(last))
    return clean.joined(ParsedWork("x", chapters=tuple(chapters), end_notes=clean.html(end_notes)))


def test_an_anchor_that_nothing_leads_to_goes_and_a_link_to_nowhere_is_none() -> None:
    [chapter] = work(
        '<p id="idle">one <a href="#n">two</a> <a href="#gone"><em>three</em></a></p><p id="n">four</p>'
    ).chapters
    assert chapter.body == '<p>one <a href="#n">two</a> <em>three</em></p>\n<p><span id="n"></span>four</p>'


def test_a_note_is_found_in_the_end_notes_of_its_chapter_of_the_work_and_in_other_chapters() -> None:
    joined = work(
        '<p><a href="#n">1</a> <a href="#w">2</a> <a href="#other">3</a> <a href="chapter:1#n">4</a></p>',
        '<p id="other">x</p><p><a href="#n">1</a> <a href="chapter:9">5</a> <a href="chapter:1#gone">6</a></p>',
        last='<p id="n">y</p>',
        end_notes='<p id="w">z</p>',
    )
    assert joined.chapters[0].body == (
        '<p><a href="chapter:2#n">1</a> <a href="chapter:0#w">2</a> <a href="chapter:2#other">3</a> 4</p>'
    )
    assert joined.chapters[1].body == (
        '<p><span id="other"></span>x</p>\n<p><a href="#n">1</a> 5 <a href="chapter:1">6</a></p>'
    )
    assert joined.chapters[1].end_notes == '<p><span id="n"></span>y</p>'
    assert joined.end_notes == '<p><span id="w"></span>z</p>'


def test_of_two_anchors_with_one_name_in_a_chapter_the_first_stays() -> None:
    joined = work('<p id="n">one</p><p><a href="#n">1</a></p>', last='<p id="n">two</p>')
    assert joined.chapters[0].end_notes == "<p>two</p>"


def test_a_work_without_links_is_left_as_it_is() -> None:
    plain = ParsedWork("x", chapters=(ParsedChapter(1, "<p>one &amp; two</p>"),))
    assert clean.joined(plain) is plain


def test_joining_what_is_joined_changes_nothing() -> None:
    joined = work('<p><a href="#n">1</a> <a href="#other">3</a></p><p id="n">x</p>', '<p id="other">x</p>')
    assert clean.joined(joined) == joined


def placed(html: str) -> str:
    return clean.placed(
        html,
        "c5-",
        chapter=lambda number, name: f"/chapters/{number}/#c{number}-{name}",
        picture=lambda digest: f"/{digest[:2]}/",
    )


def test_on_a_page_no_id_of_a_text_is_one_of_the_page() -> None:
    html = clean.html('<p id="main">one <a href="#main">two</a></p><p name="stakes" class="card">three</p>')
    assert placed(html) == '<p><span id="c5-main"></span>one <a href="#c5-main">two</a></p>\n<p>three</p>'


def test_on_a_page_links_to_chapters_and_pictures_have_addresses() -> None:
    html = (
        f'<p><a href="chapter:6#n">one</a> two</p>\n<p><img src="picture:{"ab" * 32}" alt="" width="1" height="2"></p>'
    )
    assert placed(html) == (
        '<p><a href="/chapters/6/#c6-n">one</a> two</p>\n'
        '<p class="plate"><img src="/ab/" loading="lazy" alt="" width="1" height="2"></p>'
    )


def test_a_text_that_speaks_of_markup_is_not_placed() -> None:
    html = clean.html('<p>&lt;img src="picture:abc"&gt; &lt;a href="chapter:1"&gt; href="#x" id="y"</p>')
    assert placed(html) == html
