"""The shelf's filters in a browser: by keyboard, in place, undone by Back, on a phone, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from reader.models import User
from tests.browser.conftest import DESKTOP, PHONE, Shelf, in_the_way

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FLUFF = "button[value='freeform:fluff']"


def opened(page: Page, side: str) -> None:
    """Open a part of the sidebar."""
    page.locator(f"details[data-side={side}] > summary").click()


def marked(page: Page) -> None:
    """Leave a mark on this page, which another page would not have."""
    page.evaluate("window.marked = true")


def same_page(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def test_choosing_by_keyboard_keeps_focus_and_place(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    marked(page)
    page.locator("details[data-side=freeform] > summary").focus()
    page.keyboard.press("Enter")
    page.locator(FLUFF).first.focus()
    scrolled = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    expect(page.locator(".said b")).to_have_text("1")
    expect(page).to_have_url("/?freeform=fluff")
    assert same_page(page)
    assert page.evaluate("document.activeElement.value") == "freeform:fluff"
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert page.evaluate("scrollY") == scrolled
    expect(page.locator("details[data-side=freeform]")).to_have_attribute("open", "")
    expect(page.locator("#told")).to_have_text("1 work")
    page.keyboard.press("Enter")
    expect(page.locator(".said b")).to_have_text("4")
    assert page.evaluate("document.activeElement.value") == "freeform:fluff"


def test_not_is_reached_by_keyboard_and_seen_when_it_is(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    opened(page, "freeform")
    page.locator(FLUFF).first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "freeform.not:fluff"
    assert page.evaluate("getComputedStyle(document.activeElement).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.locator(".said b")).to_have_text("3")
    expect(page).to_have_url("/?freeform.not=fluff")


def test_back_undoes_and_forward_does_again(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    marked(page)
    opened(page, "freeform")
    page.locator(FLUFF).first.click()
    expect(page.locator(".said b")).to_have_text("1")
    page.locator("button[name=put][value='rating:general']").first.click()
    expect(page.locator(".chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator(".said b")).to_have_text("4")
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)
    assert same_page(page)


def test_a_chip_turns_and_goes(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/?freeform=fluff")
    marked(page)
    page.locator(".chip summary").click()
    page.get_by_role("button", name="without it").click()
    expect(page.locator(".chip.none")).to_have_count(1)
    expect(page.locator(".said b")).to_have_text("3")
    page.locator(".chip .remove").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert same_page(page)


def test_what_fails_is_left_to_the_browser(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    marked(page)
    page.evaluate("void (window.fetch = () => Promise.reject(new Error('unplugged')))")
    opened(page, "freeform")
    page.locator(FLUFF).first.click()
    page.wait_for_url("**/?*freeform=fluff*")
    expect(page.locator(".said b")).to_have_text("1")
    assert not same_page(page)


def test_typing_narrows_the_values_and_keeps_its_text(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    opened(page, "freeform")
    page.locator("input[name=name-freeform]").fill("flü")
    expect(page.locator(FLUFF).first).to_be_visible()
    expect(page.locator("button[value='freeform:slow-burn']").first).to_be_hidden()
    page.locator("input[name=name-freeform]").fill("")
    expect(page.locator("button[value='freeform:slow-burn']").first).to_be_visible()


def test_names_are_suggested_and_picked_by_keyboard(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/")
    marked(page)
    opened(page, "freeform")
    box = page.locator("input[name=name-freeform]")
    box.focus()
    page.keyboard.insert_text("slo")  # at once: nothing but these is asked for
    expect(page.get_by_role("option", name="Slow Burn")).to_be_visible()
    assert in_the_way(page, targets=False) == []
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.insert_text("w")
    expect(page.get_by_role("option", name="Slow Burn")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page).to_have_url("/?freeform=slow-burn")
    assert same_page(page)
    expect(box).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_name_that_is_typed_is_added_and_a_range_applied(
    scripts: bool, shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    page = look_in(DESKTOP, scripts=scripts)
    page.goto("/")
    opened(page, "freeform")
    page.locator("input[name=name-freeform]").fill("Fluff")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?freeform=fluff*")
    opened(page, "length")
    page.locator("input[name=words-from]").fill("1,000")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?freeform=fluff&words=1000-*")
    expect(page.get_by_text("No work matches.")).to_be_visible()
    page.locator(".nothing a").first.click()
    expect(page.locator(".chip")).to_have_count(1)


def test_everything_works_without_scripts(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP, scripts=False)
    page.goto("/")
    opened(page, "freeform")
    page.locator(FLUFF).first.click()
    page.wait_for_url("**/?freeform=fluff**")
    expect(page.locator(".said b")).to_have_text("1")
    page.locator(".chip summary").click()
    page.get_by_role("button", name="without it").click()
    page.wait_for_url("**/?freeform.not=fluff**")
    page.locator(".sort summary").click()
    page.get_by_role("button", name="title", exact=True).click()
    page.wait_for_url("**/?freeform.not=fluff&sort=title")
    page.locator(".typing summary").click()
    page.locator("textarea").fill("freeform:(fluff OR shipwrecks)")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".said b")).to_have_text("2")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_sheet_of_a_phone_stays_open_while_several_are_chosen(
    scripts: bool, shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    page = look_in(PHONE, scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="Filter", exact=True).click()
    sheet = page.locator("#filters")
    expect(sheet).to_be_visible()
    opened(page, "freeform")
    sheet.locator(FLUFF).first.click()
    expect(page.locator(".sheet-head a")).to_have_text("Show 1 work")
    expect(sheet).to_be_visible()
    sheet.locator("button[value='rating:general']").first.click()
    expect(sheet.locator("[aria-pressed=true]")).to_have_count(2)
    page.locator(".sheet-head a").click()
    expect(sheet).to_be_hidden()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".blurb")).to_have_count(1)


def test_the_small_buttons_of_a_phone_can_be_touched(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in(PHONE, has_touch=True, is_mobile=True)
    page.goto("/#filters")
    small = page.locator("#filters button[value='rating.not:general']")
    assert small.evaluate("button => getComputedStyle(button).opacity") == "1"
    box = small.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_an_open_sidebar_stands_in_nobodys_way(
    size: dict[str, int], shelf: Shelf, look_in: Callable[..., Page], live_server: object
) -> None:
    page = look_in(size)
    page.goto("/?freeform.any=fluff&freeform.any=slow-burn&rating.not=teen&words=1-&relationship.not=x#filters")
    page.evaluate("document.querySelectorAll('#filters details, .typing').forEach(one => { one.open = true })")
    page.locator(FLUFF).first.focus()
    assert in_the_way(page) == []


def test_a_member_saves_a_question_and_begins_with_it(
    shelf: Shelf, look_in: Callable[..., Page], live_server: object
) -> None:
    User.objects.create_user("ada", password="an-invented-password")
    page = look_in(DESKTOP)
    page.goto("/login/?next=/?freeform=fluff")
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password").fill("an-invented-password")
    page.keyboard.press("Enter")
    page.wait_for_url("/?freeform=fluff")
    opened(page, "kept")
    page.get_by_label("Save this question as").fill("Soft")
    page.get_by_label("Begin with it").check()
    page.get_by_role("button", name="save").click()
    expect(page.get_by_text("You begin with Soft.")).to_be_visible()
    with page.expect_navigation(url="/?freeform=fluff"):
        page.get_by_role("link", name="Browse").click()
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator(".said b")).to_have_text("4")
    assert in_the_way(page, targets=False) == []
    page.goto("/filters/")
    assert in_the_way(page, targets=False) == []


def test_without_scripts_a_press_leaves_the_side_where_it_was(shelf: Shelf, look_in: Callable[..., Page]) -> None:
    page = look_in({"width": 1280, "height": 500}, scripts=False)
    page.goto("/")
    page.locator("button[value='rating:general']").first.click()
    page.wait_for_url("**/?rating=general#side-rating")
    expect(page.locator(".said b")).to_be_in_viewport()
    opened(page, "format")
    page.locator("details[data-side=format] li button").first.click()
    page.wait_for_url("**#side-format")
    expect(page.locator("details[data-side=format] > summary")).to_be_in_viewport()


def test_without_scripts_the_sheet_of_a_phone_goes_on_at_the_side_that_was_pressed(
    shelf: Shelf, look_in: Callable[..., Page]
) -> None:
    page = look_in(PHONE, scripts=False)
    page.goto("/#filters")
    opened(page, "format")
    page.locator("details[data-side=format] li button").first.click()
    page.wait_for_url("**#side-format")
    expect(page.locator("details[data-side=format] > summary")).to_be_in_viewport()
    expect(page.locator(".sheet-head a")).to_be_in_viewport()
