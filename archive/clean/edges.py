"""The edges of a leaf block: no space and no line break stands at them, not even inside inline elements."""

import re

from archive.clean.spaces import collapsed

EDGE = " \t\n\f\r\xa0\u200b\ufeff"
_OPENING = re.compile(r'<span id="[^<>"]*"></span>|<(?!br>|img )[a-z][^<>]*>')
_CLOSING = re.compile(r"</[a-z]+>")
_LONGEST_CLOSING = 12
_BREAK = "<br>"
_NOTHING = re.compile(r"<(em|strong|i|b|u|s|sub|sup|code|span|a|ruby|rt|rp)(?: (?!id=)[^<>]*)?>((?:<br>|\s)*)</\1>")
"""An inline element that holds nothing, and is no anchor."""
_TAG = re.compile(r"<(?!img )[^>]*>")


def shown(inside: str, *, pre: bool = False) -> str:
    """A leaf as it is written; empty when it shows nothing."""
    inside = inside.strip("\n") if pre else tidy(inside)
    return inside if _TAG.sub("", inside).strip(EDGE) else ""


def tidy(inside: str) -> str:
    """The inside of a leaf without inline elements that hold nothing, and with clean edges, around line breaks too."""
    while True:
        before = inside
        while _NOTHING.search(inside):
            inside = _NOTHING.sub(r"\2", inside)
        if "<br>" in inside:
            inside = "<br>".join(line.strip(EDGE) for line in inside.split("<br>"))
        inside = trim(collapsed(inside))
        if inside == before:
            return inside


def trim(inside: str) -> str:
    """The inside of a leaf without what does not show at its start and end.

    >>> trim(" <em><br> one<br>two <br></em>")
    '<em>one<br>two</em>'
    """
    tags, start = "", 0
    while start < len(inside):
        if inside[start] in EDGE:
            start += 1
        elif inside.startswith(_BREAK, start):
            start += len(_BREAK)
        elif found := _OPENING.match(inside, start):
            tags += found[0]
            start = found.end()
        else:
            break
    return tags + _trimmed_end(inside, start)


def _trimmed_end(inside: str, start: int) -> str:
    tags, end = "", len(inside)
    while end > start:
        if inside[end - 1] in EDGE:
            end -= 1
        elif inside.endswith(_BREAK, start, end):
            end -= len(_BREAK)
        elif inside[end - 1] == ">" and (at := inside.rfind("<", max(start, end - _LONGEST_CLOSING), end)) >= 0:
            if not _CLOSING.fullmatch(inside, at, end):
                break
            tags = inside[at:end] + tags
            end = at
        else:
            break
    return inside[start:end] + tags
