"""Writing the canonical form from the tags and texts that nh3 leaves: balanced tags, known names, escaped text."""

import re
from collections.abc import Iterable, Mapping

from archive.clean.anchors import anchor, link
from archive.clean.attributes import attributes
from archive.clean.bare import GIVEN, bare, values_of
from archive.clean.edges import EDGE, shown, trim
from archive.clean.looks import EMPHASIS, looks
from archive.clean.outline import Block, Outline
from archive.clean.pictures import picture
from archive.clean.simple import SIMPLE
from archive.clean.spaces import collapsed, spaced
from archive.clean.vocabulary import CONTAINERS, IMPLIED, INLINE, LEAVES, QUOTES
from archive.parsed import ParsedPicture

_TOKEN = re.compile(rf"\s*<p({GIVEN})>({SIMPLE})</p>\s*|<(/?)([a-z][a-z0-9]*)({GIVEN})\s*/?>|([^<]+)")
"""A simple paragraph, a tag, or a text."""
_MOST_INLINE = 12
_NOTHING_SAID: tuple[str, tuple[str, ...], str] = ("", (), "")
_PLAIN = {"h3", "h4", "h5", "h6", "pre", "table", "thead", "tbody", "tfoot", "tr", "th"}
"""Blocks whose emphasis is their own look."""


class Writer:
    """Takes tags and texts and writes blocks. One text, one writer."""

    def __init__(
        self, pictures: Mapping[str, ParsedPicture], places: Mapping[str, int], classes: Mapping[str, str]
    ) -> None:
        self._pictures, self._places, self._classes = pictures, places, classes
        self._outline = Outline()
        self._opened: list[int] = []
        """For each open element, how many of the open inline ones it has brought."""
        self._inline: list[tuple[str, str]] = []
        """Open inline elements: names and start tags."""
        self._leaf = ("p", "")
        self._pieces: list[str] = []
        self._breaks = 0
        self._spaced = False
        """Whether white space is as it is shown in all of the text."""
        self._anchors: set[str] = set()
        self._blocks: dict[tuple[str, str], tuple[str, tuple[str, ...], str]] = {}

    def written(self) -> str:
        """The canonical form of all that was taken."""
        self._finish_leaf()
        return self._outline.written()

    def take(self, safe: str) -> None:
        """Take markup that is safe and balanced already."""
        self._spaced = "<pre" not in safe
        if "=" in safe:
            safe = bare(safe, self._classes)
        self._take(spaced(safe) if self._spaced else safe)

    def _take(self, safe: str) -> None:
        for token in _TOKEN.finditer(safe):
            given, simple, _, closing, name, others, text = token.groups()
            if simple is not None:
                self._paragraph(given, simple)
            elif text is not None:
                self._text(text)
            elif closing:
                self._end(name)
            else:
                self._start(name, others)

    def _paragraph(self, given: str, inside: str) -> None:
        """A simple paragraph: written at once, unless something reaches into it."""
        if self._pieces:
            self._finish_leaf()
        if "span>" in inside:
            inside = collapsed(inside.replace("<span>", "").replace("</span>", ""))
        written, emphases, place = self._about("p", given) if given else _NOTHING_SAID
        if self._pieces or emphases or place or not self._spaced or "<br" in inside:
            self._start("p", given)
            self._take(inside)
            self._end("p")
            return
        if inside := (trim(inside) if "<" in inside else inside.strip(EDGE)):
            self._outline.add(Block("p", written, inside))

    def _text(self, text: str) -> None:
        if not self._spaced:
            text = spaced(text, lines=self._leaf[0] == "pre")
        if text.strip(EDGE):
            self._breaks = 0
        self._pieces.append(text)

    def _start(self, name: str, given: str) -> None:
        if name == "br":
            self._break()
        elif name == "img":
            values = values_of(given)
            self._mark(anchor(values))
            if shown_picture := picture(values, self._pictures):
                self._breaks = 0
                self._pieces.append(shown_picture)
        elif name in INLINE:
            self._open_inline(name, given)
        else:
            self._open_block(name, given)

    def _end(self, name: str) -> None:
        brought = self._opened.pop()
        if name in INLINE:
            self._pieces += [f"</{self._inline.pop()[0]}>" for _ in range(brought)]
            self._pieces += QUOTES.get(name, ())[1:]
            return
        self._finish_leaf()
        self._leaf = ("p", "")
        if brought:
            del self._inline[-brought:]
            self._begin_leaf(self._pieces)
        if name in CONTAINERS:
            self._outline.close()

    def _break(self) -> None:
        if self._leaf[0] == "pre":
            self._pieces.append("\n")
            return
        self._breaks += 1
        if self._breaks > 1 and self._leaf[0] == "p":
            self._finish_leaf()
        else:
            self._pieces.append("<br>")

    def _mark(self, place: str) -> None:
        """Put down an anchor. Of several with one name the first is the one that links lead to."""
        if place and place not in self._anchors:
            self._anchors.add(place)
            self._pieces.append(f'<span id="{place}"></span>')

    def _open_block(self, name: str, given: str) -> None:
        self._finish_leaf()
        written, emphases, place = self._about(name, given)
        self._mark(place)
        if name == "hr":
            self._outline.add(Block("hr", "", ""))
            return
        self._opened.append(sum(self._emphasise(look) for look in emphases))
        if name in LEAVES:
            self._leaf = (LEAVES[name], written)
        else:
            self._outline.open(CONTAINERS[name], written)

    def _about(self, name: str, given: str) -> tuple[str, tuple[str, ...], str]:
        """What the start tag of a block says: attributes to write, emphases, the name of an anchor."""
        if (name, given) not in self._blocks:
            values = values_of(given)
            known, said = (
                {**LEAVES, **CONTAINERS}.get(name, ""),
                (*looks(values, self._classes), *IMPLIED.get(name, ())),
            )
            emphases = () if known in _PLAIN else tuple(look for look in said if look in EMPHASIS)
            self._blocks[name, given] = attributes(known, values, said), emphases, anchor(values)
        return self._blocks[name, given]

    def _open_inline(self, name: str, given: str) -> None:
        known, written, brought = INLINE[name], "", 0
        said: tuple[str, ...] = ()
        if name in QUOTES:
            self._text(QUOTES[name][0])
        if given:
            values = values_of(given)
            self._mark(anchor(values))
            said = looks(values, self._classes)
            written = _inline_attributes(known, values, self._places)
            if any(f"-{look}" in said for look, shown_by in EMPHASIS.items() if known in shown_by):
                known = ""
            known = known or ("span" if written else "")
        if known and (written or known not in {"a", "span"}):
            brought += self._push(known, written)
        self._opened.append(brought + sum(self._emphasise(look) for look in said))

    def _emphasise(self, look: str) -> int:
        shown_by = EMPHASIS.get(look, ())
        if not shown_by or any(name in shown_by for name, _ in self._inline):
            return 0
        return self._push(look, "")

    def _push(self, name: str, written: str) -> int:
        """Open an inline element, unless it is open already or there are enough; returns how many were opened."""
        if len(self._inline) >= _MOST_INLINE or (name != "span" and any(name == known for known, _ in self._inline)):
            return 0
        tag = f"<{name}{written}>"
        self._inline.append((name, tag))
        self._pieces.append(tag)
        return 1

    def _finish_leaf(self) -> None:
        """End the open paragraph; inline elements that are still open go on in the next one."""
        self._breaks = 0
        if not self._pieces:
            return
        self._pieces += [f"</{name}>" for name, _ in reversed(self._inline)]
        inside = "".join(self._pieces)
        if written := shown(inside, pre=self._leaf[0] == "pre"):
            self._outline.add(Block(*self._leaf, written))
            self._begin_leaf(())
        else:
            self._begin_leaf(self._pieces)

    def _begin_leaf(self, before: Iterable[str]) -> None:
        """A new leaf begins with the anchors of those that showed nothing, and what is open."""
        self._pieces = [piece for piece in before if piece.startswith("<span id=")]
        self._pieces += [tag for _, tag in self._inline]


def _inline_attributes(name: str, values: Mapping[str, str], places: Mapping[str, int]) -> str:
    if name == "a":
        return link(values.get("href", ""), places)
    kind = ' class="picture"' if name == "span" and values.get("class") == "picture" else ""
    return kind + attributes(name, values)
