"""A work from its title page and the parts of its file, the same for every format of FanFicFare."""

from collections.abc import Sequence

from archive.formats.fanficfare.parts import Part, settled
from archive.formats.fanficfare.titlepage import TitlePage, fields_of
from archive.parsed import ParsedPicture, ParsedWork


def work_of(page: TitlePage, parts: Sequence[Part], pictures: tuple[ParsedPicture, ...] = ()) -> ParsedWork:
    """The work, with the pictures in it; `Refused` when no chapter of it has text."""
    fields = fields_of(page)
    found = settled(parts, fields["title"])
    fields["partial"] = fields["partial"] or found.partial
    fields["notes"] = fields["notes"] or found.notes
    return ParsedWork(**fields, end_notes=found.end_notes, chapters=found.chapters, pictures=pictures)
