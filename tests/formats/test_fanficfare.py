"""FanFicFare: the same work comes out of each of its formats, whatever options it was written with."""

import json
from dataclasses import replace
from datetime import date

import pytest

from archive.formats import Source, recognise
from archive.formats.fanficfare.sidecar import read_sidecar
from archive.parsed import ParsedChapter, ParsedSeries, ParsedWork, Refused
from tests.formats import fanficfare_files as files

WORK = ParsedWork(
    title=files.TITLE,
    source="archiveofourown.org",
    source_id="2000310",
    source_url=files.ADDRESS,
    authors=files.AUTHORS,
    ratings=("Mature",),
    warnings=("Graphic Depictions Of Violence", "Major Character Death"),
    categories=("F/M", "Gen"),
    fandoms=(
        "Lamps of the Northern Shore: Second Watch",
        "Puella/魔法少女",
        "The Half-Moon Harbour Chronicles",
    ),
    relationships=("Ada Brook & Tom Hale", "Ada Brook/Tom Hale"),
    characters=("Ada Brook", "Tom Hale"),
    freeforms=(
        "Alternate Universe - Lighthouse",
        "Slow Burn",
        "so-and-so wrote this on a half-empty train",
    ),
    language="English",
    published=date(2021, 3, 4),
    updated=date(2021, 5, 6),
    complete=False,
    chapters_posted=3,
    words=12403,
    summary="".join(f"<p>{line}</p>\n" for line in files.SUMMARY).rstrip(),
    series=(ParsedSeries("Low Water, and Other Tides", 3),),
    chapters=(
        ParsedChapter(
            1,
            "<p>Ada climbed the <i>long</i> stairs, one hand on the half-rotten rope; nobody--not even Tom--said so."
            "</p>\n<hr>\n<p>Line one,<br>line two.</p>",
            "The Stairs",
        ),
        ParsedChapter(
            2,
            "<p>Rating: Explicit</p>\n<p>Tom &amp; the cat &lt;3.</p>",
            "A Title That Is So Long That No Title Page Would Hold It Without Going On in Another Line",
        ),
        ParsedChapter(3, "\n".join(f"<p>{one}</p>" for one in files.PROSE), "Glass"),
    ),
)


def read(source: Source) -> list[ParsedWork | Refused]:
    found = recognise(source)
    assert found is not None
    assert found.name.startswith("fanficfare-")
    return list(found.read(source))


def work(source: Source) -> ParsedWork:
    (found,) = read(source)
    assert isinstance(found, ParsedWork), found
    return replace(found, chapters=tuple(replace(chapter, key="") for chapter in found.chapters))


@pytest.mark.parametrize("width", [0, 40, 60, 72, 78, 79, 90, 100, 120])
def test_a_text_is_read_at_any_width(width: int) -> None:
    assert work(files.text(width=width)) == WORK


@pytest.mark.parametrize("width", [0, 78, 100])
def test_a_text_is_read_with_labels_that_say_nothing(width: int) -> None:
    assert work(files.text(width=width, labels=files.OWN_LABELS)) == WORK


def test_html_is_read_with_any_labels() -> None:
    assert work(files.html()) == WORK
    assert work(files.html(labels=files.OWN_LABELS)) == WORK


@pytest.mark.parametrize("labels", [files.LABELS, files.OWN_LABELS])
@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("log", [False, True])
def test_an_epub_is_read_with_any_labels_and_pages(labels: dict[str, str], *, table: bool, log: bool) -> None:
    assert work(files.epub(labels=labels, table=table, log=log)) == WORK


@pytest.mark.parametrize("table", [False, True])
def test_a_converted_epub_is_read_though_its_chapters_have_the_class_of_the_title_page(*, table: bool) -> None:
    assert work(files.epub(converted=True, table=table)) == WORK


def test_chapters_of_an_epub_have_the_key_in_their_address() -> None:
    (found,) = read(files.epub())
    assert isinstance(found, ParsedWork)
    assert [chapter.key for chapter in found.chapters] == ["7001", "7002", "7003"]


@pytest.mark.parametrize("missing", [name for name in files.ENTRIES if name != "publisher"])
def test_what_a_title_page_leaves_out_is_not_stated_and_nothing_else_is_lost(missing: str) -> None:
    entries = {name: value for name, value in files.ENTRIES.items() if name != missing}
    expected = work(files.html(entries={**entries, missing: ""}))
    assert work(files.epub(entries={**entries, missing: ""})) == expected
    assert work(files.text(entries=entries)) == expected


def test_a_rating_or_warning_in_the_summary_is_text() -> None:
    entries = {name: value for name, value in files.ENTRIES.items() if name not in {"rating", "warnings"}}
    for source in (files.text(entries=entries), files.text(entries=entries, width=0)):
        assert (work(source).ratings, work(source).warnings) == ((), ())
    lies = ("Rating: General Audiences", "Warnings: No Archive Warnings Apply")
    for width in (0, 40, 78):
        found = work(files.text(entries=entries, summary=lies, width=width))
        assert (found.ratings, found.warnings) == ((), ())
        assert found.summary == "<p>Rating: General Audiences</p>\n<p>Warnings: No Archive Warnings Apply</p>"


@pytest.mark.parametrize("width", [0, 50, 78])
def test_what_readers_add_stands_behind_the_summary_and_is_never_a_rating(width: int) -> None:
    behind = "Kudos: 1,204\nHits: 20,301\nComments: 4\nBookmarks: 7\nRestricted to Registered Users: True\n"
    expected = replace(
        WORK, kudos=1204, hits=20301, comments=4, bookmarks=7, counted=date(2024, 1, 2), extra={"Restricted": "Yes"}
    )
    assert work(files.text(width=width, behind=behind)) == expected


@pytest.mark.parametrize("width", [0, 78])
def test_behind_the_summary_only_an_unbroken_run_of_such_labels_counts(width: int) -> None:
    found = work(files.text(width=width, behind="\nKudos: 5\nRating: General Audiences\n"))
    assert (found.kudos, found.ratings) == (None, ("Mature",))
    assert found.summary == f"{WORK.summary}\n<p>Kudos: 5<br>Rating: General Audiences</p>"


def test_chapters_are_found_without_a_table_of_contents_or_with_other_titles_in_it() -> None:
    assert work(files.text(contents=False)) == WORK
    assert work(files.text(numbered=False)) == WORK
    assert work(files.text(heading="\t(new) {}")) == WORK
    assert work(files.text(heading=" " * 8 + "{}", width=0)) == WORK


def test_a_chapter_that_failed_is_left_out_and_the_work_is_partial() -> None:
    data = files.html().bytes.decode().replace("3. Glass</h2>", "3. Glass(CHAPTER ERROR)</h2>")
    assert work(Source.from_bytes("x", data.encode())) == replace(WORK, chapters=WORK.chapters[:2], partial=True)


def test_a_work_of_which_every_chapter_failed_is_refused() -> None:
    data = files.html().bytes.decode().replace("</h2></a>", "(CHAPTER ERROR)</h2></a>")
    (refused,) = read(Source.from_bytes("x", data.replace("Contents(CHAPTER ERROR)", "Contents").encode()))
    assert isinstance(refused, Refused)
    assert refused.title == files.TITLE


def test_a_download_of_some_chapters_is_partial() -> None:
    data = files.html().bytes.decode().replace(f"{files.TITLE}</a>", f"{files.TITLE} (Ch 1-3)</a>")
    assert work(Source.from_bytes("x", data.encode())) == replace(WORK, partial=True)


def test_an_anthology_is_many_works() -> None:
    pages = {**files.documents(folder="1/"), **files.documents(folder="2/")}
    second = str(pages["2/OEBPS/title_page.xhtml"]).replace("2000310", "2000311").replace("Mature", "Explicit")
    pages["2/OEBPS/title_page.xhtml"] = second
    one, other = read(files.book(pages, "urn:uuid:2", "EpubMerge [https://github.com/JimmXinu/EpubMerge]"))
    assert isinstance(one, ParsedWork)
    assert isinstance(other, ParsedWork)
    assert (one.source_id, one.ratings, len(one.chapters)) == ("2000310", ("Mature",), 3)
    assert (other.source_id, other.ratings, len(other.chapters)) == ("2000311", ("Explicit",), 3)


def test_without_a_title_page_the_package_states_what_it_can_but_no_rating() -> None:
    pages = files.documents()
    del pages["OEBPS/title_page.xhtml"]
    metadata = (
        "<dc:creator>Ada &amp;amp; Tom</dc:creator><dc:subject>FanFiction</dc:subject>"
        "<dc:subject>Slow Burn</dc:subject>"
        "<dc:subject>Ada Brook &amp;amp; Tom Hale</dc:subject><dc:subject>F/M</dc:subject>"
        "<dc:subject>Completed</dc:subject>"
        "<dc:subject>Last Update: 2021/05/06</dc:subject><dc:date opf:event='modification'>2021-05-06</dc:date>"
    )
    found = work(files.book(pages, "fanficfare-uid:test1.com-u98765-s12", "FanFicFare [x]", metadata))
    assert (found.source, found.source_id, found.source_url) == ("test1.com", "12", "")
    assert found.authors == ("Ada & Tom",)
    assert (found.ratings, found.warnings) == ((), ())
    assert found.relationships == ("Ada Brook & Tom Hale",)
    assert (found.categories, found.freeforms) == (("F/M",), ("Slow Burn",))
    assert (found.complete, found.updated, found.language) == (True, date(2021, 5, 6), "")
    assert len(found.chapters) == 3


def test_genres_of_other_sites_are_tags() -> None:
    data = files.html(entries={**files.ENTRIES, "genre": "Gen, Other"}).bytes.decode()
    other = work(Source.from_bytes("x", data.replace(files.ADDRESS, "https://www.royalroad.com/fiction/12").encode()))
    assert (other.source, other.source_id) == ("royalroad.com", "12")
    assert (other.categories, other.freeforms) == ((), ("Gen", "Other"))


def sidecar(**changed: object) -> ParsedWork | None:
    stated = {
        **files.ENTRIES, "title": files.TITLE, "author": ", ".join(files.AUTHORS), "storyUrl": files.ADDRESS,
        "siteabbrev": "ao3", "ships": "Ada Brook &amp; Tom Hale, Ada Brook/Tom Hale", "output_css": "p {}",
        "description": "".join(f"<p>{line}</p>" for line in files.SUMMARY), "zchapters": [[1, {"title": "x"}]],
        "subject_tags": ["FanFiction"], **changed,
    }  # fmt: skip
    return read_sidecar(json.dumps(stated).encode())


def test_a_side_car_states_the_work_without_its_chapters() -> None:
    assert sidecar() == replace(WORK, chapters=())
    assert sidecar(kudos="5", language="", langcode="fr") == replace(
        WORK, chapters=(), kudos=5, counted=date(2024, 1, 2), language="fr"
    )


def test_a_side_car_tells_apart_what_the_title_page_mixes() -> None:
    found = sidecar(
        freeformtags="Slow Burn, Gen", ao3categories="F/M", fandoms="The Ferry (Radio)", genre="", category=""
    )
    assert found is not None
    assert (found.freeforms, found.categories) == (("Slow Burn", "Gen"), ("F/M",))
    assert found.fandoms == ("The Ferry (Radio)",)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"title": "x"}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_side_car_states_nothing(data: bytes) -> None:
    assert read_sidecar(data) is None


def test_a_side_car_with_values_of_other_kinds_is_read_as_far_as_it_goes() -> None:
    found = sidecar(rating=5, genre=["x"], title="Unlit\0\ud800")
    assert found is not None
    assert (found.title, found.ratings) == ("Unlit?", ())


def test_a_chapter_that_a_converter_split_is_one() -> None:
    pages = files.documents()
    whole = str(pages.pop("OEBPS/file0003.xhtml"))
    place = whole.index("<p>On the third day")
    head, tail = whole[: whole.index("<h3")], "</body></html>"
    pages["OEBPS/file0003_split_000.xhtml"] = whole[:place] + tail
    pages["OEBPS/file0003_split_001.xhtml"] = head + whole[place:]
    assert work(files.book(pages, "urn:uuid:1", "calibre (6.13.0)")) == WORK


def test_a_damaged_chapter_is_left_out_and_the_work_is_partial() -> None:
    whole = files.epub().bytes
    place = whole.index(b"OEBPS/file0003.xhtml") + len("OEBPS/file0003.xhtml") + 40
    damaged = whole[:place] + bytes(20) + whole[place + 20 :]
    assert work(Source.from_bytes("x.epub", damaged)) == replace(WORK, chapters=WORK.chapters[:2], partial=True)


def title_page(rows: str) -> ParsedWork:
    pages = files.documents()
    page = str(pages["OEBPS/title_page.xhtml"])
    start, end = page.index("<div>") + len("<div>"), page.rindex("</div></body>")
    return work(
        files.book({**pages, "OEBPS/title_page.xhtml": page[:start] + rows + page[end:]}, "urn:1", "FanFicFare [x]")
    )


def test_labels_in_a_summary_that_stands_loose_on_the_page_are_text() -> None:
    loose = (
        "<b>Status:</b> Completed<br /><b>Summary:</b> One.<br />\n<b>Rating:</b> Teen<br />\n<b>Mood:</b> Mature<br />"
    )
    found = title_page(loose)
    assert found.ratings == ()
    assert found.summary == "<p>One.</p>\n<p><b>Rating:</b> Teen</p>"
    assert found.extra == {"Mood": "Mature"}


def test_labels_behind_a_summary_in_a_division_of_its_own_are_labels() -> None:
    enclosed = "<b>Summary:</b> <div>One.</div><br />\n<b>Rating:</b> Teen<br />\n<b>Status:</b> Completed<br />"
    found = title_page(enclosed)
    assert (found.ratings, found.complete, found.summary) == (("Teen",), True, "<p>One.</p>")


def test_pictures_links_and_looks_of_an_epub_are_kept() -> None:
    pages = files.documents()
    body = (
        '<p class="center">A <span class="u">lamp</span>: <img src="images/lamp.gif" alt="lamp"/>'
        '<img src="https://example.com/x.png" alt="far"/></p>'
        '<p>See <a href="file0003.xhtml#glass">there</a>.</p>'
    )
    for name, new in (("1", body), ("3", '<p id="glass">Here.</p>')):
        page = str(pages[f"OEBPS/file000{name}.xhtml"])
        page = page.replace("<head>", '<head><link href="stylesheet.css" type="text/css" rel="stylesheet"/>')
        pages[f"OEBPS/file000{name}.xhtml"] = page[: page.index("</h3>") + 5] + new + "</body></html>"
    picture = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x01\0\0\x02\x02D\n\0;"
    sheet = ".u {text-decoration: underline;} .center {text-align: center;} .x {text-align: justify;}"
    beside = {"OEBPS/images/lamp.gif": picture, "OEBPS/stylesheet.css": sheet}
    found = work(files.book(pages, "urn:1", "FanFicFare [x]", beside=beside))
    (kept,) = found.pictures
    assert (kept.data, kept.media_type, kept.width, kept.height) == (picture, "image/gif", 2, 1)
    first = found.chapters[0].body
    assert first.startswith('<p class="align-center">A <u>lamp</u>: ')
    assert f'<img src="picture:{kept.sha256}" alt="lamp" width="2" height="1">' in first
    assert "https://example.com/x.png" in first
    assert 'src="https' not in first
    assert '<a href="chapter:3#glass">there</a>' in first
    assert 'id="glass"' in found.chapters[2].body


def test_looks_of_an_html_file_are_kept() -> None:
    data = files.html().bytes.decode().replace("</title>", "</title><style>.u {text-decoration: underline;}</style>")
    found = work(Source.from_bytes("x", data.replace("<i>long</i>", '<span class="u">long</span>').encode()))
    assert "the <u>long</u> stairs" in found.chapters[0].body


def test_an_html_file_that_was_cut_short_keeps_its_last_chapter() -> None:
    whole = files.html().bytes.decode()
    assert work(Source.from_bytes("x", whole.removesuffix("</body>\n</html>").encode())) == WORK
