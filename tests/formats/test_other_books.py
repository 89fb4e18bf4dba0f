"""Books of other programs than FanFicFare: FicHub, WebToEpub, the layout with a notes page, Fimfiction."""

from dataclasses import replace
from datetime import date

from archive.formats import Source, recognise
from archive.parsed import ParsedChapter, ParsedSeries, ParsedWork
from tests.formats.books import CONTAINER, PACKAGE, Files, page, zipped


def book(documents: Files, metadata: str) -> Source:
    """A book of these documents, in this order, with this metadata."""
    manifest = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(documents)))
    files: Files = {
        "META-INF/container.xml": CONTAINER.format("content.opf"),
        "content.opf": PACKAGE.format(metadata=metadata, manifest=manifest, spine=spine),
        **documents,
    }
    return Source.from_bytes("a book", zipped(files))


def read(source: Source, name: str) -> ParsedWork:
    found = recognise(source)
    assert found is not None
    assert found.name == name
    work = next(iter(found.read(source)))
    assert isinstance(work, ParsedWork), work
    return work


INTRODUCTION = (
    "<h1>Unlit</h1><p><b>By: quillfeather</b></p><p></p><p>Tom counts.</p><p>Status: abandoned</p>"
    "<p>Rated: Fiction K - English</p><p>Status: complete</p><p>Published: 2019-01-02</p><p>Updated: 2020-03-04</p>"
    "<p>Words: 191497</p><p>Chapters: 2</p>{facts}"
    '<p>Original source: <a href="https://www.fanfiction.net/s/2000400">https://www.fanfiction.net/s/2000400</a></p>'
    '<p>Exported with the assistance of <a href="https://fichub.net">FicHub.net</a></p>'
)


def fichub(facts: str = "") -> Source:
    documents: Files = {
        "EPUB/introduction.xhtml": page(INTRODUCTION.format(facts=facts)),
        "EPUB/nav.xhtml": page("<nav><ol><li>Ships</li></ol></nav>"),
        "EPUB/chap_1.xhtml": page("<h2>Ships</h2><p>Tom counted.</p>"),
        "EPUB/chap_2.xhtml": page("<h2>Chapter 2</h2><p>And again.</p>"),
    }
    return book(documents, '<dc:identifier id="id">NtePoQrV</dc:identifier><dc:title>Unlit</dc:title>')


def test_a_book_of_fichub_states_what_its_introduction_does_and_no_rating() -> None:
    assert read(fichub(), "fichub-epub") == ParsedWork(
        title="Unlit",
        source="fanfiction.net",
        source_id="2000400",
        source_url="https://www.fanfiction.net/s/2000400",
        authors=("quillfeather",),
        published=date(2019, 1, 2),
        updated=date(2020, 3, 4),
        complete=True,
        words=191497,
        chapters_posted=2,
        summary="<p>Tom counts.</p>\n<p>Status: abandoned</p>\n<p>Rated: Fiction K - English</p>",
        chapters=(
            ParsedChapter(1, "<p>Tom counted.</p>", "Ships"),
            ParsedChapter(2, "<p>And again.</p>"),
        ),
    )


def test_the_line_of_facts_of_a_site_has_rating_genre_and_characters() -> None:
    facts = (
        "Rated: Fiction  M - English - Hurt/Comfort/Romance - [Ada B., Tom H.] Cat - Chapters: 9 - Words: 5 - "
        "Reviews: 1,200 - Favs: 3 - id: 77"
    )
    work = read(fichub(f"<p>{facts}</p>"), "fichub-epub")
    assert work.ratings == ("Fiction M",)
    assert work.language == "English"
    assert work.freeforms == ("Hurt/Comfort", "Romance")
    assert work.relationships == ("Ada B./Tom H.",)
    assert work.characters == ("Ada B.", "Tom H.", "Cat")
    assert (work.words, work.chapters_posted) == (191497, 2)
    assert work.extra == {"Reviews": "1,200", "Favs": "3"}


def test_the_same_line_with_labels() -> None:
    facts = "Rated: Fiction T - Language: French - Genre: Angst - Characters: Ada B., Tom H. - Reviews: 4"
    work = read(fichub(f"<p>{facts}</p>"), "fichub-epub")
    assert (work.ratings, work.language, work.freeforms) == (("Fiction T",), "French", ("Angst",))
    assert work.characters == ("Ada B.", "Tom H.")


def test_a_page_of_fichub_is_the_same_work_without_dates() -> None:
    html = (
        '<!doctype html>\n<html lang="en">\n<head><title>Unlit by quillfeather</title></head><body>'
        '<h1><span class="title">Unlit</span></h1>\n<h2>by <span class="author">quillfeather</span></h2>'
        "<div><p>Tom counts.</p><p>Status: abandoned</p><p>Rated: Fiction K - English</p></div>"
        '<p>Original source:\n<a href="https://www.fanfiction.net/s/2000400">https://www.fanfiction.net/s/2000400</a>\n</p>'
        '<p>Chapters: 2</p><p>Words: 191497</p><p>Exported with the assistance of <a href="https://fichub.net">FicHub</a></p>'
        '<nav id="contents-list"> <ol><li><a href="#chap_1">Ships</a></li></ol> </nav>'
        '<div id="chap_1">\n<div class="chapter_nav"><a href="#contents-list">chapter list</a></div>'
        "<h2>Ships</h2><p>Tom counted.</p></div>"
        '<div id="chap_2">\n<div class="chapter_nav"><a href="#chap_1">previous chapter</a></div>'
        "<h2>Chapter 2</h2><p>And again.</p></div>\n"
        '<a href="#contents-list">(back to chapter list)</a>\n</body></html>'
    )
    work = read(Source.from_bytes("Unlit_by_quillfeather-NtePoQrV.html", html.encode()), "fichub-html")
    assert work == replace(read(fichub(), "fichub-epub"), published=None, updated=None, complete=None)


WRITER = '<dc:contributor opf:role="bkp">[https://github.com/dteviot/WebToEpub] (ver. 0.0.0.147)</dc:contributor>'


def webtoepub(start: str, subjects: str = "", sources: str = "") -> Source:
    documents: Files = {
        "OEBPS/Text/Cover.xhtml": page("<p>a cover</p>"),
        "OEBPS/Text/0000_Information.xhtml": page("<h1>Information</h1><p>Rating: General Audiences</p>"),
        "OEBPS/Text/0001_Oil.xhtml": page("<div><h1>Oil</h1><p>It burns.</p></div>"),
        "OEBPS/Text/0002_Wick.xhtml": page("<p>It stands.</p><h1>Not a title</h1>"),
    }
    metadata = (
        "<dc:title>Three Lamps</dc:title><dc:language>en_US</dc:language><dc:date>2024-05-06T07:08:09</dc:date>"
        f"{subjects}<dc:creator>&lt;unknown&gt;</dc:creator>"
        f'<dc:identifier id="id" opf:scheme="URI">{start}</dc:identifier>{WRITER}{sources}'
        '<meta name="calibre:series" content="Low Water"/><meta name="calibre:series_index" content="2"/>'
    )
    return book(documents, metadata)


def test_a_book_of_webtoepub_has_the_address_it_began_at_and_no_date() -> None:
    sources = "".join(
        f"<dc:source>{one}</dc:source>"
        for one in (
            "https://www.royalroad.com/fiction/3056/three-lamps",
            "https://www.royalroad.com/fiction/3056/three-lamps/chapter/501/oil",
            "https://www.royalroad.com/fiction/3056/three-lamps/chapter/502/wick",
            "https://www.royalroad.com/cover.png",
        )
    )
    start = "https://www.royalroad.com/fiction/3056/three-lamps"
    subjects = "<dc:subject>Adventure, Mature</dc:subject>"
    assert read(webtoepub(start, subjects, sources), "webtoepub") == ParsedWork(
        title="Three Lamps",
        source="royalroad.com",
        source_id="3056",
        source_url=start,
        freeforms=("Adventure", "Mature"),
        language="en-US",
        series=(ParsedSeries("Low Water", 2),),
        chapters=(
            ParsedChapter(1, "<p>It burns.</p>", "Oil", key="501"),
            ParsedChapter(2, "<p>It stands.</p>\n<h3>Not a title</h3>", key="502"),
        ),
    )


def test_of_ao3_its_subjects_are_the_tags_of_the_work_with_rating_and_warnings() -> None:
    subjects = (
        "<dc:subject>Explicit, No Archive Warnings Apply, Major Character Death, F/M, Ada Brook/Tom Hale, "
        "Ada Brook &amp; Tom Hale, Slow Burn</dc:subject>"
    )
    work = read(webtoepub("https://archiveofourown.org/works/2000301?view_adult=true", subjects), "webtoepub")
    assert (work.source, work.source_id) == ("archiveofourown.org", "2000301")
    assert work.ratings == ("Explicit",)
    assert work.warnings == ("No Archive Warnings Apply", "Major Character Death")
    assert work.categories == ("F/M",)
    assert work.relationships == ("Ada Brook/Tom Hale", "Ada Brook & Tom Hale")
    assert work.freeforms == ("Slow Burn",)


def notes_layout(facts: str) -> Source:
    heading = '<h3><a href="https://archiveofourown.org/works/2000305">Six Hands</a> by quillfeather, saltmarsh</h3>'
    summary = "<div><p><b>Summary:</b></p><p>One rope.</p><p>Rating: General Audiences</p></div>"
    documents: Files = {
        "OEBPS/titlepage.html": page(f"{heading}{facts}{summary}"),
        "OEBPS/notes.html": page("<h3>Notes</h3><blockquote><p>Mind the step.</p></blockquote>"),
        "OEBPS/chapter1.html": page('<h3 class="landmark heading" id="work">Work Text:</h3><p>Six hands.</p>'),
        "OEBPS/endnotes.html": page("<h3>End Notes</h3><p>Thank you.</p>"),
    }
    return book(documents, "<dc:title>Six Hands</dc:title>")


FACTS = (
    "<p>Fandoms: Lamps of the Northern Shore</p><p>Status: In-Progress</p><p>Chapters: {}</p><p>Rating: Mature</p>"
    "<p>Archive Warnings: Major Character Death</p><p>Words: 1,200</p><p>Lantern: red</p>"
)


def test_the_layout_with_a_notes_page_is_read_and_its_status_not_believed() -> None:
    assert read(notes_layout(FACTS.format("1/1")), "titlepage-notes") == ParsedWork(
        title="Six Hands",
        source="archiveofourown.org",
        source_id="2000305",
        source_url="https://archiveofourown.org/works/2000305",
        authors=("quillfeather", "saltmarsh"),
        ratings=("Mature",),
        warnings=("Major Character Death",),
        fandoms=("Lamps of the Northern Shore",),
        complete=True,
        chapters_posted=1,
        chapters_planned=1,
        words=1200,
        summary="<p>One rope.</p>\n<p>Rating: General Audiences</p>",
        notes="<p>Mind the step.</p>",
        end_notes="<p>Thank you.</p>",
        chapters=(ParsedChapter(1, "<p>Six hands.</p>"),),
        extra={"Lantern": "red"},
    )


def test_in_this_layout_chapters_without_an_end_are_in_progress() -> None:
    assert read(notes_layout(FACTS.format("1/?")), "titlepage-notes").complete is False
    assert read(notes_layout(FACTS.format("1")), "titlepage-notes").complete is False


FIMFICTION = (
    "<dc:title>Harbour Light</dc:title><dc:language>en</dc:language><dc:description>It shines.</dc:description>"
    "<dc:publisher>Fimfiction</dc:publisher><dc:creator opf:role='aut'>quillfeather</dc:creator>"
    "<dc:date>2023-08-09T00:00:00+00:00</dc:date><dc:source>https://www.fimfiction.net/story/2000500/a</dc:source>"
)


def test_a_book_of_fimfiction_has_its_tags_on_the_title_page() -> None:
    title = (
        "<h1>Harbour Light</h1><p>Written by <a href='/user/1'>quillfeather</a></p><ul><li>Drama</li><li>Sea</li></ul>"
        "<h2>Description</h2><p>It shines, and <i>how</i>.</p>"
    )
    documents: Files = {
        "title.html": page(title),
        "toc.html": page("<h1>Table of Contents</h1><ul><li>Oil</li></ul>"),
        "chapter-1.html": page("<h1>Oil</h1><p>It burns.</p>"),
        "chapter-2.html": page("<h1>Wick</h1><p>It stands.</p>"),
    }
    assert read(book(documents, FIMFICTION), "fimfiction") == ParsedWork(
        title="Harbour Light",
        source="fimfiction.net",
        source_id="2000500",
        source_url="https://www.fimfiction.net/story/2000500/a",
        authors=("quillfeather",),
        freeforms=("Drama", "Sea"),
        updated=date(2023, 8, 9),
        summary="<p>It shines, and <i>how</i>.</p>",
        chapters=(ParsedChapter(1, "<p>It burns.</p>", "Oil"), ParsedChapter(2, "<p>It stands.</p>", "Wick")),
    )


def test_in_the_fimfarchive_author_s_notes_stand_before_or_behind_a_chapter() -> None:
    note = "<h1>Author's Note</h1><div id='authors-note'><p>Mind the step.</p></div>"
    text = "<h1>{}</h1><div id='content'><p>It burns.</p><hr/><p>Still.</p></div>"
    documents: Files = {
        "Chapter1.html": page(f"{note}<hr/>{text.format('Oil')}"),
        "Chapter2.html": page(f"{text.format('Wick')}<hr/>{note}"),
    }
    work = read(book(documents, FIMFICTION), "fimfiction")
    body, notes = "<p>It burns.</p>\n<hr>\n<p>Still.</p>", "<p>Mind the step.</p>"
    assert work.summary == "<p>It shines.</p>"
    assert work.chapters == (
        ParsedChapter(1, body, "Oil", notes=notes),
        ParsedChapter(2, body, "Wick", end_notes=notes),
    )


def test_a_book_of_another_kind_with_the_same_names_is_not_taken_for_one_of_these() -> None:
    documents: Files = {
        "OEBPS/titlepage.html": page("<h3>Essays by A. Brook</h3><p>Publisher: Lamp Press</p><p>Language: English</p>"),
        "OEBPS/chapter1.html": page("<h1>One</h1><p>It burns.</p>"),
    }
    found = recognise(book(documents, "<dc:title>Essays</dc:title>"))
    assert found is not None
    assert found.name == "epub"
    rows = "".join(f"<b>{label}:</b> x<br/>" for label in ("Publisher", "Language", "Series", "Author"))
    renamed: Files = {
        "OEBPS/title_page.xhtml": page(f"<h3><a href='x'>Essays</a> by A. Brook</h3><div>{rows}</div>"),
        "OEBPS/one.html": page("<h1>One</h1><p>It burns.</p>"),
    }
    found = recognise(book(renamed, "<dc:title>Essays</dc:title>"))
    assert found is not None
    assert found.name == "epub"
