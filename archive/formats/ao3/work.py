"""A work put together from what an AO3 download or page states: one rule for title, completeness and missing parts."""

from archive.formats.ao3.preface import Preface
from archive.parsed import ParsedChapter, ParsedWork, Refused


def work(preface: Preface, chapters: tuple[ParsedChapter, ...], *, whole: bool = True) -> ParsedWork:
    """The work. Without any text it is `Refused`; without `whole`, or with fewer chapters than stated, it is partial.

    Until 2023 a download stated no chapters for a work of one chapter, which is complete, then.
    """
    fields = dict(preface.fields)
    source_id = fields.get("source_id", "")
    title = fields.pop("title", "") or (f"Work {source_id}" if source_id else "Untitled")
    if not any(chapter.body for chapter in chapters):
        raise Refused("an AO3 file without the text of the work", title)
    posted = fields.get("chapters_posted")
    if posted is None and {"published", "words"} <= fields.keys() and len(chapters) == 1 and whole:
        fields.setdefault("complete", True)
    partial = not whole or (posted is not None and posted > len(chapters))
    return ParsedWork(title=title, **fields, chapters=chapters, extra=preface.extra, partial=partial)
