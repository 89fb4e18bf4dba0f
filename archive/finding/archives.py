"""Archives: zips, tars and packed files, known by what they hold, each as a list of entries that can be read."""

from collections.abc import Sequence
from typing import BinaryIO, Protocol

from archive.finding import tars, zips
from archive.finding.entries import Entry
from archive.finding.limits import Allowance
from archive.finding.unpacking import Single, Unpacked, kind_of
from archive.formats.bundle import MAGIC
from archive.formats.source import HEAD


class Archive(Protocol):
    """An archive that is open. `damage` says why no more entries than these could be found, if so."""

    @property
    def what(self) -> str:
        """What it is called in a sentence."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its files, in its order."""

    @property
    def damage(self) -> str:
        """Why its list of files ends here, if it should not."""

    def head(self, entry: Entry) -> bytes:
        """The first bytes of an entry. Raises Refused."""

    def read(self, entry: Entry) -> bytes:
        """An entry as a whole, in its turn. Raises Refused."""

    def aside(self, entry: Entry) -> bytes:
        """A small entry as a whole, out of its turn. Raises Refused."""


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so may be an archive."""
    return head.startswith(MAGIC) or bool(kind_of(head)) or tars.is_tar(head)


def archive_of(stream: BinaryIO, head: bytes, name: str, allowance: Allowance) -> Archive | None:
    """The archive in a stream that begins with `head`; None for any other file, and for a zip that is one thing.

    Raises Refused for an archive that cannot be read at all.
    """
    if head.startswith(MAGIC):
        return zips.opened(stream, head, allowance)
    if kind := kind_of(head):
        unpacked = Unpacked(stream, kind)
        if tars.is_tar(unpacked.begin(HEAD)):
            return tars.Tar(unpacked, allowance, packed=True)
        return Single(unpacked, name, allowance)
    return tars.Tar(stream, allowance) if tars.is_tar(head) else None
