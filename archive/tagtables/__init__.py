"""Tag tables: lists of all tags of an archive, with what is canonical and what is merged, as a source of synonyms.

A table may have many million rows. It is read once, into a scratch file on the disk; then the tags that this library
knows are looked up in it, so that only they, and the canonicals they lead to, ever need rows of their own. Tags that
come later find their synonyms when the table is imported again, which changes nothing else and costs the same: that is
cheaper than keeping a few hundred megabytes of names that no work here carries.
"""

from archive.tagtables.applying import Report, import_table
from archive.tagtables.rows import NoTagTable

__all__ = ["NoTagTable", "Report", "import_table"]
