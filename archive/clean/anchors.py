"""Anchors: the places in a text that links lead to, and the links that lead to them.

The canonical form of an anchor is an empty `<span id="...">`, since any place in a text can hold one; a link leads to
`#id` in the same text, or to `chapter:5#id` or `chapter:5` in the same work, whose own notes are `chapter:0`.
"""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

_NAME = re.compile(r"[^\s\x00-\x20\x7f-\x9f\"'<>&%#`\\]{1,100}")
_FOREIGN = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\"<>]{1,2000}", re.IGNORECASE)
_CHAPTER = re.compile(r"chapter:([0-9]{1,6})")
_REL = ' rel="noopener noreferrer nofollow"'


def anchor(given: Mapping[str, str]) -> str:
    """The name of the place that an element marks, by `id` or (on an `a`) `name`; empty when it marks none."""
    for value in (given.get("id", ""), given.get("name", "")):
        if _NAME.fullmatch(value := value.strip()):
            return value
    return ""


def link(href: str, places: Mapping[str, int]) -> str:
    """The attributes of a link as they are written, with a space before each; empty for one that leads nowhere.

    `href` is still escaped. `places` says which chapter each address is; 0 stands for the text itself.
    """
    href = href.strip()
    if _FOREIGN.fullmatch(href) and not places:
        return f' href="{href}"{_REL}'
    address, _, target = unescape(href).partition("#")
    target = unquote(target)
    at = f"#{target}" if _NAME.fullmatch(target) else ""
    if not address:
        return f' href="{at}"' if at else ""
    if (chapter := places.get(address)) is not None:
        inside = f"chapter:{chapter}{at}" if chapter else at
        return f' href="{inside}"' if inside else ""
    if ours := _CHAPTER.fullmatch(address):
        return f' href="chapter:{int(ours[1])}{at}"'
    return f' href="{href}"{_REL}' if _FOREIGN.fullmatch(href) else ""
