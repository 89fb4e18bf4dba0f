"""Nobody becomes a keeper by coming first, and what only keepers do takes a keeper's power and a form of this house."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from archive import presets
from archive.catalogue import policy
from archive.models import AuditEntry, SitePolicy, Work
from archive.policy import Preset
from reader import first_keeper
from reader.models import User
from tests.shelving import shelve

HELD = reverse("admin:archive_heldwork_changelist")
PASSWORD = "an-invented-password"


@pytest.mark.django_db
def test_a_new_library_has_no_account_and_none_that_one_could_guess() -> None:
    assert not User.objects.exists()
    for name in ("admin", "carrel", "root", "keeper"):
        for password in ("admin", "carrel", "password", "changeme", ""):
            Client().post(reverse("admin:login"), {"username": name, "password": password})
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/login/", "/admin/", "/admin/login/", "/welcome/x/", "/settings/"])
def test_the_first_visitor_does_not_become_keeper(address: str) -> None:
    first_keeper.open_link("http://testserver")
    given = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD, "password": PASSWORD, "preset": "anyone"}
    for ask in (Client().get, Client().post):
        ask(address, given)
    assert first_keeper.wanted()
    assert not AuditEntry.everything.exists()


@pytest.mark.django_db
def test_a_keepers_form_from_elsewhere_does_nothing(head: Client) -> None:
    work, before = shelve(warnings=("Underage Sex",)), policy()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="head"))
    row = SitePolicy.everything.get()
    for address, form in (
        (HELD, {"action": "release", "_selected_action": work, "confirmed": "yes"}),
        (HELD, {"action": "refuse", "_selected_action": work, "confirmed": "yes"}),
        (reverse("admin:archive_sitepolicy_change", args=[row.pk]), {"preset": "anyone"}),
        (reverse("admin:again"), {"password": PASSWORD}),
    ):
        assert strict.post(address, form).status_code == 403
    assert policy() == before
    assert Work.everything.get().held
    assert not AuditEntry.everything.exists()


POWERS = [
    (("view_heldwork", "change_work"), ("release",)),
    (("view_heldwork", "delete_work"), ("delete",)),
    (("view_heldwork", "delete_work", "change_sitepolicy"), ("delete", "refuse")),
    (("view_heldwork", "change_sitepolicy"), ()),
    (("view_heldwork",), ()),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("powers", "allowed"), POWERS, ids=str)
@pytest.mark.parametrize("action", ["release", "delete", "refuse"])
def test_each_decision_on_held_works_takes_its_power_one_by_one_and_in_bulk(
    action: str, powers: tuple[str, ...], allowed: tuple[str, ...], keeper: Callable[..., Client]
) -> None:
    works = [shelve(title=title, warnings=("Underage Sex",)) for title in ("One", "Two")]
    client = keeper(*powers)
    for chosen in ({"_selected_action": works[:1]}, {"_selected_action": works[:1], "select_across": "1"}):
        client.post(HELD, {"action": action, "confirmed": "yes", **chosen})
    waiting = Work.everything.filter(held=True, binned_at=None).count()
    assert waiting == (0 if action in allowed else 2)
    assert AuditEntry.everything.exists() == (action in allowed)


@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_change_the_policy_at_once_take_turns() -> None:
    SitePolicy.everything.update(preset="own", signed_in_days=7)
    start = threading.Barrier(2)

    def choose(preset: Preset) -> None:
        start.wait()
        try:
            presets.choose(preset, preset.value)
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=(preset,)) for preset in (Preset.JUST_ME, Preset.HOUSEHOLD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = AuditEntry.everything.order_by("pk")
    assert first.before["preset"] == "own"
    assert second.before["preset"] == first.after["preset"] == first.who
    assert policy().preset == second.after["preset"] == second.who
