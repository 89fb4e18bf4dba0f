"""One invented work in every format of FanFicFare, laid out as its writers do, with whatever option is wanted.

Widths are wrapped by `textwrap`, as FanFicFare does it; chapters are given as HTML and as html2text writes them.
"""

from html import escape
from textwrap import wrap

from archive.formats import Source
from tests.formats.books import CONTAINER, Files, zipped

ADDRESS = "https://archiveofourown.org/works/2000310"
TITLE = "The Long-Winded Ledger of the Half-Forgotten Light"
AUTHORS = ("quillfeather", "saltmarsh (tide)")
ENTRIES = {
    "series": "Low Water, and Other Tides [3]",
    "category": "Lamps of the Northern Shore: Second Watch, Puella/魔法少女, The Half-Moon Harbour Chronicles",
    "genre": "Alternate Universe - Lighthouse, F/M, Gen, Slow Burn, so-and-so wrote this on a half-empty train",
    "language": "English",
    "characters": "Ada Brook, Tom Hale",
    "ships": "Ada Brook & Tom Hale, Ada Brook/Tom Hale",
    "status": "In-Progress",
    "datePublished": "2021-03-04",
    "dateUpdated": "2021-05-06",
    "dateCreated": "2024-01-02 03:04:05",
    "rating": "Mature",
    "warnings": "Graphic Depictions Of Violence, Major Character Death",
    "numChapters": "3",
    "numWords": "12,403",
    "publisher": "archiveofourown.org",
}
SUMMARY = (
    "Ada keeps the lamp, and the ledger keeps Ada through a winter that goes on and on along the coast.",
    "Rating: General Audiences",
)
PROSE = [
    f"On the {day} day the wind came round, and the glass of the lamp sang in its frame like a kettle that nobody had "
    "thought of taking off the fire; Ada wrote the hour into the ledger, and the height of the water, and went down to "
    "see whether the ropes would hold, which they did, though not by much, and not for as long as she would have liked."
    for day in ("first", "second", "third", "fourth")
]
CHAPTERS = {
    "1. The Stairs": (
        "<p>Ada climbed the <i>long</i> stairs, one hand on the half-rotten rope; nobody--not even Tom--said so.</p>"
        "<hr/><p>Line one,<br/>line two.</p>",
        ["Ada climbed the _long_ stairs, one hand on the half-rotten rope; nobody--not even Tom--said so.",
         "* * *", "Line one,  ", "line two."],
    ),
    "2. A Title That Is So Long That No Title Page Would Hold It Without Going On in Another Line": (
        "<p>Rating: Explicit</p><p>Tom &amp; the cat &lt;3.</p>",
        ["Rating: Explicit", "Tom & the cat <3."],
    ),
    "3. Glass": ("".join(f"<p>{one}</p>" for one in PROSE), PROSE),
}  # fmt: skip
LABELS = {
    "series": "Series", "category": "Category", "genre": "Genre", "language": "Language", "characters": "Characters",
    "ships": "Relationships", "status": "Status", "datePublished": "Published", "dateUpdated": "Updated",
    "dateCreated": "Packaged", "rating": "Rating", "warnings": "Warnings", "numChapters": "Chapters",
    "numWords": "Words", "publisher": "Publisher", "storyUrl": "Story URL", "authorUrl": "Author URL",
    "description": "Summary",
}  # fmt: skip
OWN_LABELS = {name: f"Mein {at}. Wort" for at, name in enumerate(LABELS)}
"""Labels that say nothing at all."""


def text(
    *,
    width: int = 78,
    labels: dict[str, str] = LABELS,
    entries: dict[str, str] = ENTRIES,
    summary: tuple[str, ...] = SUMMARY,
    behind: str = "",
    contents: bool = True,
    heading: str = "\t{}",
    numbered: bool = True,
) -> Source:
    """A text file. `behind` are lines behind the summary; `heading` is how chapters are announced."""
    addresses = f"{ADDRESS.replace('/works/2000310', '/users/quillfeather')}, https://archiveofourown.org/users/tide"
    rows = {**entries, "storyUrl": ADDRESS, "authorUrl": addresses, "description": "\n\n".join(summary)}
    page = f"\n\n\n{TITLE}\n\nby {', '.join(AUTHORS)}\n\n\n\n"
    page += "".join(f"{labels[name]}: {value}\n" for name, value in rows.items()) + behind + "\n\n\n"
    if contents:
        page += "\n\nTABLE OF CONTENTS\n\n" + "".join(f"\n{title}\n" for title in CHAPTERS) + "\n"
    written = _wrapped(page, width)
    for title, (_, lines) in CHAPTERS.items():
        shown = title if numbered else title.partition(". ")[2]
        written += _wrapped(f"\n\n{heading.format(shown)}\n\n", width)
        for line in lines:
            broken = "\n".join(wrap(line, width, break_long_words=False)) if width else line.rstrip()
            written += broken + ("  \n" if line.endswith("  ") else "\n\n")
    return Source.from_bytes("x.txt", (written + "\n\nEnd file.\n").replace("\n", "\r\n").encode())


def _wrapped(page: str, width: int) -> str:
    return "".join("\n".join(wrap(line, width)) + "\n" for line in page.split("\n")) if width else page


def html(*, labels: dict[str, str] = LABELS, entries: dict[str, str] = ENTRIES) -> Source:
    """An HTML file."""
    rows = "".join(
        f"<tr><td><b>{labels[name]}:</b></td><td>{value}</td></tr>\n\n" for name, value in _shown(entries).items()
    )
    contents = "".join(f'<a href="#section{at:04}">{title}</a><br />\n' for at, title in enumerate(CHAPTERS, 1))
    chapters = "".join(
        f'<a name="section{at:04}"><h2>{title}</h2></a>\n{body}\n'
        for at, (title, (body, _)) in enumerate(CHAPTERS.items(), 1)
    )
    page = (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="UTF-8">\n<title>{TITLE}</title>\n</head>\n<body>\n'
        f'<h1>{_byline()}</h1>\n\n<table class="full">\n\n{rows}</table>\n\n'
        f'<a name="TOCTOP"><h2>Table of Contents</h2></a>\n<p>\n{contents}</p>\n{chapters}</body>\n</html>'
    )
    return Source.from_bytes("x.html", page.encode())


def epub(
    *,
    labels: dict[str, str] = LABELS,
    entries: dict[str, str] = ENTRIES,
    table: bool = False,
    log: bool = False,
    converted: bool = False,
) -> Source:
    """An EPUB; `converted` as calibre leaves it, which renames classes and writes a package of its own."""
    files = documents(labels=labels, entries=entries, table=table)
    if log:
        lines = "".join(f'<b>{labels[name]}:</b> <span id="{name}">{value}</span>\n' for name, value in entries.items())
        body = f"<h3>Update Log</h3><p class='log_entry'>{lines}</p><hr/>"
        files["OEBPS/log_page.xhtml"] = _document("fff_logpage", body)
    if converted:
        files = {name.replace("file0002", "file0002_u3"): _converted(content) for name, content in files.items()}
    uid = "fanficfare-uid:archiveofourown.org-uquillfeather-s2000310"
    writer = "FanFicFare [https://github.com/JimmXinu/FanFicFare]"
    return book(files, *(("urn:uuid:1", "calibre (6.13.0)") if converted else (uid, writer)))


def book(files: Files, uid: str, writer: str, metadata: str = "", beside: Files | None = None) -> Source:
    """A book of these documents with a package as FanFicFare writes it."""
    manifest = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(files)
    )
    spine = "".join(f'<itemref idref="i{at}" linear="yes"/>' for at in range(len(files)))
    package = (
        '<package version="2.0" xmlns="http://www.idpf.org/2007/opf" unique-identifier="fanficfare-uid">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<dc:identifier id="fanficfare-uid">{uid}</dc:identifier><dc:title>{TITLE}</dc:title>'
        f"<dc:contributor>{writer}</dc:contributor><dc:language>en</dc:language>{metadata}</metadata>"
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    return Source.from_bytes(
        "x.epub",
        zipped(
            {
                "META-INF/container.xml": CONTAINER.format("content.opf"),
                "content.opf": package,
                **files,
                **(beside or {}),
            }
        ),
    )


def documents(
    *, labels: dict[str, str] = LABELS, entries: dict[str, str] = ENTRIES, table: bool = False, folder: str = ""
) -> Files:
    """The documents of an EPUB: title page and chapters."""
    if table:
        rows = "".join(f"<tr><td><b>{labels[n]}:</b></td><td>{v}</td></tr>" for n, v in _shown(entries).items())
        rows = f'<table class="full">{rows}</table>'
    else:
        rows = "".join(f"\n<b>{labels[n]}:</b> {v}<br />\n" for n, v in _shown(entries).items())
        rows = f"<div>{rows}</div>"
    files: Files = {f"{folder}OEBPS/title_page.xhtml": _document("fff_titlepage", f"<h3>{_byline()}</h3>{rows}")}
    for at, (title, (body, _)) in enumerate(CHAPTERS.items(), 1):
        metas = f'<meta name="chapterurl" content="{ADDRESS}/chapters/{7000 + at}" />'
        chapter = _document("fff_chapter", f'<h3 class="fff_chapter_title">{title}</h3>{body}', metas)
        files[f"{folder}OEBPS/file{at:04}.xhtml"] = chapter
    return files


def _converted(content: str | bytes) -> str:
    found = str(content).replace('class="fff_chapter"', 'class="fff_titlepage"').replace(' class="authorlink"', "")
    return found.replace('class="full"', 'class="calibre1"').replace(' class="fff_chapter_title"', ' class="calibre"')


def _document(kind: str, body: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>{head}'
        f'</head><body class="{kind}">\n{body}</body></html>'
    )


def _byline() -> str:
    links = ", ".join(f'<a class="authorlink" href="https://archiveofourown.org/users/x">{one}</a>' for one in AUTHORS)
    return f'<a href="{ADDRESS}">{TITLE}</a> by {links}'


def _shown(entries: dict[str, str]) -> dict[str, str]:
    rows = {name: escape(value, quote=False) for name, value in entries.items()}
    rows["series"] = f'<a class="serieslink" href="https://archiveofourown.org/series/5">{rows["series"]}</a>'
    return {**rows, "description": "<div>" + "".join(f"<p>{line}</p>" for line in SUMMARY) + "</div>"}
