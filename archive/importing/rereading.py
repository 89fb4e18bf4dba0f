"""Rereading: the originals that are kept, read again with the readers of today, so that every work gains by them."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from archive import changes, clean, originals
from archive.crew import read_all
from archive.finding import Companion, Found
from archive.formats import FORMATS, Source
from archive.formats.beside import BESIDE
from archive.importing.journey import under_way
from archive.importing.loading import Known, Loader
from archive.importing.outcomes import Outcome, Told
from archive.importing.runs import Run
from archive.importing.unused import drop_unused
from archive.models import Chapter, ImportRun, SourceFile, Tombstone, Version, Work
from archive.parsed import ParsedWork
from archive.preparing import Prepared
from archive.statements import load
from archive.vocabulary import fold

AT_ONCE = 200
"""Originals that are looked up together."""
IN_MEMORY = 16 * 1024 * 1024
"""A larger original is unpacked into a file of its own while it is read."""


def readers() -> dict[str, int]:
    """The readers of today by name, and the cleaner, each with its version."""
    return _versions() | {"cleaner": clean.VERSION}


def _versions() -> dict[str, int]:
    return {one.name: one.version for one in FORMATS} | {one.name: one.version for one in BESIDE.values()}


def better_readable() -> int:
    """How many works were read by older readers or cleaned by an older cleaner, and not tried again since."""
    last = ImportRun.everything.filter(way=ImportRun.Way.REREAD, state=ImportRun.State.FINISHED).first()
    if last and not last.options.get("format") and last.options.get("readers") == readers():
        return 0
    read = SourceFile.everything.filter(_older()).values("work_id")
    cleaned = Chapter.everything.filter(text__cleaner__lt=clean.VERSION).values("work_id")
    if not (read.exists() or cleaned.exists()):  # an index tells that; to count takes a look at every work
        return 0
    return Work.everything.filter(Q(pk__in=read) | Q(pk__in=cleaned), binned_at=None).count()


def _older() -> Q:
    """Files that older readers have read. A 0 is no reader: that file had a part nobody can read, or was replaced."""
    older = Q(pk__in=[])
    for name, version in _versions().items():
        older |= Q(format=name, format_version__gt=0, format_version__lt=version)
    return older


def reread(
    only: str = "",
    *,
    jobs: int | None = None,
    dry_run: bool = False,
    watch: Callable[[Run], None] | None = None,
    row: ImportRun | None = None,
) -> Run:
    """Read all originals again, or those of one format, and let every work say what is read in them now.

    Identities, keepers' words and what rules imply stay; an original that cannot be read any more leaves its work as
    it is. No version is made: an author has changed nothing. Raises `Stopped`.
    """
    run = Run((), {}, dry=dry_run, watch=watch, row=row)
    with under_way(run), tempfile.TemporaryDirectory(dir=Path(settings.DATA) / "tmp", prefix="reread-") as desk:
        run.row.way = ImportRun.Way.REREAD
        run.row.options = {**run.row.options, "format": only, "readers": readers()}
        if not dry_run:
            run.row.save(update_fields=["way", "options"])
        rows = _wanted(only).filter(work__binned_at=None)
        run.row.total = rows.values("sha256").distinct().count()
        loader = Loader(run, keep_ids=False)
        size = (os.cpu_count() or 1) if jobs is None else jobs
        house = None if dry_run else originals.folder()  # for pictures that were not seen before
        for read in read_all(_originals(only, run, loader, Path(desk)), house, size):
            loader.take(read)
        loader.flush()
        if not dry_run:
            _drop_needless(run.row.started_at)
            drop_unused()
        run.row.done = run.row.total
    return run


def _originals(only: str, run: Run, loader: Loader, desk: Path) -> Iterator[tuple[int, Found]]:
    """Each original once, in the order in which the works came in; one that is gone is told at once."""
    for number, (sha256, path) in enumerate(_listed(only)):
        known = Original(sha256, dry=run.dry)
        if not known.left:
            run.row.done += 1
            continue
        try:
            found = _unpacked(sha256, path, desk / str(number))
        except (OSError, EOFError) as error:
            run.row.done += 1
            gone = "its original is gone" if isinstance(error, FileNotFoundError) else "its original is damaged"
            run.tell([Told(path, Outcome.REFUSED, title=known.title, reason=gone)])
            continue
        loader.expect(number, path, {}, known)
        yield number, replace(found, beside=tuple(_companions(sha256)))


def _wanted(only: str) -> QuerySet[SourceFile]:
    """The files that are read again, or those of one format. What lies beside one is read together with it."""
    rows = SourceFile.everything.exclude(format__in=list(BESIDE))
    return rows.filter(format=only) if only else rows


def _companions(sha256: str) -> Iterator[Companion]:
    """What other files have stated beside this one."""
    rows = SourceFile.everything.filter(work__source_files__sha256=sha256, format__in=list(BESIDE)).order_by("pk")
    for path, name, digest in rows.values_list("path", "format", "sha256").distinct():
        with suppress(OSError, EOFError):
            yield Companion(path, name, originals.read(digest))


def _listed(only: str) -> Iterator[tuple[str, str]]:
    """Digests with the paths that their files came under, in the order of their first rows."""
    last, told = 0, set[bytes]()
    while True:
        rows = _wanted(only).filter(pk__gt=last).order_by("pk")
        some = list(rows.values_list("pk", "sha256", "path")[:AT_ONCE])
        if not some:
            return
        last = some[-1][0]
        for _, sha256, path in some:
            if (digest := bytes.fromhex(sha256)) not in told:
                told.add(digest)
                yield sha256, path


def _unpacked(sha256: str, path: str, aside: Path) -> Found:
    if originals.size(sha256) > IN_MEMORY:
        originals.unpack(sha256, aside)
        return Found(path, on_disk=aside, source=Source.open(aside))
    data = originals.read(sha256)
    return Found(path, source=Source.from_bytes(path, data), data=data)


class Original(Known):
    """The works that an original is known for, each recognised in what is read now, though it may look otherwise.

    A work of the same identity is the same; then one of the same title and authors, when only one comes into
    question; at last, when one is left on each side, these two. Whatever is found beyond is a work that nobody saw.
    """

    anew = True

    def __init__(self, sha256: str, *, dry: bool) -> None:
        rows = Work.everything.filter(source_files__sha256=sha256).order_by("pk")
        self.left = {row.identity: row for row in rows.only("identity", "title", "binned_at", "attention")}
        self._binned = {identity for identity, row in self.left.items() if row.binned_at}
        self._stated: dict[tuple[str, ...], list[str]] = defaultdict(list)
        files = SourceFile.everything.filter(sha256=sha256).order_by("pk")
        for identity, stated in files.values_list("work__identity", "stated"):
            self._stated[_named(stated.get("title", ""), stated.get("authors", ()))].append(identity)
        self._waiting: list[Prepared] = []
        self._dry = dry

    @property
    def title(self) -> str:
        """Of the work, when it is only one."""
        return next(iter(self.left.values())).title if len(self.left) == 1 else ""

    def named(self, work: Prepared) -> list[Prepared]:
        """The work, when it is clear which one it is."""
        if work.identity in self.left:
            return self._taken(work, work.identity)
        namesakes = self._stated.get(_of(work.statement.work), [])
        if len(namesakes) == 1 and namesakes[0] in self.left:
            return self._taken(work, namesakes[0])
        self._waiting.append(work)
        return []

    def rest(self) -> list[Prepared]:
        """Those of which it was not clear."""
        if len(self._waiting) == len(self.left) == 1:
            return self._taken(self._waiting.pop(), next(iter(self.left)))
        return self._waiting

    def _taken(self, work: Prepared, identity: str) -> list[Prepared]:
        row = self.left.pop(identity)
        if identity in self._binned:
            return []
        if identity == work.identity:
            return [work]
        if self._dry:
            return [replace(work, identity=identity)]
        _rename(row, work)
        return [work]


def _rename(row: Work, work: Prepared) -> None:
    """Let a work be known by what is read now. If another one is, a keeper has to look at the two."""
    with changes.recorded():
        row = Work.everything.select_for_update().get(pk=row.pk)
        taken = Work.everything.filter(identity=work.identity).exclude(pk=row.pk).first()
        if taken is None and not Tombstone.everything.filter(identity=work.identity).exists():
            row.identity = work.identity
        else:
            other = f"work {taken.pk}, which is here as well" if taken else "a work that was removed"
            row.attention = f"Its file is now read as {other}: perhaps they are one"
        row.save(update_fields=["identity", "attention"])


def _drop_needless(since: datetime) -> None:
    """Drop the versions that were made because one of two copies of the same text was read sooner than the other."""
    for version in Version.everything.filter(replaced_at__gte=since).iterator():
        files = SourceFile.everything.filter(work=version.work_id).values_list("stated", flat=True)
        stated = next((one for one in map(load, files) if one.sha256 == version.sha256), None)
        shown = Chapter.everything.filter(work=version.work_id).order_by("number")
        now = list(shown.values_list("text__digest", "title", "summary", "notes", "end_notes"))
        if (
            stated
            and [(one.digest, one.title, one.summary, one.notes, one.end_notes) for one in stated.chapters] == now
        ):
            version.delete()


def _of(work: ParsedWork) -> tuple[str, ...]:
    return _named(work.title, work.authors)


def _named(title: str, authors: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return fold(title), *sorted(map(fold, authors))
