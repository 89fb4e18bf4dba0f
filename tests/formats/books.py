"""Small books made while a test runs: a zip of files, with whatever is wanted wrong in it."""

import zipfile
from io import BytesIO

from archive.formats import Source

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
    '<manifest>{manifest}</manifest><spine toc="ncx">{spine}</spine></package>'
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
NCX = (
    '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
    "<navMap>{points}</navMap></ncx>"
)
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)
Files = dict[str, str | bytes]


def zipped(files: Files, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, in this order."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", packing) as bundle:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
            bundle.writestr(entry, content, packing)
    return written.getvalue()


def page(body: str, title: str = "") -> str:
    """A well-formed document."""
    return PAGE.format(body=body, title=title)


def pages(chapters: dict[str, str], metadata: str = "<dc:title>Unlit</dc:title>") -> Files:
    """The files of a plain book: each chapter is a title and the inside of its body; names are `one.xhtml`..."""
    names = {f"c{number}.xhtml": title for number, title in enumerate(chapters, 1)}
    points = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{name}"/></navPoint>'
        for name, title in names.items()
    )
    manifest = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' + "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format("book/content.opf"),
        "book/content.opf": PACKAGE.format(metadata=metadata, manifest=manifest, spine=spine),
        "book/toc.ncx": NCX.format(points=points),
        **{f"book/{name}": page(chapters[title], title) for name, title in names.items()},
    }


def source(files: Files) -> Source:
    """A book as a file that has been opened."""
    return Source.from_bytes("book.epub", zipped(files))
