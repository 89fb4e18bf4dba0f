"""The past of a work: its files and its older texts, as far as a reader may see them. Called by the door.

What a reader may not see is not only left out but not counted either: a version, a file, a fact that nothing but such
a file states.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from archive.access import Hidden, Sight, Standing, Verdict, admit, guarded, nameable, verdict
from archive.models import Version
from archive.past import strictness
from archive.past.sources import Source, Sources, sources
from archive.shown import Blurb, VersionLine
from archive.statements import StatedChapter
from archive.vocabulary import ArchiveWarning

_NONE = ArchiveWarning.NONE_APPLY
EMPTY = Sources((), {}, {}, "")


@dataclass(frozen=True, slots=True)
class Kept:
    """An older text that is kept, with the files that hold it, the best first."""

    pk: int
    number: int
    files: tuple[Source, ...]
    chapters: tuple[StatedChapter, ...]


@dataclass(frozen=True)
class Past:
    """What one reader may know of the past of one work that is open to them."""

    seen: Sight
    standing: Standing
    blurb: Blurb
    sources: Sources
    rules: strictness.Rules

    @classmethod
    def of(cls, seen: Sight, standing: Standing, blurb: Blurb) -> "Past":
        """Look it up."""
        known = sources([blurb.id]).get(blurb.id, EMPTY)
        return cls(seen, standing, blurb, known, strictness.rules([known]))

    def standing_of(self, file: Source) -> Standing:
        """How a text stands that came from this file."""
        return strictness.standing(self.seen, self.standing, self.sources, file.statement, self.rules)

    def strictest(self, sha256: str) -> tuple[Standing, Source]:
        """How the text of an original stands, with the file that says so; of several the strictest.

        Raises Hidden when no file is known that could tell.
        """
        found = [(self.standing_of(one), one) for one in self.sources.files if sha256 in _digests(one)]
        if not found:
            raise Hidden
        return max(found, key=lambda one: _STRICT[verdict(self.seen, one[0])])

    def opened(self, number: int) -> tuple[Kept, bool]:
        """An older text that is open to this reader, and whether it is guarded. Raises Hidden or Gated."""
        kept = self.version(number)
        standing, file = self.strictest(kept.files[0].statement.sha256)
        admit(self.seen, standing, file.sha256)
        return kept, guarded(self.seen, standing) or guarded(self.seen, self.standing)

    def before(self, sha256: str) -> tuple[Standing, Blurb]:
        """What stands before a file and its text, and the blurb with the rating and warnings that it states, where they
        are stricter than the work's. Raises Hidden."""
        standing, file = self.strictest(sha256)
        if verdict(self.seen, standing) is Verdict.HIDDEN:
            raise Hidden
        said, blurb = file.statement.work, self.blurb
        if standing.rating != blurb.rating:
            blurb = replace(blurb, rating=standing.rating, rating_stated=", ".join(said.ratings))
        both = tuple(dict.fromkeys((*blurb.warnings_stated, *said.warnings)))
        warns = standing.warnings if standing.warnings == blurb.warnings else standing.warnings & ~_NONE
        return standing, replace(blurb, warnings=warns, warnings_stated=both)

    def illustrated(self, picture: str) -> Standing:
        """How a picture stands: of several files that bring it, as the mildest does. Raises Hidden or Gated."""
        bring = [one for one in self.sources.files if any(each.sha256 == picture for each in one.statement.pictures)]
        found = [(self.standing_of(one), one.sha256) for one in bring]
        if not found:
            raise Hidden
        standing, file = min(found, key=lambda one: _STRICT[verdict(self.seen, one[0])])
        admit(self.seen, standing, file)
        return standing

    @cached_property
    def files(self) -> tuple[Source, ...]:
        """The files that may be named to this reader, the best first."""
        return tuple(one for one in self.sources.files if nameable(self.seen, self.standing_of(one)))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """What the pages call each file: 1 for the first that was imported."""
        ordered = sorted(self.files, key=lambda one: (one.imported_at, one.sha256))
        return {one.sha256: number for number, one in enumerate(ordered, 1)}

    @cached_property
    def versions(self) -> tuple[Kept, ...]:
        """The older texts that may be named to this reader, the best first; not those that stand there now."""
        return tuple(one for one in self._kept if nameable(self.seen, self._standing(one)))

    @cached_property
    def _kept(self) -> tuple[Kept, ...]:
        rows = Version.everything.filter(work=self.blurb.id).values_list("pk", "number", "sha256")
        place = {one.sha256: number for number, one in enumerate(self.sources.files)}
        found = []
        for pk, number, sha256 in rows:
            files = tuple(one for one in self.sources.files if sha256 == one.statement.sha256)
            if files and (chapters := files[0].statement.chapters) != self.present:
                found.append(Kept(pk, number, files, chapters))
        return tuple(sorted(found, key=lambda one: (place[one.files[0].sha256], -one.number)))

    @property
    def present(self) -> tuple[StatedChapter, ...]:
        """The chapters as they stand now, as their file states them."""
        return self.sources.stated.chapters if self.sources.files else ()

    def version(self, number: int) -> Kept:
        """One older text, which may still ask. Raises Hidden when there is none for this reader."""
        for one in self._kept:
            if one.number == number and verdict(self.seen, self._standing(one)) is not Verdict.HIDDEN:
                return one
        raise Hidden

    def line(self, version: Kept | None, changes: str = "", before: int = 0) -> VersionLine:
        """A version as a line of the list; None stands for the present one."""
        chapters = version.chapters if version else self.present
        files = [one for one in self.files if _texts(one.statement.chapters) == _texts(chapters)]
        stated = files[0].statement.work if files else None
        return VersionLine(
            number=version.number if version else 0,
            chapters=len(chapters),
            words=sum(one.words for one in chapters),
            imported=min((one.imported_at for one in files), default=None),
            dated=(stated.updated or stated.published) if stated else None,
            partial=bool(stated and stated.partial),
            files=tuple(sorted(self.numbers[one.sha256] for one in files)),
            changes=changes,
            before=before,
        )

    def _standing(self, version: Kept) -> Standing:
        return self.strictest(version.files[0].statement.sha256)[0]


_STRICT = {Verdict.OPEN: 0, Verdict.ASK: 1, Verdict.HIDDEN: 2}


def _texts(chapters: Iterable[StatedChapter]) -> list[str]:
    return [one.digest for one in chapters]


def _digests(file: Source) -> Iterable[str]:
    """What the text of a file is known by: its own digest, and that of the original which our export passes on."""
    return (file.sha256, file.statement.sha256)
