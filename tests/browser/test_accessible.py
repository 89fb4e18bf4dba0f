"""Every page, on a phone and on a desk, light and dark: nothing that stands in a reader's way."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from reader import first_keeper
from tests.browser.conftest import DESKTOP, PHONE, Shelf, in_the_way

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"phone": PHONE, "desktop": DESKTOP}


def pages(shelf: Shelf) -> list[str]:
    return [
        "/",
        "/?freeform=fluff&freeform.not=slow-burn&warning.any=none&warning.any=death",
        "/?freeform=fluff&complete=yes",
        "/?page=2#filters",
        "/tags/fandom/the-lighthouse-cycle/",
        f"/works/{shelf.long}/",
        f"/works/{shelf.long}/chapters/3/",
        f"/works/{shelf.long}/all/",
        f"/works/{shelf.arabic}/",
        f"/works/{shelf.long}/history/",
        f"/works/{shelf.long}/versions/1/",
        f"/works/{shelf.long}/versions/1/changes/",
        f"/works/{shelf.warned}/",
        f"/works/{shelf.adult}/",
        "/agreement/",
        "/tags/fandom/",
        "/tags/freeform/?letter=s",
        "/authors/",
        "/series/",
        "/languages/",
        "/asking/",
        "/settings/",
        "/login/",
        first_keeper.open_link(""),
        "/welcome/spent/",
        "/nothing/",
    ]


@pytest.mark.parametrize(
    ("size", "theme"), [("phone", "light"), ("desktop", "sepia"), ("phone", "dark"), ("desktop", "black")]
)
def test_no_page_stands_in_anybodys_way(
    size: str, theme: str, shelf: Shelf, look_in: Callable[..., Page], live_server: object
) -> None:
    page = look_in(SIZES[size])
    page.context.add_cookies([{"name": "look", "value": f"theme:{theme}", "url": live_server.url}])
    found = {}
    for address in pages(shelf):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
        page.evaluate(
            "document.querySelectorAll('[hidden]').forEach(one => { one.hidden = false })"
        )  # as without scripts
        if broken := in_the_way(page):
            found[address] = broken
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("menu", ["contents", "look"])
@pytest.mark.parametrize("size", SIZES)
def test_the_panels_of_the_reading_page_stand_in_nobodys_way(
    size: str, menu: str, shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    page = look_in(SIZES[size])
    page.goto(f"/works/{shelf.long}/")
    page.click(f"#{menu} > summary")
    assert in_the_way(page) == []


def test_no_page_is_wider_than_the_window(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in()
    too_wide = []
    for address in pages(shelf):
        page.goto(address)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("innerWidth") == width
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                too_wide.append((address, width))
    assert too_wide == []


def test_nothing_jumps_while_a_page_arrives(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    for address in ("/", f"/works/{shelf.long}/"):
        page.goto(address, wait_until="networkidle")
        shift = page.evaluate(
            """() => new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
                    .observe({ type: "layout-shift", buffered: true });
                requestAnimationFrame(() => setTimeout(() => done(sum), 100));
            })"""
        )
        assert shift < 0.05, address


def test_a_line_of_text_holds_sixty_to_seventy_five_characters(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.long}/chapters/2/", wait_until="networkidle")
    characters, lines = page.evaluate(
        """() => {
            const paragraph = document.querySelectorAll(".text p")[1];
            const height = parseFloat(getComputedStyle(paragraph).lineHeight);
            return [paragraph.textContent.length, Math.round(paragraph.getBoundingClientRect().height / height)];
        }"""
    )
    assert characters / lines >= 60
    assert characters / lines <= 75
