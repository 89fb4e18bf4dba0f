"""Measure how fast letters are found among invented names: `python -m tests.bench.names 2000000` prints the figures."""

import sys
from random import Random
from time import perf_counter

import numpy as np

from archive.corpus import names as corpus
from archive.index.matching import EXACT, STARTS, WITHIN
from archive.index.names import Names
from archive.index.naming import Named, laid_out
from tests.bench.figures import Spread

MOST = 10
QUESTIONS = 2_000


def invented(number: int, rng: Random) -> list[str]:
    """So many different names of one to five words, in order."""
    words = [corpus.word(place) for place in range(10_000)]
    found: set[str] = set()
    while len(found) < number:
        name = " ".join(rng.choice(words) for _ in range(rng.randint(1, 4)))
        found.add(f"{name}/{rng.choice(words)}" if rng.random() < 0.3 else name)
    return sorted(found)


def typed(keys: list[str], rng: Random) -> str:
    """What somebody may have typed so far: the beginning of a name, of one of its words, or letters inside one."""
    key, way = rng.choice(keys), rng.random()
    if way < 0.5:
        return key[: rng.randint(1, 12)].strip()
    word = rng.choice(key.split())
    first = rng.randint(0, max(0, len(word) - 3)) if way > 0.8 else 0
    return word[first : first + rng.randint(1, 6)]


def best(names: Names, letters: str) -> int:
    """Look for the best ten, as a suggestion does."""
    found = 0
    for how in (EXACT, STARTS, WITHIN):
        for places in names.met(letters, how):
            found += len(places)
            if found >= MOST:
                return found
    return found


def measure(number: int) -> tuple[float, int, Spread]:
    """Seconds to lay the names out, their bytes, and the spread of finding in ms."""
    rng = Random(5)
    keys = invented(number, rng)
    ids = np.arange(1, number + 1)
    uses = np.maximum(1, 1e6 * np.random.default_rng(1).permutation(ids) ** -0.9).astype(np.int64)
    begun = perf_counter()
    arrays = laid_out("freeform", Named(ids, ids, uses, keys))
    built = perf_counter() - begun
    names, times = Names(arrays, "freeform"), []
    for _ in range(QUESTIONS):
        letters = typed(keys, rng)
        begun = perf_counter()
        best(names, letters)
        times.append(perf_counter() - begun)
    return built, sum(array.nbytes for array in arrays.values()), Spread.of(times)


if __name__ == "__main__":
    seconds, size, spread = measure(int(sys.argv[1]))
    sys.stdout.write(f"laid out in {seconds:.1f} s, {size / 1e6:.0f} MB; found in {spread} (ms)\n")
