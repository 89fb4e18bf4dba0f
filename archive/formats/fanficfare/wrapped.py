"""Lines that were wrapped at a fixed width, and how to tell which of their ends were there before.

Python's `textwrap` fills each line as far as the next word allows: where that word would still have fitted, the line
end was meant. It also breaks behind the hyphen of a compound and around a dash without spaces.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

_HYPHEN = re.compile(r"[^\W\d_]{2}-$")
_COMPOUND = re.compile(r"[^\W\d_]-?[^\W\d_]")
_DASH_BEFORE = re.compile(r"[\w!\"'&.,?]--+$")
_DASH_BEHIND = re.compile(r"--+\w")
_WORD_END = re.compile(r"[\w!\"'&.,?]$")
_NEXT_WORD = re.compile(r"\S+")
_NOT_WRAPPED = re.compile(r"\s|[-*+|]|\d+\.\s|.*\]\(|\S*$")
"""Lines that html2text leaves as long as they are: lists, code, links, one word alone."""
_USUAL = range(70, 79)
"""The default is 78, and the longest line is hardly ever much shorter."""
_TAIL = 8
_WIDEST = 200
_FEWEST, _MOSTLY = 6, 0.6


def width_of(lines: Sequence[str]) -> int:
    """The width a text was wrapped at, as its longest line tells; 0 when nothing was wrapped.

    An unusual width is believed when most of the long lines fill it.
    """
    lengths = [len(line) for line in lines if not _NOT_WRAPPED.match(line)]
    widest = max(lengths, default=0)
    if widest in _USUAL:
        return widest
    long = [length for length in lengths if length > widest * 0.6]
    full = [length for length in long if length > widest - 15]
    return widest if widest <= _WIDEST and len(full) >= max(_FEWEST, _MOSTLY * len(long)) else 0


def may_go_on(line: str, following: str, width: int) -> bool:
    """Whether a line may end where it does only because the next word had no room."""
    word = _NEXT_WORD.match(following)
    if not width or not word:
        return False
    return len(line.rstrip()) + len(joint(line, following)) + len(word[0]) > width


def joint(line: str, following: str) -> str:
    """What stood between two lines: a space, or nothing where a compound or a dash was parted."""
    end = line[-_TAIL:]
    if _HYPHEN.search(end) and _COMPOUND.match(following):
        return ""
    if _DASH_BEFORE.search(end) and following[:1].isalnum():
        return ""
    if _DASH_BEHIND.match(following) and _WORD_END.search(end):
        return ""
    return " "


def joined(lines: Sequence[str]) -> str:
    """Lines as the one that was wrapped."""
    pieces = [line.strip() for line in lines]
    joints = (joint(line, following) for line, following in pairwise(pieces))
    return "".join(piece + between for piece, between in zip_longest(pieces, joints, fillvalue=""))
