"""Other spellings of a tag's name, and which name a spelling stands for."""

import re
from random import Random

from archive.corpus.names import word

_OTHERS = (
    "{}!",
    "So Much {}",
    "{} - freeform",
    "implied {}",
    "lots of {}",
    "{} (sort of)",
    "Eventual {}",
    "{} I guess",
)
_BEFORE = "|".join(re.escape(form.removesuffix("{}")) for form in _OTHERS if form.endswith("{}"))
_AFTER = "|".join(re.escape(form.removeprefix("{}")) for form in _OTHERS if form.startswith("{}"))
_SPELLING = re.compile(rf"(?:{_BEFORE})(?P<then>.+)|(?P<first>.+?)(?:{_AFTER}| \([^()]*\))")


def another(name: str, rng: Random) -> str:
    """A spelling that several works share; of each name the first few forms are the common ones."""
    return _OTHERS[min(rng.randrange(len(_OTHERS)), rng.randrange(len(_OTHERS)))].format(name)


def own(name: str, rng: Random) -> str:
    """A spelling that nobody else uses."""
    return f"{name} ({word(rng.randrange(100_000))} {word(rng.randrange(100_000))})"


def meant(spelling: str) -> str:
    """The name that a spelling stands for; empty for one that stands for itself.

    >>> meant("Slow Burn!"), meant("implied Slow Burn"), meant("Slow Burn (qui tell)"), meant("Slow Burn")
    ('Slow Burn', 'Slow Burn', 'Slow Burn', '')
    """
    found = _SPELLING.fullmatch(spelling)
    return (found["then"] or found["first"]) if found else ""
