"""Finding works by their words: in what a shelf tells of them, and in their text.

What a shelf tells of a work (title, authors, tags, summary) may be known of every work that is listed. The text may be
known of a work only when it is open to the reader: not while a gate stands before it. So whatever is found is told in
two parts, and whoever asks joins them by `Found.within`.
"""

from archive.search.finding import Found, found
from archive.search.following import Progress, progress, unread
from archive.search.ranking import ranked
from archive.search.snippets import snippets

__all__ = ["Found", "Progress", "found", "progress", "ranked", "snippets", "unread"]
