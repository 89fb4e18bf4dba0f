"""The keepers' pages, on a phone and on a desk, light and dark: nothing that stands in a keeper's way."""

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive import audit
from archive.catalogue import policy
from archive.models import AuditEntry, ImportRun, RunEntry, SourceFile
from archive.policy import Preset
from tests.browser.conftest import DESKTOP, PHONE, Shelf, in_the_way
from tests.cast import enter
from tests.shelving import shelve

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOMS = (
    "work", "heldwork", "binnedwork", "puzzlingwork", "chapter", "tag", "author", "series", "importrun", "tombstone",
    "sitepolicy", "auditentry",
)  # fmt: skip


def runs() -> list[int]:
    """A run in the queue, one under way, and one that has ended with something of every kind."""
    now = timezone.now()
    made = [
        ImportRun.everything.create(state=state, started_at=now, beat_at=now, way="upload", asked_by="keeper", **counts)
        for state, counts in (
            ("queued", {"total": 3}),
            ("running", {"total": 90, "done": 40, "created": 40}),
            ("finished", {"total": 3, "done": 3, "refused": 1, "held": 1, "ignored": 1}),
        )
    ]
    for outcome in ("held", "refused"):
        RunEntry.everything.create(run=made[2], outcome=outcome, path="a/file.txt", title="A title", reason="a reason")
    return [run.pk for run in made]


def noted() -> int:
    """An entry of the audit log with something before and after."""
    audit.note("keeper", audit.Deed.POLICY_CHANGED, before={"preset": "own"}, after={"preset": "anyone"})
    return AuditEntry.everything.get().pk


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_no_keepers_page_stands_in_anybodys_way(
    size: dict[str, int], scheme: str, shelf: Shelf, look_in: Callable[..., Page], live_server: LiveServer
) -> None:
    held = shelve(title="Held", warnings=("Underage Sex",))
    assert SourceFile.everything.exists()
    session = enter("keeper").cookies[settings.SESSION_COOKIE_NAME].value
    page = look_in(size, color_scheme=scheme, bypass_csp=True)  # axe writes styles of its own into the page
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    addresses = [
        "/admin/",
        *(f"/admin/archive/{room}/" for room in ROOMS),
        f"/admin/archive/work/{shelf.long}/change/",
        "/admin/upload/",
        "/admin/reread/",
        "/admin/again/",
        f"/admin/archive/heldwork/{held}/change/",
        f"/admin/archive/auditentry/{noted()}/change/",
        *(f"/admin/archive/importrun/{run}/change/" for run in runs()),
        "/admin/reader/user/",
        "/",
    ]
    found = {}

    def judge(address: str) -> None:
        if broken := in_the_way(page, targets=False):
            found[address] = broken

    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.ok, address
        judge(address)
    page.goto("/admin/archive/sitepolicy/")
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_role("region", name="What this does")).to_be_visible()
    judge("what a policy would do")
    assert found == {}, json.dumps(found, indent=1)


def test_the_policy_is_set_with_the_keyboard_alone_and_without_scripts(
    shelf: Shelf, look_in: Callable[..., Page], live_server: LiveServer
) -> None:
    session = enter("keeper").cookies[settings.SESSION_COOKIE_NAME].value
    page = look_in(PHONE, scripts=False)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto("/admin/archive/sitepolicy/")
    page.get_by_label("My household").press("Space")
    page.get_by_label("Days signed in").press("Enter")
    told = page.get_by_role("region", name="What this does")
    expect(told).to_contain_text("Nobody sees a work without signing in.")
    assert policy().preset is Preset.ANYONE
    with page.expect_navigation():
        told.get_by_role("button", name="Save it").press("Enter")
    assert policy().preset is Preset.HOUSEHOLD
