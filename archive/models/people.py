"""Authors and series: what stands beside works and has a page of its own."""

from django.db import models

from archive.models.fields import FoldedField


class Author(models.Model):
    """One name that works are by; `PSEUD (ACCOUNT)` is kept as it was written."""

    name = models.CharField(max_length=255)
    key = FoldedField(max_length=255, unique=True, editable=False)
    slug = models.CharField(max_length=255, unique=True, editable=False)

    everything = models.Manager()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Works in an order. `identity` is its id at the source, else folded title and first author."""

    title = models.CharField(max_length=255)
    key = FoldedField(max_length=255, db_index=True, editable=False)
    identity = models.CharField(max_length=600, unique=True, editable=False)

    everything = models.Manager()

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title
