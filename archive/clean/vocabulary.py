"""Which elements and attributes are let in, and what each of them is in the canonical form."""

import re

INLINE = {
    "a": "a", "abbr": "", "acronym": "", "b": "b", "big": "", "cite": "i", "code": "code", "del": "s", "dfn": "i",
    "em": "em", "font": "", "i": "i", "ins": "u", "kbd": "code", "mark": "", "q": "", "ruby": "ruby", "rp": "rp",
    "rt": "rt", "s": "s", "samp": "code", "small": "", "span": "span", "strike": "s", "strong": "strong",
    "sub": "sub", "sup": "sup", "tt": "code", "u": "u", "var": "i",
}  # fmt: skip
"""Inline elements and what they become; those that become nothing leave their text."""

LEAVES = {"p": "p", "pre": "pre", "h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
"""Blocks that hold inline elements only. The page has the only `h1`, the chapter the `h2`."""

CONTAINERS = {
    "blockquote", "div", "center", "ul", "ol", "li",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
}  # fmt: skip
"""Blocks that hold blocks."""

BOUNDARIES = {
    "address", "article", "aside", "dd", "details", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "header", "hgroup", "legend", "main", "menu", "nav", "section", "summary", "form", "dir", "optgroup", "option",
}  # fmt: skip
"""Blocks that end a paragraph and leave no other trace."""

TAGS = {*INLINE, *LEAVES, *CONTAINERS, *BOUNDARIES, "br", "hr"} - {"form", "optgroup", "option", "dir", "menu"}

DROPPED_WITH_CONTENT = {
    "script", "style", "title", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math",
    "textarea", "select", "audio", "video", "canvas", "noembed", "noframes", "xmp", "plaintext", "frameset",
}  # fmt: skip

ATTRIBUTES = {
    "*": {"lang", "dir", "align", "class", "style"},
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
"""What nh3 lets through. Of class and style only the alignment is understood, and none is ever written again."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)\b", re.IGNORECASE)
_ALIGNMENTS = {"left", "right", "center", "justify"}
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\"<>]{1,2000}", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


def attributes(name: str, given: dict[str, str]) -> str:
    """The attributes of an element as they are written, each with a space before it; values are still escaped."""
    written = ""
    if name == "a":
        href = given.get("href", "").strip()
        return f' href="{href}" rel="noopener noreferrer nofollow"' if _ADDRESS.fullmatch(href) else ""
    if name in {"p", "div", "h3", "h4", "h5", "h6", "td", "th"} and (side := _alignment(given)):
        written += f' class="align-{side}"'
    if _LANGUAGE.fullmatch(given.get("lang", "")):
        written += f' lang="{given["lang"]}"'
    if given.get("dir", "").lower() in {"ltr", "rtl", "auto"}:
        written += f' dir="{given["dir"].lower()}"'
    for number in ("start", "colspan", "rowspan"):
        if _NUMBER.fullmatch(given.get(number, "")):
            written += f' {number}="{given[number]}"'
    return written


def _alignment(given: dict[str, str]) -> str:
    side = given.get("align", "").strip().lower()
    if side in _ALIGNMENTS:
        return side
    if found := _ALIGN.search(given.get("style", "")):
        return found[1].lower()
    for name in given.get("class", "").lower().split():
        if name.removeprefix("align-") in _ALIGNMENTS and name.startswith("align-"):
            return name.removeprefix("align-")
    return ""
