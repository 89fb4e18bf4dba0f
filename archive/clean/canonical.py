"""Writing the canonical form from the token stream that nh3 leaves: balanced tags, known names, escaped text."""

import re
from dataclasses import dataclass, field

from archive.clean.edges import EDGE, tidy
from archive.clean.vocabulary import CONTAINERS, INLINE, LEAVES, attributes

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_SPACE = re.compile(r"[ \t\n\f\r]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TEXT = re.compile(r"<[^>]*>")
_MOST_INLINE = 12
_LISTS = {"ul", "ol"}
_STRUCTURE = {
    "table": {"caption", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
}


@dataclass(slots=True)
class Block:
    """One written block: its element, its attributes, and what is inside."""

    name: str
    attributes: str
    inside: str

    def __str__(self) -> str:
        if self.name == "hr":
            return "<hr>"
        return f"<{self.name}{self.attributes}>{self.inside}</{self.name}>"


@dataclass(slots=True)
class Container:
    """An open element that holds blocks."""

    name: str
    attributes: str = ""
    blocks: list[Block] = field(default_factory=list)


class Writer:
    """Takes tokens and writes blocks. One text, one writer."""

    def __init__(self) -> None:
        self._open = [Container("")]
        self._inline: list[tuple[str, str]] = []
        """Open inline elements: name, and start tag or nothing for those that leave no trace."""
        self._leaf = ("p", "")
        self._pieces: list[str] = []
        self._breaks = 0

    def write(self, safe: str) -> str:
        """The canonical form of markup that is safe and balanced already."""
        for token in _TOKEN.finditer(safe):
            closing, name, given, text = token.groups()
            if text is not None:
                self._text(text)
            elif closing:
                self._end(name)
            else:
                self._start(name, given)
        self._finish_leaf()
        while len(self._open) > 1:
            self._close_container()
        return "\n".join(map(str, self._open[0].blocks))

    def _text(self, text: str) -> None:
        if self._leaf[0] != "pre":
            text = _SPACE.sub(" ", text)
        if "&nbsp;" in text:
            text = text.replace("&nbsp;", "\xa0")
        if not text.isspace():
            self._breaks = 0
        self._pieces.append(_CONTROLS.sub("", text))

    def _start(self, name: str, given: str) -> None:
        if name == "br":
            self._break()
        elif name in INLINE:
            self._open_inline(INLINE[name], given)
        elif name == "hr":
            self._finish_leaf()
            self._emit(Block("hr", "", ""))
        else:
            self._finish_leaf()
            values = dict(_ATTRIBUTE.findall(given))
            if name in LEAVES:
                self._leaf = (LEAVES[name], attributes(LEAVES[name], values))
            elif name == "center":
                self._open.append(Container("div", ' class="align-center"'))
            elif name in CONTAINERS:
                self._open.append(Container(name, attributes(name, values)))

    def _end(self, name: str) -> None:
        if name in INLINE:
            self._close_inline()
            return
        self._finish_leaf()
        self._leaf = ("p", "")
        if name in CONTAINERS:
            self._close_container()

    def _break(self) -> None:
        if self._leaf[0] == "pre":
            self._pieces.append("\n")
            return
        self._breaks += 1
        if self._breaks > 1 and self._leaf[0] == "p":
            self._finish_leaf()
        else:
            self._pieces.append("<br>")

    def _open_inline(self, name: str, given: str) -> None:
        tag = ""
        if (
            name
            and len(self._inline) < _MOST_INLINE
            and all(name != known or name == "span" for known, _ in self._inline)
        ):
            written = attributes(name, dict(_ATTRIBUTE.findall(given))) if given else ""
            if written or name not in {"a", "span"}:
                tag = f"<{name}{written if name in {'a', 'span'} else ''}>"
        self._inline.append((name if tag else "", tag))
        self._pieces.append(tag)

    def _close_inline(self) -> None:
        name, tag = self._inline.pop()
        if tag:
            self._pieces.append(f"</{name}>")

    def _finish_leaf(self) -> None:
        """End the open paragraph; inline elements that are still open go on in the next one."""
        for name, tag in reversed(self._inline):
            if tag:
                self._pieces.append(f"</{name}>")
        inside = _shown("".join(self._pieces), pre=self._leaf[0] == "pre")
        if inside:
            self._emit(Block(*self._leaf, inside))
        self._pieces = [tag for _, tag in self._inline]
        self._breaks = 0

    def _emit(self, block: Block) -> None:
        """Put a block where it fits: items into lists, cells into rows, anything else before the table."""
        for container in reversed(self._open):
            if container.name in _STRUCTURE and block.name not in _STRUCTURE[container.name]:
                continue
            if container.name in _LISTS and block.name != "li":
                block = _item([block])
            container.blocks.append(block)
            return

    def _close_container(self) -> None:
        container = self._open.pop()
        name, blocks = container.name, container.blocks
        if not blocks and name not in {"td", "th"}:
            return
        if name == "li" and self._open[-1].name in _LISTS:
            self._emit(_item(blocks))
        elif (name == "li") or (name == "div" and not container.attributes):
            for block in blocks:
                self._emit(block)
        elif name in {"td", "th", "caption"}:
            self._emit(Block(name, container.attributes, _cell(blocks)))
        else:
            self._emit(Block(name, container.attributes, "\n".join(map(str, blocks))))


def _item(blocks: list[Block]) -> Block:
    return Block("li", "", _cell(blocks))


def _cell(blocks: list[Block]) -> str:
    """A single bare paragraph stands in an item or cell without its own element."""
    if len(blocks) == 1 and blocks[0].name == "p" and not blocks[0].attributes:
        return blocks[0].inside
    return "".join(map(str, blocks))


def _shown(inside: str, *, pre: bool) -> str:
    """A leaf as it is written; empty when it shows nothing."""
    if pre:
        inside = inside.strip("\n")
    else:
        if "<br>" in inside:
            inside = "<br>".join(line.strip(EDGE) for line in inside.split("<br>"))
        inside = tidy(inside)
    return inside if _TEXT.sub("", inside).strip(EDGE) else ""
