"""The works of one part that a question finds: either/or groups on sets of works, smallest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from archive.access import Sight
from archive.browse import CATEGORIES, COMPLETE, DAYS, RANGES, RATINGS, TAGS, WARNINGS, WORDS, Group, Literal, Term
from archive.index import seeing, sets
from archive.index.arrays import NOTHING
from archive.index.columns import COMPLETE as COMPLETE_CODES
from archive.index.columns import NO, YES
from archive.index.meaning import Meanings, ends
from archive.index.part import Part

SPANS = frozenset({*RANGES, *DAYS})
_COLUMN = {"updated": "stated"}
"""The columns of spans, where they are not called like the field."""
NOT_STATED = "not-stated"
_SPARSE = 32
_FAMILY = 8
"""Tags from which on their union is kept."""


@dataclass(frozen=True)
class View:
    """A part as one reader sees it: the works listed for them, and what they have agreed to open, by id."""

    part: Part
    listed: BitMap
    asks_nothing: Callable[[], BitMap]
    agreed: BitMap

    @cached_property
    def opened(self) -> BitMap:
        """The works open to the reader, of those that are listed."""
        return self.listed & (self.asks_nothing() | self.part.places(self.agreed))


def matching(view: View, groups: Sequence[Group], known: Meanings) -> BitMap:
    """The works listed for a reader that meet every group."""
    sets_of = {one.term: _bearing(view, one.term, known) for group in groups for one in group if _is_set(one)}
    found = view.listed
    for group in sorted(groups, key=lambda group: _size(group, sets_of, len(view.part))):
        met = [_meeting(view.part, found, one, sets_of) for one in group]
        found = met[0] if len(met) == 1 else BitMap.union(*met)
    return found


def _is_set(literal: Literal) -> bool:
    return literal.term.field not in SPANS


def _size(group: Iterable[Literal], sets_of: dict[Term, BitMap], size: int) -> int:
    """At most how many works meet a group; more than all where that must be computed from a column."""
    sizes = (len(sets_of[one.term]) if one.wanted else size for one in group if _is_set(one))
    return sum(sizes) + sum(size + 1 for one in group if not _is_set(one))


def _meeting(part: Part, found: BitMap, literal: Literal, sets_of: dict[Term, BitMap]) -> BitMap:
    term = literal.term
    met = found & sets_of[term] if _is_set(literal) else _within(part, found, term)
    return met if literal.wanted else found - met


def _within(part: Part, found: BitMap, term: Term) -> BitMap:
    """Those works whose column lies in a span: compared one by one where they are few, else in the whole column."""
    column = part.column(_COLUMN.get(term.field, term.field))
    low, high = ends(term)
    least = NOTHING + 1 if low is None else low
    if len(found) * _SPARSE < len(part):
        places = sets.places(found)
        values = column[places]
        return sets.of(places[(values >= least) if high is None else (values >= least) & (values <= high)], len(part))
    mask = column >= least
    if high is not None:
        mask &= column <= high
    return found & sets.of_mask(mask)


def _bearing(view: View, term: Term, known: Meanings) -> BitMap:
    """The works of a term, whoever asks; for words, those that this reader finds."""
    part, field = view.part, term.field
    if field in WORDS:
        found = known.found[term]
        listed = part.places(found.blurb) & view.listed
        return listed | (part.places(found.text) & view.opened) if found.text else listed
    if field in TAGS or field == "tag":
        tags = known.ids[term]
        return part.tags.bearing(tags) if len(tags) < _FAMILY else part.kept(tags, lambda: part.tags.bearing(tags))
    if field == "primary":
        return part.primary.bearing(known.ids[term])
    if field == "author":
        return part.authors.bearing(known.ids[term])
    if field == "series":
        return part.series.bearing([int(term.value)])
    return part.closed[field].bearing(_codes(part, term))


def _codes(part: Part, term: Term) -> list[int]:
    """What stands in a closed column for a value of the address."""
    field, value = term.field, term.value
    if field in _CODES:
        return [_CODES[field][value]]
    word = "" if value == NOT_STATED else value
    words = (part.about.words or {})[field]
    return [words.index(word)] if word in words else []


_CODES: dict[str, dict[str, int]] = {
    "rating": {word: rating.value for word, rating in RATINGS.items()},
    "warning": {word: bit.value for word, bit in WARNINGS.items()},
    "category": {word: bit.value for word, bit in CATEGORIES.items()},
    "complete": {word: COMPLETE_CODES.index(value) for word, value in COMPLETE.items()},
    "crossover": {"yes": YES, "no": NO},
    "oneshot": {"yes": 1, "no": 0},
    "series-part": {"yes": 1, "no": 0},
}


def view(part: Part, sight: Sight, hidden: BitMap, agreed: BitMap) -> View:
    """A part as a reader sees it, without the works at hidden places."""
    listed = seeing.listed(part, sight) if len(part) else BitMap()
    return View(part, listed - hidden if hidden else listed, lambda: seeing.opened(part, sight), agreed)
