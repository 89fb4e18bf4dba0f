"""Invented prose: paragraphs of seeded words for chapters that somebody will only ever measure."""

from collections.abc import Iterator
from random import Random

from archive.corpus.names import sentence


def paragraphs(rng: Random, words: int) -> Iterator[str]:
    """So many words, in paragraphs of a few sentences, some of which speak."""
    while words > 0:
        lengths = [rng.randint(4, 22) for _ in range(rng.randint(1, 6))]
        text = " ".join(sentence(rng, length) for length in lengths)
        yield f"“{text}”" if rng.random() < 0.3 else text
        words -= sum(lengths)
