"""Which of the works found answer a search best."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from pyroaring import BitMap

from archive.search.documents import Kind
from archive.search.finding import Words
from archive.search.store import Reading, store
from archive.search.words import in_prose

FEW = 500
"""Works that are weighed one by one."""
COMMON = 100_000
"""A phrase that so many works hold tells nothing of any, and would take long to weigh."""


def ranked(phrases: Sequence[str], works: Collection[int], opened: BitMap) -> list[int]:
    """These works, best first: title before the rest of the blurb before text, ties newest id first.

    `phrases` as `words.phrases` gives them. The text counts only for works in `opened`, those open to the reader: an
    order, too, would tell what stands behind a gate. Up to a few hundred works are weighed one by one, more are only
    sorted by where their words were found.
    """
    with store().reading() as index:
        words = Words(index)
        if len(works) > FEW:
            return _by_place(words, phrases, BitMap(works))
        weights = _weighed(words, index, phrases, BitMap(works), opened)
    return sorted(works, key=lambda work: (-weights[work], -work))


def _by_place(words: Words, phrases: Sequence[str], works: BitMap) -> list[int]:
    """In three rows: with a phrase in the title, with one in the rest of the blurb, and all others."""
    order: list[int] = []
    for places in (words.title, words.own):
        row = works & BitMap().union(*map(places, phrases))
        order += reversed(row)
        works = works - row
    return [*order, *reversed(works)]


def _weighed(
    words: Words, index: Reading, phrases: Sequence[str], works: BitMap, opened: BitMap
) -> defaultdict[int, float]:
    """The weight of each work: for every phrase, how well own words and text hold it beside the best of these works.

    Beside the best of these, and not of all there are: else what this reader may not know of would weigh in.
    """
    weights: defaultdict[int, float] = defaultdict(float)
    for phrase in phrases:
        for kind, weight, there, among in (
            (Kind.OWN, _OWN, words.own(phrase), works),
            (Kind.PROSE, _PROSE, words.prose(phrase), works & opened),
        ):
            if len(there) <= COMMON and (some := there & among):
                scores = index.scores(kind, in_prose(phrase) if kind is Kind.PROSE else phrase, list(some))
                best = max(scores.values(), default=0)
                for work, score in scores.items():
                    weights[work] += weight * score / best if best else 0
    return weights


_OWN, _PROSE = 10, 1
"""A blurb weighs more than a text: it says what a work is about."""
