"""A book is opened whatever wrote it: metadata, reading order, table of contents, and documents as trees."""

import pytest
from lxml import etree

from archive.formats import Source
from archive.formats.epub import Book, Contributor, Identifier, unopened
from archive.parsed import ParsedSeries, Refused
from tests.formats.books import CONTAINER, PACKAGE, Files, page, pages, source

LAMP = {"Lamp": "<p>The lamp.</p>", "Tide": "<p>The tide.</p>"}


def opened(files: Files) -> Book:
    book = Book.of(source(files))
    assert book is not None
    return book


def refused(files: Files) -> str:
    given = source(files)
    assert Book.of(given) is None
    return str(unopened(given))


def with_metadata(metadata: str) -> Book:
    return opened(pages(LAMP, metadata))


def changed(files: Files, name: str, old: str, new: str) -> Files:
    content = files[name]
    assert isinstance(content, str)
    assert old in content
    return {**files, name: content.replace(old, new)}


def prose(book: Book, name: str) -> str:
    return " ".join("".join(book.markup(name).find("body").itertext()).split())


def test_a_plain_book_is_opened_once_and_kept() -> None:
    given = source(pages(LAMP))
    book = Book.of(given)
    assert book is not None
    assert book is Book.of(given)
    assert unopened(given) is None
    assert book.metadata.title == "Unlit"
    assert [(text.name, text.title, text.linear) for text in book.spine] == [
        ("book/c1.xhtml", "Lamp", True),
        ("book/c2.xhtml", "Tide", True),
    ]
    assert [(entry.title, entry.name, entry.fragment, entry.depth) for entry in book.toc] == [
        ("Lamp", "book/c1.xhtml", "", 1),
        ("Tide", "book/c2.xhtml", "", 1),
    ]
    assert prose(book, "book/c2.xhtml") == "The tide."
    assert book.read("book/c1.xhtml").startswith(b"<?xml")
    assert book.items["book/c1.xhtml"].media_type == "application/xhtml+xml"


def test_what_is_no_book_is_none() -> None:
    for files in ({"one.txt": "Unlit"}, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}):
        given = source(files)
        assert (Book.of(given), unopened(given)) == (None, None)
    assert Book.of(Source.from_bytes("a.epub", b"Title: Unlit\n")) is None


def test_a_damaged_zip_says_so() -> None:
    given = Source.from_bytes("a.epub", source(pages(LAMP)).bytes[:-40])
    assert Book.of(given) is None
    assert str(unopened(given)) == "the zip is damaged or was cut off"


@pytest.mark.parametrize("missing", ["mimetype", "META-INF/container.xml", "book/toc.ncx"])
def test_a_book_is_read_without_a_file_it_should_have(missing: str) -> None:
    files = pages(LAMP)
    del files[missing]
    book = opened(files)
    assert [text.name for text in book.spine] == ["book/c1.xhtml", "book/c2.xhtml"]


def test_a_missing_document_is_left_out() -> None:
    files = pages(LAMP)
    del files["book/c1.xhtml"]
    assert [text.name for text in opened(files).spine] == ["book/c2.xhtml"]


def test_a_book_without_a_package_is_refused_by_name() -> None:
    files = pages(LAMP)
    del files["book/content.opf"]
    assert refused(files).startswith("an EPUB whose list of texts")


def test_folders_of_several_books_are_no_book() -> None:
    one = {f"{folder}/{name}": content for folder in "ab" for name, content in pages(LAMP).items()}
    assert Book.of(source(one)) is None


def test_the_package_is_found_when_the_container_names_another_place() -> None:
    files = pages(LAMP) | {"META-INF/container.xml": CONTAINER.format("OEBPS/gone.opf")}
    assert len(opened(files).spine) == 2


def test_metadata_of_epub_2() -> None:
    found = with_metadata(
        "<dc:title>Salt &amp;amp; Iron</dc:title>"
        '<dc:creator opf:role="aut" opf:file-as="x">quillfeather</dc:creator><dc:creator>saltwater</dc:creator>'
        '<dc:creator opf:role="ill">inkwell</dc:creator><dc:contributor opf:role="bkp">a program</dc:contributor>'
        "<dc:language>en</dc:language><dc:publisher>Archive of Our Own</dc:publisher><dc:rights>none</dc:rights>"
        "<dc:subject>Fanworks</dc:subject><dc:subject>Ada &amp;amp; Tom</dc:subject><dc:subject>Fanworks</dc:subject>"
        '<dc:date opf:event="publication">2021-05-06</dc:date><dc:date>2022-01-02</dc:date>'
        '<dc:identifier id="id" opf:scheme="URI">https://example.org/works/1</dc:identifier>'
        "<dc:identifier>urn:x</dc:identifier><dc:source>https://example.org/works/1</dc:source>"
        '<meta name="calibre:series" content="Low Water"/><meta name="calibre:series_index" content="2.0"/>'
        "<dc:description>&lt;p&gt;A &lt;em&gt;lamp&lt;/em&gt;.&lt;/p&gt;</dc:description>"
    ).metadata
    assert found.title == "Salt & Iron"
    assert found.creators == ("quillfeather", "saltwater")
    assert found.contributors == (Contributor("inkwell", "ill"), Contributor("a program", "bkp"))
    assert (found.language, found.publisher, found.rights) == ("en", "Archive of Our Own", "none")
    assert found.subjects == ("Fanworks", "Ada & Tom")
    assert found.dates == {"publication": "2021-05-06", "": "2022-01-02"}
    assert found.identifiers == (Identifier("URI", "https://example.org/works/1"), Identifier("", "urn:x"))
    assert (found.uid, found.sources) == ("https://example.org/works/1", ("https://example.org/works/1",))
    assert found.series == (ParsedSeries("Low Water", 2),)
    assert found.description == "<p>A <em>lamp</em>.</p>"


def test_metadata_of_epub_3() -> None:
    found = with_metadata(
        '<dc:title id="t1">Low Water</dc:title><dc:title id="t2">Unlit</dc:title>'
        '<meta refines="#t2" property="title-type">main</meta><dc:creator id="c1">quillfeather</dc:creator>'
        '<dc:creator id="c2">saltwater</dc:creator>'
        '<meta refines="#c2" property="role" scheme="marc:relators">trl</meta>'
        '<meta property="dcterms:modified">2021-05-06T00:00:00Z</meta>'
        '<meta property="belongs-to-collection" id="s">Low Water</meta>'
        '<meta refines="#s" property="collection-type">series</meta>'
        '<meta refines="#s" property="group-position">3</meta>'
        '<meta property="belongs-to-collection" id="b">A Box</meta>'
        '<meta refines="#b" property="collection-type">set</meta>'
    ).metadata
    assert found.title == "Unlit"
    assert (found.creators, found.contributors) == (("quillfeather",), (Contributor("saltwater", "trl"),))
    assert found.series == (ParsedSeries("Low Water", 3),)
    assert found.meta["dcterms:modified"] == "2021-05-06T00:00:00Z"


def test_an_author_who_is_something_else_beside_it_is_an_author() -> None:
    found = with_metadata(
        '<dc:creator id="c1">quillfeather</dc:creator><meta refines="#c1" property="role">ann</meta>'
        '<meta refines="#c1" property="role">aut</meta>'
    ).metadata
    assert (found.creators, found.contributors) == (("quillfeather",), ())
    alone = with_metadata('<dc:creator opf:role="ill">inkwell</dc:creator>').metadata
    assert alone.creators == ("inkwell",)


def test_one_series_that_is_told_twice_is_one() -> None:
    found = with_metadata(
        '<meta property="belongs-to-collection" id="s">Low Water</meta>'
        '<meta name="calibre:series" content="Low Water"/>'
        '<meta name="calibre:series_index" content="3"/>'
    ).metadata
    assert found.series == (ParsedSeries("Low Water", 3),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<package xmlns="http://www.idpf.org/2007/opf"', "<package"),
        (' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        ('<package xmlns="http://www.idpf.org/2007/opf"', '<package xmlns="http://openebook.org/wrong/1.0/"'),
        ("<dc:title>Unlit</dc:title>", "<dc-metadata><dc:Title>Unlit</dc:Title></dc-metadata>"),
        ("</spine></package>", ""),
        ("<dc:title>Unlit", "<dc:language>en</dc:language><x></y><dc:title>Unlit"),
        ('<?xml version="1.0" encoding="utf-8"?>', "\ufeff"),
        ('<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.1"?><!DOCTYPE package SYSTEM "http://x/y.dtd">'),
    ],
)
def test_the_mess_of_packages_is_tolerated(old: str, new: str) -> None:
    book = opened(changed(pages(LAMP), "book/content.opf", old, new))
    assert book.metadata.title == "Unlit"
    assert len(book.spine) == 2


def test_what_is_not_in_the_main_line_says_so() -> None:
    book = opened(changed(pages(LAMP), "book/content.opf", 'idref="c2.xhtml"', 'idref="c2.xhtml" linear="no"'))
    assert [text.linear for text in book.spine] == [True, False]


def test_addresses_with_percent_signs_and_other_letter_cases_are_found() -> None:
    files = changed(pages(LAMP), "book/content.opf", 'href="c1.xhtml"', 'href="The%20Lamp%20%26c.xhtml"')
    files["book/the lamp &c.XHTML"] = files.pop("book/c1.xhtml")
    book = opened(files)
    assert [text.name for text in book.spine] == ["book/the lamp &c.XHTML", "book/c2.xhtml"]


def test_a_package_without_a_spine_is_read_in_the_order_of_its_manifest() -> None:
    files = changed(pages(LAMP), "book/content.opf", '<itemref idref="c1.xhtml"/><itemref idref="c2.xhtml"/>', "")
    assert [text.name for text in opened(files).spine] == ["book/c1.xhtml", "book/c2.xhtml"]


def test_a_navigation_document_goes_before_the_ncx() -> None:
    nav = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<nav epub:type="landmarks"><ol><li><a href="c2.xhtml">Start</a></li></ol></nav>'
        '<nav epub:type="toc"><ol><li><a href="c1.xhtml">One <i>lamp</i></a><ol>'
        '<li><a href="c2.xhtml#tide">Two</a></li>'
        "</ol></li></ol></nav></body></html>"
    )
    files = changed(
        pages(LAMP), "book/content.opf", "<manifest>", '<manifest><item id="n" href="n.xhtml" properties="nav"/>'
    )
    book = opened(files | {"book/n.xhtml": nav})
    assert [(entry.title, entry.fragment, entry.depth) for entry in book.toc] == [
        ("One lamp", "", 1),
        ("Two", "tide", 2),
    ]


def test_text_that_gives_way_is_read_in_its_fallback() -> None:
    files = changed(
        pages(LAMP),
        "book/content.opf",
        '<item id="c1.xhtml" href="c1.xhtml" media-type="application/xhtml+xml"/>',
        '<item id="c1.xhtml" href="one.pdf" media-type="application/pdf" fallback="f"/><item id="f" href="c1.xhtml"/>',
    )
    assert [text.name for text in opened(files | {"book/one.pdf": "x"}).spine] == ["book/c1.xhtml", "book/c2.xhtml"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (page("<p>caf&eacute;&nbsp;&mdash; &lt;b&gt; &amp;c</p>"), "café — <b> &c"),
        (page("<p>&#xD800;&#0;&#150;&#x26;&#60;&QUOT;</p>"), "\ufffd\ufffd–&<&QUOT;"),
        ("<p>one<br>two &eacute; &copy &unknown; <b>three", "onetwo é © &unknown; three"),
        (page('<p>one</p><a id="x"/><p>two</p>'), "onetwo"),
        (page("<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/><p>one</p>"), "one"),
        ('<x:html xmlns:x="http://www.w3.org/1999/xhtml"><x:body><x:p>one</x:p></x:body></x:html>', "one"),
        (page("<p>one").replace("utf-8", "utf-16").encode("utf-16"), "one"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>fête</p></body></html>'.encode("latin-1"), "fête"),
        ("<html><head><title/></head><body><p>one</p></body></html>", "one"),
    ],
)
def test_documents_are_read_well_formed_or_not(document: str | bytes, expected: str) -> None:
    assert prose(opened(pages(LAMP) | {"book/c1.xhtml": document}), "book/c1.xhtml") == expected


def test_the_language_of_a_part_is_kept() -> None:
    book = opened(pages({"Lamp": '<p xml:lang="fr">La lampe.</p>'}))
    assert book.markup("book/c1.xhtml").find(".//p").get("lang") == "fr"


LAUGHS = "<!DOCTYPE html [" + "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "ha"}">' for number in range(12)
)
OUTSIDE = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;'


@pytest.mark.parametrize(
    ("doctype", "entity"), [(LAUGHS, "l11"), (OUTSIDE, "e"), (LAUGHS.replace("[", "[<!ENTITY x ']> <!'>"), "l11")]
)
def test_entities_are_never_resolved(doctype: str, entity: str) -> None:
    files = pages({"Lamp": f'<p title="&{entity};">one &{entity}; two</p>'}, f"<dc:title>Un&{entity};lit</dc:title>")
    for name in ("book/c1.xhtml", "book/content.opf", "book/toc.ncx"):
        content = str(files[name])
        at = content.index("<", content.index("?>"))
        files[name] = f"{content[:at]}{doctype}]>{content[at:]}"
    book = opened(files)
    assert "root:" not in prose(book, "book/c1.xhtml")
    shown = etree.tostring(book.markup("book/c1.xhtml"), encoding="unicode") + book.metadata.title + repr(book.toc)
    assert "root:" not in shown
    assert "haha" not in shown
    assert len(shown) < 2_000


def locked(algorithm: str, name: str) -> Files:
    return {
        "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData><enc:CipherReference URI="{name}"/>'
        "</enc:CipherData></enc:EncryptedData></encryption>"
    }


AES = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


@pytest.mark.parametrize(("key", "by"), [
    ("META-INF/rights.xml", ", Adobe ADEPT"),
    ("META-INF/license.lcpl", ", Readium LCP"),
    ("META-INF/sinf.xml", ", Apple FairPlay"),
    ("other", ""),
])  # fmt: skip
def test_a_locked_book_is_refused_by_name(key: str, by: str) -> None:
    files = pages(LAMP) | locked(AES, "book/c1.xhtml") | {key: "x"}
    assert refused(files) == f"an EPUB under a lock (DRM{by}), which is not opened"


def test_scrambled_fonts_and_locked_pictures_are_no_lock() -> None:
    assert opened(pages(LAMP) | locked("http://www.idpf.org/2008/embedding", "book/c1.xhtml"))
    assert opened(pages(LAMP) | locked(AES, "book/cover.jpg") | {"book/cover.jpg": "x"})


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("book.MOST_TAGS", "far too many tags"), ("soup.LARGEST", "book/c1.xhtml in the book: a document of")],
)
def test_a_document_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, reason: str) -> None:
    book = opened(pages(LAMP))
    monkeypatch.setattr(f"archive.formats.epub.{limit}", 5)
    with pytest.raises(Refused, match=reason):
        book.markup("book/c1.xhtml")


def test_a_package_beyond_all_measure_is_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.formats.epub.soup.MOST_TAGS", 5)
    assert refused(pages(LAMP)).startswith("an EPUB whose list of texts")


def test_document_types_without_end_are_passed_over_once() -> None:
    soup = "<!DOCTYPE html [" * 50_000 + "<p>one</p>" + "]" * 50_000
    assert prose(opened(pages(LAMP) | {"book/c1.xhtml": b"\xc3\xa9" + soup.encode()}), "book/c1.xhtml")


def test_more_text_than_any_work_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.formats.epub.book.TEXT", 100)
    assert refused(pages(LAMP)).startswith("an EPUB with ")


def test_the_package_may_be_of_the_first_kind() -> None:
    files = pages(LAMP)
    files["book/content.opf"] = PACKAGE.format(
        metadata="<dc-metadata><dc:Title>Unlit</dc:Title><dc:Creator>quillfeather</dc:Creator></dc-metadata>",
        manifest='<item id="a" href="c1.xhtml" media-type="text/x-oeb1-document"/>',
        spine='<itemref idref="a"/>',
    )
    book = opened(files)
    assert (book.metadata.title, book.metadata.creators) == ("Unlit", ("quillfeather",))
    assert [text.name for text in book.spine] == ["book/c1.xhtml"]


def test_links_between_documents_know_their_chapter() -> None:
    links = (
        '<p><a href="c2.xhtml#f1">1</a>'
        '<a href="#here">2</a><a href="http://x/c2.xhtml">3</a><a href="no.xhtml">4</a></p>'
    )
    book = opened(pages({"Lamp": links, "Tide": '<p id="f1">A note.</p>'}))
    assert book.places("book/c1.xhtml", {"book/c1.xhtml": 1, "book/c2.xhtml": 2}) == {"c2.xhtml": 2}
