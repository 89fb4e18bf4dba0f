"""Placing a text on a page: its anchors, links and pictures get the names and addresses that they have there."""

import re
from collections.abc import Callable

_NAMED = re.compile(
    r'<span id="(?P<anchor>[^"]*)">'
    r'|<a href="#(?P<here>[^"]*)">'
    r'|<a href="chapter:(?P<chapter>[0-9]+)(?:#(?P<there>[^"]*))?">'
    r'|<img src="picture:(?P<picture>[0-9a-f]+)"'
)

_PLATE = re.compile(r'<p(?: class="(align-[a-z]+)")?>(?=<img [^<>]*></p>)')
"""A paragraph that holds a picture and nothing else."""


def placed(html: str, before: str, *, chapter: Callable[[int, str], str], picture: Callable[[str], str]) -> str:
    """The same text for a page: ids, and links to them, begin with `before`, so that nothing else has such an id.

    `chapter` gives the address of a place in another chapter, by its number and the id there (empty for the chapter
    itself); `picture` that of a picture, by its digest. All addresses are ours, and need no escaping.
    """

    def named(found: re.Match[str]) -> str:
        if found["anchor"] is not None:
            return f'<span id="{before}{found["anchor"]}">'
        if found["here"] is not None:
            return f'<a href="#{before}{found["here"]}">'
        if found["chapter"] is not None:
            return f'<a href="{chapter(int(found["chapter"]), found["there"] or "")}">'
        return f'<img src="{picture(found["picture"])}" loading="lazy"'

    html = _NAMED.sub(named, html)
    return _PLATE.sub(_plate, html) if "<img" in html else html


def _plate(paragraph: re.Match[str]) -> str:
    return f'<p class="plate {paragraph[1]}">' if paragraph[1] else '<p class="plate">'
