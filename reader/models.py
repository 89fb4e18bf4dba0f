"""Accounts: who reads here, what each has said they want to see, and the questions they keep."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from archive.vocabulary import Rating


class User(AbstractUser):
    """A member, or with `is_staff` a keeper."""

    ceiling = models.PositiveSmallIntegerField(
        choices=[(rating.value, rating.label) for rating in Rating if rating <= Rating.EXPLICIT],
        default=Rating.EXPLICIT,
        help_text="The highest rating that is shown to this member at all. Only keepers set it.",
    )
    blocked_tags = models.JSONField(
        default=list, blank=True, help_text="Tags never shown to this member: names, or fandom:Name for one kind only."
    )
    adult_agreed = models.BooleanField(
        default=False, help_text="Has said to be an adult who wishes to see adult works, for good."
    )
    unasked_warnings = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Archive warnings this member does not want to be asked about."
    )


class SavedFilter(models.Model):
    """A question that a member keeps under a name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="filters")
    name = models.CharField(max_length=80)
    question = models.TextField()
    """Its address on the whole shelf, from `?` on."""
    default = models.BooleanField(default=False)
    """Whether it is asked whenever the bare shelf is."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="filter_by_name"),
            models.UniqueConstraint(fields=["user"], condition=models.Q(default=True), name="one_default_filter"),
        ]

    def __str__(self) -> str:
        return self.name
