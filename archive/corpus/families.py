"""Which tags of a synthetic library stand under which: families of two or three levels, as wranglers make them."""

from collections.abc import Iterator

from archive.corpus import shape
from archive.corpus.draws import seeded
from archive.corpus.names import character, fandom, freeform
from archive.vocabulary import TagKind

Pair = tuple[TagKind, str, str]
"""Kind, name, and the name of the metatag that it stands under."""

_TOPS, _MIDDLES, _LOWS = 20, 200, 2_000
_FANDOMS, _CHARACTERS = 1_000, 12
_FAMILIES, _HOUSES = 100, 12


def families() -> Iterator[Pair]:
    """Every pair: names that a small library does not use may be among them."""
    yield from _freeforms()
    yield from _fandoms()
    yield from _characters()


def _freeforms() -> Iterator[Pair]:
    """Tropes under commoner tropes; a few stand under two."""
    for rank in range(_TOPS, _LOWS):
        rng = seeded(f"above freeform {rank}")
        above = range(_TOPS) if rank < _MIDDLES else range(_TOPS, _MIDDLES)
        if rng.random() < shape.METATAGGED:
            for metatag in rng.sample(above, 2 if rng.random() < 0.1 else 1):
                yield TagKind.FREEFORM, freeform(rank), freeform(metatag)


def _fandoms() -> Iterator[Pair]:
    """Fandoms under all their media, and those under what they are related to; no work names either."""
    for rank in range(_FANDOMS):
        rng = seeded(f"above fandom {rank}")
        if rng.random() < shape.METATAGGED:
            yield TagKind.FANDOM, fandom(rank), _all_media(rng.randrange(_FAMILIES))
    for family in range(_FAMILIES):
        house = seeded(f"house {family % _HOUSES}").randrange(10_000)
        yield TagKind.FANDOM, _all_media(family), f"{fandom(f'house {house}')} & Related Fandoms"


def _all_media(family: int) -> str:
    return f"{fandom(f'family {family}')} - All Media Types"


def _characters() -> Iterator[Pair]:
    """Characters of the commonest fandoms under their families."""
    for rank in range(_FANDOMS // 5):
        for place in range(_CHARACTERS):
            name = character(fandom(rank), place)
            if seeded(f"above character {rank} {place}").random() < shape.METATAGGED:
                yield TagKind.CHARACTER, name, f"{name.rpartition(' ')[2]} Family"
