"""The change log: every write to works, taggings and tags happens inside `changes.recorded()`.

Whatever is derived from the database (facets that are kept, later the tag index) reads this log to learn what has
moved. So a write that is not in the log is an error, and the models' querysets refuse it.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction


class Unrecorded(RuntimeError):
    """A work, tagging or tag was about to be written outside `changes.recorded()`."""


@dataclass(slots=True)
class Recording:
    """What one transaction has changed: ids of works and of tags."""

    works: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    written: bool = False
    """Whether rows were written in bulk: then somebody must have added their ids."""


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)
_as_of: ContextVar[tuple[int, str] | None] = ContextVar("as_of", default=None)


@contextmanager
def recorded() -> Iterator[Recording]:
    """Open a transaction whose changes are logged at its end; inside another one, join it: all of it, or nothing.

    Saving and deleting single rows notes them by itself; whoever writes in bulk adds the ids to the recording.
    The number is taken last, from a locked counter, so that numbers become visible in the order of the commits.
    """
    if (outer := _current.get()) is not None:
        with transaction.atomic(savepoint=False):
            yield outer
        return
    with transaction.atomic():
        recording = Recording()
        token = _current.set(recording)
        try:
            yield recording
        finally:
            _current.reset(token)
        if recording.works or recording.tags:
            _log(recording)
        elif recording.written:
            raise Unrecorded("rows were written in bulk, but no work or tag was added to the recording")


@contextmanager
def one_question() -> Iterator[None]:
    """Within it the newest change is looked up once: a page is laid as of when it was asked for. Nothing is written.

    A page asks the index a dozen things, and each would look by itself; its works are read and judged as they are now.
    """
    if _as_of.get() is not None:
        yield
        return
    token = _as_of.set(_latest())
    try:
        yield
    finally:
        _as_of.reset(token)


def latest() -> tuple[int, str]:
    """The number and token of the newest change, (0, "") in an empty library; see `one_question`."""
    return _as_of.get() or _latest()


_NEWEST = "SELECT number, token FROM archive_change ORDER BY number DESC LIMIT 1"


def _latest() -> tuple[int, str]:
    """Asked at every question. On SQLite, Django's cursor costs as much as the statement and an eighth of a page from
    the index: it is gone round while nobody looks on. On Postgres it is the way there that takes time."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "sqlite" and here.connection and not here.queries_logged and not here.execute_wrappers:
        with here.wrap_database_errors:
            return here.connection.execute(_NEWEST).fetchone() or (0, "")
    with here.cursor() as cursor:
        cursor.execute(_NEWEST)
        return cursor.fetchone() or (0, "")


def _log(recording: Recording) -> None:
    counter = apps.get_model("archive", "ChangeCounter")._default_manager
    row, _ = counter.select_for_update().get_or_create(pk=1)
    row.number += 1
    row.save()
    apps.get_model("archive", "Change")._default_manager.create(
        number=row.number,
        token=secrets.token_hex(8),
        works=sorted(recording.works),
        tags=sorted(recording.tags),
    )


def _require() -> Recording:
    recording = _current.get()
    if recording is None:
        raise Unrecorded("write to works, taggings and tags inside changes.recorded()")
    return recording


def note_writing() -> None:
    """Rows of a recorded model are written by other means. Raises Unrecorded outside `recorded()`."""
    _require().written = True


class RecordedQuerySet(models.QuerySet[Any]):
    """A queryset that writes only inside `recorded()`."""

    def update(self, **kwargs: Any) -> int:
        recording = _require()
        rows = super().update(**kwargs)
        recording.written |= rows > 0
        return rows

    def delete(self) -> tuple[int, dict[str, int]]:
        recording = _require()
        rows, kinds = super().delete()
        recording.written |= rows > 0
        return rows, kinds

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        recording = _require()
        rows = super().bulk_create(objs, *args, **kwargs)
        recording.written |= bool(rows)
        return rows

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        recording = _require()
        rows = super().bulk_update(objs, *args, **kwargs)
        recording.written |= rows > 0
        return rows


class Recorded(models.Model):
    """A row that writes itself only inside `recorded()`; `_note` tells the recording what moved."""

    everything = models.Manager.from_queryset(RecordedQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        recording = _require()
        super().save(*args, **kwargs)
        self._note(recording)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._note(_require())
        return super().delete(*args, **kwargs)

    def _note(self, recording: Recording) -> None:
        raise NotImplementedError
