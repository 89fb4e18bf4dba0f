"""Accounts: who reads here, and what each has said they want to see."""

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
