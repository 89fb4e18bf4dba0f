"""Markup that attacks, in each format that brings markup: no page of a work does, asks or leads what it wants."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from archive.importing import import_files
from archive.models import Picture, SourceFile, Work
from tests.cast import enter
from tests.formats.books import PNG, Files, page, pages, zipped
from tests.formats.golden import SAMPLES

pytestmark = pytest.mark.django_db

ELSEWHERE = "evil.example"
PROSE = "<p>Ada climbed the stairs of the lighthouse, and counted each of them as she went along.</p>" * 6
ATTACKS = [
    "<img src='http://evil.example/1.png' srcset='http://evil.example/2.png 2x' alt='a lamp'>",
    "<picture><source srcset='//evil.example/3'><img src='//evil.example/4'></picture>",
    "<link rel=stylesheet href=http://evil.example/a.css><link rel=prefetch href=http://evil.example/b>",
    "<style>@import 'http://evil.example/c.css'; @font-face{font-family:x;src:url(http://evil.example/f)}</style>",
    "<p style=\"background:url('http://evil.example/d')\">bg</p><table background='http://evil.example/e'><tr><td>t</table>",
    "<video src=http://evil.example/v poster=http://evil.example/p></video><audio src=http://evil.example/a autoplay>",
    "<svg><image href='http://evil.example/i'/><use href='http://evil.example/u#x'/><script>alert(1)</script></svg>",
    "<math href='javascript:alert(1)'><mtext>x</mtext></math>",
    "<iframe src=http://evil.example></iframe><object data=http://evil.example></object><embed src=//evil.example>",
    "<base href='http://evil.example/'><meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<form action=http://evil.example><input name=csrfmiddlewaretoken><button>x</button></form>",
    "<a href='javascript:alert(1)'>x</a><a href='data:text/html,x'>y</a><a href='//evil.example'>z</a>",
    "<a href='/admin/logout/'>out</a><a href='/works/1/agree/'>agree</a>",
    "<p id=main name=csrfmiddlewaretoken>x</p><a id=location>y</a><p id=__proto__>z</p>",
    "<div style='position:fixed;inset:0;z-index:9'>over</div><p onclick=alert(1) class='gate card'>x</p>",
    f"<img src='picture:{'a' * 64}' width=9 height=9><img src='picture:../../../etc/passwd'>",
    "<img src='file:///etc/passwd'><img src='../../../../etc/passwd'><img src='/admin/logout/'>",
    "<a href='chapter:999999'>c</a><a href='chapter:1#\" onclick=\"alert(1)'>d</a><a href='chapter:-1'>e</a>",
    "<template><script>alert(1)</script></template><noscript><img src=http://evil.example/n></noscript>",
    "<p>one</p><!--><script>alert(1)</script>-->",
]


def in_page(attack: str, number: int = 1) -> bytes:
    title = f"Unlit {number}"
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{PROSE}{attack}{PROSE}</body></html>".encode()
    )


def in_book(attack: str, number: int) -> bytes:
    about = f"<dc:title>Unlit {number}</dc:title><dc:description><![CDATA[{attack}]]></dc:description>"
    return zipped(pages({"One": f"{PROSE}{attack}", "Two": PROSE}, about))


def in_lines(attack: str, number: int) -> bytes:
    record = {"id": number, "title": f"Unlit {number}", "summary": attack, "text": f"{PROSE}{attack}"}
    return json.dumps(record).encode()


def in_download(attack: str, number: int) -> bytes:
    return _in_sample("ao3_html_today_with_hardly_anything_in_it", attack, number)


def in_fanficfare(attack: str, number: int) -> bytes:
    return _in_sample("fanficfare_html", attack, number)


def _in_sample(name: str, attack: str, number: int) -> bytes:
    """A sample made a work of its own, with the attack in front of each paragraph."""
    [given] = (SAMPLES / name).glob("given*")
    plain = re.sub(r"works/\d+", f"works/{7000 + number}", given.read_text("utf-8"))
    return plain.replace("<p>", f"{attack}<p>").encode()


FORMATS: list[Callable[[str, int], bytes]] = [in_page, in_book, in_lines, in_download, in_fanficfare]


def check(address: str, markup: str) -> None:
    """Looked at as a browser would: everything that is asked for, or run, is ours."""
    tree = html.document_fromstring(markup)
    body = tree.find("body")
    assert body is not None
    assert not tree.xpath(
        "//base | //iframe | //object | //embed | //math | //style | //meta[@http-equiv] | //template"
    )
    assert not body.xpath(".//link | .//video | .//audio | .//source | .//picture | .//article//form | .//article//svg")
    for element in tree.iter("*"):
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (address, name, value)
            assert name not in {"style", "srcset", "background", "poster", "ping", "formaction"}, (address, name, value)
            if name in {"src", "action"} or (name == "href" and element.tag != "a"):
                assert value.startswith("/"), (address, element.tag, value)
                assert not value.startswith("//"), (address, element.tag, value)
    for link in tree.iter("a"):
        to = link.get("href", "#")
        assert to.startswith(("/", "#", "?", "http://", "https://", "mailto:")), (address, to)
        assert not to.startswith("//"), (address, to)
        assert not to.startswith("http") or link.get("rel") == "noopener noreferrer nofollow", (address, to)
    for picture in body.iter("img"):
        assert "/pictures/" in picture.get("src", ""), (address, picture.get("src"))
    assert len(tree.xpath("//*[@id='main']")) == 1


@pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.__name__)
def test_no_markup_of_any_format_asks_another_house_or_runs(made: Callable[[str, int], bytes], tmp_path: Path) -> None:
    client = enter("agreed")
    for number, attack in enumerate(ATTACKS):
        (tmp_path / f"{number}.file").write_bytes(made(attack, number))
    row = import_files([tmp_path], jobs=0).row
    assert row.created >= len(ATTACKS) - 2  # an attack may take the text of its own work along
    seen = 0
    for work in Work.everything.all():
        addresses = [f"/works/{work.pk}/{place}" for place in ("", "chapters/1/", "all/", "history/")]
        for address in addresses:
            response = client.get(address, follow=True)
            if response.status_code == 200 and b"agree/" in response.content:
                response = client.post(f"/works/{work.pk}/agree/", {"next": address}, follow=True)
            if response.status_code == 200:
                check(address, response.content.decode())
                seen += 1
    assert seen > 2 * len(ATTACKS)
    assert not Picture.everything.exists()


LYING = {
    "script.png": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page.jpg": b"<html><script>alert(1)</script></html>",
    "huge.png": PNG[:16] + b"\x7f\xff\xff\xff" * 2 + PNG[24:],
    "nothing.gif": b"GIF89a" + bytes(20),
    "empty.png": b"",
}


def illustrated() -> Files:
    shown = "".join(f'<p><img src="{name}" alt="a lamp"/></p>' for name in (*LYING, "sound.svg", "outside/../../x"))
    files = pages({"One": shown + PROSE})
    files |= {f"book/{name}": data for name, data in LYING.items()}
    files["book/sound.svg"] = PNG
    files["book/c1.xhtml"] = page(shown + PROSE, "One")
    return files


def test_only_what_is_a_picture_by_its_bytes_is_kept_and_it_is_served_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(zipped(illustrated()))
    import_files([tmp_path], jobs=0)
    [picture] = Picture.everything.all()
    work, client = Work.everything.get(), enter("agreed")
    response = client.get(f"/works/{work.pk}/pictures/{picture.sha256}/")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    refused = enter("stranger").get(f"/works/{work.pk}/pictures/{picture.sha256}/")
    assert refused["Content-Type"].startswith("text/html")
    assert b"IHDR" not in refused.content


def test_a_hostile_original_leaves_the_house_only_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(in_page("<script>alert(1)</script>"))
    import_files([tmp_path], jobs=0)
    source = SourceFile.everything.get()
    response = enter("agreed").get(f"/works/{source.work_id}/originals/{source.sha256}/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    b"".join(response)
