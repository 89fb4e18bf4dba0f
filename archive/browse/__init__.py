"""The question: what somebody asks the shelf for, as clauses, as an address and as typed text.

`archive.wording` says it in plain words. It knows nothing of the database.
"""

from archive.browse import typed
from archive.browse.closed import CATEGORIES, CLOSED, COMPLETE, RATINGS, WARNINGS, YES_NO
from archive.browse.fields import DAYS, FIELDS, RANGES, SINGLE, TAGS, WORDS
from archive.browse.orders import SORTS
from archive.browse.pasted import work_address
from archive.browse.query import MOST_TERMS, PAGE_SIZE, BrowseQuery
from archive.browse.shape import MOST_GROUPS, MOST_LITERALS
from archive.browse.spans import day_range, number_range
from archive.browse.terms import Clause, Group, Literal, Mode, Term

__all__ = [
    "CATEGORIES",
    "CLOSED",
    "COMPLETE",
    "DAYS",
    "FIELDS",
    "MOST_GROUPS",
    "MOST_LITERALS",
    "MOST_TERMS",
    "PAGE_SIZE",
    "RANGES",
    "RATINGS",
    "SINGLE",
    "SORTS",
    "TAGS",
    "WARNINGS",
    "WORDS",
    "YES_NO",
    "BrowseQuery",
    "Clause",
    "Group",
    "Literal",
    "Mode",
    "Term",
    "day_range",
    "number_range",
    "typed",
    "work_address",
]
