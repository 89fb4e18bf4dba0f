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
    last = left[-1] if len(left) else None
    first = right[0] if len(right) else None
    if last is not None and first is not None and _blank(last.tail) and _blank(right.text) and _was_cut(last, first):
        last.tail = first.tail
        right.remove(first)
        sew(last, first)
    if not _blank(right.text):
        _append_text(left, right.text or "")
    left.extend(list(right))


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
    return _blank(element.text) and len(element) > 0 and element[0].tag in _BLOCKS


def _holds_anything(element: Element) -> bool:
    return not _blank(element.text) or len(element) > 0


def _begins_with_break(element: Element) -> bool:
    """Whether a paragraph, or the emphasis it opens with, begins with a line break: nobody writes that."""
    while _blank(element.text) and len(element):
        element = element[0]
        if element.tag == _BREAK:
            return True
    return False


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _blank(text: str | None) -> bool:
    return not (text or "").strip()
