"""The site: its policy, and the sign of life of its worker."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from archive.policy import Policy, Preset, Rules, Takers, tag_rules
from archive.vocabulary import ArchiveWarning, Rating

TAKERS = [
    (Takers.KEEPERS.value, "Keepers only"),
    (Takers.MEMBERS.value, "Members: whoever has signed in, of works that open to them"),
    (Takers.READERS.value, "Everybody, of works that open to them"),
]
PRESETS = [
    (Preset.JUST_ME.value, "Just me: everybody signs in, once per device for a year"),
    (Preset.HOUSEHOLD.value, "My household: members, each with their own ceiling; nobody enters without an account"),
    (Preset.ANYONE.value, "Anyone with the address: strangers browse, and see adult works after agreeing"),
    (Preset.OWN.value, "As set below"),
]
CEILINGS = [(rating.value, rating.label) for rating in Rating if rating <= Rating.EXPLICIT]


def _said(name: str, value: Any) -> Any:
    """A setting as JSON that reads well: ratings and warnings by their labels."""
    if name.endswith("_warnings"):
        return [bit.label for bit in ArchiveWarning(value)]
    if name.endswith("_ratings"):
        return [Rating(rating).label for rating in value]
    return Rating(value).label if name.endswith("_ceiling") else value


class SitePolicy(models.Model):
    """What this library shows to whom: one row. Without it the strictest policy holds (`archive.policy`)."""

    preset = models.CharField(max_length=10, choices=PRESETS, default=Preset.ANYONE.value)
    strangers_welcome = models.BooleanField(default=True, help_text="Whether people who have not signed in may browse.")
    registration = models.BooleanField(
        "open registration", default=False, help_text="Whether whoever comes may make an account of their own."
    )
    signed_in_days = models.PositiveSmallIntegerField(
        "days signed in",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text="How long a device stays signed in.",
    )
    may_remember = models.BooleanField(
        "agreement remembered",
        default=True,
        help_text="Whether members may keep on their account that they agreed to see adult works.",
    )
    stranger_ceiling = models.PositiveSmallIntegerField(
        choices=CEILINGS, default=Rating.EXPLICIT, help_text="The highest rating shown to strangers at all."
    )
    member_ceiling = models.PositiveSmallIntegerField(
        choices=CEILINGS, default=Rating.EXPLICIT, help_text="The highest rating shown to members at all."
    )
    blocked_tags = models.JSONField(
        default=list, blank=True, help_text="Tags never shown to anybody: names, or fandom:Name for one kind only."
    )
    hold_ratings = models.JSONField(default=list, blank=True, help_text="Ratings held on import, until released.")
    hold_warnings = models.PositiveSmallIntegerField(
        default=ArchiveWarning.UNDERAGE, help_text="Archive warnings held on import, until released."
    )
    hold_tags = models.JSONField(default=list, blank=True, help_text="Tags held on import, until released.")
    ask_warnings = models.PositiveSmallIntegerField(
        default=ArchiveWarning.STATED, help_text="Archive warnings that ask before a work is opened."
    )
    ask_tags = models.JSONField(default=list, blank=True, help_text="Tags that ask before a work is opened.")
    refuse_ratings = models.JSONField(default=list, blank=True, help_text="Ratings of which new works are refused.")
    refuse_warnings = models.PositiveSmallIntegerField(
        default=0, help_text="Archive warnings with which new works are refused."
    )
    refuse_tags = models.JSONField(default=list, blank=True, help_text="Tags with which new works are refused.")
    gate_words = models.CharField(
        max_length=500, blank=True, help_text="What you add to the page that stands before adult works: plain text."
    )
    originals = models.CharField(
        max_length=8,
        choices=TAKERS,
        default=Takers.MEMBERS.value,
        help_text="Who may download the files that works came from.",
    )
    singleton = models.BooleanField(default=True, unique=True, editable=False)

    everything = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "site policy"
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="one_policy")]

    def __str__(self) -> str:
        return "Site policy"

    @classmethod
    def in_force(cls) -> Policy:
        """The policy as plain data; without its row the strictest."""
        row = cls.everything.first()
        if row is None:
            return Policy()
        return row.plain()

    @classmethod
    def steady(cls) -> None:
        """Keep the policy as it is until this transaction ends, and wait for whoever is changing it now.

        Otherwise works that come in at that moment would be judged by the old one, and missed by whoever goes through
        the shelf with the new one.
        """
        list(cls.everything.select_for_update(no_key=True).values_list("pk"))

    def spoken(self) -> dict[str, Any]:
        """Every setting by its name, in words: what the audit log keeps."""
        return {
            str(field.verbose_name): _said(field.name, getattr(self, field.name))
            for field in self._meta.concrete_fields
            if field.name not in ("id", "singleton")
        }

    def plain(self) -> Policy:
        """What this row says, as plain data."""
        return Policy(
            preset=Preset(self.preset),
            strangers_welcome=self.strangers_welcome,
            registration=self.registration,
            signed_in_days=self.signed_in_days,
            may_remember=self.may_remember,
            stranger_ceiling=Rating(self.stranger_ceiling),
            member_ceiling=Rating(self.member_ceiling),
            blocked_tags=tag_rules(self.blocked_tags),
            hold_ratings=frozenset(map(Rating, self.hold_ratings)),
            hold_warnings=ArchiveWarning(self.hold_warnings),
            hold_tags=tag_rules(self.hold_tags),
            ask_warnings=ArchiveWarning(self.ask_warnings),
            ask_tags=tag_rules(self.ask_tags),
            refused=Rules(
                frozenset(map(Rating, self.refuse_ratings)),
                ArchiveWarning(self.refuse_warnings),
                tag_rules(self.refuse_tags),
            ),
            gate_words=self.gate_words,
            originals=Takers(self.originals),
        )


class WorkerBeat(models.Model):
    """When the worker last showed that it lives."""

    at = models.DateTimeField()

    everything = models.Manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
