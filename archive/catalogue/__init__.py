"""The door: every work that leaves the library leaves here, and everybody who asks says who they are.

Its rooms are not entered from outside: what is to be had of them is named here.
"""

from archive.catalogue.naming import copy, directory, named, suggest, titles
from archive.catalogue.past import changes, history, original, version
from archive.catalogue.shelves import addresses, author, browse, feed, series, tag
from archive.catalogue.site import choose, house, limits, policy
from archive.catalogue.works import chapter, gate, like, picture, whole, work
from archive.workref import WorkRef

__all__ = [
    "WorkRef",
    "addresses",
    "author",
    "browse",
    "changes",
    "chapter",
    "choose",
    "copy",
    "directory",
    "feed",
    "gate",
    "history",
    "house",
    "like",
    "limits",
    "named",
    "original",
    "picture",
    "policy",
    "series",
    "suggest",
    "tag",
    "titles",
    "version",
    "whole",
    "work",
]
