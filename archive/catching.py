"""Catching up: works that stand on the shelf, and that the policy would hold if they came in now."""

from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q

from archive import keeping, visible, wrangling
from archive.access import NOBODY, stakes
from archive.models import Tag, Tagging, Work
from archive.policy import Policy, hold_reason

BATCH = 500


def uncaught(policy: Policy) -> list[int]:
    """The works on the shelf that this policy would hold, but for those that a keeper has released as they are."""
    rules = policy.held
    works = Work.everything.filter(held__in=[False], binned_at=None)
    named = Q(rating__in=rules.ratings) | Q(warned__gt=0)
    if tags := wrangling.closed(rules.tags):
        named |= Q(Exists(Tagging.everything.filter(content_object=OuterRef("pk"), tag__in=sorted(tags))))
    works = works.alias(warned=F("warnings").bitand(int(rules.warnings))).filter(named)
    rows = works.order_by("pk").values_list("pk", "rating", "warnings", "released")
    return [pk for pk, rating, warnings, released in rows if not released or released != stakes(rating, warnings)]


def catch_up(policy: Policy, by: str = "") -> int:
    """Hold them, each for its reason. Returns how many."""
    tags = dict(Tag.everything.filter(pk__in=wrangling.closed(policy.held.tags)).values_list("pk", "name"))
    works, held = uncaught(policy), 0
    for start in range(0, len(works), BATCH):
        reasons: dict[str, list[int]] = defaultdict(list)
        for work in visible.standings(NOBODY, works[start : start + BATCH]):
            reasons[hold_reason(policy, work, tags)].append(work.work)
        held += sum(keeping.hold(ids, reason, by) for reason, ids in reasons.items() if reason)
    return held
