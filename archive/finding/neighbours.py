"""Neighbours: which files that lie together speak of the same work, by their names."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

_READ = ("epub", "kepub", "html", "htm", "xhtml", "txt", "md")
"""The endings of works that are read. By an ending nothing is ever read or refused, only a copy left alone."""
_ENDING = re.compile(rf"(?:\.kepub)?\.(?:{'|'.join(_READ)})$")
_SIDE_CAR = ".json"


class Neighbours:
    """The names of files that lie together. Of a folder of a million works little is held until it is asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._given = names
        self._side_cars = {
            folded: name for name in names if name[-1:] in "nN" and (folded := name.casefold()).endswith(_SIDE_CAR)
        }

    @cached_property
    def _names(self) -> set[str]:
        return {name.casefold() for name in self._given}

    @cached_property
    def _stems(self) -> Counter[str]:
        stems = Counter(_stem_of_work(name.casefold()) for name in self._given)
        del stems[""]
        return stems

    @property
    def works(self) -> int:
        """How many of them are works, as far as their endings tell."""
        return self._stems.total()

    def has(self, name: str) -> bool:
        """Whether there is a file of this name, in whatever letters."""
        return name.casefold() in self._names

    def has_work_like(self, name: str) -> bool:
        """Whether the same work lies beside a file, going by its name, in a form that is read.

        >>> Neighbours(["shelf/Unlit.epub"]).has_work_like("shelf/unlit.AZW3")
        True
        """
        folded = name.casefold()
        if own := _stem_of_work(folded):
            return self._stems[own] > 1
        return folded.rpartition(".")[0] in self._stems

    def side_cars_of(self, name: str) -> tuple[str, ...]:
        """The JSON files that may state something about a work: `unlit.epub.json` and `unlit.json`."""
        if not self._side_cars or not (stem := _stem_of_work(name.casefold())):
            return ()
        wanted = dict.fromkeys((name.casefold() + _SIDE_CAR, stem + _SIDE_CAR))
        return tuple(self._side_cars[key] for key in wanted if key in self._side_cars)

    def is_side_car(self, name: str) -> bool:
        """Whether a file is one of those for some work here."""
        stem, _, ending = name.casefold().rpartition(".")
        return f".{ending}" == _SIDE_CAR and (
            stem in self._stems or (stem in self._names and bool(_stem_of_work(stem)))
        )


def _stem_of_work(name: str) -> str:
    """A name without its ending; empty when its ending is not that of a work that is read."""
    found = _ENDING.search(name)
    return name[: found.start()] if found else ""
