"""Sources: the files that works came from, with what each states, and what rules and keepers say beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from archive.merging import Facts, merge, rank
from archive.models import SourceFile, Work
from archive.overlay import overlaid
from archive.statements import Statement, load


@dataclass(frozen=True, slots=True)
class Source:
    """One file, and what it states about the work. `whole` says whether it was read to its end."""

    sha256: str
    path: str
    size: int
    imported_at: datetime
    whole: bool
    statement: Statement


@dataclass(frozen=True)
class Sources:
    """All files of one work, from the best to the least, as `archive.merging` ranks them."""

    files: tuple[Source, ...]
    ruled: Mapping[str, Any]
    kept: Mapping[str, Any]
    released: str
    """The digest of rating and warnings that a keeper has released."""

    @cached_property
    def stated(self) -> Facts:
        """What the files state together."""
        return merge(one.statement for one in self.files)

    @cached_property
    def shown(self) -> Facts:
        """What the shelf shows: with what rules imply and keepers say."""
        return overlaid(self.stated, self.ruled, self.kept)


def several(work: int) -> bool:
    """Whether a work has more than one file."""
    return SourceFile.everything.filter(work=work)[:2].count() > 1


def sources(works: Collection[int]) -> dict[int, Sources]:
    """The sources of works; of those that have a file at least."""
    files: dict[int, list[Source]] = {}
    rows = SourceFile.everything.filter(work__in=works).values_list(
        "work_id", "sha256", "path", "size", "imported_at", "format_version", "stated"
    )
    for work, sha256, path, size, imported_at, version, stated in rows:
        statement = load(stated)
        whole = version > 0 or statement.superseded  # whoever was replaced is to be read again, and was whole
        files.setdefault(work, []).append(Source(sha256, path, size, imported_at, whole, statement))
    said = Work.everything.filter(pk__in=list(files)).values_list("pk", "ruled", "kept", "released")
    return {pk: Sources(_ranked(files[pk]), ruled, kept, released) for pk, ruled, kept, released in said}


def _ranked(files: list[Source]) -> tuple[Source, ...]:
    order = {id(statement): place for place, statement in enumerate(rank(one.statement for one in files))}
    return tuple(sorted(files, key=lambda one: order[id(one.statement)]))
