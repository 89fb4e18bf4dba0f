"""Pictures in a text: one that the file brings is shown, any other is told of, since nothing is ever fetched.

The canonical form is `<img src="picture:SHA256" alt="..." width="..." height="...">`, and for a picture that is not
here `<span class="picture">alt (address)</span>`.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from archive.parsed import ParsedPicture

_OURS = re.compile(r"picture:([0-9a-f]{64})")
_SHOWN = re.compile(r'<img src="picture:([0-9a-f]{64})"')
_SIDE = re.compile(r"[1-9][0-9]{0,4}")
_SPACE = re.compile(r"[\s\x00-\x20\x7f]+")
_LONGEST_ALT, _LONGEST_ADDRESS = 1000, 500


def picture(given: Mapping[str, str], brought: Mapping[str, ParsedPicture]) -> str:
    """What stands for an `img` with these attributes (values still escaped); empty when there is nothing to tell."""
    source, alt = unescape(given.get("src", "")).strip(), _line(given.get("alt", ""), _LONGEST_ALT)
    width, height = given.get("width", ""), given.get("height", "")
    if found := brought.get(source) or brought.get(unescape(given.get("src", ""))):
        return written(found.sha256, alt, str(found.width), str(found.height))
    ours = _OURS.fullmatch(source)
    if ours and _SIDE.fullmatch(width) and _SIDE.fullmatch(height):
        return written(ours[1], alt, width, height)
    address = "" if source.lower().startswith(("data:", "picture:")) else _line(source, _LONGEST_ADDRESS)
    if {width, height} == {"1"} or not (alt or address):
        return ""
    told = f"{alt} ({address})" if alt and address else alt or address
    return f'<span class="picture">{escape(told, quote=False)}</span>'


def pictures_in(texts: Iterable[str]) -> set[str]:
    """The digests of the pictures that cleaned texts show."""
    return {digest for text in texts if "<img" in text for digest in _SHOWN.findall(text)}


def written(sha256: str, alt: str, width: str, height: str) -> str:
    """The canonical form of a picture that is here."""
    return f'<img src="picture:{sha256}" alt="{escape(alt)}" width="{width}" height="{height}">'


def _line(value: str, longest: int) -> str:
    """An escaped value as one line of text, not too long."""
    return _SPACE.sub(" ", unescape(value)).strip()[:longest].strip()
