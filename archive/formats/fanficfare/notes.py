"""The notes around a chapter's text, in markup: `div.fff_head_notes` and `div.fff_foot_notes` with labels in bold."""

from collections.abc import Callable, Iterator

from lxml import etree

from archive import clean
from archive.formats.fanficfare.parts import is_note_label, note_kind
from archive.formats.markup import Element, drop, has_class, inner, words

CLASS = "fff_chapter_notes"


def take_notes(root: Element, cleaned: Callable[[str], str] = clean.html) -> dict[str, str]:
    """Take the notes out of a chapter; what they are (see `Part`), each as HTML that was `cleaned`.

    Each label in bold is followed by a list, a quotation, or both. What stands without a label is notes as well.
    """
    notes: dict[str, str] = {}
    for division, foot in list(_divisions(root)):
        for label, pieces in _labelled(division):
            if text := cleaned("\n".join(pieces)):
                kind = note_kind(label, foot=foot)
                notes[kind] = "\n".join(filter(None, (notes.get(kind, ""), text)))
        drop(division)
    return notes


def _divisions(root: Element) -> Iterator[tuple[Element, bool]]:
    """Each division of notes, and whether it stands behind the text.

    Converted copies have lost the classes: there it opens with one of FanFicFare's labels.
    """
    for division in root.iter("div"):
        if has_class(division, CLASS):
            yield division, has_class(division, "fff_foot_notes")
        elif _opens_with_label(division):
            yield division, division.getprevious() is not None


def _opens_with_label(division: Element) -> bool:
    if len(division) < 2 or division[0].tag != "b" or (division.text or "").strip():
        return False
    return is_note_label(words(division[0])) and division[1].tag in {"ul", "blockquote"}


def _labelled(division: Element) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = [("", [division.text or ""])]
    for child in division:
        if child.tag == "b" and words(child).endswith(":"):
            found.append((words(child), [child.tail or ""]))
        elif child.tag == "blockquote":
            found[-1][1].extend((inner(child), child.tail or ""))
        else:
            found[-1][1].append(etree.tostring(child, encoding="unicode", method="html"))
    return found
