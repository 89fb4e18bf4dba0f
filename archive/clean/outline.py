"""The outline of a text: its blocks, each put where it fits."""

from dataclasses import dataclass, field

_LISTS = {"ul", "ol"}
_STRUCTURE = {
    "table": {"caption", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
}
_PARTICULAR = {*_LISTS, *_STRUCTURE}
"""Containers that do not hold just any block."""


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
class _Container:
    """An open element that holds blocks."""

    name: str
    attributes: str = ""
    blocks: list[Block] = field(default_factory=list)


class Outline:
    """Takes blocks and containers in the order in which they begin and end."""

    def __init__(self) -> None:
        self._open = [_Container("")]

    def add(self, block: Block) -> None:
        """Put a block where it fits: items into lists, cells into rows, anything else before the table."""
        for container in reversed(self._open):
            if container.name not in _PARTICULAR:
                container.blocks.append(block)
                return
            if container.name in _STRUCTURE and block.name not in _STRUCTURE[container.name]:
                continue
            if container.name in _LISTS and block.name != "li":
                block = _item([block])
            container.blocks.append(block)
            return

    def open(self, name: str, attributes: str) -> None:
        """Begin a container."""
        self._open.append(_Container(name, attributes))

    def close(self) -> None:
        """End the innermost container. One without blocks leaves no trace, but for cells."""
        container = self._open.pop()
        name, blocks = container.name, container.blocks
        if not blocks and name not in {"td", "th"}:
            return
        if name == "li" and self._open[-1].name in _LISTS:
            self.add(_item(blocks))
        elif (name == "li") or (name == "div" and not container.attributes):
            for block in blocks:
                self.add(block)
        elif name in {"td", "th", "caption"}:
            self.add(Block(name, container.attributes, _cell(blocks)))
        else:
            self.add(Block(name, container.attributes, "\n".join(map(str, blocks))))

    def written(self) -> str:
        """End everything; the whole text."""
        while len(self._open) > 1:
            self.close()
        return "\n".join(map(str, self._open[0].blocks))


def _item(blocks: list[Block]) -> Block:
    return Block("li", "", _cell(blocks))


def _cell(blocks: list[Block]) -> str:
    """A single bare paragraph stands in an item or cell without its own element."""
    if len(blocks) == 1 and blocks[0].name == "p" and not blocks[0].attributes:
        return blocks[0].inside
    return "".join(map(str, blocks))
