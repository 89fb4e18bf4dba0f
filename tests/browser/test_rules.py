"""A member's own rules by keyboard, without JavaScript, on a phone and on a desk."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from reader.models import ReadingRules, User
from tests.browser.conftest import DESKTOP, PHONE, Shelf, in_the_way
from tests.browser.test_accessible import SIZES
from tests.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Look = Callable[..., Page]


def at_home(page: Page, client: Client, live_server: Any) -> Page:
    """The page of somebody who has signed in already."""
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    )
    return page


@pytest.mark.parametrize(
    ("size", "theme"), [("phone", "light"), ("desktop", "sepia"), ("phone", "dark"), ("desktop", "black")]
)
def test_no_page_with_rules_stands_in_anybodys_way(
    size: str, theme: str, shelf: Shelf, look_in: Look, live_server: Any
) -> None:
    client = enter("agreed")
    rules = ReadingRules.objects.create(
        user=User.objects.get(),
        avoided_tags=[["Slow Burn", "too slow"]],
        avoided_works=[[shelf.short, ""]],
        highlighted_tags=["The Lighthouse Cycle"],
    )
    page = at_home(look_in(SIZES[size]), client, live_server)
    page.context.add_cookies([{"name": "look", "value": f"theme:{theme}", "url": live_server.url}])
    found = {}
    addresses = ("/", "/?avoided=shown", "/settings/rules/", "/tags/freeform/slow-burn/", f"/works/{shelf.long}/")
    hiding = ("/?avoided=shown", f"/works/{shelf.long}/", f"/works/{shelf.long}/labels/", f"/works/{shelf.warned}/")
    for address in (*addresses, None, *hiding):
        if address is None:
            rules.hides_warnings = rules.hides_freeforms = True
            rules.save()
            continue
        page.goto(address)
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
        if broken := in_the_way(page):
            found[address] = broken
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), address
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_rules_are_made_and_taken_back_without_javascript(
    size: dict[str, int], shelf: Shelf, look_in: Look, live_server: Any
) -> None:
    page = at_home(look_in(size, scripts=False), enter("agreed"), live_server)
    page.goto("/tags/freeform/slow-burn/")
    page.get_by_role("button", name="Avoid this tag").click()
    expect(page.get_by_role("button", name="No longer avoid this tag")).to_be_visible()
    page.goto("/")
    expect(page.locator("main")).to_contain_text("set aside by your rules")
    page.get_by_role("link", name="Show once").click()
    expect(page.locator("main")).to_contain_text("is shown this once")
    page.get_by_role("link", name="Set it aside again").click()
    expect(page.locator("main")).to_contain_text("set aside by your rules")
    page.get_by_role("link", name="Edit rules").click()
    page.get_by_label("Tag 1").fill("")
    page.get_by_label("Additional tags").check()
    page.get_by_role("button", name="Keep these rules").click()
    expect(page.get_by_role("status")).to_have_text("Your rules are kept.")
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text("set aside")
    page.get_by_role("link", name="Show warnings and tags").first.click()
    page.wait_for_url("**/works/*/labels/**")
    page.get_by_role("link", name="Back").click()
    page.wait_for_url("**/works/*/")


def test_the_page_of_rules_is_walked_through_by_keyboard(shelf: Shelf, look_in: Look, live_server: Any) -> None:
    page = at_home(look_in(DESKTOP), enter("agreed"), live_server)
    page.goto("/settings/rules/")
    page.get_by_label("Tags to point out").focus()
    page.keyboard.type("Slow Burn")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # warnings only when asked
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    kept = ReadingRules.objects.get()
    assert (kept.highlighted_tags, kept.hides_warnings, kept.hides_freeforms) == (["Slow Burn"], True, False)
