"""Archives to import, made in a few lines."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

Entries = Mapping[str, str | bytes]

EPUB = {"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>", "content.opf": "<package/>"}
"""As much of a book as a container is told apart by."""


def zipped(entries: Entries, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these entries."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packing) as bundle:
        for name, content in entries.items():
            bundle.writestr(name, content)
    return data.getvalue()


def tarred(entries: Entries, mode: str = "w", style: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar with these entries, packed as `mode` says (`w:gz`, `w:bz2`, `w:xz`)."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode, format=style) as bundle:  # type: ignore[call-overload]
        for name, content in entries.items():
            member = tarfile.TarInfo(name)
            content = content.encode() if isinstance(content, str) else content  # noqa: PLW2901
            member.size = len(content)
            bundle.addfile(member, io.BytesIO(content))
    return data.getvalue()


def gzipped(data: bytes) -> bytes:
    """One packed file."""
    return gzip.compress(data, mtime=0)


def put(path: Path, data: bytes) -> Path:
    """These bytes as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
