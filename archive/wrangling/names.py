"""Tag names become tag rows, each name once however it is spelled and whoever else is writing."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from archive import changes
from archive.inserting import insert
from archive.models import Tag
from archive.naming import fitted, key_of, slug_of

Key = tuple[str, str]
"""Kind and folded key of a tag."""


def tags_of(names: Iterable[tuple[str, str]]) -> dict[Key, int]:
    """The ids of tags by (kind, key) for every (kind, name), made where they are missing.

    Two writers may do this at once: rows that the other one was first to make are read again.
    """
    wanted = {(kind, key): name for kind, name in names if (key := key_of(name))}
    found = _found(wanted)
    missing = {key: name for key, name in sorted(wanted.items()) if key not in found}
    if not missing:
        return found
    with changes.recorded() as recording:
        made = _make(missing, {})
        if still := {key: name for key, name in missing.items() if key not in made}:
            made |= _make(still, _taken(still))  # their slugs belong to others: now that is seen, ours get a hash
        recording.tags.update(made.values())
    return found | made


def _found(keys: Iterable[Key]) -> dict[Key, int]:
    return {(kind, key): pk for pk, kind, key in _rows("key", keys)}


def _taken(names: Mapping[Key, str]) -> dict[str, set[str]]:
    """The slugs of these names that are taken already, by kind."""
    plain = {(kind, slug_of(name, key, ())) for (kind, key), name in names.items()}
    taken: dict[str, set[str]] = {}
    for _, kind, slug in _rows("slug", plain):
        taken.setdefault(kind, set()).add(slug)
    return taken


def _rows(field: str, wanted: Iterable[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """Id, kind and `field` of the tags that are wanted, however many, by one statement that is always the same.

    An import asks this of every batch, and for `__in` the ORM looks at each of some hundred values several times.
    """
    pairs = sorted(set(wanted))
    if not pairs:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = "UNNEST(%s::text[], %s::text[]) AS one (kind, value)"
            values: list[Any] = [list(column) for column in zip(*pairs, strict=True)]
        else:
            parts = "json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS value"
            asked = f"(SELECT {parts} FROM json_each(%s)) AS one"
            values = [json.dumps(pairs)]
        cursor.execute(
            f"SELECT tag.id, tag.kind, tag.{field} FROM {asked} CROSS JOIN archive_tag AS tag"
            f" WHERE tag.kind = one.kind AND tag.{field} = one.value",
            values,
        )
        rows: list[tuple[int, str, str]] = cursor.fetchall()
    return rows


def _make(missing: Mapping[Key, str], taken: dict[str, set[str]]) -> dict[Key, int]:
    """Make rows; those whose slug turns out to be taken are left out."""
    rows = []
    for (kind, key), name in missing.items():
        slug = slug_of(name, key, taken.setdefault(kind, set()))
        taken[kind].add(slug)
        rows.append((kind, key, fitted(" ".join(name.split())), slug))
    insert(Tag, ("kind", "key", "name", "slug"), rows, once=True)
    return _found(missing)
