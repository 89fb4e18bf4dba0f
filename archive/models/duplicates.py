"""Duplicates: works that may be one and the same, and works that a keeper has found to be."""

from django.db import models

from archive.models.work import Work


class PossibleDuplicate(models.Model):
    """Two works of one title and author with nearly the same text, of which one at least names no source."""

    first = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    """The one that stays if they are joined: it names its source, or it was here before the other."""
    second = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    """How much of their texts is the same, in percent."""
    found_at = models.DateTimeField(auto_now_add=True)
    apart = models.BooleanField(default=False)
    """Whether a keeper has said that they are two works."""

    everything = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="possible_duplicate_once")]
        indexes = [models.Index(fields=["apart", "id"], name="possible_duplicate_waiting")]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class JoinedWork(models.Model):
    """A work that was joined to another: its number and its identity lead there from then on."""

    number = models.PositiveBigIntegerField(unique=True)
    identity = models.CharField(max_length=255, unique=True)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(auto_now_add=True)

    everything = models.Manager()

    def __str__(self) -> str:
        return f"{self.identity}, now {self.work}"


class DuplicateSearch(models.Model):
    """The one row that says how far the change log has been looked through for duplicates."""

    number = models.PositiveBigIntegerField(default=0)

    everything = models.Manager()

    def __str__(self) -> str:
        return str(self.number)
