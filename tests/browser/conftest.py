"""A house with a shelf of every kind of work, and a browser before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from archive.parsed import ParsedChapter, ParsedSeries
from tests.shelving import shelve

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 60_000
"""Milliseconds that a crowded machine may take for anything that is waited for."""
UNHURRIED = """(() => {
    const later = window.setTimeout;
    window.setTimeout = (act, pause, ...more) => later(act, pause >= 4000 ? 600000 : pause, ...more);
})()"""
"""A page gives up no answer because the machine is crowded: what it would do then is tried by a test of its own."""
PARAGRAPH = (
    "<p>The ledger had been kept by four hands before hers, and each had argued with the last. Ada read them in the "
    "evenings while the lamp came up to temperature: the first keeper’s copperplate, the second’s blots, the third who "
    "wrote nothing for a year but the height of the tide, and the fourth, whose name had been cut out with a knife.</p>"
)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, asking nobody for anything."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        arguments = ["--no-sandbox", *QUIET]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments, timeout=2 * PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def look_in(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open a window of one's own: `look_in(size=PHONE, scripts=False)`. Whatever is amiss in it fails the test."""
    opened, amiss = [], []

    def window(size: dict[str, int] = DESKTOP, *, scripts: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=size, java_script_enabled=scripts, reduced_motion="reduce", **more
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(UNHURRIED)
        page = context.new_page()
        page.on("console", lambda said: amiss.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: amiss.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(live_server.url) else amiss.append(asked.url))
        return page

    yield window
    for context in opened:
        context.close()
    assert [said for said in amiss if "404" not in said] == []


def in_the_way(page: Page, *, targets: bool = True) -> list[tuple[str, list[str]]]:
    """What axe finds that stands in a reader's way: each rule that is broken, and where first. `targets`: how large
    what is pressed must be as well."""
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": targets}}}
    broken = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in broken]


@dataclass(frozen=True)
class Shelf:
    """The ids of the works that stand there."""

    long: int
    short: int
    warned: int
    adult: int
    arabic: int
    series: int


@pytest.fixture
def shelf(live_server: LiveServer) -> Shelf:
    """Put a few works on the shelf."""
    chapters = tuple(
        ParsedChapter(number, PARAGRAPH * 30, title=title, notes="<p>Thank you for reading.</p>" if number == 1 else "")
        for number, title in ((1, "The Lamp"), (2, ""), (3, "Eleven Unposted Letters"))
    )
    long = shelve(
        title="The Lamplighter’s Ledger", ratings=("Teen And Up Audiences",), categories=("F/M",), chapters=chapters,
        fandoms=("The Lighthouse Cycle",), relationships=("Ada Brook/Tom Hale",), characters=("Ada Brook", "Tom Hale"),
        freeforms=("Slow Burn", "Alternate Universe – Lighthouse"), language="English", complete=True,
        summary="<p>Ada keeps the lamp, and the ledger keeps Ada.</p>", series=(ParsedSeries("Low Water", 1),),
        source="example.org", source_id="1", source_url="https://example.org/works/1",
    )  # fmt: skip
    shelve(
        title="The Lamplighters Ledger", ratings=("Teen And Up Audiences",), source="example.org", source_id="1",
        chapters=(ParsedChapter(1, PARAGRAPH.replace("four hands", "five hands") + PARAGRAPH * 30),),
    )  # fmt: skip
    return Shelf(
        long=long,
        short=shelve(title="Soup for One More", fandoms=("Harbour Lights (TV)",), freeforms=("Fluff",)),
        warned=shelve(title="What the Fog Signal Said", warnings=("Major Character Death",), freeforms=("Shipwrecks",)),
        adult=shelve(title="Unlit", ratings=("Explicit",), warnings=()),
        arabic=shelve(
            title="حارسة الفنار", authors=("نور",), language="العربية", body="<p>كانت سلمى تشعل المصباح.</p>"
        ),
        series=1,
    )
