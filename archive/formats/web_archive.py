"""A web archive (MHTML), as browsers on telephones save pages: a page and its pictures as the parts of a message.

It is unpacked into one page that stands alone, and that is read as if another tool had saved it so. (Shape: RFC 2557,
and what Chromium writes.)
"""

import binascii
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html import unescape

from archive.formats import html_page
from archive.formats.ao3 import html as ao3_html
from archive.formats.ao3 import page as ao3_page
from archive.formats.ao3.saved import note
from archive.formats.format import Format
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_START = re.compile(
    rb"(?:From|Subject|Date|MIME-Version|Content-Type|Snapshot-Content-Location|X-[\w-]+):", re.IGNORECASE
)
_BOUNDARY = re.compile(r"multipart/related\b.{0,300}?\bboundary=\"?([^\s\";]{1,100})", re.IGNORECASE | re.DOTALL)
_FIELD = re.compile(r"^([\w-]{1,60}):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_PICTURE = re.compile(r"(<img\b[^<>]{0,5000}?\bsrc=)(\"[^\"<>]*\"|'[^'<>]*')", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 20_000
_MOST_PARTS = 5_000


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the message: what its header says, and its content as it is packed."""

    fields: dict[str, str]
    content: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def names(self) -> set[str]:
        """What markup calls it: its address, or the id of its content."""
        content_id = self.fields.get("content-id", "").strip("<>")
        return {self.fields.get("content-location", ""), f"cid:{content_id}"} - {"", "cid:"}

    def unpacked(self) -> bytes:
        packing = self.fields.get("content-transfer-encoding", "").lower()
        try:
            if packing == "base64":
                return binascii.a2b_base64(self.content)
            return binascii.a2b_qp(self.content) if packing == "quoted-printable" else self.content
        except binascii.Error:
            return b""


def _recognises(source: Source) -> bool:
    head = source.head
    return bool(_START.match(head)) and bool(_BOUNDARY.search(head.decode("latin-1")))


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    try:
        page = Source.from_bytes(source.path, _page(source.bytes))
        found = next((known for known in _PAGES if known.recognises(page)), None)
        if found is None:
            raise Refused("a web archive without a page in it")
        yield from found.read(page)
    except Refused as refused:
        yield refused


def _page(data: bytes) -> bytes:
    """The page of the archive, with its pictures written into it, and with a note where it is from."""
    whole = _part(data)
    boundary = _BOUNDARY.search(whole.fields.get("content-type", ""))
    packed = whole.content.split(b"--" + boundary[1].encode("latin-1")) if boundary else []
    parts = [_part(part) for part in packed[1 : _MOST_PARTS + 1]]
    page = next((part for part in parts if part.kind in {"text/html", "application/xhtml+xml"}), None)
    if page is None:
        raise Refused("a web archive without a page in it")
    text = Source.from_bytes("page", page.unpacked()).text
    pictures = {name: part for part in parts if part.kind.startswith("image/") for name in part.names}
    address = page.fields.get("content-location", "") or whole.fields.get("snapshot-content-location", "")
    text = _PICTURE.sub(lambda found: f'{found[1]}"{_address(found[2][1:-1], pictures)}"', text)
    return f"{note(address, _day(whole.fields.get('date', '')))}{text}".encode()


def _part(data: bytes) -> _Part:
    blank = _BLANK.search(data.lstrip(b"\r\n"), 0, _LONGEST_HEADER)
    data = data.lstrip(b"\r\n")
    header = data[: blank.start()].decode("latin-1").replace("\r\n", "\n") if blank else ""
    fields = {found[1].lower(): found[2].strip() for found in _FIELD.finditer(header)}
    return _Part(fields, data[blank.end() :] if blank else b"")


def _address(written: str, pictures: dict[str, _Part]) -> str:
    """What stands for the address of a picture: its bytes, when the archive has them."""
    part = pictures.get(unescape(written))
    return f"data:{part.kind};base64,{b64encode(part.unpacked()).decode()}" if part else written


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return ""


_PAGES = (ao3_html.FORMAT, ao3_page.FORMAT, html_page.FORMAT)

FORMAT = Format(name="web-archive", version=1, recognises=_recognises, read=_read)
