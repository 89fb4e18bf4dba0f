"""Pictures, placeholders and footnotes as a reader sees them, on a phone and on a desk."""

import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from archive import clean
from archive.formats.pictures import picture_of
from archive.parsed import ParsedChapter, ParsedPicture
from tests.browser.conftest import DESKTOP, PARAGRAPH, PHONE
from tests.shelving import shelve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAR = "https://images.example.org/" + "a-long-address-without-an-end/" * 12 + "0123456789abcdef" * 6 + ".jpeg"


def drawn(width: int, height: int) -> ParsedPicture:
    """A real picture, all of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    found = picture_of(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    assert found
    return found


@pytest.fixture
def work() -> int:
    wide, small = drawn(1600, 400), drawn(24, 24)
    body = (
        f'{PARAGRAPH}<p>One<a name="r" href="#n">[1]</a> and <img src="s" alt=":)"> and <a href="2#x">on</a>.</p>'
        f'<p><img src="w" alt="The harbour"></p><p><img src="{FAR}" alt="Far away"></p>{PARAGRAPH * 8}'
        '<p id="n"><a href="#r">[1]</a> A note.</p>'
    )
    brought = {"w": wide, "s": small}
    first = ParsedChapter(1, clean.html(body, pictures=brought, places={"2": 2}))
    second = ParsedChapter(2, clean.html(f'{PARAGRAPH * 9}<p id="x">Here. {"Lamp. " * 1900}</p>'))
    return shelve(chapters=(first, second), pictures=(wide, small))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_pictures_and_placeholders_keep_to_the_column(
    work: int, look_in: Callable[..., Page], size: dict[str, int]
) -> None:
    page = look_in(size)
    page.goto(f"/works/{work}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".plate img").scroll_into_view_if_needed()
    page.locator("img").evaluate_all("images => Promise.all(images.map(image => image.decode()))")
    column = page.locator("#text").bounding_box()
    for place in (".plate img", ".picture"):
        box = page.locator(place).bounding_box()
        assert box
        assert column
        assert column["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= column["x"] + column["width"] + 1
    small = page.locator(".text p:not(.plate) img")
    assert small.bounding_box()["width"] == 24


def test_a_picture_takes_its_room_before_it_has_come(work: int, look_in: Callable[..., Page]) -> None:
    page = look_in(PHONE)
    page.route("**/pictures/**", lambda route: None)
    page.goto(f"/works/{work}/", wait_until="domcontentloaded")
    box = page.locator(".plate img").bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 4) < 0.1


def test_a_footnote_is_seen_where_it_is_led_to_and_leads_back(work: int, look_in: Callable[..., Page]) -> None:
    page = look_in(PHONE)
    page.goto(f"/works/{work}/")
    page.get_by_role("link", name="[1]").first.click()
    note = page.locator("p:has(:target)", has_text="A note.")
    expect(note).to_be_visible()
    bar = page.locator(".bar").bounding_box()
    assert bar
    assert note.bounding_box()["y"] >= bar["y"] + bar["height"]
    assert note.evaluate("note => getComputedStyle(note).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="on", exact=True).click()
    page.wait_for_url(f"**/works/{work}/chapters/2/#c2-x")
    expect(page.locator("p:has(:target)", has_text="Here.")).to_be_visible()
