"""A snapshot's folder: one flat file an array, and a header that says what they are and whether they are whole."""

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from archive.index.arrays import SIZES, Array, Sizes

FORMAT = 2
"""What these files mean. A snapshot of another format is made anew."""
_HEADER = "header.json"


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


def write(folder: Path, arrays: Mapping[str, Array], about: About) -> None:
    """Write a snapshot under another name, and give it its own when all of it is on the disk."""
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    unfinished.mkdir(parents=True)
    listed = {}
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        listed[name] = [data.dtype.str, list(data.shape), zlib.crc32(_bytes(data))]
        _write(unfinished / name, _bytes(data))
    header = {"format": FORMAT, "about": asdict(about), "arrays": listed}
    _write(unfinished / _HEADER, memoryview(json.dumps(header).encode()))
    _settle(unfinished)
    unfinished.rename(folder)
    _settle(folder.parent)


def _bytes(array: Array) -> memoryview:
    return memoryview(array.reshape(-1).view(np.uint8))  # type: ignore[arg-type]


def _write(path: Path, data: memoryview) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(folder: Path) -> tuple[dict[str, Array], About]:
    """Map every file of a snapshot, read-only; raises Damaged when one is missing or has another size."""
    header = _header(folder)
    try:
        about = header["about"]
        sizes = Sizes(**about.pop("sizes"))
        arrays = {name: _mapped(folder / name, *row[:2]) for name, row in header["arrays"].items()}
        return arrays, About(**about, sizes=sizes)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise Damaged(f"{folder}: {error}") from error


def _header(folder: Path) -> dict[str, Any]:
    try:
        header = json.loads((folder / _HEADER).read_text())
    except (OSError, ValueError) as error:
        raise Damaged(f"{folder}: {error}") from error
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise Damaged(f"{folder}: another format")
    return header


def _mapped(path: Path, dtype: str, shape: list[int]) -> Array:
    kind = np.dtype(dtype)
    if path.stat().st_size != int(np.prod(shape)) * kind.itemsize:
        raise ValueError(f"{path.name} has another size")
    if not np.prod(shape):
        return np.empty(shape, kind)
    return np.asarray(np.memmap(path, kind, "r", shape=tuple(shape)))


def damage(folder: Path) -> list[str]:
    """The names of all arrays whose bytes are not those that were written. Reads everything."""
    arrays, _ = read(folder)
    sums = {name: row[2] for name, row in _header(folder)["arrays"].items()}
    return [name for name, array in arrays.items() if zlib.crc32(_bytes(array)) != sums[name]]
