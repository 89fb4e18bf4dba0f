"""What a page that stands alone brings along: pictures written into it, styles, and links to its own address.

Tools that save whole pages write pictures as `data:` addresses (RFC 2397), and browsers write links within a page
with the page's whole address.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import unquote_to_bytes

from archive import clean
from archive.formats.markup import Element
from archive.formats.pictures import picture_of
from archive.parsed import ParsedPicture

_DATA = re.compile(r"\s*data:[^,]{0,200}?(;base64)?,", re.IGNORECASE)
_NOTHING = "data:,"


def cleaner(root: Element, addresses: Iterable[str]) -> tuple[Callable[[str], str], tuple[ParsedPicture, ...]]:
    """What cleans markup of this page, and the pictures that it may show. `addresses` are those of the page itself.

    In the tree each picture then has a short address, and what is no picture has none.
    """
    pictures: dict[str, ParsedPicture] = {}
    for element in root.iter("img"):
        if found := _DATA.match(element.get("src", "")):
            picture = picture_of(_bytes(element.get("src", "")[found.end() :], encoded=bool(found[1])))
            element.set("src", picture.sha256 if picture else _NOTHING)
            if picture:
                pictures[picture.sha256] = picture
    classes: dict[str, str] = {}
    for element in root.iter("style"):
        classes |= clean.styles(element.text or "")
    own = {address.partition("#")[0]: 0 for address in addresses if address}
    cleaned = partial(clean.html, pictures=pictures, classes=classes, places=own)
    return cleaned, tuple(pictures.values())


def _bytes(written: str, *, encoded: bool) -> bytes:
    """The bytes of a `data:` address; none when they are not written as they should be."""
    data = unquote_to_bytes(written)
    try:
        return b64decode(data) if encoded else data
    except ValueError:
        return b""
