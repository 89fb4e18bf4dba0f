"""Bounds: how long one file may take to be read, and how much memory it may need."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

PATIENCE = 60.0
"""Seconds after which a process that has given no sign is taken to hang on its file."""
PACE = 2.0
"""Seconds that each sign adds to what a file may take as a whole: one of many works may take long, if it gets on."""
MEMORY = 512 * 1024 * 1024
"""Bytes that one file may need beyond what its reader needs for itself."""

_SIZES = "/proc/self/statm"
_DATA = 5
"""Which of the sizes in it counts the memory that a process has asked for."""


class Patience:
    """The time that one file has left. Only waiting for it counts, not what is done with what it brought."""

    def __init__(self) -> None:
        self._whole = PATIENCE

    @property
    def left(self) -> float:
        """Seconds until the next sign has to come."""
        return max(0.0, min(PATIENCE, self._whole))

    def sign(self, waited: float) -> None:
        """A sign has come, after so many seconds."""
        self._whole += PACE - waited


@contextmanager
def memory_bounded() -> Iterator[None]:
    """Within, asking for more than `MEMORY` is a MemoryError. Only for processes of the crew, which have one thread.

    Where the system does not tell how large a process is, there is no such bound.
    """
    try:
        size = int(os.pread(_sizes(), 256, 0).split()[_DATA]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = size + MEMORY if hard == resource.RLIM_INFINITY else min(size + MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@cache
def _sizes() -> int:
    """The sizes of this process, opened once: they are looked at before every file."""
    return os.open(_SIZES, os.O_RDONLY | os.O_CLOEXEC)
