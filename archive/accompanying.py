"""Accompanying: what other files state about a work, prepared as statements of their own under its identity."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from archive import originals
from archive.finding import Companion
from archive.formats import Source
from archive.formats.beside import BESIDE
from archive.parsed import ParsedWork, Refused
from archive.preparing import File, Prepared, prepare
from archive.vocabulary import fold


def accompanied(
    works: Iterator[Prepared | Refused], beside: Iterable[Companion], house: Path | None
) -> Iterator[Prepared | Refused]:
    """The same works; if there is only one, with what lies beside its file. Of several, none could be meant."""
    first, second = next(works, None), next(works, None)
    if isinstance(first, Prepared) and second is None:
        yield replace(first, beside=tuple(_beside(first, beside, house)))
        return
    for work in (first, second):
        if work is not None:
            yield work
    yield from works


def _beside(work: Prepared, beside: Iterable[Companion], house: Path | None) -> Iterator[Prepared]:
    """Each companion that states something, its bytes set aside as those of every original are."""
    for each in beside:
        kind = BESIDE[each.format]
        stated = kind.read(each.data)
        if stated is None:
            continue
        aside = originals.set_aside(Source.from_bytes(each.path, each.data), house) if house else ""
        digest = hashlib.sha256(each.data).hexdigest()
        file = File(each.path, digest, len(each.data), kind.name, kind.version, aside)
        yield prepare(_subordinate(stated, work.statement.work), file, identity=work.identity)


def _subordinate(stated: ParsedWork, work: ParsedWork) -> ParsedWork:
    """What a companion may say: not which work it is, nor that a name is a freeform which is of another kind."""
    kinds = (each for one in (work, stated) for each in (one.fandoms, one.relationships, one.characters))
    others = {fold(name) for names in kinds for name in names} | {fold(name) for name in (*work.authors, work.title)}
    return replace(
        stated,
        source="",
        source_id="",
        source_url="" if work.source or work.source_url else stated.source_url,
        freeforms=tuple(name for name in stated.freeforms if fold(name) not in others),
        chapters=(),
        partial=False,
        id=None,
    )
