"""A picture that a file brings stands in the text; of any other it is told in words, and nothing is fetched."""

import pytest

from archive import clean
from archive.parsed import ParsedPicture

LAMP = ParsedPicture("ab" * 32, b"", "image/png", 640, 480)
SHOWN = f'<img src="picture:{LAMP.sha256}" alt="A lamp" width="640" height="480">'


def brought(markup: str) -> str:
    return clean.html(markup, pictures={"img/lamp 1.png": LAMP, "data:image/png;base64,iVBO": LAMP, "a?b&c": LAMP})


@pytest.mark.parametrize("source", ["img/lamp 1.png", "data:image/png;base64,iVBO", "a?b&amp;c"])
def test_a_picture_that_is_brought_stands_with_its_own_size(source: str) -> None:
    assert brought(f'<img src="{source}" alt=" A \n lamp" width="1" height="9999999">') == f"<p>{SHOWN}</p>"


def test_a_block_that_holds_only_a_picture_is_a_paragraph_that_shows_something() -> None:
    html = brought('<p>one</p><div><img src="img/lamp 1.png" alt="A lamp"></div><p><br></p><p>two</p>')
    assert html == f"<p>one</p>\n<p>{SHOWN}</p>\n<p>two</p>"
    assert clean.plain(html) == "one\n\nA lamp\n\ntwo"
    assert len(clean.paragraph_digests(html)) == 3 * 8


def test_pictures_without_words_are_told_apart_by_their_digests() -> None:
    one, two = (f'<p><img src="picture:{sign * 64}" alt="" width="1" height="2"></p>' for sign in "ab")
    assert clean.html(one) == one
    assert clean.paragraph_digests(one) != clean.paragraph_digests(two)


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<img src="http://e.org/x.png" alt="A ship">', "A ship (http://e.org/x.png)"),
        ('<img src="http://e.org/x.png">', "http://e.org/x.png"),
        ('<img alt="A &lt;ship&gt;">', "A &lt;ship&gt;"),
        ('<img src="../gone.png" alt="">', "../gone.png"),
        ('<img src="javascript:alert(1)" alt="A ship">', "A ship"),
        ('<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="A ship">', "A ship"),
        (f'<img src="picture:{"c" * 64}" alt="A ship" width="0" height="x">', "A ship"),
    ],
)
def test_a_picture_that_is_not_here_is_told_of(markup: str, told: str) -> None:
    assert clean.html(markup) == f'<p><span class="picture">{told}</span></p>'


@pytest.mark.parametrize(
    "markup", ["<img>", '<img src="data:image/png;base64,AAAA">', "<img src=http://e.org/1 width=1 height=1>"]
)
def test_of_nothing_and_of_counting_dots_nothing_is_told(markup: str) -> None:
    assert clean.html(f"<p>one</p>{markup}") == "<p>one</p>"


def test_the_digests_of_the_pictures_in_texts_are_found() -> None:
    assert clean.pictures_in(["<p>one</p>", f"<p>{SHOWN}</p>", '<p>&lt;img src="picture:' + "c" * 64 + '"</p>']) == {
        LAMP.sha256
    }
