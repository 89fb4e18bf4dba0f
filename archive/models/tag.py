"""Tags, what hangs them together, and which works carry them. Only `archive.wrangling` writes here."""

from typing import Any, ClassVar

from django.db import models
from taggit.models import ItemBase, TagBase

from archive.changes import Recorded, Recording
from archive.models.fields import FoldedField
from archive.vocabulary import TagKind


class Tag(Recorded, TagBase):
    """A fandom, relationship, character or freeform. Spellings of one name share its (kind, key).

    A *synonym* has a canonical of the same kind; a *canonical* may have metatags. Merged tags remain as synonyms.
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in TagKind])
    name = models.CharField(max_length=255)
    key = FoldedField(max_length=255, editable=False)
    slug = models.CharField(max_length=255, editable=False)
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="synonyms", verbose_name="synonym of"
    )

    by_table = models.BooleanField(default=False, db_default=False, editable=False)
    """Whether a tag table has made it a canonical, or the synonym that it is. A keeper's word clears it."""

    objects: ClassVar[Any] = None  # taggit's manager would write without a record

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="tag_kind_key"),
            models.UniqueConstraint(fields=["kind", "slug"], name="tag_kind_slug"),
        ]

    def _note(self, recording: Recording) -> None:
        recording.tags.add(self.pk)


class Metatagging(Recorded):
    """One canonical standing under another: *Slow Burn* under *Romance*. No cycles."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="metataggings", db_index=False)
    metatag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="subtaggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "metatag"], name="metatagging_once")]

    def __str__(self) -> str:
        return f"{self.tag} under {self.metatag}"

    def _note(self, recording: Recording) -> None:
        recording.tags.update((self.tag_id, self.metatag_id))


class Tagging(Recorded, ItemBase):
    """A work carries a tag, spelled as its author spelled it, at its place in the author's order."""

    # Indexes of their own would only repeat the first columns of the two below, at a random place for every row.
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+", db_index=False)
    content_object = models.ForeignKey(
        "archive.Work", on_delete=models.CASCADE, related_name="taggings", db_index=False
    )
    spelling = models.CharField(max_length=255)
    position = models.PositiveIntegerField()

    objects: ClassVar[Any] = None  # taggit's manager would write without a record

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once"),
        ]
        indexes = [models.Index(fields=["tag", "content_object"], name="tagging_by_tag")]

    def __str__(self) -> str:
        return self.spelling

    def _note(self, recording: Recording) -> None:
        recording.works.add(self.content_object_id)
