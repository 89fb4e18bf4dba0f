"""Simple paragraphs, of which most texts consist: text, line breaks, and emphasis that is closed where it began."""

import re
from html import escape, unescape

_EMPHASIS = r"<(?P<emphasis>em|strong|i|b|u|s)>[\s\u200b\ufeff]*+[^<>\s\u200b\ufeff][^<>]*+</(?P=emphasis)>"
SIMPLE = rf"(?>[^<>]*+(?:(?:</?span>|<br ?/?>|{_EMPHASIS})[^<>]*+){{0,10000}})"
"""The inside of a simple paragraph. A bare `span` says nothing, open or closed. One with more in it is not simple.

Atomic, and not a group repeated possessively: before Python 3.11.5 that swallows what it fails at (gh-106052).
"""

_PARAGRAPH = re.compile(rf"\s*+(?:<p>{SIMPLE}</p>|<hr ?/?>)\s*+")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)?")


def beginning(markup: str) -> tuple[str, str]:
    """Simple paragraphs and rules that a markup begins with, as safe and balanced as a parser makes them; and the rest.

    >>> beginning("<p>a &lt;&eacute; <i>b</i></p> <p onclick='c'>d</p>")
    ('<p>a &lt;é <i>b</i></p> ', "<p onclick='c'>d</p>")
    """
    end = 0
    while found := _PARAGRAPH.match(markup, end):
        end = found.end()
    simple = markup[:end]
    if "&" in simple:
        simple = _REFERENCE.sub(lambda found: escape(unescape(found[0]), quote=False), simple)
    return simple, markup[end:]
