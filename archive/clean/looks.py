"""Looks that are reading matter: alignment and emphasis, whether an attribute, a style or a style sheet states them.

A look is a word: `left`, `right`, `center` or `justify`, or the element that shows an emphasis (`i`, `b`, `u`, `s`,
`sup`, `sub`), with a `-` before it where a style takes it away.
"""

import re
from collections.abc import Mapping

ALIGNMENTS = ("left", "right", "center", "justify")
EMPHASIS = {"i": ("i", "em"), "b": ("b", "strong"), "u": ("u",), "s": ("s",), "sup": ("sup",), "sub": ("sub",)}
"""Each emphasis, and the elements that show it already."""

_DECLARATION = re.compile(r"(?:^|[;{\s])([a-z-]+)\s*:\s*([^;}]*)", re.IGNORECASE)
_SAID = {
    "font-style": {"italic": "i", "oblique": "i", "normal": "-i"},
    "font-weight": {"bold": "b", "bolder": "b", "600": "b", "700": "b", "800": "b", "900": "b", "normal": "-b",
                    "400": "-b"},
    "text-decoration": {"underline": "u", "line-through": "s"},
    "text-decoration-line": {"underline": "u", "line-through": "s"},
    "vertical-align": {"super": "sup", "sub": "sub"},
    "text-align": {side: side for side in ALIGNMENTS},
}  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*", re.IGNORECASE)


def looks(given: Mapping[str, str], classes: Mapping[str, str]) -> tuple[str, ...]:
    """What the attributes of an element say of its look, its own word first; `classes` is what `styles` gives."""
    said: list[str] = []
    if (side := given.get("align", "").strip().lower()) in ALIGNMENTS:
        said.append(side)
    if style := given.get("style"):
        said += _declared(style)
    for name in given.get("class", "").split():
        if name.startswith("align-") and name[6:] in ALIGNMENTS:
            said.append(name[6:])
        elif name in classes:
            said += classes[name].split()
    return tuple(said)


def styles(sheet: str) -> dict[str, str]:
    """What a style sheet says of the look of each class: the words for it, parted by spaces.

    >>> styles("p.c1, .c2 { text-align: center } .c2 { font-style: italic; color: red } div > .c3 { font-weight: 700 }")
    {'c1': 'center', 'c2': 'center i'}
    """
    found: dict[str, list[str]] = {}
    for rule in _COMMENT.sub(" ", sheet).split("}")[:-1]:
        before, _, declarations = rule.rpartition("{")
        if words := _declared(declarations):
            for selector in before.rpartition("{")[2].split(","):
                if name := _SELECTOR.fullmatch(selector):
                    found.setdefault(name[1], []).extend(words)
    return {name: " ".join(dict.fromkeys(words)) for name, words in found.items()}


def _declared(declarations: str) -> list[str]:
    return [
        _SAID[name.lower()][word]
        for name, value in _DECLARATION.findall(declarations)
        if name.lower() in _SAID
        for word in value.lower().split()
        if word in _SAID[name.lower()]
    ]
