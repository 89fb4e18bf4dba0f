"""Bytes to text: byte order mark, declared encoding, UTF-8, cp1252, and a guess as the last resort."""

import codecs
import re

from charset_normalizer import from_bytes

from archive.parsed import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_BEYOND_ASCII = re.compile(r"[\x80-\ud7ff\ue000-\U0010ffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile(r"[\u3041-\u30ff]")
"""Japanese is known by them; a guess takes it for Korean now and then."""
_LETTERS = re.compile(rb"[A-Za-z]")
_SAMPLE = 64 * 1024

_OF_PYTHON = {"unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7"}
"""What Python calls encodings, and no text is in: plain letters would become others, and some take hours over it."""
_NOT_TEXT = "not text: the file is binary"
_NO_ENCODING = "its encoding cannot be told"


def decode(data: bytes) -> str:
    """The text of a file, with `\\n` line ends; refuses what is empty, binary or in no encoding.

    Control characters, which no text needs and no page may hold, fall away. Half a surrogate pair becomes U+FFFD.
    """
    text = _decoded(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        controls = len(_CONTROLS.findall(text))
        if controls > 8 + len(text) // 100:
            raise Refused(_NOT_TEXT)
        text = _CONTROLS.sub("", text)
    if not text.strip("\ufeff\u200b \t\n\v\f\xa0\u3000"):
        raise Refused("the file is empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by(encoding, data[len(mark) :])
    if encoding := _silent_utf16(data):
        return _by(encoding, data)
    if (encoding := _declared(data)) and (text := _strictly(encoding, data)):
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _western(data) or _guessed(data)


def _by(encoding: str, data: bytes) -> str:
    """What a byte order mark promises, with damage shown as U+FFFD where it is slight."""
    if encoding == "utf-8":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return _damaged_utf8(data) or data.decode("utf-8", "replace")
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > 8 + len(text) // 100:
        raise Refused(_NO_ENCODING)
    return text


def _silent_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows as zeros at every other place."""
    head = data[:4096]
    if b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    quarter = len(head) // 8
    if odd > quarter and even * 10 < odd:
        return "utf-16-le"
    if even > quarter and odd * 10 < even:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    """The encoding that markup names in its first lines. A plain text declares none."""
    if not data[:256].lstrip().startswith(b"<"):
        return ""
    found = _DECLARED.search(data, 0, 1024)
    return found[1].decode("ascii") if found else ""


def _damaged_utf8(data: bytes) -> str:
    """UTF-8 with surrogates written out, or with a few bytes of another encoding in it; empty if it is neither."""
    text = data.decode("utf-8", "surrogatepass") if _passes(data) else data.decode("utf-8", "surrogateescape")
    foreign = [char for char in _SURROGATES.findall(text) if "\udc80" <= char <= "\udcff"]
    if not _passes(data):
        sound = len(_BEYOND_ASCII.findall(text))
        if len(foreign) * 4 > sound:
            return ""
        return _SURROGATES.sub(lambda bad: bytes([ord(bad[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _passes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _western(data: bytes) -> str:
    """cp1252, when most letters are plain ones, as in every language that it serves; else empty."""
    high = sum(len(run) for run in _HIGH.findall(data))
    if high * 3 > len(_LETTERS.findall(data)):
        return ""
    return _strictly("cp1252", data)


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        raise Refused(_NOT_TEXT)
    for encoding in ("shift_jis", "euc_jp"):
        japanese = _strictly(encoding, data)
        if len(_KANA.findall(japanese)) * 5 > len(_BEYOND_ASCII.findall(japanese)):
            return japanese
    best = from_bytes(sample[: sample.rfind(b"\n") + 1] or sample).best()
    if best is not None and (text := _strictly(best.encoding, data)):
        return text
    raise Refused(_NO_ENCODING)


def _strictly(encoding: str, data: bytes) -> str:
    """The text in an encoding, empty when the bytes are not all of it."""
    try:
        return "" if codecs.lookup(encoding).name in _OF_PYTHON else data.decode(encoding)
    except (LookupError, UnicodeError):
        return ""
