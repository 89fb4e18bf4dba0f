"""Prose: texts kept once each, the chapters that show them, and the versions that have been replaced."""

from django.db import models

from archive.changes import Recorded, Recording
from archive.models.work import Work


class Text(models.Model):
    """One chapter's cleaned HTML, kept once however many chapters and versions show it."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the cleaned body in UTF-8, in hex."""
    body = models.BinaryField()
    """The cleaned body, UTF-8, zlib."""
    paragraphs = models.BinaryField()
    """Eight bytes of digest for each paragraph (leaf block), in order."""
    words = models.PositiveIntegerField()
    cleaner = models.PositiveSmallIntegerField()
    """The version of `archive.clean` that made the body."""

    everything = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["cleaner"], name="text_by_cleaner")]

    def __str__(self) -> str:
        return self.digest[:12]


class Chapter(Recorded):
    """One chapter of a work as it stands now. Lists never load prose: that is in `text`."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="chapters", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    """What a reader's place refers to: the source's own name for the chapter, else its number."""
    title = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    end_notes = models.TextField(blank=True)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    words = models.PositiveIntegerField()

    class Meta:
        ordering = ["work", "number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="chapter_once")]

    def __str__(self) -> str:
        return self.title or f"Chapter {self.number}"

    def _note(self, recording: Recording) -> None:
        recording.works.add(self.work_id)


class Picture(models.Model):
    """A picture that some text of a work shows, now or in an older version. `archive.pictures` keeps its bytes."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()

    everything = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "sha256"], name="picture_once")]
        indexes = [models.Index(fields=["sha256"], name="picture_by_sha256")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Version(models.Model):
    """The text of a work before it was replaced by a newer import."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    """Of the original that the replaced text came from."""
    replaced_at = models.DateTimeField()

    everything = models.Manager()

    class Meta:
        ordering = ["work", "number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"


class VersionChapter(models.Model):
    """One chapter of a replaced version."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="chapters", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    end_notes = models.TextField(blank=True)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")

    everything = models.Manager()

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="version_chapter_once")]

    def __str__(self) -> str:
        return self.title or f"Chapter {self.number}"
