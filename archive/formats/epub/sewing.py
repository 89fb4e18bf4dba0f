"""Texts that calibre cut into files of a handy size, sewn together again where it cut through a block.

Calibre cuts before a paragraph, an item, a line break or the like, and repeats everything around it in the next file
(its `oeb/transforms/split.py`). So what is cut ends one file and begins the next with the same element.
"""

from archive.formats.markup import Element

_HOLDERS = {"blockquote", "center", "dd", "div", "dl", "li", "ol", "section", "table", "tbody", "ul"}
"""Elements that hold blocks. A cut goes through all those around it."""
_LISTS = {"ol", "ul", "dl", "table", "tbody"}
_BLOCKS = _HOLDERS | {"dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "tr", "td"}
_BREAK = "br"


def sew(left: Element, right: Element) -> None:
    """Put what is inside of the right element at the end of the left one, and heal what was cut between them."""
    seams = [(left, right)]
    while (halves := _halves(left, right)) is not None:
        left, first = halves
        left.tail, first.tail = first.tail, None
        right.remove(first)
        right = first
        seams.append((left, right))
    for one, other in reversed(seams):
        if not _blank(other.text):
            _append_text(one, other.text or "")
        one.extend(list(other))


def _halves(left: Element, right: Element) -> tuple[Element, Element] | None:
    """The last element of one and the first of the other, if they were one before."""
    last, first = _last(left), next(iter(right), None)
    if last is None or first is None or not _blank(last.tail) or not _blank(right.text):
        return None
    return (last, first) if _was_cut(last, first) else None


def _was_cut(last: Element, first: Element) -> bool:
    """Whether two elements were one before."""
    if last.tag != first.tag or last.get("class") != first.get("class"):
        return False
    if last.get("id") and last.get("id") == first.get("id"):
        return True
    if last.tag in _LISTS:
        return True
    if last.tag in _HOLDERS:
        return _holds_blocks(first) and (_holds_blocks(last) or not _holds_anything(last))
    return _begins_with_break(first)


def _holds_blocks(element: Element) -> bool:
    first = next(iter(element), None)
    return _blank(element.text) and first is not None and first.tag in _BLOCKS


def _holds_anything(element: Element) -> bool:
    return not _blank(element.text) or _last(element) is not None


def _begins_with_break(element: Element) -> bool:
    """Whether a paragraph, or the emphasis it opens with, begins with a line break: nobody writes that."""
    first: Element | None = element
    while first is not None and _blank(first.text):
        first = next(iter(first), None)
        if first is not None and first.tag == _BREAK:
            return True
    return False


def _append_text(element: Element, text: str) -> None:
    last = _last(element)
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _last(element: Element) -> Element | None:
    return next(element.iterchildren(reversed=True), None)


def _blank(text: str | None) -> bool:
    return not (text or "").strip()
