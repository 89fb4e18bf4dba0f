"""Foreign HTML to the small canonical HTML that is served: nh3 makes it safe, then it is written anew.

The canonical form is a row of blocks: paragraphs, headings, quotations, lists, tables, `<hr>`. Inside a leaf block
stand inline elements only; text never stands outside a block. Cleaning what is clean changes nothing.
"""

import nh3

from archive.clean.canonical import Writer
from archive.clean.guard import shallow
from archive.clean.vocabulary import ATTRIBUTES, DROPPED_WITH_CONTENT, TAGS


def html(markup: str) -> str:
    """Clean foreign markup. The result is safe to serve and in canonical form.

    >>> html('Two<br><br>lines <b onclick="x()">here</b><script>alert(1)</script>')
    '<p>Two</p>\\n<p>lines <b>here</b></p>'
    """
    if not markup or markup.isspace():
        return ""
    safe = nh3.clean(
        shallow(markup),
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    return Writer().write(safe)
