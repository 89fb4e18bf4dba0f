"""What a reader may see of a part: the rule of `archive.access` on raw tags and raw columns, as sets of works.

It equals `archive.visible`; a code of a rating that nobody knows counts as the strictest.
"""

from collections.abc import Hashable

from pyroaring import BitMap

from archive.access import Kind, Sight
from archive.index.columns import ANYBODY, MEMBERS
from archive.index.part import Part
from archive.vocabulary import ArchiveWarning, Rating


def shelf(sight: Sight) -> tuple[Hashable, ...]:
    """All that decides which works stand on a reader's shelves."""
    reader = sight.reader
    own = (sight.avoided, sight.avoided_authors, reader.avoided_works, reader.avoided_warnings) if sight.avoids else ()
    gate = (reader.ask_warnings, sight.asked) if reader.unattended else None
    return (reader.welcome, reader.kind is Kind.STRANGER, reader.ceiling, reader.adult, gate, sight.blocked, *own)


def listed(part: Part, sight: Sight) -> BitMap:
    """The works that stand on this reader's shelves. It is shared: nobody may change it."""
    return part.kept(shelf(sight), lambda: _listed(part, sight))


def opened(part: Part, sight: Sight) -> BitMap:
    """Those of them that ask for nothing, whatever the reader has agreed to: of these the text may be searched."""
    key = (*shelf(sight), sight.reader.ask_warnings, sight.asked)
    return part.kept(key, lambda: _opened(part, sight))


def _listed(part: Part, sight: Sight) -> BitMap:
    reader = sight.reader
    if sight.avoids:
        return listed(part, sight.unruled) - avoided(part, sight)
    if not reader.welcome:
        return BitMap()
    found = part.closed["shown"].bearing([ANYBODY] if reader.kind is Kind.STRANGER else [ANYBODY, MEMBERS])
    highest = reader.ceiling.level if reader.adult else min(reader.ceiling.level, Rating.TEEN)
    if highest < Rating.EXPLICIT:
        found = found & part.closed["rating"].bearing(range(Rating.GENERAL, highest + 1))
    found = found - part.raw.bearing(sorted(sight.blocked))
    return found - _asking(part, sight) if reader.unattended else found


def avoided(part: Part, sight: Sight) -> BitMap:
    """The works that a reader's own rules set aside, listed or not."""
    if not sight.avoids:
        return BitMap()
    warned = part.closed["warning"].bearing([bit.value for bit in sight.reader.avoided_warnings])
    tagged, written = part.raw.bearing(sorted(sight.avoided)), part.authors.bearing(sorted(sight.avoided_authors))
    return warned | tagged | written | part.places(BitMap(sight.reader.avoided_works))


def _opened(part: Part, sight: Sight) -> BitMap:
    return listed(part, sight) - _asking(part, sight)


def _asking(part: Part, sight: Sight) -> BitMap:
    """The works that stand behind the warning gate, listed or not."""
    asked = [bit.value for bit in ArchiveWarning if bit & sight.reader.ask_warnings]
    return part.closed["warning"].bearing(asked) | part.raw.bearing(sorted(sight.asked))
