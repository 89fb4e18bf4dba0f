"""Invented words and names, the same ones for the same number: people, fandoms, freeforms, titles, prose."""

from functools import lru_cache
from random import Random

_OPENINGS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w".split()
_VOWELS = "a a e e i o o u ai ea oa ou".split()
_CLOSINGS = "l m n r s t th nd rk st ll".split()
_GIVEN = (
    "Ada Tom Ines Jo Felix Dolly Hester Ambrose Oriel Pim Bastien Élise Salma Noor Wren Silas Maud Ivo Thea Anselm "
    "Juno Casper Petra Rafe Isolde Barnaby Linnet Otto Sabine Hugo Marsh Tamsin Ezra Coral Bram Odile"
).split()
_SURNAMES = (
    "Brook Hale Marlow Tarrant Amory Vane Quill Lunt Vance Kermadec Roche Fold Ashdown Pell Sorrel Finch Carrow "
    "Thistle Hallow Ferris Winter Locke Penrose Ryder Calloway Strand Merrow Oakes Selwyn Dray"
).split()
_PLACES = (
    "Lighthouse Harbour Playhouse Atlas Clockmaker Orchard Station Observatory Island Winter Library River Palace "
    "Garden Railway Citadel Voyage Carnival Bakery Telegraph"
).split()
_FORMS = ("{} Cycle", "{} Lights (TV)", "The {} Murders", "Tales of the {}", "{} (Video Game)", "The Last {}", "{} Road")
_TROPES = (
    "Slow Burn|Fluff|Angst|Found Family|Hurt/Comfort|Alternate Universe - Lighthouse|Pining|Getting Together|Humour|"
    "Happy Ending|Only One Bed|Canon Divergence|Established Relationship|Tea|Letters|Storms|Post-Canon|Friendship|"
    "Enemies to Lovers|Case Fic|Missing Scene|Mutual Pining|Sharing a Blanket|Epistolary|Fix-It|Bad Coffee|Banter|"
    "Character Study|Time Travel|Road Trip|Winter|Rain|5 Things|Introspection|Domestic|Ghosts|Magic|First Meetings"
).split("|")
_PLAIN = (
    "the a and of to in was he she it that her his they had with as for on at but not said from by one were there "
    "light sea house door window night morning letter stair hand voice rain harbour lamp table road winter garden "
    "clock paper water stone name story quiet old small long grey warm bright slow kept waited turned found looked "
    "asked walked opened carried remembered"
).split()


def word(number: int) -> str:
    """One invented word."""
    rng = Random(number)
    syllables = 1 + (number % 3)
    return "".join(rng.choice(_OPENINGS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CLOSINGS)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """The words of the prose: the common ones often, invented ones rarely."""
    return (*_PLAIN * 12, *(word(number) for number in range(2000)))


@lru_cache(maxsize=20_000)
def fandom(rank: int | str) -> str:
    """The fandom of this popularity; a string names one that is used once."""
    rng = Random(f"fandom {rank}")
    form = rng.choice(_FORMS)
    place = rng.choice(_PLACES) if rng.random() < 0.5 else word(rng.randrange(10_000)).capitalize()
    return f"{form.format(place)} - {word(rng.randrange(10_000)).capitalize()} {rng.choice(_SURNAMES)}"


@lru_cache(maxsize=100_000)
def character(fandom_name: str, rank: int | str) -> str:
    """A character of a fandom, by popularity there."""
    rng = Random(f"character {fandom_name} {rank}")
    surname = rng.choice(_SURNAMES) if rng.random() < 0.6 else word(rng.randrange(10_000)).capitalize()
    return f"{rng.choice(_GIVEN)} {surname}"


@lru_cache(maxsize=100_000)
def relationship(fandom_name: str, rank: int | str) -> str:
    """A relationship between two characters of a fandom; most are romantic (`/`), the others are not (` & `)."""
    rng = Random(f"relationship {fandom_name} {rank}")
    first = rng.randrange(6)
    second = first + 1 + rng.randrange(8)
    joint = "/" if rng.random() < 0.75 else " & "
    return f"{character(fandom_name, first)}{joint}{character(fandom_name, second)}"


@lru_cache(maxsize=100_000)
def freeform(rank: int | str) -> str:
    """A freeform of this popularity; the first are the tropes that everybody uses."""
    if isinstance(rank, int) and rank < len(_TROPES):
        return _TROPES[rank]
    rng = Random(f"freeform {rank}")
    words = [rng.choice(_PLAIN) if rng.random() < 0.6 else word(rng.randrange(10_000)) for _ in range(rng.randint(2, 5))]
    return " ".join(words).title() if rng.random() < 0.7 else " ".join(words)


@lru_cache(maxsize=50_000)
def author(rank: int | str) -> str:
    """An author's name, as such names are: small letters, underscores, a figure or two."""
    rng = Random(f"author {rank}")
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
