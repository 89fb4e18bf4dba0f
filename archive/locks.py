"""Locks between processes: files in the data folder, let go by the kernel however their holder ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


class Taken(Exception):
    """Another process holds the lock."""


@contextmanager
def held(name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of that name until the block ends; raise `Taken` instead of waiting when `wait` is false."""
    with (Path(settings.DATA) / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Taken(name) from error
        yield
