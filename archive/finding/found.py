"""What is found: one file, with what lies beside it and states more about the work in it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archive.formats import Source


@dataclass(frozen=True, slots=True)
class Companion:
    """What another file beside a work's file states about the same work.

    `path` is what people read in reports, and stays the same when its content changes. `format` is one of
    `archive.formats.beside`.
    """

    path: str
    format: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest of its bytes in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """One file. Without a `source` it cannot be taken: `reason` says why, and `ignored` whether that is well."""

    path: str
    folder: str = ""
    """The name of the folder it lies in, below the path that was given."""
    source: Source | None = None
    on_disk: Path | None = None
    data: bytes | None = None
    """What is in it, for an entry of an archive."""
    reason: str = ""
    ignored: bool = False
    beside: tuple[Companion, ...] = ()
    more: int = 0
    """How many more files than were counted have turned up with it: those beside it in its archive."""
