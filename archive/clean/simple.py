"""Simple paragraphs, of which most texts consist: text, line breaks, and emphasis that is closed where it began."""

import re
from html import escape, unescape

_EMPHASIS = r"<(?P<emphasis>em|strong|i|b|u|s)>[\s\u200b\ufeff]*+[^<>\s\u200b\ufeff][^<>]*+</(?P=emphasis)>"
SIMPLE = rf"[^<>]*+(?:(?:</?span>|<br ?/?>|{_EMPHASIS})[^<>]*+)*+"
"""The inside of a simple paragraph. A bare `span` says nothing, open or closed."""

_PARAGRAPHS = re.compile(rf"(?:\s*+(?:<p>{SIMPLE}</p>|<hr ?/?>))*+\s*+")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)?")


def beginning(markup: str) -> tuple[str, str]:
    """Simple paragraphs and rules that a markup begins with, as safe and balanced as a parser makes them; and the rest.

    >>> beginning("<p>a &lt;&eacute; <i>b</i></p> <p onclick='c'>d</p>")
    ('<p>a &lt;é <i>b</i></p> ', "<p onclick='c'>d</p>")
    """
    end = found.end() if (found := _PARAGRAPHS.match(markup)) else 0
    simple = markup[:end]
    if "&" in simple:
        simple = _REFERENCE.sub(lambda found: escape(unescape(found[0]), quote=False), simple)
    return simple, markup[end:]
