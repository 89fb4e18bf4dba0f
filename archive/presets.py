"""Presets: the ready-made policies, as a keeper chooses one at the first start or later."""

from django.db import transaction

from archive.audit import Deed, note_changes
from archive.models import SitePolicy
from archive.policy import Preset, chosen

DECIDED = ("strangers_welcome", "registration", "signed_in_days", "may_remember", "stranger_ceiling", "member_ceiling")
"""The settings that a preset decides, besides that it holds "Underage Sex"."""


def settle(row: SitePolicy, preset: Preset) -> None:
    """Put what a preset decides into the row; it is not saved yet."""
    wanted = chosen(row.plain(), preset)
    row.preset = preset.value
    for name in (*DECIDED, "hold_warnings"):
        setattr(row, name, getattr(wanted, name))


def choose(preset: Preset, by: str) -> None:
    """Set the policy to a preset, in the name of the keeper who chooses it."""
    with transaction.atomic():
        row = SitePolicy.everything.select_for_update().first()
        before = row.spoken() if row else {}
        row = row or SitePolicy()
        settle(row, preset)
        row.save()
        note_changes(by, Deed.POLICY_CHANGED, before=before, after=row.spoken())
