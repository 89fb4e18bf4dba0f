"""The audit log: every deed that decides who sees what, added once and never changed, not even by the head keeper."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from archive import audit, keeping
from archive.audit import Deed
from archive.models import AuditEntry, SitePolicy, Tag, Tombstone, Work
from archive.models.audit import Unchangeable
from tests.shelving import shelve

pytestmark = pytest.mark.django_db
LOG = reverse("admin:archive_auditentry_changelist")


def told() -> list[tuple[str, str, str]]:
    return list(AuditEntry.everything.order_by("pk").values_list("who", "what", "about"))


def act(client: Client, model: str, action: str, *works: int, **more: str) -> int:
    chosen = {"action": action, "_selected_action": list(works), "confirmed": "yes", **more}
    return client.post(reverse(f"admin:archive_{model}_changelist"), chosen).status_code


def test_what_is_done_to_works_is_noted_with_their_numbers_and_nothing_of_what_is_in_them(head: Client) -> None:
    held, other = shelve(warnings=("Underage Sex",)), shelve(title="Another", authors=("saltmarsh",))
    act(head, "heldwork", "release", held)
    act(head, "work", "hold_selected", held, other, reason="Asked for by its author")
    act(head, "heldwork", "delete", other)
    act(head, "binnedwork", "restore", other)
    act(head, "heldwork", "delete", other)
    act(head, "binnedwork", "remove", other)
    act(head, "tombstone", "lift", Tombstone.everything.get().pk)
    assert told() == [
        ("head", "released works", f"work {held}"),
        ("head", "held works", f"works {held}, {other}: Asked for by its author"),
        ("head", "put works into the bin", f"work {other}"),
        ("head", "brought works back", f"work {other}"),
        ("head", "put works into the bin", f"work {other}"),
        ("head", "removed works for good", f"work {other}"),
        ("head", "lifted refusals", told()[-1][2]),
    ]
    assert told()[-1][2].startswith("fingerprint:")


def test_of_a_keepers_word_the_fields_are_noted_and_never_what_was_said(head: Client) -> None:
    work = shelve()
    keeping.say(work, {"rating": "Explicit", "title": "Another"}, "wren")
    keeping.unsay(work, ["rating"], "wren")
    assert told() == [
        ("wren", "said what is so of works", f"work {work}: title, rating"),
        ("wren", "said what is so of works", f"work {work}: rating"),
    ]


def test_wrangling_is_noted(head: Client) -> None:
    shelve(freeforms=("Spiders", "Tarantulas"))
    spiders, tarantulas = Tag.everything.get(key="spiders"), Tag.everything.get(key="tarantulas")
    head.post(reverse("admin:archive_tag_change", args=[tarantulas.pk]), {"synonym_of": "Spiders", "metatags": ""})
    act(head, "tag", "part_synonyms", tarantulas.pk)
    act(head, "tag", "make_synonyms", tarantulas.pk, name="Spiders")
    words = [about.partition(": ")[2] for _, what, about in told() if what == Deed.TAGS_WRANGLED]
    assert words == ["synonym of Spiders", "stands for itself", f"synonym of {spiders}"]


def test_of_many_works_each_is_named(head: Client) -> None:
    audit.note_works("wren", Deed.WORKS_HELD, range(1, audit.MOST + 2), "why")
    first, second = told()
    assert first[2].startswith("works 1, 2, 3, ")
    assert first[2].endswith(f", {audit.MOST}: why")
    assert second[2] == f"work {audit.MOST + 1}: why"


def test_there_are_no_deeds_but_those_of_the_closed_list() -> None:
    with pytest.raises(ValueError, match="did as they pleased"):
        audit.note("wren", "did as they pleased", "work 1")
    assert told() == []
    assert all(len(deed.value) <= 30 for deed in Deed)


def test_a_deed_that_is_undone_with_its_transaction_was_never_noted() -> None:
    def changed_my_mind() -> None:
        with transaction.atomic():
            audit.note("wren", Deed.MEMBER_MADE, "rook")
            raise LookupError

    with pytest.raises(LookupError):
        changed_my_mind()
    assert told() == []


CHANGES: list[Callable[[AuditEntry], object]] = [
    lambda entry: entry.save(),
    lambda entry: entry.delete(),
    lambda entry: AuditEntry.everything.update(who="rook"),
    lambda entry: AuditEntry.everything.all().delete(),
    lambda entry: AuditEntry.everything.filter(pk=entry.pk).update(about=""),
    lambda entry: AuditEntry.everything.bulk_update([entry], ["who"]),
    lambda entry: AuditEntry.everything.update_or_create(defaults={"who": "rook"}, pk=entry.pk),
    lambda entry: AuditEntry.everything.all()._raw_delete("default"),  # noqa: SLF001
    lambda entry: AuditEntry.everything.bulk_create(
        [entry], update_conflicts=True, unique_fields=["pk"], update_fields=["who"]
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=range(len(CHANGES)))
def test_what_is_noted_is_never_changed_and_never_deleted(change: Callable[[AuditEntry], object]) -> None:
    audit.note("wren", Deed.MEMBER_MADE, "rook")
    entry = AuditEntry.everything.get()
    entry.who = "rook"
    with pytest.raises(Unchangeable):
        change(entry)
    assert told() == [("wren", "made a member", "rook")]


def test_not_even_the_head_keeper_adds_changes_or_deletes_a_line(head: Client) -> None:
    audit.note("wren", Deed.MEMBER_MADE, "rook")
    entry = AuditEntry.everything.get()
    change = reverse("admin:archive_auditentry_change", args=[entry.pk])
    assert head.get(change).status_code == 200
    assert head.post(change, {"who": "rook"}).status_code == 403
    assert head.post(reverse("admin:archive_auditentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert head.post(reverse("admin:archive_auditentry_add"), {"who": "rook", "what": "x"}).status_code == 403
    act(head, "auditentry", "delete_selected", entry.pk)
    assert told() == [("wren", "made a member", "rook")]


def test_the_log_is_searched_by_keeper_by_words_by_deed_and_by_day(head: Client) -> None:
    audit.note("wren", Deed.MEMBER_MADE, "rook")
    audit.note("head", Deed.WORKS_RELEASED, "works 12, 15")
    for query, found in (
        ({"q": "WREN"}, 1),
        ({"q": "works 12"}, 1),
        ({"q": "nobody"}, 0),
        ({"what": "works_released"}, 1),
        ({"what": "nonsense"}, 0),
        ({"at__year": "1999"}, 0),
        ({}, 2),
    ):
        answer = head.get(LOG, query)
        assert answer.status_code == 200
        assert answer.context["cl"].result_count == found, query
    page = head.get(LOG).content.decode()
    assert "released works" in page
    assert "works 12, 15" in page


def test_refusing_from_now_on_is_noted_with_what_the_policy_said_before_and_says_since(head: Client) -> None:
    held = shelve(warnings=("Underage Sex",))
    act(head, "heldwork", "refuse", held)
    policy, works = AuditEntry.everything.order_by("pk")
    assert (policy.what, policy.about) == ("changed the policy", "")
    assert (policy.before, policy.after) == ({"refuse warnings": []}, {"refuse warnings": ["Underage Sex"]})
    assert (works.what, works.about) == ("refused works from now on", f"work {held}")
    page = head.get(reverse("admin:archive_auditentry_change", args=[policy.pk])).content.decode()
    assert "refuse warnings" in page
    assert SitePolicy.in_force().refused
    assert Work.everything.get().binned_at
