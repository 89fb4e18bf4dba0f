"""Lines that were wrapped at a fixed width, and how to tell which of their ends were there before.

Python's `textwrap` fills each line as far as the next word allows: where that word would still have fitted, the line
end was meant. It also breaks behind the hyphen of a compound and around a dash without spaces.
"""

import re
from collections.abc import Sequence

_HYPHEN = re.compile(r"[^\W\d_]{2}-$")
_COMPOUND = re.compile(r"[^\W\d_]-?[^\W\d_]")
_DASH_BEFORE = re.compile(r"[\w!\"'&.,?]--+$")
_DASH_BEHIND = re.compile(r"--+\w")
_WORD_END = re.compile(r"[\w!\"'&.,?]$")
_NEXT_WORD = re.compile(r"\S+")
_NOT_WRAPPED = re.compile(r"\s|[-*+|]|\d+\.\s|.*\]\(|\S*$")
"""Lines that html2text leaves as long as they are: lists, code, links, one word alone."""
_WIDEST = 200


def width_of(lines: Sequence[str]) -> int:
    """The width a text was wrapped at, as its longest line tells; 0 when nothing was wrapped."""
    widest = max((len(line) for line in lines if not _NOT_WRAPPED.match(line)), default=0)
    return widest if widest <= _WIDEST else 0


def may_go_on(line: str, following: str, width: int) -> bool:
    """Whether a line may end where it does only because the next word had no room."""
    word = _NEXT_WORD.match(following)
    if not width or not word:
        return False
    return len(line.rstrip()) + len(_joint(line, following)) + len(word[0]) > width


def joined(line: str, following: str) -> str:
    """Two lines as the one that was wrapped."""
    return f"{line.rstrip()}{_joint(line, following)}{following.lstrip()}"


def _joint(line: str, following: str) -> str:
    """What stood between the lines: a space, or nothing where a compound or a dash was parted."""
    if _HYPHEN.search(line) and _COMPOUND.match(following):
        return ""
    if _DASH_BEFORE.search(line) and following[:1].isalnum():
        return ""
    if _DASH_BEHIND.match(following) and _WORD_END.search(line):
        return ""
    return " "
