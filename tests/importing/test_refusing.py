"""What the keepers refuse never comes in: new works are refused and named, works that are here are held instead."""

from datetime import date

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from archive import keeping, refusing, wrangling
from archive.importing import Outcome
from archive.models import Refusal, SitePolicy, SourceFile, Tag, Text, Tombstone, Work
from archive.vocabulary import ArchiveWarning, Rating
from reader.models import User
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rule", "stated", "reason"),
    [
        ({"refuse_warnings": ArchiveWarning.UNDERAGE}, {"warnings": ("Underage",)}, "Underage Sex"),
        ({"refuse_ratings": [Rating.EXPLICIT]}, {"ratings": ("NC-17",)}, "Explicit"),
        ({"refuse_tags": ["Spiders"]}, {"freeforms": ("SPIDERS",)}, "SPIDERS"),
        ({"refuse_tags": ["fandom:Lamps"]}, {"fandoms": ("LAMPS",)}, "LAMPS"),
        ({"refuse_tags": ["Character: Wren"]}, {"freeforms": ("Character: Wren",)}, "Character: Wren"),
    ],
    ids=str,
)
def test_a_new_work_of_a_refused_kind_is_refused_and_leaves_nothing_behind(
    rule: dict[str, object], stated: dict[str, object], reason: str
) -> None:
    SitePolicy.everything.update(**rule)
    refused, taken = bring(parsed(title="A", **stated), parsed(title="B", chapters=()))
    assert refused.outcome is Outcome.REFUSED
    assert refused.reason == f"refused by the policy: {reason}"
    assert refused.work is None
    assert taken.outcome is Outcome.CREATED
    assert Work.everything.get().title == "B"
    assert SourceFile.everything.count() == 1
    assert not Text.everything.exists()


def test_a_rule_on_a_tag_refuses_its_synonyms_and_what_stands_under_it() -> None:
    shelve(title="Here", freeforms=("Spiders", "Tarantulas", "Fear"))
    tags = {tag.key: tag for tag in Tag.everything.all()}
    wrangling.make_synonym(tags["tarantulas"], tags["spiders"])
    wrangling.set_metatag(tags["spiders"], tags["fear"])
    SitePolicy.everything.update(refuse_tags=["Fear"])
    told = bring(parsed(title="New", freeforms=("Tarantulas",)), parsed(title="Other", freeforms=("Calm",)))
    assert [one.outcome for one in told] == [Outcome.REFUSED, Outcome.CREATED]


def test_a_fandom_of_the_name_of_a_refused_freeform_is_no_such_work() -> None:
    SitePolicy.everything.update(refuse_tags=["freeform:Spiders"])
    assert bring(parsed(fandoms=("Spiders",)))[0].outcome is Outcome.CREATED


def test_a_work_that_is_here_is_held_when_an_update_makes_it_such() -> None:
    work = shelve(source="s", source_id="1")
    SitePolicy.everything.update(refuse_warnings=ArchiveWarning.DEATH, hold_warnings=0)
    told = bring(parsed(source="s", source_id="1", warnings=("Major Character Death",), summary="<p>New.</p>"))
    assert [(one.outcome, one.work) for one in told] == [(Outcome.HELD, work)]
    assert Work.everything.get().hold_reason == "Major Character Death"


STRICT = {"warnings": ("Underage",), "freeforms": ("Fear", "Spiders"), "updated": date(2020, 1, 1)}
MILD = {"freeforms": ("Calm",), "updated": date(2021, 1, 1)}
NAMED = {"source": "s", "source_id": "1"}


@pytest.mark.parametrize("rule", [{"refuse_warnings": ArchiveWarning.UNDERAGE}, {"refuse_tags": ["freeform:Spiders"]}])
@pytest.mark.parametrize("of", [NAMED, {"title": "Nameless"}], ids=["named", "nameless"])
@pytest.mark.parametrize("together", [False, True], ids=["one by one", "together"])
@pytest.mark.parametrize("files", [(STRICT, MILD), (MILD, STRICT), (MILD, STRICT, MILD)], ids=["sm", "ms", "msm"])
def test_no_reader_sees_a_work_of_which_any_file_is_refused(
    rule: dict[str, object], of: dict[str, str], together: bool, files: tuple[dict[str, object], ...]
) -> None:
    SitePolicy.everything.update(**rule, hold_warnings=0)
    works = [parsed(**of, **stated, summary=f"<p>{number}</p>") for number, stated in enumerate(files)]
    for some in [works] if together else [[work] for work in works]:
        bring(*some)
    assert all(work.held for work in Work.everything.all())
    assert Work.everything.exists() == (files[0] is MILD and not together)


def test_what_is_remembered_of_a_refused_work_is_no_title_and_no_text_and_ends_with_the_rule() -> None:
    SitePolicy.everything.update(refuse_tags=["Spiders"])
    for _ in range(2):
        bring(parsed(**NAMED, **STRICT))
    row = Refusal.everything.get()
    assert (row.identity, row.tags) == ("s:1", [["freeform", "Spiders"]])
    assert "Lamplighter" not in str(model_to_dict(row))
    mild = parsed(**NAMED, **MILD)
    assert bring(mild)[0].reason == "refused by the policy: Spiders"
    SitePolicy.everything.update(refuse_tags=["Other"])
    assert bring(mild)[0].outcome is Outcome.CREATED


def test_a_keeper_who_releases_such_a_work_has_the_last_word() -> None:
    SitePolicy.everything.update(refuse_tags=["Spiders"])
    work = shelve(**NAMED, **MILD)
    bring(parsed(**NAMED, **STRICT))
    assert Work.everything.get().hold_reason == "refused by the policy: Spiders"
    keeping.release(work, "wren")
    bring(parsed(**NAMED, **MILD, summary="<p>More.</p>"))
    assert not Work.everything.get().held


def test_without_a_rule_nothing_is_refused() -> None:
    assert bring(parsed(ratings=("Explicit",), warnings=("Major Character Death",)))[0].outcome is Outcome.CREATED


def test_what_held_works_have_in_common_is_what_is_refused() -> None:
    SitePolicy.everything.update(hold_ratings=[Rating.MATURE], hold_tags=["Spiders", "Rain"])
    works = [
        shelve(title="A", warnings=("Underage", "Major Character Death")),
        shelve(title="B", ratings=("Mature",)),
        shelve(title="C", freeforms=("Spiders",)),
    ]
    assert str(refusing.such(works)) == "Mature, Underage Sex, Spiders"
    assert refusing.refuse(works, "wren") == 3
    row = SitePolicy.everything.get()
    assert (row.refuse_ratings, row.refuse_warnings, row.refuse_tags) == ([3], ArchiveWarning.UNDERAGE, ["Spiders"])
    assert refusing.refuse(works, "wren") == 0


def test_a_work_that_was_held_by_hand_is_refused_and_no_other() -> None:
    work = shelve(source="s", source_id="1")
    keeping.hold(work, "a word of a keeper")
    refusing.refuse([work], "wren")
    assert not SitePolicy.in_force().refused
    again, other = bring(parsed(source="s", source_id="1", summary="<p>More.</p>"), parsed(title="Other"))
    assert (again.outcome, again.reason) == (Outcome.REFUSED, "removed by a keeper")
    assert other.outcome is Outcome.CREATED


def test_without_a_policy_nothing_is_made_up_for_one() -> None:
    work = shelve(warnings=("Underage",))
    SitePolicy.everything.all().delete()
    assert refusing.refuse([work]) == 1
    assert not SitePolicy.everything.exists()


def test_what_was_removed_for_good_is_refused_until_its_stone_is_lifted() -> None:
    work = shelve(source="s", source_id="1")
    keeping.bin(work)
    keeping.remove(work)
    assert bring(parsed(source="s", source_id="1"))[0].reason == "removed by a keeper"
    keeping.lift(Tombstone.everything.values_list("pk", flat=True))
    assert bring(parsed(source="s", source_id="1"))[0].outcome is Outcome.CREATED


def test_a_keeper_is_told_what_will_be_refused_before_it_is() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("head", password="an-invented-password"))
    work = shelve(warnings=("Underage",))
    asked = {"action": "refuse", "_selected_action": work}
    page = client.post(reverse("admin:archive_heldwork_changelist"), asked).content.decode()
    assert "From now on imports refuse every new work that states Underage Sex." in page
    assert not Work.everything.get().binned_at
    client.post(reverse("admin:archive_heldwork_changelist"), {**asked, "confirmed": "yes"})
    assert Work.everything.get().binned_at
