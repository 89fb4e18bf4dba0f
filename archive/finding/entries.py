"""Entries: what an archive says of each file in it, and the reasons for those that are not read."""

from typing import NamedTuple, Protocol


class Stream(Protocol):
    """Bytes that can be gone through, forwards quickly and backwards at least somehow."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""

    def seek(self, place: int, /) -> int:
        """Go to a place, counted from the beginning."""

    def tell(self) -> int:
        """Where it stands."""


class Entry(NamedTuple):
    """One file in an archive. `place` is where the archive finds it again; `unfit` says why it is not to be read."""

    name: str
    size: int
    place: int
    unfit: str = ""


LINK = "a link to another file; links are not followed"
DEVICE = "not an ordinary file"
SPARSE = "a file with holes; such files are not read"
ENCRYPTED = "encrypted"
DAMAGED = "damaged in the archive"
LYING = "larger than the archive says"
