"""Works: the facts that a shelf shows, merged from what files state, rules imply and keepers say."""

from django.db import models
from taggit.managers import TaggableManager

from archive.changes import Recorded, Recording
from archive.models.fields import FoldedField
from archive.models.people import Author, Series
from archive.models.tag import Tagging
from archive.vocabulary import Rating


class Work(Recorded):
    """One work. The closed vocabulary stands in columns, so that wrangling can never open a gate."""

    identity = models.CharField(max_length=255, unique=True, editable=False)
    """`source:source_id`, or `fingerprint:<hex>` for a work whose files name no source."""
    source = models.CharField(max_length=100, blank=True)
    source_id = models.CharField(max_length=150, blank=True)
    source_url = models.CharField(max_length=500, blank=True)

    title = models.CharField(max_length=500)
    title_key = FoldedField(max_length=500, editable=False)
    author_key = FoldedField(max_length=255, editable=False)
    authors = models.ManyToManyField(Author, through="Byline", related_name="+")

    rating = models.PositiveSmallIntegerField(choices=[(rating.value, rating.label) for rating in Rating])
    rating_stated = models.CharField(max_length=255, blank=True)
    warnings = models.PositiveSmallIntegerField()
    """Bits of `ArchiveWarning`."""
    warnings_stated = models.JSONField(default=list, blank=True)
    categories = models.PositiveSmallIntegerField(default=0)
    """Bits of `Category`."""
    categories_stated = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=20, blank=True)
    """BCP 47, empty when not stated or not known."""
    language_stated = models.CharField(max_length=100, blank=True)

    published = models.DateField(null=True, blank=True)
    updated = models.DateField(null=True, blank=True)
    added = models.DateTimeField()
    """When the work first came into this library."""
    dated = models.DateField(editable=False)
    """The day it is sorted by: updated, else published, else added."""
    complete = models.BooleanField(null=True, blank=True)
    chapters_posted = models.PositiveIntegerField()
    chapters_planned = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField()
    kudos = models.PositiveIntegerField(null=True, blank=True)
    hits = models.PositiveIntegerField(null=True, blank=True)
    bookmarks = models.PositiveIntegerField(null=True, blank=True)
    comments = models.PositiveIntegerField(null=True, blank=True)
    counted = models.DateField(null=True, blank=True)
    """The day on which kudos, hits, bookmarks and comments were saved, when a file tells."""

    held = models.BooleanField(default=False)
    hold_reason = models.CharField(max_length=255, blank=True)
    released = models.CharField(max_length=64, blank=True, editable=False)
    """The digest of rating and warnings that a keeper released; another digest holds the work again."""
    binned_at = models.DateTimeField(null=True, blank=True)
    restricted = models.BooleanField(default=False, help_text="For members only: strangers do not see it at all.")
    attention = models.CharField(max_length=255, blank=True)
    """Why a keeper should look at it; empty when nothing waits."""

    format = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the original that the present text came from."""
    summary = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    end_notes = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True)
    ruled = models.JSONField(default=dict, blank=True)
    """What import rules imply (`--set`, `--fandom-from-folder`), by field."""
    kept = models.JSONField(default=dict, blank=True)
    """What keepers say, by field: it beats rules, which beat files."""

    tags = TaggableManager(through=Tagging, related_name="works+", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="work_source_once"
            )
        ]
        indexes = [
            models.Index(fields=["dated", "id"], name="work_by_date"),
            models.Index(fields=["added", "id"], name="work_by_added"),
            models.Index(fields=["published", "id"], name="work_by_published"),
            models.Index(fields=["title_key", "id"], name="work_by_title"),
            models.Index(fields=["author_key", "id"], name="work_by_author"),
            models.Index(fields=["words", "id"], name="work_by_words"),
            models.Index(
                fields=["title_key", "author_key"],
                name="work_of_no_source",  # what may be a duplicate of another
                condition=models.Q(source_id=""),
            ),
            models.Index(fields=["rating", "id"], name="work_by_rating"),
            models.Index(
                fields=["held", "binned_at", "rating", "warnings", "categories", "complete", "language", "restricted"],
                name="work_facets",  # all that a shelf asks of every work, without reading their summaries
            ),
            models.Index(fields=["language", "id"], name="work_by_language"),
            models.Index(fields=["format", "id"], name="work_by_format"),
            models.Index(fields=["held", "id"], name="work_held", condition=models.Q(held=True)),
            models.Index(fields=["binned_at"], name="work_binned", condition=models.Q(binned_at__isnull=False)),
            models.Index(fields=["attention"], name="work_attention", condition=~models.Q(attention="")),
        ]

    def __str__(self) -> str:
        return self.title

    def _note(self, recording: Recording) -> None:
        recording.works.add(self.pk)


class Byline(models.Model):
    """A work is by an author, at a place in the byline."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="bylines", db_index=False)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    everything = models.Manager()

    class Meta:
        ordering = ["work", "position"]
        constraints = [models.UniqueConstraint(fields=["work", "author"], name="byline_once")]

    def __str__(self) -> str:
        return self.author.name


class SeriesEntry(models.Model):
    """A work stands in a series, at a position when one is stated."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="series_entries", db_index=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(null=True, blank=True)

    everything = models.Manager()

    class Meta:
        ordering = ["series", "position"]
        constraints = [models.UniqueConstraint(fields=["work", "series"], name="series_entry_once")]

    def __str__(self) -> str:
        return f"Part {self.position} of {self.series}" if self.position else str(self.series)


class SearchText(models.Model):
    """Folded title, authors, tags and summary of a work: what the search box looks through. Kept apart from the work
    so that lists do not read it."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, primary_key=True, related_name="+")
    folded = models.TextField()
    """As `archive.search.words.parted` writes them: the title first, the summary last."""

    everything = models.Manager()

    def __str__(self) -> str:
        return self.folded[:60]
