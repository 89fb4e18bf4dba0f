"""Undoing mojibake (UTF-8 that somebody read as cp1252 or Latin-1) in text that is broken, and in no other.

Text that is right stays as it is, byte for byte, even where it looks odd ("IRMÃ”, the cry went"). So a sequence
is mended at once only when nobody would write it; one that somebody might write is mended only on a line that
holds one of the first kind.
"""

import re

_ODD = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TAIL = f"[\x80-\xbf{_ODD}]"
_MARKER = re.compile(f"[\xc2-\xf4]{_TAIL}|â€")
"""Nothing is broken without one of these; most texts are not looked at any further."""

_LEAD = b"\xc3"
"""Each of them begins with a letter that has this byte in UTF-8, which is found much faster."""

_SEQUENCE = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")
_RUN = re.compile(f"(?:{_SEQUENCE.pattern})+")
_CONTROL = re.compile("[\x80-\x9f]")
_LOST_QUOTE = re.compile(r"â€(?=[\s<.,;:!?)\]]|$)")
_LOST_SPACE = re.compile(r"(?<![^\W_])Ã (?=[^\W\d_])|(?<=[a-z])Ã (?=[^\W\d_])")

_BYTES = {char: char.encode("cp1252")[0] for char in _ODD} | {chr(code): code for code in range(0x80, 0x100)}
_CLOSING = set("”’»…—–“‘\xa0›‹«„‚\xad")
"""Signs that may well follow a capital letter: “IRMÔ."""
_LATER = 3
"""Text that was broken twice is mended twice."""


def mend(text: str) -> str:
    """The text with its mojibake undone; text that is right is returned as it is.

    >>> mend('"What a fÃªte," said Tom. â€œTruly.â€'), mend("A SÃO PAULO, “IRMÔ")
    ('"What a fête," said Tom. “Truly.”', 'A SÃO PAULO, “IRMÔ')
    """
    for _ in range(_LATER):
        if text.isascii() or _LEAD not in text.encode("utf-8", "replace") or not _MARKER.search(text):
            return text
        mended = "\n".join(_line(line) if _MARKER.search(line) else line for line in text.split("\n"))
        if mended == text:
            return text
        text = mended
    return text


def _line(line: str) -> str:
    """A line is looked at in full only when it holds a sequence that nobody would write."""
    if not any(_certain(line, run) for run in _RUN.finditer(line)):
        return line
    line = _SEQUENCE.sub(lambda found: _decoded(found[0]) or found[0], line)
    return _LOST_SPACE.sub("à ", _LOST_QUOTE.sub("”", line))


def _decoded(broken: str) -> str:
    """What the bytes of a sequence say in UTF-8; empty when they say nothing that stands in prose."""
    try:
        char = bytes(_BYTES[char] for char in broken).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return ""
    return char if _in_prose(char) else ""


def _in_prose(char: str) -> bool:
    """Whether a character belongs to a script or set of signs that people write with."""
    code = ord(char)
    return (
        0x80 <= code < 0x250  # Latin, and what is broken twice
        or code in {0x2C6, 0x2DC}
        or 0x300 <= code < 0x530  # accents, Greek, Cyrillic
        or 0x590 <= code < 0x700  # Hebrew, Arabic
        or 0x900 <= code < 0x1100  # the scripts of India, Thai, Georgian
        or 0x1E00 <= code < 0x2C00  # more Latin, punctuation, signs
        or 0x3000 <= code < 0xD7FF  # the scripts of China, Japan, Korea
        or 0xF900 <= code < 0xFB00
        or code in {0xFB01, 0xFB02, 0xFEFF, 0xFE0F, 0xFFFD}
        or 0xFF00 <= code < 0xFFF0
        or 0x1F000 <= code < 0x1FC00
    )


def _certain(line: str, run: re.Match[str]) -> bool:
    """Whether nobody would write these characters next to each other."""
    found = _SEQUENCE.findall(run[0])
    decoded = [_decoded(sequence) for sequence in found]
    if not all(decoded):
        return False
    if len(found) > 1:
        return True
    sequence, char = found[0], decoded[0]
    if len(sequence) == 4 or _CONTROL.search(sequence) or sequence.startswith("â€"):
        return True
    if sequence[0] == "â" and sequence[1] not in _CLOSING:
        return True
    if len(sequence) == 3:
        return False
    return _certain_pair(line, run.start(), run.end(), sequence, char)


def _certain_pair(line: str, start: int, end: int, sequence: str, char: str) -> bool:
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    if not (sequence[0].isalpha() and ord(char) < 0x250):
        return False
    if before.islower() and sequence[0].isupper():
        return True
    if sequence[1] not in _CLOSING:
        return sequence[0] in "ÂÃÄÅ"
    return sequence[0] in "ÃÄÅ" and after.isalpha() and not before.isupper()
