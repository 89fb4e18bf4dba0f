"""The Markdown that html2text writes, back to HTML: what FanFicFare's text files hold.

html2text escapes little: a lone `*` and `_` are what they are, `_x_` is `<i>` or `<em>`, `**x**` is `<b>`. It puts
spaces around emphasis that were not there, a line break is two spaces at the end of a line, and lines are wrapped.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from archive.formats.fanficfare.wrapped import joined

_HEADING = re.compile(r"(#{1,6}) (.*)", re.DOTALL)
_RULE = re.compile(r"\* \* \*\s*")
_QUOTE = re.compile(r">+ ?")
_ITEM = re.compile(r"( {2,40})(\*|\d{1,4}\.) (.*)")
_CODE = re.compile(r" {4}|\t")
_UNDERLINE = re.compile(r"(?:---\|)*---\s*")
_BROKEN = re.compile(r" {2}$")
_DEEPEST = 12

_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.){0,2000})\]\(((?:[^()\\\s]|\\.){0,2000})(?: \"[^()]{0,500})?\)")
_PLAIN_LINK = re.compile(r"&lt;(https?://[^\s<>&]{1,1000}(?:&amp;[^\s<>&]{0,500}){0,9})&gt;")
_STRONG = re.compile(r"\*\*(?!\s)([^*]+?)\*\*|\*\*\s(_[^*_]+_)\*\*")
_EMPHASIS = re.compile(r"(?<![^\W_])_(?!\s)([^_]+?)_(?![^\W_])")
_STRUCK = re.compile(r"~~(?!\s)([^~]+?)~~")
_CODED = re.compile(r"`([^`]+)`")
_NO_MARKS = {ord(sign): f"&#{ord(sign)};" for sign in '_*~`"\\'}
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!-])")
_END = r"</(?:i|b|s|code)>"
_SPACE_BEHIND = re.compile(rf"({_END}) (?=[,;:’”»…%*/=\-]|—\S|'(?:\w|\s|$)|\"(?:[\s.,;!?)]|$))")
_SPACE_BEFORE = re.compile(r"(?<=[“‘«„¿¡]) (<(?:i|b|s|code)>)|(?<=\w—) (<(?:i|b|s|code)>)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind is that of its element (`p`, `h3`, `hr`, `blockquote`, `ul`, `pre`, `table`)."""

    kind: str
    markup: str

    @property
    def inside(self) -> str:
        """What a quotation quotes; of any other block the whole."""
        return self.markup[len("<blockquote>") : -len("</blockquote>")] if self.kind == "blockquote" else self.markup


def html(blocks: Iterable[Block]) -> str:
    """Blocks as one piece of markup, still to be cleaned."""
    return "\n".join(block.markup for block in blocks)


def blocks(lines: Sequence[str], depth: int = 0) -> list[Block]:
    """The blocks of a text, in order.

    >>> html(blocks(["\\\\- Go _on_ , she", "said.  ", "Tom?", "", "* * *", "", "> no"]))
    '<p>- Go <i>on</i>, she said.<br>Tom?</p>\\n<hr>\\n<blockquote><p>no</p></blockquote>'
    """
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        read = _reader(lines, at, depth)
        end = _end(lines, at, read)
        found += read(lines[at:end], depth)
        at = end
    return found


def _reader(lines: Sequence[str], at: int, depth: int) -> "_Reader":
    line = lines[at]
    if _RULE.fullmatch(line):
        return _rule
    if _QUOTE.match(line) and depth < _DEEPEST:
        return _quotation
    if _ITEM.match(line):
        return _list
    if at + 1 < len(lines) and _UNDERLINE.fullmatch(lines[at + 1]):
        return _table
    if _CODE.match(line) and (at == 0 or not lines[at - 1].strip()):
        return _code
    return _paragraph


def _end(lines: Sequence[str], at: int, read: "_Reader") -> int:
    """The line behind a block. Blank lines end one; so does, of quotations, lists and code, the end of their marks."""
    end = at + 1
    if read is _rule:
        return end
    while end < len(lines) and not _empty(lines[end], read):
        if read is _quotation and not _QUOTE.match(lines[end]):
            break
        if read is _code and not _CODE.match(lines[end]):
            break
        if read is _list and not _ITEM.match(lines[end]) and not lines[end].startswith(" "):
            break
        end += 1
    return end


def _empty(line: str, read: "_Reader") -> bool:
    """Whether a line ends a block. Two spaces alone are a line break in a paragraph, four a blank line of code."""
    if read is _code:
        return line == ""
    return not line.strip() and (line != "  " or read is _table)


def _rule(lines: Sequence[str], depth: int) -> list[Block]:
    return [Block("hr", "<hr>")]


def _quotation(lines: Sequence[str], depth: int) -> list[Block]:
    inside = blocks([line[2:] if line.startswith("> ") else line[1:] for line in lines], depth + 1)
    return [Block("blockquote", f"<blockquote>{html(inside)}</blockquote>")] if inside else []


def _code(lines: Sequence[str], depth: int) -> list[Block]:
    text = "\n".join(_CODE.sub("", line, count=1) for line in lines).strip("\n \t")
    return [Block("pre", f"<pre>{escape(text)}</pre>")] if text else []


def _table(lines: Sequence[str], depth: int) -> list[Block]:
    """Cells are parted by `| `; the line of dashes says nothing, as html2text puts it under any first row."""
    rows = [
        "<tr>" + "".join(f"<td>{inline(cell.strip())}</td>" for cell in line.split("|")) + "</tr>"
        for at, line in enumerate(lines)
        if at != 1 and line.strip()
    ]
    return [Block("table", f"<table>{''.join(rows)}</table>")]


def _list(lines: Sequence[str], depth: int) -> list[Block]:
    """Items by their indent; a line without a mark goes on with the item before."""
    written: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for line in lines:
        item = _ITEM.match(line)
        if not item:
            written.append(" " + inline(line.strip()))
            continue
        indent, kind = len(item[1]), "ul" if item[2] == "*" else "ol"
        while open_lists and open_lists[-1][0] > indent:
            written.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == indent:
            written.append("</li>")
        else:
            start = "" if item[2] in {"*", "1."} else f' start="{item[2][:-1]}"'
            written.append(f"<{kind}{start}>")
            open_lists.append((indent, kind))
        written.append("<li>" + inline(item[3].strip()))
    written += [f"</li></{kind}>" for _, kind in reversed(open_lists)]
    return [Block(open_lists[0][1] if open_lists else "ul", "".join(written))]


def _paragraph(lines: Sequence[str], depth: int) -> list[Block]:
    pieces: list[list[str]] = [[]]
    for line in lines:
        pieces[-1].append(line)
        if _BROKEN.search(line):
            pieces.append([])
    text = "\n".join(joined(piece) for piece in pieces).removesuffix("\n")
    if heading := _HEADING.fullmatch(text):
        name = f"h{len(heading[1])}"
        return [Block(name, f"<{name}>{inline(heading[2])}</{name}>")]
    return [Block("p", f"<p>{inline(text)}</p>")] if text.strip() else []


def inline(text: str) -> str:
    """One run of text as markup: links, emphasis and escaped signs; line ends are line breaks."""
    markup = escape(text, quote=False)
    if "](" in markup:
        markup = _LINK.sub(_linked, markup)
    if "&lt;http" in markup:
        markup = _PLAIN_LINK.sub(lambda found: _anchor(found[1], _unmarked(found[1])), markup)
    for sign, pattern, name in _SIGNS:
        if sign in markup:
            markup = pattern.sub(_named(name), markup)
    if "</" in markup:
        markup = _SPACE_BEHIND.sub(r"\1", markup)
        markup = _SPACE_BEFORE.sub(lambda found: found[1] or found[2], markup)
    if "\\" in markup:
        markup = _ESCAPED.sub(r"\1", markup)
    return markup.replace("\n", "<br>")


def _linked(link: re.Match[str]) -> str:
    address = _ESCAPED.sub(r"\1", link[3])
    return f'<img src="{_unmarked(address)}" alt="{_unmarked(link[2])}">' if link[1] else _anchor(address, link[2])


def _anchor(address: str, words: str) -> str:
    return f'<a href="{_unmarked(address)}">{words}</a>'


def _unmarked(text: str) -> str:
    """Text in which no sign is taken for a mark any more."""
    return text.translate(_NO_MARKS)


def _named(name: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"<{name}>{next(filter(None, found.groups()))}</{name}>"


_Reader = Callable[[Sequence[str], int], list[Block]]
_SIGNS = (("`", _CODED, "code"), ("**", _STRONG, "b"), ("_", _EMPHASIS, "i"), ("~~", _STRUCK, "s"))
