"""Undoing mojibake (UTF-8 that somebody read as cp1252, Latin-1 or cp1251) in text that is broken, and in no other.

Text that is right stays as it is, byte for byte, even where it looks odd ("IRMÃ”, the cry went"). So a sequence
is mended at once only when nobody would write it; one that somebody might write is mended only on a line that
holds one of the first kind.
"""

import re
from functools import lru_cache

from archive.clean.cyrillic import mend_cyrillic

_ODD = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TAIL = f"[\x80-\xbf{_ODD}]"
_MARKER = re.compile(f"[\xc2-\xf4]{_TAIL}|â€")
"""Nothing is broken without one of these; most texts are not looked at any further."""

_GLANCE = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
"""The same in UTF-8, where it is found many times faster, and now and then where there is nothing."""
_LATIN = b"\xc3"
"""What it begins with. Texts without any such letter are looked through for one in no time."""

_CYRILLIC = b"\xd0"
"""What half of all Cyrillic letters begin with in UTF-8, the one that all such damage holds among them."""

_SEQUENCE = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")
_RUN = re.compile(f"(?:{_SEQUENCE.pattern})+")
_IN_PROSE = re.compile(
    "["
    "\x80-\u024f\u02c6\u02dc"  # Latin, and what is broken twice
    "\u0300-\u052f"  # accents, Greek, Cyrillic
    "\u0590-\u06ff"  # Hebrew, Arabic
    "\u0900-\u10ff"  # the scripts of India, Thai, Georgian
    "\u1e00-\u2bff"  # more Latin and Greek, punctuation, signs
    "\u3000-\ud7fe\uf900-\ufaff\uff00-\uffef"  # the scripts of China, Japan, Korea
    "\ufb01\ufb02\ufeff\ufe0f\ufffd\U0001f000-\U0001fbff"
    "]"
)
"""Characters of the scripts and signs that people write with."""
_CONTROL = re.compile("[\x80-\x9f]")
_LOST_QUOTE = re.compile(r"â€(?=[\s<.,;:!?)\]]|$)")
_LOST_SPACE = re.compile(r"(?:(?<=[a-z])|(?<![^\W_]))Ã (?=([^\W\d_])?)")
"""An à at the end of a word, whose second half is a space that was taken for one."""

_BYTES = {char: char.encode("cp1252")[0] for char in _ODD} | {chr(code): code for code in range(0x80, 0x100)}
_CLOSING = set("”’»…—–“‘\xa0›‹«„‚\xad")
"""Signs that may well follow a capital letter: “IRMÔ."""
_EMOJI, _PAIR = 4, 2
"""How long the sequences of emoji, and of most letters, are."""
_END_OF_LATIN = "\u0250"
_LATER = 3
"""Text that was broken twice is mended twice."""


def mend(text: str) -> str:
    """The text with its mojibake undone; text that is right is returned as it is.

    >>> mend('"What a fÃªte," said Tom. â€œTruly.â€'), mend("A SÃO PAULO, “IRMÔ")
    ('"What a fête," said Tom. “Truly.”', 'A SÃO PAULO, “IRMÔ')
    """
    if text.isascii():
        return text
    cyrillic, broken = _glance(text)
    if cyrillic and (mended := mend_cyrillic(text)) != text:
        text, broken = mended, _glance(mended)[1]
    for _ in range(_LATER):
        if not broken:
            return text
        mended = "\n".join(_line(line) if _MARKER.search(line) else line for line in text.split("\n"))
        if mended == text:
            return text
        text, broken = mended, _glance(mended)[1]
    return text


def _glance(text: str) -> tuple[bool, bool]:
    """Whether Cyrillic may be in a text, and whether anything else in it may be broken."""
    data = text.encode("utf-8", "replace")
    return _CYRILLIC in data, _LATIN in data and _GLANCE.search(data) is not None


def _line(line: str) -> str:
    """A line is looked at in full only when it holds a sequence that nobody would write."""
    if not any(_certain(line, run) for run in _RUN.finditer(line)):
        return line
    line = _SEQUENCE.sub(lambda found: _decoded(found[0]) or found[0], line)
    return _LOST_SPACE.sub(lambda found: "à " if found[1] else "à", _LOST_QUOTE.sub("”", line))


@lru_cache(maxsize=4096)
def _decoded(broken: str) -> str:
    """What the bytes of a sequence say in UTF-8; empty when they say nothing that stands in prose."""
    try:
        char = bytes(_BYTES[char] for char in broken).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return ""
    return char if _IN_PROSE.match(char) else ""


def _certain(line: str, run: re.Match[str]) -> bool:
    """Whether nobody would write these characters next to each other."""
    found = _SEQUENCE.findall(run[0])
    decoded = [_decoded(sequence) for sequence in found]
    if not all(decoded):
        return False
    if len(found) > 1:
        return True
    sequence, char = found[0], decoded[0]
    if len(sequence) == _EMOJI or _CONTROL.search(sequence) or sequence.startswith("â€"):
        return True
    if sequence[0] == "â" and sequence[1] not in _CLOSING:
        return True
    if len(sequence) != _PAIR:
        return False
    return _certain_pair(line, run.start(), run.end(), sequence, char)


def _certain_pair(line: str, start: int, end: int, sequence: str, char: str) -> bool:
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    if not (sequence[0].isalpha() and char < _END_OF_LATIN):
        return False
    if before.islower() and sequence[0].isupper():
        return True
    if sequence[1] not in _CLOSING:
        return sequence[0] in "ÂÃÄÅ"
    return sequence[0] in "ÃÄÅ" and after.isalpha() and not before.isupper()
