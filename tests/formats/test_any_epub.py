"""Any EPUB is a work: chapters as its table of contents tells, no rating, and links that lead to what they mean."""

import pytest

from archive import clean
from archive.formats import recognise
from archive.parsed import ParsedWork, Refused
from archive.vocabulary import ArchiveWarning, Rating, rating_of, warnings_of
from tests.formats.books import PNG, Files, page, pages, source


def read(files: Files) -> ParsedWork | Refused:
    given = source(files)
    found = recognise(given)
    assert found is not None
    assert found.name == "epub"
    (result,) = found.read(given)
    return clean.joined(result) if isinstance(result, ParsedWork) else result


def work(files: Files) -> ParsedWork:
    result = read(files)
    assert isinstance(result, ParsedWork)
    return result


def with_metadata(metadata: str) -> ParsedWork:
    return work(pages({"Lamp": "<p>The lamp.</p>"}, metadata))


def chapters(files: Files) -> list[tuple[str, str]]:
    return [(chapter.title, chapter.body) for chapter in work(files).chapters]


def changed(files: Files, name: str, old: str, new: str) -> Files:
    content = str(files[name])
    assert old in content
    return {**files, name: content.replace(old, new)}


def test_rating_and_warnings_are_not_stated_whatever_the_subjects_say() -> None:
    found = with_metadata(
        "<dc:title>Rating: General Audiences</dc:title>"
        + "".join(
            f"<dc:subject>{subject}</dc:subject>"
            for subject in (
                "General Audiences",
                "Not Rated",
                "No Archive Warnings Apply",
                "K+",
                "Underage Sex",
                "Lamps",
            )
        )
    )
    assert rating_of("".join(found.ratings)) == Rating.NOT_STATED
    assert warnings_of(found.warnings) == ArchiveWarning.NOT_STATED
    assert found.freeforms == ("Underage Sex", "Lamps")


def test_one_subject_may_be_a_list() -> None:
    assert with_metadata("<dc:subject>Lamps, Tides,  Salt</dc:subject>").freeforms == ("Lamps", "Tides", "Salt")
    assert with_metadata("<dc:subject>Hale, Tom</dc:subject>").freeforms == ("Hale, Tom",)


@pytest.mark.parametrize(
    ("element", "source_name", "source_id"),
    [
        (
            "<dc:source>https://archiveofourown.org/works/2000102/chapters/5</dc:source>",
            "archiveofourown.org",
            "2000102",
        ),
        ("<dc:identifier>url:http://www.fanfiction.net/s/123/1/</dc:identifier>", "fanfiction.net", "123"),
        ("<dc:identifier>urn:uuid:13d49baa</dc:identifier>", "", ""),
        ("<dc:source>https://publisher.example/works/5</dc:source>", "", ""),
        ("<dc:source>https://archiveofourown.org/users/moss</dc:source>", "", ""),
        ("<dc:source>An old copy</dc:source>", "", ""),
    ],
)
def test_only_the_address_of_a_work_says_which_work_it_is(element: str, source_name: str, source_id: str) -> None:
    found = with_metadata(f"<dc:title>Unlit</dc:title>{element}")
    assert (found.source, found.source_id) == (source_name, source_id)


def test_dates_and_languages_that_mean_nothing_are_not_stated() -> None:
    found = with_metadata("<dc:date>0101-01-01T00:00:00+00:00</dc:date><dc:language>und</dc:language>")
    assert (found.published, found.language, found.title, found.authors) == (None, "", "book", ())


def test_a_description_is_markup_or_text() -> None:
    assert with_metadata("<dc:description>One &lt; two.\n\nThree.</dc:description>").summary == (
        "<p>One &lt; two.</p>\n<p>Three.</p>"
    )
    assert with_metadata("<dc:description>&lt;p onclick='x'&gt;A &lt;i&gt;lamp&lt;/i&gt;</dc:description>").summary == (
        "<p>A <i>lamp</i></p>"
    )


def test_a_document_begins_a_chapter_when_it_is_named_or_has_a_heading() -> None:
    files = pages({"One": "<p>1</p>", "Two": "<p>2</p>", "Three": "<h2>Three</h2><p>3</p>"})
    files = changed(files, "book/toc.ncx", '<content src="c2.xhtml"/>', '<content src="gone.xhtml"/>')
    files = changed(files, "book/toc.ncx", '<content src="c3.xhtml"/>', '<content src="gone.xhtml"/>')
    assert chapters(files) == [("One", "<p>1</p>\n<p>2</p>"), ("Three", "<p>3</p>")]


def test_without_a_table_of_contents_each_document_is_a_chapter() -> None:
    files = pages({"One": "<h1>The Lamp</h1><p>1</p>", "Two": "<p>2</p>"})
    del files["book/toc.ncx"]
    assert chapters(files) == [("The Lamp", "<p>1</p>"), ("", "<p>2</p>")]


SEVERAL = (
    "<h1>Book</h1><h2 id='a'>A</h2><p>1 <a href='#x'>x</a></p>"
    "<div><p>2</p><h2 id='b'>B</h2><p id='x'>3</p></div><p>4</p>"
)


def test_a_document_with_several_entries_of_one_depth_is_several_chapters() -> None:
    files = pages({"A": SEVERAL, "B": "<p>5</p>"})
    files = changed(files, "book/toc.ncx", 'src="c1.xhtml"', 'src="c1.xhtml#a"')
    files = changed(files, "book/toc.ncx", 'src="c2.xhtml"', 'src="c1.xhtml#b"')
    assert chapters(files) == [
        ("A", '<h3>Book</h3>\n<h3>A</h3>\n<p>1 <a href="chapter:2#x">x</a></p>\n<p>2</p>'),
        ("B", '<p><span id="x"></span>3</p>\n<p>4</p>\n<p>5</p>'),
    ]


def test_entries_below_a_chapter_do_not_split_it() -> None:
    inner = '<navPoint><navLabel><text>Scene</text></navLabel><content src="c1.xhtml#s"/></navPoint></navPoint>'
    files = pages({"Lamp": '<p>1</p><h3 id="s">Scene</h3><p>2</p>'})
    files = changed(files, "book/toc.ncx", "</navPoint>", inner)
    assert chapters(files) == [("Lamp", "<p>1</p>\n<h3>Scene</h3>\n<p>2</p>")]


def test_the_pages_around_a_text_are_left_out() -> None:
    files = pages(
        {
            "Cover": '<p><img src="cover.png" alt=""/></p>',
            "Title": "<h1>Unlit</h1><p>by quillfeather</p>",
            "Rights": "<p>© 2020 quillfeather. All rights reserved.</p>",
            "Contents": "<p><a href='c5.xhtml'>1</a> <a href='c6.xhtml'>2</a> <a href='c1.xhtml'>3</a></p>",
            "Lamp": "<p>Unlit, said quillfeather.</p>",
            "Tide": "<p>The tide.</p>",
        },
        "<dc:title>Unlit</dc:title><dc:creator>quillfeather</dc:creator>",
    )
    assert [title for title, _ in chapters(files | {"book/cover.png": PNG})] == ["Lamp", "Tide"]


def test_a_book_that_is_nothing_but_such_pages_is_read_all_the_same() -> None:
    files = pages({"Title": "<p>Unlit, by quillfeather, a poem of one line.</p>"})
    assert chapters(files) == [("Title", "<p>Unlit, by quillfeather, a poem of one line.</p>")]


def test_a_page_that_is_only_a_title_gives_it_to_the_next() -> None:
    assert chapters(pages({"Part One": "<h1>Part One</h1>", "Lamp": "<h2>Lamp</h2><p>1</p>"})) == [
        ("Part One: Lamp", "<p>1</p>")
    ]


def test_a_heading_that_says_something_else_stays() -> None:
    files = pages({"One": "<h2>I.</h2><h3>The Lamp</h3><p>1</p>", "II: Tide": "<h2>II</h2><p>Tide</p><p>Tide</p>"})
    assert chapters(files) == [
        ("One", "<h3>I.</h3>\n<h3>The Lamp</h3>\n<p>1</p>"),
        ("II: Tide", "<h3>II</h3>\n<p>Tide</p>\n<p>Tide</p>"),
    ]


def test_the_only_chapter_needs_no_title_that_is_the_work_s() -> None:
    assert chapters(pages({"Unlit": "<p>1</p>"})) == [("", "<p>1</p>")]


def test_notes_in_another_document_are_linked_both_ways() -> None:
    files = pages(
        {
            "Lamp": '<p>1<a id="r" href="c2.xhtml#n">*</a> <a href="gone.xhtml">x</a> <a href="c2.xhtml">y</a></p>',
            "Notes": '<p id="n">Note <a href="c1.xhtml#r">back</a> <a href="#n">here</a> <a href="#gone">no</a></p>',
        }
    )
    assert chapters(files) == [
        ("Lamp", '<p>1<span id="r"></span><a href="chapter:2#n">*</a> x <a href="chapter:2">y</a></p>'),
        (
            "Notes",
            '<p><span id="n"></span>Note <a href="chapter:1#r">back</a> <a href="#n">here</a> no</p>',
        ),
    ]


def test_pictures_are_brought_once_and_remote_ones_are_told_of() -> None:
    shown = '<p><img src="a%20lamp.png" alt="A lamp"/><img src="https://x.example/y.png" alt="Far"/></p>'
    found = work(pages({"Lamp": shown, "Tide": shown + "<p><img src='gone.png'/></p>"}) | {"book/a lamp.png": PNG})
    assert len(found.pictures) == 1
    assert f"picture:{found.pictures[0].sha256}" in found.chapters[0].body
    assert "https://x.example/y.png" in found.chapters[0].body
    assert "src=" not in found.chapters[0].body.replace('src="picture:', "")


def test_a_page_that_is_a_picture_is_text_unless_nothing_came_before_it() -> None:
    picture = '<div><img src="a.png" alt=""/></div>'
    found = work(pages({"Cover": picture, "Lamp": "<p>1</p>", "Map": picture}) | {"book/a.png": PNG})
    assert [chapter.title for chapter in found.chapters] == ["Lamp", "Map"]
    assert "picture:" in found.chapters[1].body


def test_looks_of_classes_are_kept_but_not_how_all_paragraphs_are_set() -> None:
    files = pages({"Lamp": '<p class="a">1 <span class="b">lit</span></p><p class="c">2</p>'})
    files["book/s.css"] = (
        "/* x */ .a { text-align: justify } .b { font-style: italic; font-weight: bold } p.c {text-align:center}"
    )
    files = changed(files, "book/c1.xhtml", "</head>", '<link rel="stylesheet" href="s.css"/></head>')
    ((_, body),) = chapters(files)
    assert body in {
        '<p>1 <i><b>lit</b></i></p>\n<p class="align-center">2</p>',
        '<p>1 <b><i>lit</i></b></p>\n<p class="align-center">2</p>',
    }


def test_a_book_without_text_is_refused_with_its_title() -> None:
    result = read(pages({"Lamp": "<p> </p>"}))
    assert isinstance(result, Refused)
    assert (str(result), result.title) == ("an EPUB without any text", "Unlit")


def test_a_document_that_is_damaged_refuses_the_work_by_name() -> None:
    result = read(pages({"Lamp": "<p>1</p>"}) | {"book/c1.xhtml": bytes(range(256)) * 20})
    assert isinstance(result, Refused)
    assert str(result).startswith("book/c1.xhtml in the book: ")


def test_scripts_and_styles_are_no_text() -> None:
    body = "<script>alert(1)</script><style>p{}</style><p onclick='x()'>1</p><iframe src='http://x.example'></iframe>"
    assert chapters(pages({"Lamp": body})) == [("Lamp", "<p>1</p>")]


def test_a_document_that_is_empty_costs_nothing() -> None:
    assert chapters(pages({"Lamp": "<p>1</p>"}) | {"book/c1.xhtml": page("<p>1</p>"), "book/x.xhtml": ""}) == [
        ("Lamp", "<p>1</p>")
    ]
