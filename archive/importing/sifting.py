"""Sifting: files that are known already are told at once; only the others are read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.finding import Found
from archive.formats import FORMATS
from archive.formats.beside import BESIDE
from archive.importing.outcomes import Outcome, Told
from archive.importing.storing import REMOVED
from archive.models import SourceFile
from archive.parsed import Refused

WINDOW = 100
"""Files that are looked up at once."""
WEIGHT = 16 * 1024 * 1024
"""Bytes of entries that may wait for it."""

_VERSIONS = {known.name: known.version for known in FORMATS} | {each.name: each.version for each in BESIDE.values()}


@dataclass(frozen=True, slots=True)
class Sifted:
    """One file: what is told of it, or (when nothing is) the file itself, to be read."""

    found: Found
    told: tuple[Told, ...] = ()


def sift(files: Iterable[Found], rules: "Rules") -> Iterator[Sifted]:
    """Each file in its order, with what is known of it. Nothing is written, and nothing known is read again."""
    window: list[tuple[Found, str]] = []
    weight = 0
    for found in files:
        window.append(_weighed(found))
        weight += len(found.data or b"")
        if len(window) >= WINDOW or weight >= WEIGHT:
            yield from _looked_up(window, rules)
            window, weight = [], 0
    yield from _looked_up(window, rules)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run implies of its works: by field, and whether folders name fandoms."""

    fields: Mapping[str, Any]
    fandom_from_folder: bool = False

    def of(self, found: Found) -> dict[str, Any]:
        """The rules for the works of one file."""
        if self.fandom_from_folder and found.folder:
            return {**self.fields, "fandoms": [found.folder]}
        return dict(self.fields)


def _weighed(found: Found) -> tuple[Found, str]:
    """A file with its digest, and without what was read for it; a file that cannot be read says why."""
    if found.source is None:
        return found, ""
    try:
        return replace(found, source=None), found.source.sha256
    except Refused as refused:
        return replace(found, source=None, data=None, reason=str(refused)), ""


def _looked_up(window: list[tuple[Found, str]], rules: Rules) -> Iterator[Sifted]:
    beside = {each.sha256 for found, _ in window for each in found.beside}
    known = _known({digest for _, digest in window if digest} | beside)
    for found, digest in window:
        if found.reason:
            outcome = Outcome.IGNORED if found.ignored else Outcome.REFUSED
            yield Sifted(found, (Told(found.path, outcome, reason=found.reason),))
        else:
            works, ruled = known.get(digest, []), rules.of(found)
            same = all(_implied(work, ruled) for work in works) and _all_beside(found, works, known)
            yield Sifted(found, tuple(work.told(found.path) for work in works) if same else ())


@dataclass(frozen=True, slots=True)
class _Known:
    """One work that a known file states."""

    work: int
    title: str
    source: str
    source_id: str
    binned: bool
    ruled: Mapping[str, Any]
    format: str

    def told(self, path: str) -> Told:
        """What is told of it when its file comes again."""
        return Told(
            path,
            Outcome.REFUSED if self.binned else Outcome.UNCHANGED,
            format=self.format,
            work=None if self.binned else self.work,
            source=self.source,
            source_id=self.source_id,
            title=self.title,
            reason=REMOVED if self.binned else "",
        )


def _implied(work: _Known, ruled: Mapping[str, Any]) -> bool:
    """Whether the rules of this run hold for the work already."""
    return all(name in work.ruled and work.ruled[name] == value for name, value in ruled.items())


def _all_beside(found: Found, works: list[_Known], known: Mapping[str, list[_Known]]) -> bool:
    """Whether what lies beside a file is known of its work. Of a file of many works none of them is meant."""
    if len(works) != 1 or works[0].binned:
        return True
    return all(any(of.work == works[0].work for of in known.get(each.sha256, ())) for each in found.beside)


def _known(digests: set[str]) -> dict[str, list[_Known]]:
    """The works of files that were read to their end by the readers of today, by digest of the file."""
    if not digests:
        return {}
    known: dict[str, list[_Known]] = {}
    stale: set[str] = set()
    rows = SourceFile.everything.filter(sha256__in=digests).order_by("pk").values_list(
        "sha256", "format", "format_version", "work_id", "work__title", "work__source", "work__source_id",
        "work__binned_at", "work__ruled",
    )  # fmt: skip
    for digest, name, version, work, title, source, source_id, binned_at, ruled in rows:
        if _VERSIONS.get(name) != version:
            stale.add(digest)
        known.setdefault(digest, []).append(_Known(work, title, source, source_id, binned_at is not None, ruled, name))
    return {digest: works for digest, works in known.items() if digest not in stale}
