"""Whatever happens to a book on its way, it is a work, a reason of one line, or no book: never anything else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archive import clean
from archive.formats import Source, recognise, unread
from archive.formats.ao3 import epub as ao3_epub
from archive.formats.books import any_epub
from archive.formats.epub import Book
from archive.parsed import ParsedWork, Refused
from tests.formats.books import Files, pages, zipped
from tests.formats.golden import SAMPLES, files_of

PLAIN = pages(
    {
        "Lamp": '<h1>Lamp</h1><p>The <a id="r" href="c2.xhtml#n">lamp</a> &eacute; <img src="a.png"/></p>',
        "Tide": '<p id="n">The <i>tide</i>. <svg><image href="a.png"/></svg></p>',
    },
    "<dc:title>Unlit</dc:title><dc:creator>quillfeather</dc:creator><dc:language>en</dc:language>",
)
FROM_AO3 = files_of(SAMPLES / "ao3_html_today_with_everything_in_it" / "converted.epub")
IN_XML = sorted({*PLAIN, *FROM_AO3} - {"mimetype"})
PIECES = (
    "<package> </package> <metadata> <dc:title> <spine> <itemref~idref='c1.xhtml'/> <manifest> ]> <!-- --> "
    "<![CDATA[ ]]> <item~id='c1.xhtml'~href='c1.xhtml'/> <meta~refines='#x'~property='role'> <!DOCTYPE~x~[ "
    "&amp; &x; &#0; &#xD800; &#150; &lt; <?xml~version='1.0'~encoding='utf-16'?> \0 <navMap> <navPoint> "
    "<content~src='c1.xhtml#a'/> <div~id='chapters'> <div~id='preface'> </div> "
    "<dl~class='tags'><dt>Rating:</dt><dd> <h1~id='n'> <p> <blockquote> <a~href='#n'> \ufeff "
    "<a~href='http://[x'> <img~src='a.png'> <svg> <html~xmlns='x'> <body> %zz ../../.. \ud7ff é"
)
SOUP = st.lists(st.sampled_from(PIECES.split(" ")), max_size=12).map(lambda pieces: "".join(pieces).replace("~", " "))


def results(data: bytes) -> list[ParsedWork | Refused]:
    source = Source.from_bytes("book.epub", data)
    found = recognise(source)
    return list(found.read(source)) if found else [unread(source)]


def check(data: bytes) -> None:
    for result in results(data):
        assert isinstance(result, ParsedWork | Refused)
        if isinstance(result, Refused):
            assert str(result)
            assert "\n" not in str(result)
            continue
        for chapter in clean.joined(result).chapters:
            assert clean.html(chapter.body) == chapter.body
            assert "\0" not in chapter.title
        repr(result).encode("utf-8")


def book(draw: Any) -> Files:
    return dict(draw(st.sampled_from([PLAIN, FROM_AO3])))


@given(st.data())
def test_bytes_that_flipped(data: st.DataObject) -> None:
    flipped = bytearray(zipped(book(data.draw), data.draw(st.sampled_from([0, 8]))))
    for _ in range(data.draw(st.integers(1, 8))):
        flipped[data.draw(st.integers(0, len(flipped) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(flipped[: data.draw(st.integers(0, len(flipped)))]))


@given(st.data())
def test_files_that_went_missing_or_took_each_others_place(data: st.DataObject) -> None:
    files = book(data.draw)
    names = sorted(files)
    for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
        files.pop(name, None)
    for one, other in data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=4)):
        if one in files and other in files:
            files[one], files[other] = files[other], files[one]
    check(zipped(files))


@given(st.data())
def test_soup_in_any_file(data: st.DataObject) -> None:
    files = book(data.draw)
    for name in data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3)):
        content = files[name]
        text = content if isinstance(content, str) else content.decode("utf-8")
        at, upto = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        files[name] = (text[:at] + data.draw(SOUP) + text[upto:]).encode("utf-8", "surrogatepass")
    check(zipped(files))


@given(st.dictionaries(st.sampled_from(IN_XML), SOUP | st.binary(max_size=60), max_size=6))
def test_a_book_of_nothing_but_soup(files: Files) -> None:
    check(zipped({"mimetype": "application/epub+zip", **files}))


def test_what_is_mutated_is_sound() -> None:
    for files, known in ((PLAIN, any_epub), (FROM_AO3, ao3_epub)):
        source = Source.from_bytes("book.epub", zipped(files))
        assert recognise(source) is known.FORMAT
        assert Book.of(source) is not None
        assert all(isinstance(result, ParsedWork) for result in results(zipped(files)))
