"""Hard-wrapped prose: lines that a program filled to the margin become paragraphs again, verse and letters stay lines.

A program that wraps breaks a line only where the next word would not have fitted. So a text is wrapped when nearly
every line that is followed by another could not have taken its first word; lines of verse break elsewhere. That is
judged by the paragraphs of three lines and more, which have to be most of the text.
"""

from itertools import groupby, pairwise

from archive.formats.texts.header import blank

_NARROWEST, _WIDEST = 55, 90
"""The widths that programs wrap at."""
_FEWEST = 6
"""Lines that must run on: with fewer, chance could have filled them."""
_NEARLY_ALL = 0.9
_MOST_LONGER = 0.01
"""Lines beyond the margin: addresses, which cannot be broken."""


def unwrapped(lines: list[str]) -> list[str]:
    """The lines of a text, those of hard-wrapped paragraphs joined; any other text as it is.

    >>> unwrapped(["A rose", "is a rose"])
    ['A rose', 'is a rose']
    """
    margin = _margin(lines)
    if not margin:
        return lines
    paragraphs = [(empty, list(run)) for empty, run in groupby(lines, blank)]
    running = [full for empty, run in paragraphs if not empty and len(full := _full(run, margin)) > 1]
    solid = [is_full for full in running if 3 * sum(full) >= 2 * len(full) for is_full in full]
    if len(solid) < _FEWEST or sum(solid) < _NEARLY_ALL * len(solid) or 2 * len(solid) < sum(map(len, running)):
        return lines
    return [line for empty, run in paragraphs for line in (run if empty else _joined(run, margin))]


def _margin(lines: list[str]) -> int:
    """Where the longest lines end, but for a few; 0 where no program would have wrapped them."""
    longer = sum(map(_WIDEST.__lt__, map(len, lines)))
    if not lines or longer > len(lines) * _MOST_LONGER:
        return 0
    lengths = sorted(len(line.rstrip()) for line in lines)
    margin = lengths[-1 - int(len(lengths) * _MOST_LONGER)]
    return margin if _NARROWEST <= margin <= _WIDEST else 0


def _full(run: list[str], margin: int) -> list[bool]:
    """Of each line of a paragraph but the last, whether the first word of the next would not have fitted behind it."""
    return [
        len(line.rstrip()) + 1 + len(following.split()[0] if following.strip() else "") > margin
        for line, following in pairwise(run)
    ]


def _joined(run: list[str], margin: int) -> list[str]:
    """A paragraph without the line ends that the margin has made; in verse hardly any line reaches it."""
    full = _full(run, margin)
    if not full or 2 * sum(full) < len(full):
        return run
    joined = run[0].rstrip()
    for line, was_full in zip(run[1:], full, strict=True):
        joint = ("" if joined.endswith("-") else " ") if was_full else "\n"
        joined = joined.rstrip() + joint + line.strip()
    return joined.split("\n")
