"""Names by keyboard alone: directories from A to Z, and suggestions in every box; ranges and long chips besides."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from archive.models import Series
from tests.browser.conftest import DESKTOP, PHONE, Shelf
from tests.shelving import shelve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something that says this has the focus, and can be seen to have it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip() == words:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab does not come to “{words}”")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_directory_is_used_by_keyboard_alone(scripts: bool, shelf: Shelf, look_in: Callable[..., Page]) -> None:
    shelve(title="Many", fandoms=tuple(f"{letter}-land {number}" for letter in "klm" for number in range(40)))
    page = look_in(DESKTOP, scripts=scripts)
    page.goto("/tags/fandom/")
    tab_to(page, "To the names")
    page.keyboard.press("Enter")
    page.wait_for_url("/tags/fandom/#*")
    tab_to(page, "L")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tags/fandom/?letter=l")
    expect(page.locator("ul.names li")).to_have_count(40)
    tab_to(page, page.locator(".how a").inner_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url("**/tags/fandom/?letter=l&order=count")
    tab_to(page, "Letters in the name")
    page.keyboard.type("harb")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=harb**")
    tab_to(page, "Harbour Lights (TV)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tags/fandom/harbour-lights-tv/")
    expect(page.locator(".blurb")).to_have_count(1)


BOXES = [
    ("fandom", "fandom", "harb", "fandom=harbour-lights-tv"),
    ("relationship", "relationship", "hale", "relationship=ada-brooktom-hale"),
    ("character", "character", "tom", "character=tom-hale"),
    ("freeform", "freeform", "slo", "freeform=slow-burn"),
    ("tag", "tag", "shipw", "freeform=shipwrecks"),
    ("tag", "author", "quill", "author=quillfeather"),
    ("series-part", "series", "wat", "series={}"),
]


def test_suggestions_of_every_box_are_chosen_by_keyboard_alone(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page, number = look_in(DESKTOP), Series.everything.get(title="Low Water").pk
    for side, field, typed, asked in BOXES:
        page.goto("/")
        details = page.locator(f"details[data-side={side}]")
        if not details.evaluate("details => details.open"):
            details.locator("summary").focus()
            page.keyboard.press("Enter")
        tab_to(page, page.locator(f"input[name=name-{field}]").get_attribute("aria-label") or "")
        page.keyboard.insert_text(typed)  # at once: no list comes later than the one that is chosen from
        expect(page.get_by_role("option")).not_to_have_count(0)
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_have_count(1)
        expect(page).to_have_url(f"/?{asked.format(number)}")
        assert page.evaluate("document.activeElement.name") == f"name-{field}"


def test_without_scripts_a_range_sent_with_enter_keeps_place_and_focus(
    shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    for size in (DESKTOP, PHONE):
        page = look_in(size, scripts=False)
        page.goto("/#filters")
        page.locator("details[data-side=length] > summary").click()
        page.locator("input[name=words-to]").fill("90k")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?words=-90000#words-to")
        box = page.locator("input[name=words-to]")
        expect(box).to_be_in_viewport()
        expect(box).to_be_focused()
        box.fill("")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?#words-to")
        expect(page.locator("details[data-side=length] > summary")).to_be_in_viewport()


def test_without_scripts_a_series_is_named(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP, scripts=False)
    page.goto("/")
    page.locator("details[data-side=series-part] > summary").click()
    page.get_by_label("Name a series").fill("low water")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?series=*#side-series-part")
    expect(page.locator(".chip")).to_contain_text("Low Water")


def test_a_long_chip_is_one_line_on_a_phone_and_whole_when_it_is_opened(
    shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    page = look_in(PHONE)
    either = " OR ".join(f'tag:"An additional tag of some length, number {number}"' for number in range(6))
    page.goto("/")
    page.locator(".typing summary").click()
    page.locator("textarea").fill(f"({either} OR words>50000)")
    page.get_by_role("button", name="Ask").click()
    chip = page.locator(".chip")
    expect(chip).to_have_count(1)
    box = chip.bounding_box()
    assert box
    assert box["height"] < 45
    expect(chip.locator("summary")).to_have_attribute("title", re.compile("number 5"))
    chip.locator("summary").click()
    expect(chip.locator(".panel p")).to_contain_text("number 5")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_chip_of_words_says_where_they_are_looked_for(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(PHONE)
    page.goto("/?title=ledger&text=lamp")
    expect(page.locator(".chip").first).to_contain_text("in the title: ledger")
    expect(page.locator(".chip").last).to_contain_text("in the text: lamp")
    expect(page.get_by_role("button", name="Remove in the title: ledger")).to_be_visible()
