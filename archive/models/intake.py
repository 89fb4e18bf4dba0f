"""What came in: originals with their statements, import runs, and the stones that mark removed works."""

from django.db import models

from archive.models.work import Work


class SourceFile(models.Model):
    """One original, and what it states about one work. A file that holds many works has a row for each."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="source_files", db_index=False)
    sha256 = models.CharField(max_length=64)
    """Of the original, kept byte for byte under this name."""
    path = models.CharField(max_length=1000)
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=40)
    format_version = models.PositiveSmallIntegerField()
    stated = models.JSONField()
    """The whole statement as plain data; chapters name the digest of their text instead of holding it."""
    imported_at = models.DateTimeField()

    everything = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "sha256"], name="source_file_once")]
        indexes = [
            models.Index(fields=["sha256"], name="source_file_by_sha256"),
            models.Index(fields=["format", "format_version"], name="source_file_by_reading"),
        ]

    def __str__(self) -> str:
        return self.path


class Withheld(models.Model):
    """A work that an original holds, and that the library does not: it was removed, or refused when it came.

    Such an original is handed out to nobody, since that work would come with it.
    """

    sha256 = models.CharField(max_length=64)
    identity = models.CharField(max_length=255)

    everything = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "identity"], name="withheld_once")]

    def __str__(self) -> str:
        return f"{self.identity} in {self.sha256[:12]}"


class Refusal(models.Model):
    """What a file states of a work that the policy refuses: so that a milder file of that work is refused as well.

    It names the work by its identity, and keeps no title and no text.
    """

    identity = models.CharField(max_length=255, db_index=True)
    rating = models.PositiveSmallIntegerField()
    warnings = models.PositiveSmallIntegerField()
    tags = models.JSONField(default=list)
    """Those that the policy named, as pairs of kind and name."""

    everything = models.Manager()

    def __str__(self) -> str:
        return self.identity


class ImportRun(models.Model):
    """One run of the importer. Rows of its own only for what was refused or held; the report file has the rest."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        FINISHED = "finished"
        INTERRUPTED = "interrupted"
        CANCELLED = "cancelled"

    class Way(models.TextChoices):
        COMMAND = "command", "by command"
        UPLOAD = "upload", "uploaded"
        FOLDER = "folder", "from the watched folder"
        REREAD = "reread", "originals read again"

    way = models.CharField(max_length=12, choices=Way.choices, default=Way.COMMAND)
    asked_by = models.CharField(max_length=150, blank=True)
    """The keeper who asked for it, by name; empty when nobody did in person."""
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by")
    """The run that this one takes up again: it was cut off, or its failed files are tried once more."""
    options = models.JSONField(default=dict, blank=True)
    """How it was asked for, beside paths and rules (see `archive.intake`)."""
    stop_asked = models.BooleanField(default=False)
    """Whether a keeper wants it to stop; the importer looks here at each beat."""
    started_at = models.DateTimeField()
    """When it began, or was queued."""
    finished_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField()
    """When the run last showed that it lives; a run whose beat is old was interrupted."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    paths = models.JSONField(default=list)
    rules = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(default=0)
    """Files found."""
    done = models.PositiveIntegerField(default=0)
    """Files dealt with."""
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    not_stated = models.JSONField(default=dict, blank=True)
    """How many works state no fandom, rating, warnings: {"fandom": 3, "rating": 1, "warnings": 9}."""
    changed = models.JSONField(default=dict, blank=True)
    """What works that were here say otherwise now, by field: {"rating": 3, "text": 17}."""
    error = models.CharField(max_length=500, blank=True)
    """What ended the run early, in one line."""
    report = models.CharField(max_length=255, blank=True)
    """The report file, below CARREL_DATA."""

    everything = models.Manager()

    class Meta:
        ordering = ["-pk"]

    @property
    def live(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    def __str__(self) -> str:
        return f"Import of {self.started_at:%Y-%m-%d %H:%M}"


class RunEntry(models.Model):
    """A file or work that a run refused or held, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="entries")
    outcome = models.CharField(max_length=10)
    path = models.CharField(max_length=1000)
    title = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500)
    work = models.ForeignKey(Work, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    everything = models.Manager()

    class Meta:
        ordering = ["run", "pk"]
        verbose_name_plural = "run entries"

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class WatchedFile(models.Model):
    """A file of the watched folder as it was when it was taken in, so that it is not read again and again."""

    key = models.CharField(max_length=64, unique=True)
    """SHA-256 of its path."""
    size = models.BigIntegerField()
    changed_ns = models.BigIntegerField()

    everything = models.Manager()

    def __str__(self) -> str:
        return self.key[:12]


class Tombstone(models.Model):
    """A work that a keeper removed for good: a new import of it is refused."""

    identity = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=500, blank=True)
    removed_at = models.DateTimeField()

    everything = models.Manager()

    class Meta:
        ordering = ["-removed_at"]

    def __str__(self) -> str:
        return self.identity
