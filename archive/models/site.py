"""The site: its policy, and the sign of life of its worker."""

from django.db import models

from archive.policy import Policy, Takers, tag_rules
from archive.vocabulary import ArchiveWarning, Rating

TAKERS = [
    (Takers.KEEPERS.value, "Keepers only"),
    (Takers.MEMBERS.value, "Members: whoever has signed in, of works that open to them"),
    (Takers.READERS.value, "Everybody, of works that open to them"),
]
CEILINGS = [(rating.value, rating.label) for rating in Rating if rating <= Rating.EXPLICIT]


class SitePolicy(models.Model):
    """What this library shows to whom: one row. Without it the strictest policy holds (`archive.policy`)."""

    strangers_welcome = models.BooleanField(default=True, help_text="Whether people who have not signed in may browse.")
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
        return Policy(
            strangers_welcome=row.strangers_welcome,
            stranger_ceiling=Rating(row.stranger_ceiling),
            member_ceiling=Rating(row.member_ceiling),
            blocked_tags=tag_rules(row.blocked_tags),
            hold_ratings=frozenset(map(Rating, row.hold_ratings)),
            hold_warnings=ArchiveWarning(row.hold_warnings),
            hold_tags=tag_rules(row.hold_tags),
            ask_warnings=ArchiveWarning(row.ask_warnings),
            ask_tags=tag_rules(row.ask_tags),
            originals=Takers(row.originals),
        )


class WorkerBeat(models.Model):
    """When the worker last showed that it lives."""

    at = models.DateTimeField()

    everything = models.Manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
