"""Undoing UTF-8 that was read as cp1251, the code page of Russian: two letters stand where one should ("РјРёСЂ", мир).

Nobody writes two such pairs next to each other, so they give a line away; a line without them stays as it is.
"""

import re
from functools import lru_cache

_TAIL_BYTES = bytes(range(0x80, 0xC0))
_TAILS = "".join(bytes([byte]).decode("cp1251", "ignore") or chr(byte) for byte in _TAIL_BYTES)
"""What the second byte of a pair became; cp1251 has nothing for 0x98, which programs leave as it is."""
_BYTES = dict(zip(_TAILS, _TAIL_BYTES, strict=True)) | {
    bytes([byte]).decode("cp1251"): byte for byte in range(0xC0, 0x100)
}
_TAIL = f"[{re.escape(_TAILS)}]"
_LETTER = f"(?:Р{_TAIL}|С[{re.escape(_TAILS[:0x20])}])"
"""A letter of today's Cyrillic: U+0400 to U+045F."""
_CERTAIN = re.compile(f"{_LETTER}{_LETTER}")
_SEQUENCE = re.compile(f"Р (?={_LETTER})|[В-Я]{_TAIL}|[а-п]{_TAIL}{{2}}|[р-ф]{_TAIL}{{3}}")
"""What one character became; the first is a Р whose second half, a space that does not break, was taken for one."""


def mend_cyrillic(text: str) -> str:
    """The text with this damage undone, line by line; text that is right is returned as it is.

    >>> mend_cyrillic("РџСЂРёРІРµС‚, РјРёСЂ"), mend_cyrillic("Рёбра и сёстры, РІК")
    ('Привет, мир', 'Рёбра и сёстры, РІК')
    """
    if "Р" not in text or not _CERTAIN.search(text):
        return text
    return "\n".join(_line(line) if _CERTAIN.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    return _SEQUENCE.sub(lambda found: _decoded(found[0]) or found[0], line)


@lru_cache(maxsize=4096)
def _decoded(broken: str) -> str:
    """What the bytes of a sequence say in UTF-8; empty when they say nothing that can be read."""
    if broken[1:] == " ":
        return "Р"
    try:
        char = bytes(_BYTES[char] for char in broken).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return char if char.isprintable() or char in "\xa0\xad" else ""
