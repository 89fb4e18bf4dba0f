"""Keeping hostile markup from costing more than its size: nesting that no text needs is flattened beforehand."""

import re
from itertools import accumulate

_SIGN = re.compile(r"<(/?)[a-zA-Z]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr", "param"}
_STEP = {"": 1, "/": -1}
_DEEPEST = 100


def shallow(markup: str) -> str:
    """The same markup without the tags that stand deeper than a hundred others."""
    if _deepest(markup) <= _DEEPEST:
        return markup
    depth = 0

    def flatten(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _VOID:
            return tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < _DEEPEST else ""
        depth += 1
        return tag[0] if depth <= _DEEPEST else ""

    return _TAG.sub(flatten, markup)


def _deepest(markup: str) -> int:
    """A depth that is not exceeded, found fast: even void elements count as open, and ends of nothing do not."""
    depths = list(accumulate(map(_STEP.__getitem__, _SIGN.findall(markup)), initial=0))
    return max(depth - floor for depth, floor in zip(depths, accumulate(depths, min), strict=True))
