"""Reading with scripts and without, with a finger, a mouse or the keyboard alone."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Shelf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Window = Callable[..., Page]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_browse_filter_agree_and_read(scripts: bool, size: dict[str, int], shelf: Shelf, look_in: Window) -> None:
    page = look_in(size, scripts=scripts)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("4 works")
    expect(page.get_by_role("link", name="Unlit", exact=True)).to_have_count(0)

    if size is PHONE:
        expect(page.locator("#filters")).to_be_hidden()
        page.get_by_role("link", name="Filter", exact=True).click()
        expect(page.locator("#filters")).to_be_visible()
    page.locator("#filters").get_by_role("button", name="Harbour Lights (TV)", exact=True).click()
    if size is PHONE:
        page.get_by_role("link", name="Show 1 work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 work in Harbour Lights (TV)")
    page.get_by_role("button", name="Remove Harbour Lights (TV)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 works")

    page.get_by_role("link", name="Choose").click()
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 works")
    page.get_by_role("link", name="Unlit", exact=True).click()
    expect(page.locator(".text")).to_contain_text("The lamp was lit")

    page.goto(f"/works/{shelf.warned}/")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".text")).to_contain_text("The lamp was lit")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_chapters_are_turned_and_chosen(scripts: bool, shelf: Shelf, look_in: Window) -> None:
    page = look_in(PHONE, scripts=scripts)
    page.goto(f"/works/{shelf.long}/")
    page.get_by_role("link", name="Next Chapter 2").click()
    page.wait_for_url("**/chapters/2/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The Lamplighter’s Ledger")
    page.locator("#contents > summary").click()
    page.get_by_role("link", name="3 · Eleven Unposted Letters").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eleven Unposted Letters")
    page.locator("#contents > summary").click()
    page.get_by_role("link", name="The whole work on one page").click()
    expect(page.locator(".chapter-text")).to_have_count(3)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_settings_are_remembered(scripts: bool, shelf: Shelf, look_in: Window) -> None:
    page = look_in(PHONE, scripts=scripts)
    page.goto(f"/works/{shelf.long}/chapters/3/")
    page.locator("#look > summary").click()
    for name in ("Sepia", "Very large"):
        with page.expect_response("**/settings/") if scripts else nullcontext():
            page.get_by_role("radio", name=name).check()
    if not scripts:
        with page.expect_navigation():
            page.get_by_role("button", name="Apply").click()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    page.goto(f"/works/{shelf.long}/")
    expect(page.locator("html")).to_have_attribute("data-size", "6")
    assert page.evaluate("getComputedStyle(document.querySelector('.reading')).fontSize") == "28px"


def test_settings_act_at_once(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.long}/")
    page.locator("#look > summary").click()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.evaluate(ground)
    with page.expect_response("**/settings/"):
        page.get_by_role("radio", name="Dark").check()
    assert page.evaluate(ground) != before
    expect(page.get_by_role("button", name="Apply")).to_be_hidden()


def test_a_device_that_prefers_dark_is_given_dark(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP, color_scheme="dark")
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 23, 26)"


def test_the_keyboard_alone_is_enough(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the works")).to_be_focused()
    page.keyboard.press("Enter")
    page.goto(f"/works/{shelf.long}/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/chapters/2/")
    page.keyboard.press("l")
    page.wait_for_url("**/chapters/3/")
    page.keyboard.press("h")
    page.wait_for_url("**/chapters/2/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/chapters/1/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    page.keyboard.press("s")
    expect(page.get_by_role("radio", name="Sepia")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Sepia")).to_be_hidden()


def test_keys_are_for_typing_while_one_types(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.long}/")
    page.locator("#look > summary").click()
    with page.expect_response("**/settings/"):
        page.get_by_role("radio", name="Light").focus()
        page.keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    expect(page).to_have_url(f"/works/{shelf.long}/")


def test_keys_can_be_turned_off(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.long}/")
    page.locator("#look > summary").click()
    with page.expect_response("**/settings/"):
        page.get_by_role("radio", name="Off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    expect(page).to_have_url(f"/works/{shelf.long}/")


def test_the_time_left_falls_as_one_reads(shelf: Shelf, look_in: Window) -> None:
    page = look_in(PHONE)
    page.goto(f"/works/{shelf.long}/chapters/3/")
    left = page.locator(".where [data-minutes]")
    before = left.inner_text()
    page.locator(".turn").scroll_into_view_if_needed()
    expect(left).not_to_have_text(before)


def test_the_way_back_leads_to_the_question_one_came_from(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto("/?fandom=the-lighthouse-cycle&sort=title")
    page.get_by_role("link", name="The Lamplighter’s Ledger", exact=True).click()
    page.get_by_role("link", name="Next Chapter 2").click()
    page.wait_for_url("**/chapters/2/")
    page.get_by_role("link", name="← Shelf").click()
    page.wait_for_url("**/?fandom=the-lighthouse-cycle&sort=title")


def test_the_filter_sheet_holds_the_keyboard_and_closes_by_escape_and_back(shelf: Shelf, look_in: Window) -> None:
    page = look_in(PHONE)
    page.goto("/")
    page.get_by_role("link", name="Filter", exact=True).click()
    expect(page.locator("#filters")).to_be_focused()
    assert page.evaluate("document.getElementById('main').inert")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.get_by_role("link", name="Filter", exact=True)).to_be_focused()
    page.get_by_role("link", name="Filter", exact=True).click()
    expect(page.locator("#filters")).to_be_focused()
    page.go_back()
    expect(page.locator("#filters")).to_be_hidden()


def test_a_text_from_right_to_left_turns_its_pages_that_way(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.arabic}/")
    assert page.evaluate("getComputedStyle(document.querySelector('.text p')).direction") == "rtl"
    expect(page.locator("#text")).to_have_attribute("lang", "ar")


def test_paper_gets_the_text_and_nothing_to_press(shelf: Shelf, look_in: Window) -> None:
    page = look_in(DESKTOP)
    page.goto(f"/works/{shelf.long}/")
    page.emulate_media(media="print")
    for part in (".bar", ".turn", ".progress"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".text").first).to_be_visible()
