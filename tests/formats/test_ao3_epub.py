"""The EPUB that AO3 makes of a work is the same work as its HTML; samples are converted with AO3's own tools."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive import clean
from archive.formats import Source, recognise
from archive.parsed import ParsedWork, Refused
from tests.formats.books import CONTAINER, PACKAGE, PNG, Files, pages, source, zipped
from tests.formats.golden import SAMPLES, files_of, opened

CONVERTED = sorted(SAMPLES.glob("*/converted.epub"))
LONG = SAMPLES / "ao3_html_today_with_long_chapters" / "converted.epub"


def works(given: Source) -> list[ParsedWork | Refused]:
    found = recognise(given)
    assert found is not None
    return [clean.joined(work) if isinstance(work, ParsedWork) else work for work in found.read(given)]


def work(given: Source) -> ParsedWork:
    (found,) = works(given)
    assert isinstance(found, ParsedWork)
    return found


def changed(files: Files, old: str, new: str) -> Files:
    """The files with a piece of text changed, which must stand in one of them at least."""
    edited = {name: _text(content).replace(old, new) for name, content in files.items()}
    assert edited != {name: _text(content) for name, content in files.items()}
    return dict(edited)


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode("utf-8")


def test_there_are_conversions_to_compare() -> None:
    assert len(CONVERTED) > 4


@pytest.mark.parametrize("book", CONVERTED, ids=lambda book: book.parent.name)
def test_the_epub_is_the_same_work_as_the_html(book: Path) -> None:
    given = opened(book)
    found = recognise(given)
    assert found is not None
    assert found.name == "ao3-epub"
    assert work(given) == work(opened(book.with_name("given.html")))


def test_pictures_that_the_archive_fetched_are_brought() -> None:
    shown = (
        '<p class="calibre6"><img alt="A lamp" src="images/lamp.png" class="c"/></p><p class="calibre6">Down, step 0.'
    )
    files = changed(files_of(LONG), '<p class="calibre6">Down, step 0.', shown)
    files = changed(files, '<div id="preface"', '<p><img src="cover.png"/></p><div id="preface"')
    files |= {"images/lamp.png": PNG, "cover.png": PNG + b"another"}
    found = work(source(files))
    assert [picture.media_type for picture in found.pictures] == ["image/png"]
    assert f'<img src="picture:{found.pictures[0].sha256}" alt="A lamp"' in found.chapters[1].body


def test_a_chapter_that_calibre_cut_is_whole_again() -> None:
    assert len([name for name in files_of(LONG) if name.endswith(".xhtml")]) > 5
    found = work(opened(LONG))
    assert [chapter.title for chapter in found.chapters] == ["Up", "Down"]
    assert found.chapters[0].body.count("<blockquote>") == found.chapters[0].body.count("<ul>") == 1


@pytest.mark.parametrize("missing", ["mimetype", "META-INF/container.xml", "toc.ncx", "stylesheet.css"])
def test_the_text_is_there_whatever_file_is_missing(missing: str) -> None:
    files = files_of(SAMPLES / "ao3_html_in_chinese" / "converted.epub")
    del files[missing]
    found = work(source(files))
    assert found.source_id == "2000207"
    assert all(chapter.body for chapter in found.chapters)


def test_classes_that_lost_their_names_do_no_harm() -> None:
    files = files_of(LONG)
    for old, new in (('class="heading"', 'class="c1"'), ('class="byline"', 'class="c2"'), ('class="userstuff"', "")):
        files = changed(files, old, new)
    assert work(source(files)) == work(opened(LONG))


def test_the_list_of_tags_is_known_by_its_rating_whatever_its_class() -> None:
    files = changed(files_of(LONG), '<dl class="tags">', '<dl class="calibre9">')
    assert work(source(files)) == work(opened(LONG))


def test_a_list_that_does_not_begin_with_a_rating_makes_no_download() -> None:
    files = changed(files_of(LONG), '<dl class="tags">', '<dl class="calibre9"><dt>Grade:</dt><dd>A</dd>')
    found = recognise(source(files))
    assert found is not None
    assert found.name == "epub"


def test_a_copy_made_for_a_kobo_is_the_same_work() -> None:
    files = changed(files_of(LONG), '<body class="calibre">', '<body><div id="book-columns"><div id="book-inner">')
    files = changed(files, "</body>", "</div></div></body>")
    files = changed(files, "Salt gathers", '<span class="koboSpan" id="kobo.1.1">Salt gathers</span>')
    assert work(source(files)) == work(opened(LONG))


def test_the_language_of_the_package_is_taken_where_the_preface_has_none() -> None:
    files = changed(files_of(LONG), '<dt class="calibre1">Language:</dt>', "")
    files = changed(files, '<dd class="calibre3">English</dd>', "")
    assert work(source(files)) == replace(work(opened(LONG)), language="en")


def test_a_title_that_a_file_was_given_counts_for_nothing() -> None:
    files = changed(files_of(LONG), "<dc:title>Three Hundred Steps</dc:title>", "<dc:title>Rating: Teen</dc:title>")
    assert work(source(files)).title == "Three Hundred Steps"


def test_a_book_that_broke_off_is_partial() -> None:
    files = files_of(LONG)
    last = max(name for name in files if name.endswith(".xhtml"))
    del files[last]
    assert not work(opened(LONG)).partial
    assert work(source(files)).partial


def test_a_damaged_chapter_refuses_the_work_by_name() -> None:
    data = bytearray(zipped(files_of(LONG), 0))
    at = data.index(b"The oil is low")
    data[at : at + 3] = b"the"
    (found,) = works(Source.from_bytes("a.epub", bytes(data)))
    assert isinstance(found, Refused)
    assert str(found).endswith("in the zip is damaged")
    assert found.title == "Three Hundred Steps"


def test_an_epub_that_only_quotes_a_preface_is_no_download() -> None:
    found = recognise(source(pages({"Lamp": "<p>Posted originally on the Archive of Our Own.</p>"})))
    assert found is not None
    assert found.name == "epub"


def merged(*folders: Path) -> Files:
    """Downloads merged into one book, as EpubMerge does it: each in a folder of its own, in one reading order."""
    found = [
        (f"{number}/{name}", data) for number, folder in enumerate(folders) for name, data in files_of(folder).items()
    ]
    texts = [name for name, _ in found if name.endswith(".xhtml")]
    manifest = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in texts)
    spine = "".join(f'<itemref idref="{name}"/>' for name in texts)
    package = PACKAGE.format(metadata="<dc:title>Two of them</dc:title>", manifest=manifest, spine=spine)
    return {"META-INF/container.xml": CONTAINER.format("content.opf"), "content.opf": package, **dict(found)}


def test_downloads_that_were_merged_are_a_work_each_with_its_own_rating() -> None:
    folders = [LONG, SAMPLES / "ao3_html_that_lies_in_its_text" / "converted.epub"]
    both = works(source(merged(*folders)))
    assert both == [work(opened(folder)) for folder in folders]
    assert [found.ratings for found in both if isinstance(found, ParsedWork)] == [("General Audiences",), ("Explicit",)]


def test_a_preface_inside_of_a_text_begins_no_other_work() -> None:
    preface = (
        '<div id="preface"><p class="message">Posted originally on the Archive of Our Own at '
        'https://archiveofourown.org/works/1</p><div><dl class="tags"><dt>Rating:</dt><dd>General</dd></dl></div></div>'
    )
    files = changed(files_of(LONG), '<p class="calibre6">Down, step 0.', preface + '<p class="calibre6">Down, step 0.')
    found = work(source(files))
    assert (found.source_id, len(found.chapters)) == ("2000230", 2)


def test_the_sample_of_the_older_layout_says_the_same_as_its_html() -> None:
    book = json.loads((SAMPLES / "ao3_epub_before_2019" / "expected.json").read_text("utf-8"))[0]
    page = json.loads((SAMPLES / "ao3_html_before_2019" / "expected.json").read_text("utf-8"))[0]
    assert book.pop("language") == "en"
    assert {**book, "chapters": []} == {**page, "chapters": []}
