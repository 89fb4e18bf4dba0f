"""Names of files and entries: only ever shown and compared, never used to write anything."""

import os
import re
from pathlib import Path, PurePosixPath

from archive.formats.bundle import plain_name

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 1000


def shown(name: str | Path) -> str:
    """A name fit to be written anywhere: bytes that are no text show as U+FFFD.

    >>> shown("a\\x00b")
    'a\ufffdb'
    """
    return os.fsencode(name).decode("utf-8", "replace").replace("\0", "\ufffd")


def plain(name: str) -> str:
    """The name of an entry as it may be shown, with nothing in it that leads elsewhere.

    >>> plain("C:\\\\works\\\\unlit.txt"), plain("../../etc/passwd"), plain("..")
    ('works/unlit.txt', 'etc/passwd', 'nameless')
    """
    name = _CONTROLS.sub("\ufffd", plain_name(name)).encode("utf-8", "replace").decode("utf-8")
    return name[-_LONGEST:] or "nameless"


def folder_of(name: str) -> str:
    """The name of the folder that an entry lies in; empty at the top."""
    return PurePosixPath(name).parent.name
