"""Discretion: works told to a reader who wants some of what they state kept back until asked for, or pointed out."""

from dataclasses import replace

from archive.access import Reader, Sight, Standing
from archive.past.history import LABELS
from archive.shown import Blurb, FactLine, Gate, Shelf
from archive.vocabulary import ArchiveWarning, TagKind

Found = dict[int, tuple[Standing, Blurb]]
"""Works by id, not yet judged."""
_FACTS = {"hides_warnings": LABELS["warnings"], "hides_freeforms": LABELS["freeforms"]}


def told(seen: Sight, found: Found) -> Found:
    """Works as this reader wants them told."""
    reader = seen.reader
    if not (reader.hides_warnings or reader.hides_freeforms or seen.highlighted):
        return found
    return {pk: (standing, _marked(seen, _blurb_told(reader, blurb))) for pk, (standing, blurb) in found.items()}


def _blurb_told(reader: Reader, blurb: Blurb) -> Blurb:
    """A blurb without what this reader has told only when they ask."""
    if reader.hides_warnings:
        blurb = replace(blurb, warnings=ArchiveWarning(0), warnings_stated=(), keeps_back=True)
    if reader.hides_freeforms:
        tags = dict(blurb.tags)
        tags.pop(TagKind.FREEFORM, None)
        blurb = replace(blurb, tags=tags, keeps_back=blurb.keeps_back or tags != blurb.tags)
    return blurb


def gate_told(reader: Reader, gate: Gate) -> Gate:
    """A gate without them: it still asks, and says that it tells what about when asked."""
    if reader.hides_warnings:
        gate = replace(gate, warnings=ArchiveWarning(0), warnings_stated=(), keeps_back=True)
    if reader.hides_freeforms and gate.asking_tags:
        gate = replace(gate, asking_tags=(), keeps_back=True)
    return replace(gate, keeps_back=gate.keeps_back or bool(gate.blurb and gate.blurb.keeps_back))


def facts_told(reader: Reader, facts: tuple[FactLine, ...]) -> tuple[FactLine, ...]:
    """The facts of a history without them."""
    hidden = {label for name, label in _FACTS.items() if getattr(reader, name)}
    return tuple(fact for fact in facts if fact.label not in hidden)


def shelf_told(reader: Reader, shelf: Shelf) -> Shelf:
    """A shelf without the facets that would tell them of the works on it."""
    hidden = {"warning"} if reader.hides_warnings else set()
    hidden |= {"freeform"} if reader.hides_freeforms else set()
    return replace(shelf, facets=tuple(one for one in shelf.facets if one.field not in hidden)) if hidden else shelf


def _marked(seen: Sight, blurb: Blurb) -> Blurb:
    if not seen.highlighted:
        return blurb
    there = {(kind.value, name.slug) for kind, names in blurb.tags.items() for name in names}
    return replace(blurb, marked=seen.highlighted & there)
