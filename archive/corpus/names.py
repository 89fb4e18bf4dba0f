"""Invented words and names, the same ones for the same number: people, fandoms, freeforms, titles, prose."""

from functools import lru_cache
from pathlib import Path
from random import Random

from archive.corpus.draws import seeded

_LISTS = {
    name: tuple(words.split("|"))
    for name, words in (
        line.split(": ", 1) for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
    )
}
_OPENINGS, _VOWELS, _CLOSINGS = _LISTS["openings"], _LISTS["vowels"], _LISTS["closings"]
_GIVEN, _SURNAMES, _PLACES, _FORMS = _LISTS["given"], _LISTS["surnames"], _LISTS["places"], _LISTS["forms"]
_TROPES, _PLAIN = _LISTS["tropes"], _LISTS["plain"]


def word(number: int) -> str:
    """One invented word."""
    rng = seeded(number)
    syllables = 1 + (number % 3)
    return "".join(rng.choice(_OPENINGS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CLOSINGS)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """The words of the prose: the common ones often, invented ones rarely."""
    return (*_PLAIN * 12, *(word(number) for number in range(2000)))


@lru_cache(maxsize=4096)
def fandom(rank: int | str) -> str:
    """The fandom of this popularity; a string names one that is used once."""
    rng = seeded(f"fandom {rank}")
    form = rng.choice(_FORMS)
    place = rng.choice(_PLACES) if rng.random() < 0.5 else word(rng.randrange(10_000)).capitalize()
    return f"{form.format(place)} - {word(rng.randrange(10_000)).capitalize()} {rng.choice(_SURNAMES)}"


@lru_cache(maxsize=4096)
def character(fandom_name: str, rank: int | str) -> str:
    """A character of a fandom, by popularity there."""
    rng = seeded(f"character {fandom_name} {rank}")
    surname = rng.choice(_SURNAMES) if rng.random() < 0.6 else word(rng.randrange(10_000)).capitalize()
    return f"{rng.choice(_GIVEN)} {surname}"


@lru_cache(maxsize=4096)
def relationship(fandom_name: str, rank: int | str) -> str:
    """A relationship between two characters of a fandom; most are romantic (`/`), the others are not (` & `)."""
    rng = seeded(f"relationship {fandom_name} {rank}")
    first = rng.randrange(6)
    second = first + 1 + rng.randrange(8)
    joint = "/" if rng.random() < 0.75 else " & "
    return f"{character(fandom_name, first)}{joint}{character(fandom_name, second)}"


@lru_cache(maxsize=4096)
def freeform(rank: int | str) -> str:
    """A freeform of this popularity; the first are the tropes that everybody uses."""
    if isinstance(rank, int) and rank < len(_TROPES):
        return _TROPES[rank]
    rng = seeded(f"freeform {rank}")
    words = [
        rng.choice(_PLAIN) if rng.random() < 0.6 else word(rng.randrange(10_000)) for _ in range(rng.randint(1, 4))
    ]
    return " ".join(words).title() if rng.random() < 0.7 else " ".join(words)


@lru_cache(maxsize=4096)
def author(rank: int | str) -> str:
    """An author's name, as such names are: small letters, underscores, a figure or two."""
    rng = seeded(f"author {rank}")
    first, second = word(rng.randrange(10_000)), rng.choice([rng.choice(_PLACES).lower(), word(rng.randrange(10_000))])
    return f"{first}{rng.choice(['_', '', ''])}{second}{rng.choice(['', '', str(rng.randrange(100))])}"


def sentence(rng: Random, length: int) -> str:
    """A sentence of so many invented words."""
    words = rng.choices(vocabulary(), k=length)
    return " ".join(words).capitalize() + "."


def title(rng: Random, length: int) -> str:
    """A title of so many words."""
    words = rng.choices(vocabulary(), k=length)
    return " ".join(words).title() if rng.random() < 0.6 else " ".join(words).capitalize()
