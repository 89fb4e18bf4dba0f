"""The policy as plain data: of two ceilings the lower, of blocked tags both, and the strictest when it is missing."""

import pytest

from archive import catalogue, policy
from archive.access import Kind, Standing
from archive.models import SitePolicy
from archive.vocabulary import ArchiveWarning, Rating

OPEN = policy.Policy(strangers_welcome=True, stranger_ceiling=Rating.TEEN, member_ceiling=Rating.EXPLICIT)


def test_of_two_ceilings_the_lower_holds() -> None:
    assert policy.reader(OPEN).ceiling is Rating.TEEN
    assert policy.reader(OPEN, kind=Kind.MEMBER, ceiling=Rating.MATURE).ceiling is Rating.MATURE
    strict = policy.Policy(member_ceiling=Rating.TEEN)
    assert policy.reader(strict, kind=Kind.MEMBER, ceiling=Rating.EXPLICIT).ceiling is Rating.TEEN


def test_strangers_look_no_further_than_all_members() -> None:
    upside_down = policy.Policy(strangers_welcome=True, stranger_ceiling=Rating.EXPLICIT, member_ceiling=Rating.TEEN)
    assert policy.reader(upside_down).ceiling is Rating.TEEN


def test_blocked_tags_of_the_site_and_of_the_member_add_up() -> None:
    site = policy.Policy(blocked_tags=policy.tag_rules(["Gore"]))
    reader = policy.reader(site, kind=Kind.MEMBER, blocked=policy.tag_rules(["fandom:Harbour Lights"]))
    assert reader.blocked == {"gore", "fandom:harbour lights"}


def test_a_member_may_do_without_being_asked_about_a_warning() -> None:
    site = policy.Policy(ask_warnings=ArchiveWarning.STATED)
    reader = policy.reader(site, kind=Kind.MEMBER, unasked=ArchiveWarning.DEATH)
    assert reader.ask_warnings == ArchiveWarning.STATED & ~ArchiveWarning.DEATH


def test_a_colon_in_a_name_is_not_a_kind_of_tag() -> None:
    assert policy.tag_rules(["Fate: Zero", "Fandom: Fate: Zero"]) == {"fate: zero", "fandom: fate: zero"}


def test_what_is_held_is_named() -> None:
    site = policy.Policy(
        hold_ratings=frozenset({Rating.EXPLICIT}), hold_warnings=ArchiveWarning.UNDERAGE, hold_tags=frozenset({"gore"})
    )

    def reason(rating: Rating, warnings: ArchiveWarning, *tags: int) -> str:
        return policy.hold_reason(site, Standing(1, rating, warnings, frozenset(tags)), {7: "Gore"})

    assert reason(Rating.TEEN, ArchiveWarning.NONE_APPLY) == ""
    assert reason(Rating.EXPLICIT, ArchiveWarning.NONE_APPLY) == "Explicit"
    assert reason(Rating.TEEN, ArchiveWarning.UNDERAGE | ArchiveWarning.DEATH) == "Underage Sex"
    assert reason(Rating.TEEN, ArchiveWarning.NONE_APPLY, 7) == "Gore"


def test_the_strictest_policy_holds_all_but_general_works_without_warnings() -> None:
    for rating in Rating:
        held = policy.hold_reason(policy.Policy(), Standing(1, rating, ArchiveWarning.NONE_APPLY), {})
        assert bool(held) == (rating is not Rating.GENERAL)
    assert policy.hold_reason(policy.Policy(), Standing(1, Rating.GENERAL, ArchiveWarning.NOT_STATED), {})


@pytest.mark.django_db
def test_a_new_library_welcomes_strangers_and_one_without_its_policy_nobody() -> None:
    assert catalogue.policy().strangers_welcome
    assert catalogue.policy().hold_warnings == ArchiveWarning.UNDERAGE
    SitePolicy.everything.all().delete()
    assert catalogue.policy() == policy.Policy()
    assert not policy.reader(catalogue.policy()).welcome
