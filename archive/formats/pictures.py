"""Pictures that files bring: PNG, JPEG, GIF and WebP, known by their first bytes, measured, and never decoded.

The facts are those of the PNG specification (11.2.2 IHDR), JPEG (ITU T.81, B.2.2 frame header), GIF 89a (18 logical
screen descriptor) and WebP (RFC 9649).
"""

from collections.abc import Callable
from hashlib import sha256

from archive.parsed import ParsedPicture

MOST_BYTES = 16 * 1024 * 1024
LONGEST_SIDE = 20_000
"""Pixels. A page of a comic has a tenth of it."""

Sides = tuple[int, int]
_NONE: Sides = (0, 0)

_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of a frame header; those between them are tables."""
_BARE = {0x01, *range(0xD0, 0xD9)}
"""JPEG markers that stand alone, without a length."""
_MOST_SEGMENTS = 10_000
_WEBP_HEADER = 25
_VP8X_HEADER = 30
_VP8_START = b"\x9d\x01\x2a"
_VP8L_START = 0x2F
_SIDE = 0x3FFF
"""The fourteen bits of a side in WebP's key frames."""


def picture_of(data: bytes) -> ParsedPicture | None:
    """A picture with its digest, media type and sides; None for anything else, and for one that is too large."""
    if len(data) > MOST_BYTES:
        return None
    for media_type, starts, measure in _KINDS:
        if data.startswith(starts):
            width, height = measure(data)
            if 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE:
                return ParsedPicture(sha256(data).hexdigest(), data, media_type, width, height)
    return None


def _png(data: bytes) -> Sides:
    return (_big(data[16:20]), _big(data[20:24])) if data[12:16] == b"IHDR" and len(data) > 24 else _NONE


def _gif(data: bytes) -> Sides:
    return _little(data[6:8]), _little(data[8:10])


def _jpeg(data: bytes) -> Sides:
    """From segment to segment, each with its own length, to the frame header."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        at = data.find(b"\xff", at)
        if at < 0 or at + 9 > len(data):
            return _NONE
        marker = data[at + 1]
        if marker in _FRAMES:
            return _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7])
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + _big(data[at + 2 : at + 4])
    return _NONE


def _webp(data: bytes) -> Sides:
    chunk = data[12:16] if data[8:12] == b"WEBP" and len(data) >= _WEBP_HEADER else b""
    if chunk == b"VP8X" and len(data) >= _VP8X_HEADER:
        return _little(data[24:27]) + 1, _little(data[27:30]) + 1
    if chunk == b"VP8 " and data[23:26] == _VP8_START:
        return _little(data[26:28]) & _SIDE, _little(data[28:30]) & _SIDE
    if chunk == b"VP8L" and data[20:21] == bytes([_VP8L_START]):
        bits = _little(data[21:25])
        return (bits & _SIDE) + 1, (bits >> 14 & _SIDE) + 1
    return _NONE


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


_KINDS: tuple[tuple[str, bytes | tuple[bytes, ...], Callable[[bytes], Sides]], ...] = (
    ("image/png", b"\x89PNG\r\n\x1a\n", _png),
    ("image/jpeg", b"\xff\xd8\xff", _jpeg),
    ("image/gif", (b"GIF87a", b"GIF89a"), _gif),
    ("image/webp", b"RIFF", _webp),
)
