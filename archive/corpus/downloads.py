"""Downloads of a synthetic library, in the shape that the Archive of Our Own gives its HTML and EPUB files."""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from archive.corpus.prose import paragraphs
from archive.parsed import ParsedWork

_HOME = "https://archiveofourown.org"
_LETTERS = 8.3
"""Bytes that a word of invented prose needs in markup."""
_LABELS = (
    ("Rating", "ratings"),
    ("Archive Warning", "warnings"),
    ("Category", "categories"),
    ("Fandom", "fandoms"),
    ("Relationship", "relationships"),
    ("Character", "characters"),
    ("Additional Tags", "freeforms"),
)
_CONTAINER = (
    '<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_XHTML = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{title}</title>'
    '<link rel="stylesheet" type="text/css" href="stylesheet.css"/></head>\n'
    '<body class="calibre">\n{body}\n</body></html>'
)


def ao3_html(work: ParsedWork, rng: Random, size: int) -> bytes:
    """One work as an HTML download of about `size` bytes."""
    first, opening, chapters, last = _parts(work, rng, size)
    body = "\n".join((f'<div id="preface">{first}\n{opening}</div>', _all(chapters), last))
    head = f'<meta charset="utf-8" /><title>{escape(work.title)} - {escape(", ".join(work.authors))}</title>'
    return f'<!DOCTYPE html><html xml:lang="en" lang="en"><head>{head}</head><body>{body}</body></html>'.encode()


def ao3_epub(work: ParsedWork, rng: Random, size: int) -> bytes:
    """One work as an EPUB download with about `size` bytes of text: a file for each chapter, as calibre splits them."""
    first, opening, chapters, last = _parts(work, rng, size)
    preface = '<div id="preface" class="calibre1">{}</div>'
    chapter = '<div id="chapters" class="userstuff1">{}</div>'
    bodies = [preface.format(first), preface.format(opening), *map(chapter.format, chapters), last]
    names = [f"work_split_{number:03}.xhtml" for number in range(len(bodies))]
    written = BytesIO()
    with ZipFile(written, "w") as book:
        book.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        book.writestr("META-INF/container.xml", _CONTAINER, ZIP_DEFLATED)
        book.writestr("content.opf", _opf(work, names), ZIP_DEFLATED)
        book.writestr("toc.ncx", _ncx(names), ZIP_DEFLATED)
        book.writestr("stylesheet.css", ".calibre { display: block }\n", ZIP_DEFLATED)
        for name, body in zip(names, bodies, strict=True):
            book.writestr(name, _XHTML.format(title=escape(work.title), body=body), ZIP_DEFLATED, 6)
    return written.getvalue()


def _parts(work: ParsedWork, rng: Random, size: int) -> tuple[str, str, list[str], str]:
    """The message and tags, title and summary, the chapters, and the afterword."""
    address = f"{_HOME}/works/{work.source_id}"
    message = (
        f'<p class="message"><b>{escape(work.title)}</b><br /> Posted originally on the <a href="{_HOME}/">Archive of '
        f'Our Own</a> at <a href="{address}">{address}</a>.</p>'
    )
    opening = f'<h1>{escape(work.title)}</h1>\n<div class="byline">by {_bylines(work.authors)}</div>'
    if work.summary:
        opening += f'\n<p>Summary</p><blockquote class="userstuff"><p>{escape(work.summary)}</p></blockquote>'
    first = f'<h2 class="toc-heading">Preface</h2>\n{message}\n<dl class="tags">{"".join(_tags(work))}</dl>'
    last = (
        '<div id="afterword"><h2 class="toc-heading">Afterword</h2>\n<p class="message">Please '
        f'<a href="{address}/comments/new">drop by the Archive and comment</a> to let the creator know if you enjoyed '
        "their work!</p></div>"
    )
    return first, opening, list(_chapters(work, rng, max(20, int(size / _LETTERS)))), last


def _tags(work: ParsedWork) -> Iterator[str]:
    for label, field in _LABELS:
        if names := getattr(work, field):
            yield f"<dt>{label}:</dt><dd>{', '.join(_link(name) for name in names)}</dd>\n"
    if work.language:
        yield f"<dt>Language:</dt><dd>{escape(work.language)}</dd>\n"
    if work.series:
        yield f"<dt>Series:</dt><dd>Part {work.series[0].position} of {_link(work.series[0].title)}</dd>\n"
    word = "Completed" if work.complete else "Updated"
    yield (
        f"<dt>Stats:</dt><dd>\nPublished: {work.published}\n{word}: {work.updated}\nWords: {work.words:,}\n"
        f"Chapters: {work.chapters_posted}/{work.chapters_planned or '?'}\n</dd>"
    )


def _link(name: str) -> str:
    return f'<a href="{_HOME}/tags/x/works">{escape(name)}</a>'


def _bylines(authors: Sequence[str]) -> str:
    return ", ".join(f'<a rel="author" href="{_HOME}/users/x/pseuds/x">{escape(name)}</a>' for name in authors)


def _chapters(work: ParsedWork, rng: Random, words: int) -> Iterator[str]:
    """Each chapter with its heading; a work of one chapter has none. One word in sixty or so is emphasised."""
    count = min(work.chapters_posted or 1, 1 + words // 300)
    for number in range(1, count + 1):
        text = "".join(f"<p>{_emphasised(one, rng)}</p>\n" for one in paragraphs(rng, words // count))
        heading = f'<h2 class="toc-heading">{escape(work.title)}</h2>'
        if count > 1:
            heading = f'<div class="meta group"><h2 class="heading">Chapter {number}</h2></div>'
        yield f'{heading}<div class="userstuff2">{text}</div>'


def _emphasised(paragraph: str, rng: Random) -> str:
    words = escape(paragraph, quote=False).split(" ")
    if rng.random() < 0.4:
        place = rng.randrange(len(words))
        words[place] = f"<em>{words[place]}</em>"
    return " ".join(words)


def _all(chapters: Sequence[str]) -> str:
    return f'<div id="chapters" class="userstuff">{"".join(chapters)}</div>'


def _opf(work: ParsedWork, names: Sequence[str]) -> str:
    items = "".join(
        f'<item id="i{place}" href="{name}" media-type="application/xhtml+xml"/>' for place, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{place}"/>' for place in range(len(names)))
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uuid_id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<dc:title>{escape(work.title)}</dc:title><dc:language>en</dc:language>"
        f'<dc:creator opf:role="aut">{escape(", ".join(work.authors))}</dc:creator>'
        "<dc:publisher>Archive of Our Own</dc:publisher><dc:subject>Fanworks</dc:subject>"
        f'<dc:identifier id="uuid_id" opf:scheme="uuid">{work.source_id}</dc:identifier></metadata>'
        f'<manifest>{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        f'<spine toc="ncx">{spine}</spine></package>'
    )


def _ncx(names: Sequence[str]) -> str:
    points = "".join(
        f'<navPoint id="n{place}" playOrder="{place}"><navLabel><text>Part {place}</text></navLabel>'
        f'<content src="{name}"/></navPoint>'
        for place, name in enumerate(names, 1)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'
    )
