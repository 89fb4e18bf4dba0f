"""What an address calls a work: the id inside it, in the shapes that the sites of fan works use."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

_QUERY_ID = re.compile(r"(?:^|&)(?:sid|story_?id|no|bid)=0*(\d{1,20})(?:&|$)", re.IGNORECASE)
"""eFiction and its kin: one page for every work, which the query names."""
_SCRIPT = re.compile(r"[^/]*\.(?:php|aspx?|cgi|html?)", re.IGNORECASE)

_SHAPES = tuple(
    re.compile(shape + r"(?=[/?#.-]|$)", re.IGNORECASE)
    for shape in (
        r"/works/0*(\d{1,20})",
        r"/threads/(?:[^/?#]*\.)?0*(\d{1,12})",
        r"/(?:s|story|fiction|readfic|fic)/(?:view/)?0*(\d{1,12})",
        r"/(?:story-|fic)0*(\d{1,12})",
        r"/(?:s|readfic)/([0-9a-f]{20,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
        r"/stories/user/[^/?#]+/0*(\d{1,12})",
        r"/fanfic/s/[^/?#]+/[^/?#]+/0*(\d{1,12})",
        r"/historia/(?:[^/?#]*-)?0*(\d{1,12})",
    )
)
"""Where the path names a work: OTW archives, forums of XenForo, fanfiction.net and its kin, and so on."""
_OF_SITES = {"scribblehub.com": re.compile(r"/series/0*(\d{1,12})(?=[/?#]|$)")}
"""Shapes that mean something else on other sites."""


def id_in(address: str) -> str:
    """The id of a work in its address: a number where the site has one, else the path; empty for no address.

    Chapters of a work have its id, and so has it with another title in its address. A folder that an archive shares
    a site with others in stays in the id.

    >>> id_in("https://www.fanfiction.net/s/1234/5/A-Title"), id_in("http://two.example/west/viewstory.php?sid=7")
    ('1234', 'west/7')
    >>> id_in("https://forums.spacebattles.com/threads/a-title.55/page-3#post-9"), id_in("https://a.example/b/c/")
    ('55', 'b/c')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if found := _QUERY_ID.search(parts.query):
        return _folder(parts) + found[1]
    place = f"{parts.path}/{parts.query}" if "/" in parts.query else parts.path
    own = _OF_SITES.get((parts.hostname or "").removeprefix("www."))
    for shape in (own, *_SHAPES) if own else _SHAPES:
        if found := shape.search(place):
            return found[1]
    return f"{unquote(parts.path)}?{parts.query}".strip("/?")


def _folder(parts: SplitResult) -> str:
    """The folder of an archive that is not at the root of its site, with a slash behind it."""
    folder, _, page = parts.path.strip("/").rpartition("/")
    if not _SCRIPT.fullmatch(page):
        folder = f"{folder}/{page}" if folder else page
    return f"{folder}/" if folder else ""
