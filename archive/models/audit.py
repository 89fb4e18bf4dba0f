"""The audit log: who did what to whom this library shows what. Rows are added, and never changed or taken away."""

from typing import Any

from django.db import models


class Unchangeable(TypeError):
    """Somebody was about to change or delete what the audit log says."""

    def __init__(self) -> None:
        super().__init__("the audit log is only added to")


class AppendOnly(models.QuerySet[Any]):
    """A queryset that adds rows and does nothing else to them."""

    def update(self, **kwargs: Any) -> int:
        """Never."""
        raise Unchangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise Unchangeable

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        """Never."""
        raise Unchangeable

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Add rows; those that are there stay as they are."""
        if kwargs.get("update_conflicts"):
            raise Unchangeable
        return super().bulk_create(objs, *args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        raise Unchangeable


class AuditEntry(models.Model):
    """One deed. It names works and members by number and name, and holds no text and nobody's history."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=150, blank=True)
    """The keeper's name; empty when the house did it by itself."""
    what = models.CharField(max_length=30)
    """One of `archive.audit.Deed`."""
    about = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    """What was so before, by field, where that can be said in a few words: a policy, a ceiling."""
    after = models.JSONField(default=dict, blank=True)

    everything = models.Manager.from_queryset(AppendOnly)()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "entry of the audit log"
        verbose_name_plural = "audit log"
        indexes = [models.Index(fields=["at"], name="audit_by_date")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who or 'the house'}: {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it, once."""
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise Unchangeable
