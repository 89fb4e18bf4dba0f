"""A page that stands alone brings its pictures and styles along, and nothing else comes with them."""

from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote_from_bytes

import pytest

from archive.formats import Source, html_page
from archive.formats.ao3.standalone import cleaner
from archive.formats.markup import Element, inner, parse
from archive.parsed import ParsedPicture, ParsedWork

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4) + b"\x08\x02\0\0\0\0\0\0\0"
DIGEST = sha256(PNG).hexdigest()
BASE64 = b64encode(PNG).decode()
SHOWN = f'<p><img src="picture:{DIGEST}" alt="A map" width="3" height="2"></p>'


def cleaned(markup: str, *addresses: str) -> tuple[str, tuple[ParsedPicture, ...]]:
    root: Element = parse(f"<html>{markup}")
    clean, pictures = cleaner(root, addresses)
    return clean(inner(root)), pictures


@pytest.mark.parametrize(
    "address",
    [
        f"data:image/png;base64,{BASE64}",
        f"DATA:image/jpeg;charset=utf-8;base64,{BASE64}",
        f" data:;base64,{BASE64.replace('=', '%3D')}",
        f"data:image/png,{quote_from_bytes(PNG)}",
    ],
)
def test_a_picture_written_into_a_page_is_brought(address: str) -> None:
    assert cleaned(f'<img src="{address}" alt="A map">') == (
        SHOWN,
        (ParsedPicture(DIGEST, PNG, "image/png", 3, 2),),
    )


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml,<svg onload='x()'>",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,A",
        "data:image/png;base64",
        "data:text/html,<script>x()</script>",
        "data:",
    ],
)
def test_what_is_no_picture_leaves_its_words(address: str) -> None:
    assert cleaned(f'<p>a</p><img src="{address}" alt="A map">') == (
        '<p>a</p>\n<p><span class="picture">A map</span></p>',
        (),
    )


def test_what_a_style_says_of_a_class_is_kept() -> None:
    markup = (
        '<style>.c1 { font-style: italic } .c2 { color: red }</style><p><span class="c1">a</span> <b class=c2>b</b>'
    )
    assert cleaned(markup)[0] == "<p><i>a</i> <b>b</b></p>"


def test_a_link_to_the_whole_address_of_the_page_is_one_within_it() -> None:
    markup = '<p><a href="https://a.example/one#n1">1</a> and <a id=n1>note</a>'
    assert 'href="#n1"' in cleaned(markup, "https://a.example/one#top")[0]
    assert 'href="https://a.example/one#n1"' in cleaned(markup, "")[0]


def test_pictures_of_a_page_go_with_its_work() -> None:
    line = "<p>Ada climbed the stairs and counted them as she went up, all of the ninety, one after another.</p>"
    page = f'<html><h1>T</h1>{line * 2}<img alt="A map" src="data:image/png;base64,{BASE64}">'
    (work,) = html_page.FORMAT.read(Source.from_bytes("page.html", page.encode()))
    assert isinstance(work, ParsedWork)
    assert [picture.sha256 for picture in work.pictures] == [DIGEST]
    assert SHOWN in work.chapters[0].body
