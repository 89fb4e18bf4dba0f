"""Keeping hostile markup from costing more than its size: nesting that no text needs is flattened beforehand."""

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr", "param"}
_DEEPEST = 100


def shallow(markup: str) -> str:
    """The same markup without the tags that stand deeper than a hundred others."""
    if markup.count("<") < _DEEPEST:
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
