"""The rows of the change log; `archive.changes` writes them."""

from django.db import models


class ChangeCounter(models.Model):
    """The one row whose lock puts changes in the order of their commits."""

    number = models.PositiveBigIntegerField(default=0)

    everything = models.Manager()

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """One transaction: which works and tags it touched. The token tells a restored database from a continued one."""

    number = models.PositiveBigIntegerField(primary_key=True)
    token = models.CharField(max_length=16)
    works = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    everything = models.Manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Change {self.number}"
