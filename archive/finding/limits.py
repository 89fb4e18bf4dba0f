"""Limits: how much an archive may hold, so that one made to do harm is stopped in time."""

import lzma
import struct
import zipfile
import zlib

from archive.parsed import Refused

ENTRIES = 200_000
"""The most entries of one file that was given, with all archives in it."""
ENTRY_SIZE = 64 * 1024 * 1024
"""The largest entry, unpacked."""
TOTAL = 64 * 1024**3
"""The most that all entries may be together, unpacked. They are never held together."""
RATIO = 200
"""How many times larger than packed an entry may be, once it is larger than `SMALL`."""
SMALL = 1024 * 1024
DEPTH = 3
"""How many archives may lie in each other."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, ValueError, ArithmeticError, LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""All that the standard library raises over an archive that is not sound."""


class Allowance:
    """What is left to one file that was given, for everything that is packed in it, however deep."""

    def __init__(self) -> None:
        self._entries, self._bytes = ENTRIES, TOTAL

    def take(self, size: int) -> None:
        """One more entry of so many bytes. Refused when it is one too many."""
        self._entries -= 1
        self._bytes -= size
        if self._entries < 0:
            raise Refused(too_many())
        if self._bytes < 0:
            raise Refused(f"it holds more than {TOTAL:,} bytes")


def too_many() -> str:
    """The reason for an archive with too many entries."""
    return f"it has more than {ENTRIES:,} entries: unpack it, and import the folder"


def too_large(size: int) -> str:
    """The reason for an entry that is too large; empty for one that is not."""
    return f"too large: {size:,} bytes, and at most {ENTRY_SIZE:,} are read" if size > ENTRY_SIZE else ""


def too_tight(size: int, packed: int) -> str:
    """The reason for an entry that is packed as no text can be; empty for one that is not."""
    return "packed far too tightly to be a text" if size > SMALL and size > RATIO * packed else ""
