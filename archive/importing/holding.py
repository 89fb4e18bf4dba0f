"""Holding: which works wait for a keeper before anybody may see them, and why."""

from collections.abc import Collection

from archive import wrangling
from archive.access import Standing, stakes
from archive.importing.unwanted import because
from archive.models import SitePolicy, Tag, Work
from archive.policy import hold_reason
from archive.vocabulary import ArchiveWarning, Rating


class HoldRules:
    """What this library holds on import, as it stands at this moment; without a policy row the strictest rules."""

    def __init__(self, identities: Collection[str]) -> None:
        """For works of these identities."""
        self._policy = SitePolicy.in_force()
        self._unwanted = because(identities, self._policy.refused)
        held = wrangling.closed(self._policy.held.tags)
        self._tags = dict(Tag.everything.filter(pk__in=held).values_list("pk", "name")) if held else {}

    def apply(self, work: Work, tags: frozenset[int]) -> None:
        """Hold a work that they name, unless a keeper has released just this rating with these warnings.

        It is held as well when one of its files, though not the newest, states what the policy refuses.
        What is held stays held until a keeper releases it, even if the reason has gone.
        """
        standing = Standing(work.pk or 0, Rating(work.rating), ArchiveWarning(work.warnings), tags)
        if work.released == stakes(work.rating, work.warnings):
            work.held, work.hold_reason = False, ""
        elif reason := hold_reason(self._policy, standing, self._tags) or self._unwanted.get(work.identity, ""):
            work.held, work.hold_reason = True, reason[:255]
