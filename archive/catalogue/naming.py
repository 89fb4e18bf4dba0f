"""Names: what is called how on a reader's shelves, and what may be named to them."""

from collections.abc import Collection

from archive import duplicates, elsewhere, index, names
from archive.access import Reader, nameable
from archive.blurbs import fetch
from archive.shelves import named_by
from archive.shown import Directory, Suggested
from archive.visible import sight, standings


@index.soundly
def directory(
    reader: Reader, kind: str, *, letter: str = "", typed: str = "", by_count: bool = False, page: int = 1
) -> Directory:
    """The names of a kind from A to Z, or most used first, of those that a listed work stands under."""
    return names.directory(sight(reader), kind, names.Asked(letter, typed, by_count, page))


@index.soundly
def suggest(reader: Reader, kind: str | None, typed: str) -> tuple[Suggested, ...]:
    """Names of a kind (None: of any) that go on as typed, most used first; only such as a listed work carries."""
    return names.suggested(sight(reader), kind, typed)


@index.soundly
def named(reader: Reader, field: str, words: str) -> str | None:
    """The slug behind a name of something on this reader's shelves; None when there is none."""
    return named_by(sight(reader).unruled, field, words)


def titles(reader: Reader, works: Collection[int]) -> dict[int, str]:
    """What works are called, those of them that may be named to this reader."""
    seen = sight(reader)
    return {pk: blurb.title for pk, (standing, blurb) in fetch(works).items() if nameable(seen, standing)}


def copy(reader: Reader, source: str, source_id: str) -> int:
    """Our copy of the work that has this home elsewhere; 0 when none may be named to this reader.

    To ask so is to search: adult works are not found before a reader agrees; what only their own rules set aside is.
    Whatever is there, as much is looked up.
    """
    seen, number = sight(reader), elsewhere.at(source, source_id)
    meant = number, duplicates.joined_to(number) or 0
    found = {one.work for one in standings(seen, meant) if nameable(seen, one)}
    return next((one for one in meant if one in found), 0)
