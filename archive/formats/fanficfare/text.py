"""FanFicFare's text files: title page, table of contents, then chapters in html2text's Markdown, up to `End file.`."""

import re
from collections.abc import Iterator, Sequence

from archive import clean
from archive.formats import values
from archive.formats.fanficfare import marked
from archive.formats.fanficfare.labels import field_of
from archive.formats.fanficfare.outline import Outline, outline_of
from archive.formats.fanficfare.parts import Part, is_note_label, note_kind
from archive.formats.fanficfare.textpage import title_page
from archive.formats.fanficfare.work import work_of
from archive.formats.format import Format
from archive.formats.source import Source
from archive.parsed import ParsedWork, Refused

_END = "End file."
_BOLD = re.compile(r"<p><b>([^<]{1,80})</b></p>")
_FEWEST_LABELS = 3


def _recognises(source: Source) -> bool:
    if b"\nby " not in source.head or source.encoding_failed:
        return False
    text = source.text
    outline = outline_of(text[: len(source.head)].split("\n"))
    if not outline:
        return False
    labels = [line.partition(":")[0] for line in outline.page]
    if sum(bool(field_of(label)) for label in labels) >= _FEWEST_LABELS:
        return True
    return text.rstrip().endswith(_END) and bool(outline.contents or outline.chapters)


def _read(source: Source) -> Iterator[ParsedWork | Refused]:
    lines = clean.mend(source.text).rstrip().removesuffix(_END).split("\n")
    outline = outline_of(lines)
    if not outline:
        yield Refused("no title page")
        return
    try:
        yield _work(lines, outline)
    except Refused as refused:
        yield refused


def _work(lines: Sequence[str], outline: Outline) -> ParsedWork:
    page = title_page(outline, lines)
    ends = [*(chapter.line for chapter in outline.chapters[1:]), len(lines)]
    parts = [
        _part(page.first + place, chapter.title, lines[chapter.body : end])
        for place, (chapter, end) in enumerate(zip(outline.chapters, ends, strict=False))
    ]
    return work_of(page, parts)


def _part(number: int, title: str, lines: Sequence[str]) -> Part:
    blocks = marked.blocks(lines)
    notes: dict[str, str] = {}
    blocks = _without_notes(blocks, notes)
    return Part(number, values.line(title), clean.html(marked.html(blocks)), notes=notes)


def _without_notes(blocks: list[marked.Block], notes: dict[str, str]) -> list[marked.Block]:
    """The blocks without the notes before and behind the text: a label in bold, then quotations or lists."""
    start = 0
    while label := _label(blocks, start):
        end = _end_of_notes(blocks, start)
        _add(notes, note_kind(label, foot=False), blocks[start + 1 : end])
        start = end
    end = stop = len(blocks)
    while end > start:
        end -= 1
        if label := _label(blocks, end):
            _add(notes, note_kind(label, foot=True), blocks[end + 1 : stop], before=True)
            stop = end
        elif blocks[end].kind not in _NOTES:
            break
    return blocks[start:stop]


_NOTES = {"blockquote", "ul", "ol"}


def _label(blocks: Sequence[marked.Block], at: int) -> str:
    """The label of notes at this place, when notes stand behind it."""
    if at + 1 >= len(blocks) or blocks[at + 1].kind not in _NOTES:
        return ""
    found = _BOLD.fullmatch(blocks[at].markup)
    return found[1] if found and is_note_label(found[1]) else ""


def _end_of_notes(blocks: Sequence[marked.Block], at: int) -> int:
    """Notes are one list, one quotation, or the one and then the other; a quotation behind them is text."""
    end = at + 1
    if blocks[end].kind != "blockquote":
        end += 1
    if end < len(blocks) and blocks[end].kind == "blockquote":
        end += 1
    return end


def _add(notes: dict[str, str], kind: str, blocks: Sequence[marked.Block], *, before: bool = False) -> None:
    text = clean.html("\n".join(block.inside for block in blocks))
    both = (text, notes.get(kind, "")) if before else (notes.get(kind, ""), text)
    notes[kind] = "\n".join(filter(None, both))


FORMAT = Format(name="fanficfare-text", version=1, recognises=_recognises, read=_read)
