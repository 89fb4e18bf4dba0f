"""Authors and series: names become rows, each once, and works are filed under them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.inserting import insert
from archive.models import Author, Byline, Series, SeriesEntry
from archive.naming import fitted, key_of, slug_of
from archive.parsed import ParsedSeries

_IDENTITY_LIMIT = 600

_Row = tuple[int, int, int | None]
"""Work, author or series, position."""


def set_bylines(works: Mapping[int, Sequence[str]], here: Sequence[int]) -> None:
    """Give works exactly these authors, in this order; only those that are `here` have had any before."""
    authors = _authors(name for names in works.values() for name in names)
    rows = []
    for work, names in works.items():
        ids = [authors[key] for name in names if (key := key_of(name)) in authors]
        rows += [(work, author, position) for position, author in enumerate(dict.fromkeys(ids))]
    _replace(Byline, here, rows, ("work_id", "author_id", "position"))


def set_series(works: Mapping[int, tuple[Sequence[ParsedSeries], str]], here: Sequence[int]) -> None:
    """Put works into exactly these series; only those that are `here` have been in any before.

    A series is known by its title and the first author of its works.
    """
    wanted = {
        series_identity(one.title, author): one.title
        for each, author in works.values()
        for one in each
        if key_of(one.title)
    }
    series = _series(wanted)
    rows = {
        (work, series[identity]): (work, series[identity], one.position)
        for work, (each, author) in works.items()
        for one in each
        if (identity := series_identity(one.title, author)) in series
    }
    _replace(SeriesEntry, here, list(rows.values()), ("work_id", "series_id", "position"))


def series_identity(title: str, author: str) -> str:
    """Folded title and first author: two people may each have a series of one name."""
    return key_of(f"{title} / {author}", _IDENTITY_LIMIT)


def _authors(names: Iterable[str]) -> dict[str, int]:
    wanted = {key: name for name in names if (key := key_of(name))}
    found = dict(Author.everything.filter(key__in=wanted).values_list("key", "pk"))
    for _ in range(2):  # the second time only if another writer was first to take a slug
        missing = {key: wanted[key] for key in sorted(wanted) if key not in found}
        if not missing:
            break
        plain = {slug_of(name, key, ()) for key, name in missing.items()}
        taken = set(Author.everything.filter(slug__in=plain).values_list("slug", flat=True))
        rows = []
        for key, name in missing.items():
            slug = slug_of(name, key, taken)
            taken.add(slug)
            rows.append((fitted(" ".join(name.split())), key, slug))
        insert(Author, ("name", "key", "slug"), rows, once=True)
        found |= Author.everything.filter(key__in=missing).values_list("key", "pk")
    return found


def _series(wanted: Mapping[str, str]) -> dict[str, int]:
    if not wanted:
        return {}
    found = dict(Series.everything.filter(identity__in=wanted).values_list("identity", "pk"))
    if missing := {identity: wanted[identity] for identity in sorted(wanted) if identity not in found}:
        rows = [(fitted(title), key_of(title), identity) for identity, title in missing.items()]
        insert(Series, ("title", "key", "identity"), rows, once=True)
        found |= Series.everything.filter(identity__in=missing).values_list("identity", "pk")
    return found


def _replace(model: type[Any], here: Sequence[int], rows: Sequence[_Row], columns: tuple[str, ...]) -> None:
    """Rows of works become exactly `rows`, which begin with the work; works that have them are left alone."""
    present: dict[int, set[_Row]] = {}
    for row in model.everything.filter(work__in=here).values_list(*columns):
        present.setdefault(row[0], set()).add(row)
    wanted: dict[int, set[_Row]] = {}
    for row in rows:
        wanted.setdefault(row[0], set()).add(row)
    changed = {work for work in wanted.keys() | present.keys() if wanted.get(work) != present.get(work)}
    if old := changed & present.keys():
        model.everything.filter(work__in=old).delete()
    insert(model, columns, (row for row in rows if row[0] in changed))
