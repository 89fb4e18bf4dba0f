"""Foreign HTML to the small canonical HTML that is served: nh3 makes it safe, then it is written anew.

The canonical form is a row of blocks: paragraphs, headings, quotations, lists, tables, `<hr>`. Inside a leaf block
stand inline elements only; text never stands outside a block. Cleaning what is clean changes nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import nh3

from archive.clean.canonical import Writer
from archive.clean.guard import shallow
from archive.clean.simple import beginning
from archive.clean.vocabulary import ATTRIBUTES, DROPPED_WITH_CONTENT, SCHEMES, TAGS
from archive.parsed import ParsedPicture

_NONE: Mapping[str, Any] = MappingProxyType({})
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def html(
    markup: str,
    *,
    pictures: Mapping[str, ParsedPicture] = _NONE,
    places: Mapping[str, int] = _NONE,
    classes: Mapping[str, str] = _NONE,
) -> str:
    """Clean foreign markup. The result is safe to serve and in canonical form.

    `pictures` maps each `src`, exactly as it stands in this markup, to a picture that the file brings; a picture that
    is not there is told of in words. `places` maps the address part (before `#`) of links to other chapters, as it
    stands, to the chapter's number, and to 0 where it is the address of this very text. `classes` tells what the
    file's style sheet makes of classes, as `archive.clean.styles` reads it. All values are as a parser gives them.
    Ids are kept where they are names that a link can lead to.

    >>> html('Two<br><br>lines <b onclick="x()">here</b><script>alert(1)</script>')
    '<p>Two</p>\\n<p>lines <b>here</b></p>'
    """
    if not markup or markup.isspace():
        return ""
    writer = Writer(pictures, places, classes)
    simple, rest = beginning(markup)
    if simple:
        writer.take(simple)
    if rest:
        writer.take(_CLEANER.clean(shallow(rest)))
    return writer.written()
