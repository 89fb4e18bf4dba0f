"""A picture is known by its first bytes, and measured without being decoded."""

import struct
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import pictures
from archive.formats.pictures import picture_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 640, 480, 8, 2, 0, 0, 0, 0)
GIF = b"GIF89a" + struct.pack("<HH", 320, 200) + b"\x00\x00\x00;"
JPEG = (
    b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xff\xc4" + struct.pack(">H", 4) + b"\xff\xc0"  # a table that looks like a frame, behind a filling byte
    b"\xff\xc2" + struct.pack(">HBHHB", 8, 8, 30, 70, 0) + b"\0\0\0\0"
)  # fmt: skip
VP8 = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\x30\x01\0\x9d\x01\x2a" + struct.pack("<HH", 0x4000 | 100, 50)
VP8L = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 99 | 49 << 14)
VP8X = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + (1999).to_bytes(3, "little") + (2999).to_bytes(3, "little")
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


@pytest.mark.parametrize(
    ("data", "media_type", "sides"),
    [
        (PNG, "image/png", (640, 480)),
        (DOT, "image/png", (1, 1)),
        (GIF, "image/gif", (320, 200)),
        (GIF.replace(b"89a", b"87a"), "image/gif", (320, 200)),
        (JPEG, "image/jpeg", (70, 30)),
        (VP8, "image/webp", (100, 50)),
        (VP8L, "image/webp", (100, 50)),
        (VP8X, "image/webp", (2000, 3000)),
    ],
)
def test_a_picture_is_known_and_measured(data: bytes, media_type: str, sides: tuple[int, int]) -> None:
    found = picture_of(data)
    assert found
    assert (found.media_type, (found.width, found.height), found.data) == (media_type, sides, data)
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"RIFF\0\0\0\0WAVEfmt " + bytes(60),
        b"%PDF-1.7",
        PNG[:20],
        PNG.replace(b"IHDR", b"IDAT"),
        GIF.replace(struct.pack("<HH", 320, 200), bytes(4)),
        JPEG[:20],
        b"\xff\xd8\xff" + b"\xff" * 100,
        VP8.replace(b"\x9d", b"\x9e"),
        VP8L[:20],
    ],
)
def test_what_is_no_picture_of_ours_is_none(data: bytes) -> None:
    assert picture_of(data) is None


def test_a_picture_beyond_all_measure_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = PNG.replace(struct.pack(">I", 640), struct.pack(">I", 20_001))
    assert picture_of(wide) is None
    monkeypatch.setattr(pictures, "MOST_BYTES", 30)
    assert picture_of(PNG) is None
    assert picture_of(GIF)


@given(st.sampled_from([PNG, GIF, JPEG, VP8, VP8L, VP8X]), st.integers(0, 60), st.binary(max_size=40))
def test_damage_is_no_picture_or_another_one(data: bytes, at: int, damage: bytes) -> None:
    found = picture_of(data[:at] + damage + data[at + len(damage) :])
    assert found is None or 0 < found.width <= pictures.LONGEST_SIDE
