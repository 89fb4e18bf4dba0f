"""A member's desk and the doors to it, on a phone and on a desk, light and dark, with scripts and without."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from archive.models import SitePolicy
from reader import joining, tokens
from reader.models import Device, Invitation, SavedFilter, User
from tests.browser.conftest import DESKTOP, PHONE, in_the_way

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "the harbour cat is staying"


@pytest.fixture
def ada(transactional_db: None) -> User:
    SitePolicy.everything.update(registration=True)
    ada = User.objects.create_superuser("AdaBrookOfTheLongLighthouseRoad", password=PASSWORD)
    Device.objects.create(user=ada, key="tablet", name="Firefox on Android", ceiling=2)
    SavedFilter.objects.create(user=ada, name="Lamps", question="?q=lamp")
    tokens.make(ada, "My e-reader")
    return ada


def doors(ada: User) -> list[str]:
    token = joining.invite(Invitation(until=timezone.now() + timedelta(days=3)), ada)
    number, link = joining.password_link(User.objects.create_user("tom", password="x"))
    addresses = ["login/", "register/", "forgotten/", "pair/", f"invitations/{token}/", "invitations/spent/"]
    return [f"/{one}" for one in [*addresses, f"forgotten/{number}/{link}/"]]


DESK = ["", "devices/", "pairing/", "tokens/", "password/", "elsewhere/", "kept/", "close/"]


def sign_in(page: Page, ada: User) -> None:
    page.goto("/login/?next=/account/")
    page.fill("[name=username]", ada.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("/account/")


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_no_page_of_an_account_stands_in_anybodys_way(
    size: dict[str, int], theme: str, ada: User, look_in: Callable[..., Page], live_server: object
) -> None:
    page, found = look_in(size), {}
    page.context.add_cookies([{"name": "look", "value": f"theme:{theme}", "url": live_server.url}])

    def judge(address: str) -> None:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        broken, headings = in_the_way(page), page.locator("h1").count()
        if wide or broken or headings != 1:
            found[address] = broken

    for address in doors(ada):
        judge(address)
    sign_in(page, ada)
    for room in DESK:
        judge(f"/account/{room}")
    assert found == {}, json.dumps(found, indent=1)


def test_a_device_is_let_in_by_six_digits_without_scripts(ada: User, look_in: Callable[..., Page]) -> None:
    desk, kobo = look_in(DESKTOP, scripts=False), look_in(PHONE, scripts=False)
    sign_in(desk, ada)
    desk.click("text=Let a device in")
    desk.select_option("[name=ceiling]", label="Teen And Up Audiences")
    desk.click("text=Show six digits")
    digits = desk.inner_text(".digits")
    kobo.goto("/login/")
    kobo.click("text=With six digits")
    kobo.fill("[name=code]", digits)
    kobo.click("text=Ask to come in")
    expect(kobo.get_by_role("button", name="Go on")).to_be_visible()
    desk.click("text=I have typed them there")
    desk.click("text=It is mine")
    desk.wait_for_url("/account/devices/")
    kobo.click("button:text('Go on')")
    expect(kobo.locator("nav details summary")).to_have_text(ada.username)
    assert Device.objects.filter(ceiling=2).count() == 2


def test_the_desk_is_walked_by_keyboard(ada: User, look_in: Callable[..., Page]) -> None:
    page = look_in(DESKTOP)
    page.goto("/login/?next=/account/")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(ada.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/account/")
    page.focus("main")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Devices")
