"""Long runs of one sign: no pattern that sees foreign text goes over them again and again."""

import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from archive.formats import Source
from archive.parsed import Refused
from archive.preparing import works_of
from tests.formats.books import pages, zipped
from tests.formats.golden import SAMPLES
from tests.importing.exports import text

LONG = 150_000
HANGING = 5
"""Seconds of work, many times what any of these needs, after which a reader is taken to hang."""

UNITS = [
    "<", "<p ", '<a href="', "<!--", "<![CDATA[", "<!DOCTYPE [", "[", "](", "![](", "*", "_a", "**a ", "`", "~~a", " ",
    "\n", "\n ", "&", "&#", "a: ", "a:\n", "'\\", '"a', "1,", "--", "> ", "#", "---|", "Chapter 1\n\n", "(part 1",
    "[archived by ", "http://a/", "<div>", "<b>", "</b>", "<a>x", "<br> ", "<style>.a{", "/*", '{"a":', "/>", "\u0301",
    "â€", "Ã ", "中", '<span id="a">', '<a href="#b">y</a>', "<em> </em>", "by ", "Summary:\n", "    *",
    "[starting tags]\n",
]  # fmt: skip


def sample(name: str) -> str:
    [given] = [path for path in (SAMPLES / name).iterdir() if path.name.startswith("given")]
    return given.read_text("utf-8")


def behind(name: str) -> Callable[[str], bytes]:
    """A sample with the run at its end, and in the middle of its first value."""
    plain = sample(name)
    label = plain.find(": ") + 2
    return lambda run: f"{plain[:label]}{run}{plain[label:]}\n\n{run}\n".encode()


def quoted(run: str) -> bytes:
    escaped = run.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{{"id": "1", "title": "{escaped}", "author": "a", "text": "Ada climbed. {escaped}"}}\n'.encode()


def in_html(run: str) -> bytes:
    page = sample("html_page_in_chapters")
    at = page.find("<p>") + 3
    return f"{page[:at]}{run}{page[at:]}".encode()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "nothing else": lambda run: run.encode(),
    "text export": lambda run: text(1, body=f"Ada climbed.\n\n{run}\n", Summary=run, Additional_Tags=run).encode(),
    "fanficfare text": behind("fanficfare_text_not_wrapped"),
    "markdown": behind("markdown_with_front_matter"),
    "table": lambda run: sample("an_ao3scraper_table").encode() + run.encode(),
    "json lines": quoted,
    "ao3 html": lambda run: sample("ao3_html_today_with_hardly_anything_in_it").replace("<p>", f"<p>{run}").encode(),
    "html": in_html,
    "book": lambda run: zipped(pages({run[:1000]: f"<p>Ada {run}</p>"}, f"<dc:description>{run}</dc:description>"), 0),
}


@pytest.fixture(autouse=True)
def _none_hangs() -> Iterator[None]:
    def hanging(_: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"a reader hangs at {frame}")

    before = signal.signal(signal.SIGVTALRM, hanging)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("kind", FORMATS)
def test_no_reader_hangs_on_a_run_of_signs(kind: str) -> None:
    for unit in UNITS:
        source = Source.from_bytes("file", FORMATS[kind](unit * (LONG // len(unit))))
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGING)
        try:
            assert all(str(each) for each in works_of(source, None))
        except Refused:
            continue
        except TimeoutError as late:
            pytest.fail(f"{unit!r}: {late}")


def test_a_table_whose_rows_all_run_on_to_the_end_is_left_in_time() -> None:
    header = sample("an_ao3scraper_table").partition("\n")[0]
    source = Source.from_bytes("table", (header + "\n" + '1,a","b\n' * 100_000).encode())
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGING)
    *_, last = list(works_of(source, None))
    assert "damaged beyond reading" in str(last)


def test_a_table_with_very_many_empty_lines_is_read() -> None:
    table = sample("an_ao3scraper_table")
    header, _, rows = table.partition("\n")
    source = Source.from_bytes("table", (header + "\n" * 50_000 + rows).encode())
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGING)
    assert len(list(works_of(source, None))) == len(list(works_of(Source.from_bytes("table", table.encode()), None)))
