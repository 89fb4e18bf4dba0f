"""Accounts: who reads here and on which devices, what each has said they want to see, and the questions they keep."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from archive.vocabulary import Rating
from reader.account_names import key_of

CEILINGS = [(rating.value, rating.label) for rating in Rating if rating <= Rating.EXPLICIT]


class Members(UserManager["User"]):
    """Accounts are found by their name in any case or form of Unicode."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account whose name looks like this. Raises User.DoesNotExist."""
        return self.get(key=key_of(username or ""))


class User(AbstractUser):
    """A member, or with `is_staff` a keeper."""

    key = models.CharField(max_length=600, unique=True, editable=False)
    """The name as `account_names.key_of` folds it: no two members have names that look alike."""
    ceiling = models.PositiveSmallIntegerField(
        choices=CEILINGS,
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
    look = models.CharField(max_length=200, blank=True, editable=False)
    """How they like pages to look, as `reader.look` writes it; it follows them from device to device."""

    objects: ClassVar[Members] = Members()

    def clean(self) -> None:
        """Refuse a name that looks like that of somebody else."""
        super().clean()
        if User.objects.filter(key=key_of(self.username or "")).exclude(pk=self.pk).exists():
            raise ValidationError({"username": "That name is taken, or looks too much like one that is."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the name."""
        self.key = key_of(self.username)
        fields = kwargs.get("update_fields")
        if fields is not None and "username" in fields:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)


class Device(models.Model):
    """Somewhere a member is signed in: one row a session. Without its row a session belongs to nobody."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    key = models.CharField(max_length=64, unique=True)
    """The digest of what the session holds as its proof; never the proof itself."""
    name = models.CharField(max_length=80)
    """In plain words: "Firefox on Android"."""
    made = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)
    """When it was last used, to the hour."""
    ceiling = models.PositiveSmallIntegerField(choices=CEILINGS, null=True, blank=True)
    """The highest rating shown on this device; none of its own when empty. The member's own ceiling holds as well."""
    left = models.DateTimeField(null=True, blank=True)
    """When it was signed out, if it had a ceiling: that holds for strangers until somebody forgets the device."""

    class Meta:
        ordering = ["-seen", "-pk"]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A code that a member shows, by which another device may ask to be signed in as them. One a member."""

    user = models.OneToOneField(User, models.CASCADE, related_name="pairing")
    code = models.CharField(max_length=64, unique=True)
    """The keyed digest of the six digits."""
    until = models.DateTimeField()
    ceiling = models.PositiveSmallIntegerField(choices=CEILINGS, null=True, blank=True)
    """The ceiling that the new device will have of its own."""
    asker = models.CharField(max_length=64, blank=True)
    """The digest of what the session of the new device holds, once it has given the code."""
    name = models.CharField(max_length=80, blank=True)
    """What the new device is, for the member to recognise."""
    confirmed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or "waiting for a device"

    @property
    def check_number(self) -> int:
        """Two digits that both sides show: of two devices that ask at once, the member sees which is theirs."""
        return 10 + int(self.asker[:8] or "0", 16) % 90


class AccessToken(models.Model):
    """A password of its own for a feed or an e-reader: it reads as its member, and can do nothing else."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(null=True, blank=True)
    """When it was last used, to the hour."""

    class Meta:
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link, for one use and not for ever, by which somebody makes an account with limits set beforehand."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(max_length=80, blank=True, help_text="For whom it is. Only keepers see this.")
    until = models.DateTimeField()
    ceiling = models.PositiveSmallIntegerField(
        choices=CEILINGS, default=Rating.EXPLICIT, help_text="The highest rating that will be shown to them at all."
    )
    blocked_tags = models.JSONField(default=list, blank=True, help_text="Tags that will never be shown to them.")
    made = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    used = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return self.note or "Invitation"


class Identity(models.Model):
    """Somebody's account at the provider of OpenID Connect, which opens a member's account here."""

    user = models.OneToOneField(User, models.CASCADE, related_name="identity")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    """Their number there. Names and addresses may pass from one person to another; this does not."""
    made = models.DateTimeField(default=timezone.now)
    keeper = models.BooleanField(default=False)
    """Whether it is a group that makes them a keeper: then only a group does, and leaving it ends it."""
    ceiling = models.PositiveSmallIntegerField(choices=CEILINGS, null=True)
    """The ceiling that their groups had when they last signed in; none when empty."""
    own_ceiling = models.PositiveSmallIntegerField(choices=CEILINGS, default=Rating.EXPLICIT)
    """The one that they have beside that. The lower of both is the member's."""

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_by_subject")]

    def __str__(self) -> str:
        return self.subject


class Guessing(models.Model):
    """How often something secret was guessed wrongly of late, and until when further guesses wait."""

    key = models.CharField(max_length=64, primary_key=True)
    """The keyed digest of who guesses, or of what is guessed: no name or address is kept."""
    wrong = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.wrong} until {self.until:%H:%M}"


class ReadingRules(models.Model):
    """What a member wants of their own shelves: what to leave out, to ask about, to point out, to tell when asked.

    Tags are names, or `fandom:Name` for one kind only, as the member wrote them.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="rules")
    avoided_tags = models.JSONField(default=list)
    """Pairs of a tag and the member's reason, which may be empty."""
    avoided_authors = models.JSONField(default=list)
    """Pairs of a name and a reason."""
    avoided_works = models.JSONField(default=list)
    """Pairs of a work's number and a reason."""
    avoided_warnings = models.PositiveSmallIntegerField(default=0)
    asked_warnings = models.PositiveSmallIntegerField(default=0)
    """Those that ask before a work opens, besides what the policy asks about."""
    asked_tags = models.JSONField(default=list)
    highlighted_tags = models.JSONField(default=list)
    hides_warnings = models.BooleanField(default=False)
    hides_freeforms = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "reading rules"

    def __str__(self) -> str:
        return f"The rules of {self.user_id}"


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
