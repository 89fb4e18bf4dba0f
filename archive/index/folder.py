"""A snapshot's folder: a flat file with all arrays, and a header that says where they are and whether it is whole.

It is one file because whoever has it open holds one descriptor, not one for each array.
"""

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from archive.index.arrays import SIZES, Array, Sizes

FORMAT = 4
"""What these files mean. A snapshot of another format is made anew."""
_HEADER, ARRAYS = "header.json", "arrays"
_ALIGNED = 64
"""Every array begins at a multiple of so many bytes."""


class Damaged(Exception):
    """A snapshot is not what its header says, or has none. It is made anew."""


@dataclass(frozen=True, slots=True)
class About:
    """What a part knows of itself beside its arrays."""

    number: int = 0
    token: str = ""
    """The newest entry of the change log when it was read."""
    sizes: Sizes = SIZES
    words: Mapping[str, list[str]] | None = None
    """The vocabularies of coded columns."""


def write(folder: Path, arrays: Iterable[tuple[str, Array]], about: About) -> None:
    """Write a snapshot under another name, and give it its own when all of it is on the disk.

    The arrays come with their names, and may be made one after the other while it writes.
    """
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    unfinished.mkdir(parents=True)
    listed: dict[str, list[Any]] = {}
    end = _write(unfinished / ARRAYS, _pieces(arrays, listed))
    header = {"format": FORMAT, "about": asdict(about), "size": end, "arrays": listed}
    _write(unfinished / _HEADER, [json.dumps(header).encode()])
    _settle(unfinished)
    unfinished.rename(folder)
    _settle(folder.parent)


def _pieces(arrays: Iterable[tuple[str, Array]], listed: dict[str, list[Any]]) -> Iterator[Any]:
    """The bytes of all arrays, each after what aligns it; listed is type, shape, where it begins, and its checksum."""
    at = 0
    for name, array in arrays:
        data = np.ascontiguousarray(array)
        raw = _bytes(data)
        space = -at % _ALIGNED
        listed[name] = [data.dtype.str, list(data.shape), at + space, zlib.crc32(raw)]
        at += space + raw.nbytes
        yield bytes(space)
        yield raw


def _bytes(array: Array) -> memoryview:
    return memoryview(array.reshape(-1).view(np.uint8))  # type: ignore[arg-type]


def _write(path: Path, pieces: Iterable[Any]) -> int:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(folder: Path) -> tuple[dict[str, Array], About]:
    """Map a snapshot, read-only; raises Damaged when it is not whole, OSError when it cannot be read at all."""
    header = _header(folder)
    try:
        about = header["about"]
        sizes = Sizes(**about.pop("sizes"))
        mapped = _mapped(folder / ARRAYS, header["size"])
        arrays = {name: _array(mapped, *row[:3]) for name, row in header["arrays"].items()}
        return arrays, About(**about, sizes=sizes)
    except (KeyError, TypeError, ValueError, AttributeError, FileNotFoundError, NotADirectoryError) as error:
        raise Damaged(f"{folder}: {error}") from error


def _header(folder: Path) -> dict[str, Any]:
    try:
        header = json.loads((folder / _HEADER).read_text())
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Damaged(f"{folder}: {error}") from error
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise Damaged(f"{folder}: another format")
    return header


def _mapped(path: Path, size: int) -> Array:
    if path.stat().st_size != size:
        raise ValueError(f"{path.name} has another size")
    return np.asarray(np.memmap(path, np.uint8, "r", shape=(size,)))


def _array(mapped: Array, dtype: str, shape: list[int], start: int) -> Array:
    kind = np.dtype(dtype)
    return mapped[start : start + int(np.prod(shape)) * kind.itemsize].view(kind).reshape(shape)


def damage(folder: Path) -> list[str]:
    """The names of all arrays whose bytes are not those that were written. Reads everything."""
    arrays, _ = read(folder)
    sums = {name: row[3] for name, row in _header(folder)["arrays"].items()}
    return [name for name, array in arrays.items() if zlib.crc32(_bytes(array)) != sums[name]]
