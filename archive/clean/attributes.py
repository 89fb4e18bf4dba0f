"""Attributes of blocks and inline elements as the canonical form has them."""

import re
from collections.abc import Collection, Mapping

from archive.clean.looks import ALIGNMENTS

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_ALIGNED = {"p", "div", "h3", "h4", "h5", "h6", "td", "th"}
_DIRECTIONS = {"ltr", "rtl", "auto"}


def attributes(name: str, given: Mapping[str, str], looks: Collection[str] = ()) -> str:
    """The attributes of an element as they are written, each with a space before it."""
    written = ""
    if name in _ALIGNED and (side := next((look for look in looks if look in ALIGNMENTS), "")):
        written += f' class="align-{side}"'
    for language in (given.get("lang", ""), given.get("xml:lang", "")):
        if _LANGUAGE.fullmatch(language):
            written += f' lang="{language}"'
            break
    if (direction := given.get("dir", "").lower()) in _DIRECTIONS:
        written += f' dir="{direction}"'
    for number in ("start", "colspan", "rowspan"):
        if _NUMBER.fullmatch(given.get(number, "")):
            written += f' {number}="{given[number]}"'
    return written
