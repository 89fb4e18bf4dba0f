"""AO3's HTML downloads made into EPUBs with the programs that AO3 itself uses.

`python -m tests.formats.converting tests/formats/samples/ao3_html_in_chinese ...`

Each folder is a sample with a `given.html`; its `converted.epub` is made anew, as a folder of the files in it. Needs
`web2disk` and `ebook-convert` of calibre (AO3 has 6.13). The commands are those of the Archive's
`app/models/download_writer.rb`, without its own style sheet.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from archive.formats import Source
from archive.formats.ao3 import html as ao3_html
from archive.languages import code
from archive.parsed import ParsedWork

CHAPTERS = (
    "//h:body/h:div[@id='chapters']/h:h2[@class='toc-heading'] | "
    "//h:body/h:div[@id='chapters']/h:div[@class='meta group']/h:h2[@class='heading'] | "
    "//h:body/h:div[@id='preface' or @id='afterword']/h:h2[@class='toc-heading']"
)
STYLE = """<style type="text/css">
    p.message { text-align: center; }
    .meta h1 { font-size: 1.5em; text-align: center; }
    .meta h2 { font-size: 1.25em; text-align: center; page-break-before: always; }
    .meta .byline { text-align: center; }
    .meta dl.tags { border: 1px solid; padding: 1em; }
    .meta dd { margin: -1em 0 0 10em; }
    .meta .endnote-link { font-size: .8em; }
    #afterword .meta dd { margin: 1em 0 0 1em; }
    #chapters, .userstuff { font-family: serif; padding: 1em; }
    .toc-heading { display: none; }
  </style></head>"""
"""The looks of a download, for samples that leave them out: calibre names classes after them."""


def convert(folder: Path, *options: str) -> None:
    """Make the EPUB of one sample. `options` go to `ebook-convert`, such as `--flow-size 10` for smaller files."""
    page = folder / "given.html"
    work = next(iter(ao3_html.FORMAT.read(Source.open(page))))
    if not isinstance(work, ParsedWork):
        raise SystemExit(f"{folder.name}: {work}")
    with tempfile.TemporaryDirectory() as made:
        text, book = Path(made, "work.html"), Path(made, "work.epub")
        text.write_text(_with_style(page.read_text("utf-8")), "utf-8")
        fetched = Path(made, "fetched")
        fetched.mkdir()
        web2disk = ["web2disk", "--base-dir", fetched, "--max-recursions", "0", "--dont-download-stylesheets"]
        _run(*web2disk, text.as_uri())
        packed = shutil.make_archive(str(Path(made, "packed")), "zip", made, "fetched")
        _run(
            "ebook-convert", packed, book, *_metadata(work), "--chapter", CHAPTERS, "--no-default-epub-cover", *options
        )
        shutil.rmtree(folder / "converted.epub", ignore_errors=True)
        zipfile.ZipFile(book).extractall(folder / "converted.epub")


def _with_style(page: str) -> str:
    return page if "<style" in page else page.replace("</head>", STYLE, 1)


def _metadata(work: ParsedWork) -> list[str]:
    tags = [*work.ratings, *work.warnings, *work.categories, *work.fandoms, *work.relationships, *work.characters]
    day = work.updated or work.published
    series = ["--series", work.series[0].title, "--series-index", str(work.series[0].position)] if work.series else []
    return [
        *("--input-encoding", "utf-8", "--toc-threshold", "0", "--use-auto-toc"),
        *("--title", work.title, "--authors", ", ".join(work.authors), "--comments", work.summary),
        *("--tags", ", ".join(["Fanworks", *tags, *work.freeforms]), "--pubdate", str(day or "")),
        *("--publisher", "Archive of Our Own", "--language", code(work.language) or "en"),
        *series,
    ]


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        convert(Path(name))
