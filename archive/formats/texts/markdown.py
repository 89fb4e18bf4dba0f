"""Markdown: headings are chapters, and labels between two `---` at the top are the header.

Read with markdown-it-py (CommonMark, with tables and struck-out words); what it makes of a text goes through the
cleaner like any other foreign markup. Lines set in by four spaces are prose, not code, and backticks are quotation
marks; line ends are kept unless a program has wrapped the text. Without any heading, chapters announce themselves as in
plain text.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive import clean
from archive.formats import values
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.texts import body
from archive.formats.texts.header import Entry, Header, blank
from archive.formats.texts.labels import field_of
from archive.formats.texts.plain_text import opening, readable
from archive.formats.texts.statement import Statement
from archive.formats.texts.textwork import name_of, work_with
from archive.formats.texts.unwrapping import unwrapped
from archive.formats.walls import wall
from archive.parsed import ParsedChapter, ParsedWork, Refused

_RULE = re.compile(r"-{3,}\s*")
_END = re.compile(r"(?:-{3,}|\.{3})\s*")
_LABEL = re.compile(r"([A-Za-z][\w /-]{0,39}?)\s*:(?:\s+(.*)|\s*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_LONGEST_TOP = 200
_LARGEST = 4 * 1024 * 1024
"""Characters: a longer text is read as plain, as reading Markdown takes a second for each million."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\)")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])[^*_\n]{1,500}(?<=[^\s*_])\1(?![\w*_])")
_OFTEN = 2
_BYLINE = re.compile(r"(?:written )?by:?\s+(.{1,80})", re.IGNORECASE)

_PARSER = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).disable(["code", "backticks"])


def _recognises(source: Source) -> bool:
    if source.encoding_failed or len(source.text) > _LARGEST:
        return False
    head = source.text[:100_000]
    if _top(head.split("\n")[:_LONGEST_TOP])[1]:
        return True
    marked = _HEADING.search(head) or _LINK.search(head) or len(_EMPHASIS.findall(head)) >= _OFTEN
    return bool(marked) and readable(source)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = clean.mend(source.text).split("\n")
    header, start = _top(lines)
    try:
        yield _work(header, lines[start:], name_of(source.path))
    except Refused as refused:
        yield refused


def _top(lines: Sequence[str]) -> tuple[Header, int]:
    """The labels between two rules at the top, and the line behind them; an empty header and 0 if there are none."""
    first = next((at for at, line in enumerate(lines) if not blank(line)), 0)
    none = Header(), 0
    if not lines or not _RULE.fullmatch(lines[first].lstrip("\ufeff")):
        return none
    entries: list[Entry] = []
    for at in range(first + 1, min(len(lines), first + _LONGEST_TOP)):
        line = lines[at]
        if _END.fullmatch(line):
            return (Header(entries), at + 1) if any(entry.field for entry in entries) else none
        if item := _ITEM.fullmatch(line) if entries else None:
            entries.append(Entry(entries[-1].label, entries[-1].field, _value(item[1])))
        elif found := _LABEL.fullmatch(line):
            entries.append(Entry(found[1], field_of(found[1]), _value(found[2] or "")))
        elif not blank(line):
            return none
    return none


def _value(written: str) -> str:
    """A value without quotes, and a list without brackets."""
    words = written.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        return words[1:-1]
    return words[1:-1].replace('"', "") if words[:1] == "[" and words[-1:] == "]" else words


def _work(header: Header, lines: list[str], name: str) -> ParsedWork:
    lines = unwrapped(lines)
    blocks = _blocks(_PARSER.parse("\n".join(lines)))
    if not header.has("title"):
        header.entries += _title(blocks, lines)
    statement = Statement(header)
    title = statement.title_or(name)
    if reason := wall("\n".join(lines)):
        raise Refused(reason, title)
    if blocks and _words(blocks[0]) == title:
        blocks = blocks[1:]
        if blocks and "authors" in statement.fields and _BYLINE.fullmatch(_words(blocks[0])):
            blocks = blocks[1:]
    if any(map(_heading, blocks)):
        return work_with(statement, title, _chapters(blocks))
    authors = statement.fields.get("authors", ())
    parts = body.split_chapters(body.without_title(lines, title, authors), statement.fields.get("chapters_posted"))
    return work_with(statement, title, [_part(part) for part in parts])


def _part(part: body.Part) -> ParsedChapter:
    body.take_end_notes(part)
    sections = {name: clean.paragraphs(words) for name, words in part.sections.items()}
    blocks = _blocks(_PARSER.parse("\n".join(part.lines)))
    return ParsedChapter(part.number, _html(blocks), part.title, **sections)


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each block: a heading, a paragraph, a list."""
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _title(blocks: list[list[Token]], lines: list[str]) -> Iterator[Entry]:
    """The title is the first heading, if it is the only one so high; and a byline may stand below it."""
    highest = min((level for block in blocks if (level := _heading(block))), default=0)
    heads = [block for block in blocks if _heading(block) == highest] if highest else []
    if len(heads) == 1 and heads[0] is blocks[0] and not body.announces_chapter(_words(heads[0])):
        yield Entry("Title", "title", _words(heads[0]))
        if len(blocks) > 1 and (found := _BYLINE.fullmatch(_words(blocks[1]))):
            yield Entry("Author", "authors", found[1])
    elif not heads or heads[0] is not blocks[0]:
        yield from opening(lines)[0].entries


def _chapters(blocks: list[list[Token]]) -> list[ParsedChapter]:
    """The text parted at the highest headings, if they are several or announce chapters; what is before the first
    heading belongs to the first chapter."""
    levels = [level for block in blocks if (level := _heading(block)) and _words(block)]
    highest = min(levels, default=0)
    heads = [at for at, block in enumerate(blocks) if highest and _heading(block) == highest and _words(block)]
    if len(heads) == 1 and not body.announces_chapter(_words(blocks[heads[0]])):
        heads = []
    chapters = []
    for number, at in enumerate(heads, 1):
        end = heads[number] if number < len(heads) else len(blocks)
        before = blocks[: heads[0]] if number == 1 else []
        title = body.chapter_title(_words(blocks[at]))
        chapters.append(ParsedChapter(number, _html([*before, *blocks[at + 1 : end]]), title))
    return chapters or [ParsedChapter(1, _html(blocks))]


def _heading(block: list[Token]) -> int:
    """How high a heading is, from 1; 0 for anything else."""
    return int(block[0].tag[1]) if block[0].type == "heading_open" else 0


def _words(block: list[Token]) -> str:
    """The words of a heading or paragraph, without its marks."""
    inline = next((token for token in block if token.type == "inline"), None)
    children = inline.children or [] if inline else []
    return values.line("".join(" " if child.type.endswith("break") else child.content for child in children))


def _html(blocks: list[list[Token]]) -> str:
    """Blocks in canonical HTML. A `#` alone, which is an empty heading here, parts scenes."""
    pieces = (
        "<hr>" if _heading(block) and not _words(block) else _PARSER.renderer.render(block, _PARSER.options, {})
        for block in blocks
    )
    return clean.html("".join(pieces))


FORMAT = Format(name="markdown", version=1, recognises=_recognises, read=_read)
