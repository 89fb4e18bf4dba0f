"""Leftovers of HTML in a plain text: the tags that writers of exports forget, and no others."""

import re

from archive.clean.edges import shown

_VALUES = r"(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?"
_BR = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_HR = re.compile(rf"<hr{_VALUES}>", re.IGNORECASE)
_BLOCK = re.compile(
    rf"</?(?:p|div|h[1-6]|blockquote|center|ul|ol|li|table|tbody|tr|td|section|article){_VALUES}>", re.IGNORECASE
)
_SILENT = re.compile(rf"</?(?:span|font|a|img|small|big|o:p|wbr){_VALUES}>|<!--[^<>]{{0,500}}-->", re.IGNORECASE)
_INLINE = re.compile(r"<(/?)(em|strong|i|b|u|s|strike|del|sup|sub)(\s+[\w-]+\s*=\s*\"[^\"<>]*\")*\s*>", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"<br>((?:[ \t\xa0\u200b\ufeff]|</?(?!br)[a-z]+>)*)<br>")
"""A line of a paragraph on which no more than tags stood."""
_SAME = {"strike": "s", "del": "s"}


def outer(text: str) -> str:
    """Turn block tags into blank lines, `<br>` into line ends and `<hr>` into scene breaks; drop silent ones."""
    text = _BR.sub("\n", text)
    text = _HR.sub("\n\n***\n\n", text)
    text = _BLOCK.sub("\n\n", text)
    return _SILENT.sub("", text)


def inline(lines: str) -> str:
    """One paragraph with its `<` and `>` escaped, but for line breaks and balanced inline elements."""
    if "<" not in lines:
        return lines.replace(">", "&gt;") if ">" in lines else lines
    written: list[str] = []
    opened: list[str] = []
    at = 0
    for tag in _INLINE.finditer(lines):
        written.append(_escape(lines[at : tag.start()]))
        at = tag.end()
        name = _SAME.get(tag[2].lower(), tag[2].lower())
        if tag[1]:
            _close(name, opened, written)
        elif name not in opened:
            opened.append(name)
            written.append(f"<{name}>")
    written.append(_escape(lines[at:]))
    written.extend(f"</{name}>" for name in reversed(opened))
    inside = "".join(written)
    while (single := _EMPTY_LINE.sub(r"<br>\1", inside)) != inside:
        inside = single
    return shown(inside)


def _close(name: str, opened: list[str], written: list[str]) -> None:
    if name not in opened:
        return
    again: list[str] = []
    while (last := opened.pop()) != name:
        written.append(f"</{last}>")
        again.append(last)
    written.append(f"</{name}>")
    for other in reversed(again):
        opened.append(other)
        written.append(f"<{other}>")


def _escape(text: str) -> str:
    return "<br>".join(line.replace("<", "&lt;").replace(">", "&gt;") for line in text.split("<br>"))
