"""Reading foreign files: `recognise` finds the format, and its `read` yields the works. Pure functions, no database.

source = Source.open(path)
if reason := belongs(source.path, source.head):
    ...  # ignored: it goes with a collection, and is no work
elif found := recognise(source):
    for work in found.read(source):
        ...  # a ParsedWork, or the Refused in its place
else:
    raise unread(source)
"""

from archive.formats import carrel_export, html_page, web_archive
from archive.formats.ao3 import epub as ao3_epub
from archive.formats.ao3 import html as ao3_html
from archive.formats.ao3 import page as ao3_page
from archive.formats.books import any_epub, fichub, fimfiction, titlepage_notes, webtoepub
from archive.formats.companions import belongs
from archive.formats.fanficfare import book as fanficfare_book
from archive.formats.fanficfare import page as fanficfare_page
from archive.formats.fanficfare import text as fanficfare_text
from archive.formats.format import Format
from archive.formats.source import Source
from archive.formats.tables import ao3scraper, json_lines
from archive.formats.texts import chinese_text, markdown, page_text, plain_text, tags_behind, text_export
from archive.formats.unread import unread

__all__ = ["FORMATS", "Format", "Source", "belongs", "recognise", "unread"]

FORMATS: tuple[Format, ...] = (
    carrel_export.FORMAT,
    fanficfare_book.FORMAT,
    fichub.BOOK,
    webtoepub.FORMAT,
    titlepage_notes.FORMAT,
    fimfiction.FORMAT,
    ao3_epub.FORMAT,
    any_epub.FORMAT,
    ao3_html.FORMAT,
    ao3_page.FORMAT,
    web_archive.FORMAT,
    fanficfare_page.FORMAT,
    fichub.PAGE,
    fanficfare_text.FORMAT,
    ao3scraper.FORMAT,
    json_lines.FORMAT,
    page_text.FORMAT,
    tags_behind.FORMAT,
    chinese_text.FORMAT,
    text_export.FORMAT,
    html_page.FORMAT,
    markdown.FORMAT,
    plain_text.FORMAT,
)
"""The most particular first."""


def recognise(source: Source) -> Format | None:
    """The format of a file, judged by its content alone; None when it is none that is read (see `unread`)."""
    return next((known for known in FORMATS if known.recognises(source)), None)
