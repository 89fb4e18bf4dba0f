"""The state of the house, for the lines that pages say about it. It tells nothing of any work."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from archive import samples

_WORKER_IS_LATE = timedelta(minutes=2)
_ASKED = """
SELECT EXISTS(SELECT 1 FROM {users} WHERE is_staff AND is_active),
       EXISTS(SELECT 1 FROM archive_work WHERE source = %s AND NOT source = ''),
       EXISTS(SELECT 1 FROM archive_workerbeat WHERE at > %s)
"""


@dataclass(frozen=True, slots=True)
class House:
    """The state of the house."""

    keeper: bool
    """Whether there is a keeper."""
    samples: bool
    """Whether the sample shelf stands."""
    worker: bool
    """Whether the worker has shown itself of late."""


def look_round() -> House:
    """Look round the house. Each page does, so it is one question, written out."""
    late = connection.ops.adapt_datetimefield_value(timezone.now() - _WORKER_IS_LATE)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(users=get_user_model()._meta.db_table), [samples.SOURCE, late])
        return House(*map(bool, cursor.fetchone()))
