"""The XML of a book: whatever it declares, no entity is resolved, none multiplies, and no file or address is asked."""

import socket
from pathlib import Path
from typing import Any

import pytest

from archive.formats import Source, recognise
from archive.parsed import ParsedWork, Refused
from tests.formats.books import page, pages, zipped

LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SECRET = "the words of another file"
PLACES = ("book/content.opf", "book/toc.ncx", "book/nav.xhtml", "META-INF/container.xml", "book/c1.xhtml")


def declared(secret: Path) -> dict[str, tuple[str, str]]:
    """A document type and the entity that it declares, for each attack."""
    return {
        "file": (f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "&e;"),
        "address": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/e">]>', "&e;"),
        "parameter": (f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>', "&e;"),
        "type": (f'<!DOCTYPE x SYSTEM "{secret.as_uri()}">', "&e;"),
        "public type": ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd">', "&nbsp;&e;"),
        "laughs": (f'<!DOCTYPE x [<!ENTITY a "{"a" * 20}">{LAUGHS}]>', "&i;"),
        "square": (f'<!DOCTYPE x [<!ENTITY e "{"a" * 50_000}">]>', "&e;" * 20_000),
        "itself": ('<!DOCTYPE x [<!ENTITY e "&e;">]>', "&e;"),
        "never closed": ("<!DOCTYPE x [" * 100_000, "&e;"),
    }


def book(place: str, doctype: str, entity: str) -> bytes:
    files = pages({"Ada": "<p>Ada climbed the stairs of the lighthouse.</p>"}, "<dc:title>Ada and Tom</dc:title>")
    files["book/nav.xhtml"] = page('<nav epub:type="toc"><ol><li><a href="c1.xhtml">Ada</a></li></ol></nav>')
    files["book/content.opf"] = str(files["book/content.opf"]).replace(
        "</manifest>",
        '<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/></manifest>',
    )
    declaration, end, rest = str(files[place]).partition("?>")
    rest = rest.replace(">Ada", f">Ada{entity}").replace("<rootfiles>", f"<rootfiles>{entity}")
    files[place] = f"{declaration}{end}{doctype}{rest}"
    return zipped(files, 0)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("attack", declared(Path("/")))
def test_what_a_document_declares_is_never_resolved(
    attack: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: Any, **__: Any) -> Any:
        raise AssertionError("an address was asked")

    monkeypatch.setattr(socket.socket, "connect", asked)
    (tmp_path / "secret").write_text(f'<!ENTITY e "{SECRET}">{SECRET}')
    doctype, entity = declared(tmp_path / "secret")[attack]
    source = Source.from_bytes("book.epub", book(place, doctype, entity))
    found = recognise(source)
    try:
        works = list(found.read(source)) if found else []
    except Refused:
        return
    for work in works:
        told = repr(work)
        assert SECRET not in told
        assert "a" * 400 not in told
        assert len(told) < 3 * len(doctype + entity) + 10_000
    if attack in {"file", "address", "type", "public type"}:
        [work] = works
        assert isinstance(work, ParsedWork)
        assert "Ada climbed" in work.chapters[0].body or "climbed the stairs" in work.chapters[0].body
