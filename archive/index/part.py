"""A part of the index: an immutable set of works with their tags, columns and orders, from a folder or from memory."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


class Part:
    """Some works, laid out for questions. Inside a part a work is its *place* in the ascending order of ids."""

    def __init__(self, arrays: Mapping[str, Array], position: tuple[int, str]) -> None:
        self.arrays = arrays
        self.position = position
        """Number and token of the change log's newest entry when it was read."""

    @classmethod
    def open(cls, folder: Path) -> "Part":
        """A snapshot, mapped into memory and read-only. Raises `folder.Damaged` when a size or the header is wrong."""
        raise NotImplementedError

    @property
    def ids(self) -> Array:
        """The ids of its works, ascending (int64)."""
        return self.arrays["ids"]

    def __len__(self) -> int:
        return len(self.ids)
