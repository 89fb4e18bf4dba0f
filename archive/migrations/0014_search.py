"""The tables of the index of words, for Postgres: beside SQLite it is a file of its own (`archive.search.sqlite`)."""

from django.db import migrations

from archive import clean
from archive.search.words import parted

_MAKE = (
    """CREATE TABLE archive_search_mark (
        kind text PRIMARY KEY, number bigint NOT NULL, token text NOT NULL, swept bigint
    )""",
    *(
        sql
        for kind in ("own", "prose")
        for sql in (
            f"CREATE TABLE archive_search_{kind} (work bigint NOT NULL, mark bigint NOT NULL, words tsvector NOT NULL)",
            f"CREATE INDEX archive_search_{kind}_by_work ON archive_search_{kind} (work, mark)",
            f"CREATE INDEX archive_search_{kind}_words ON archive_search_{kind} USING gin (words)",
        )
    ),
)
_UNMAKE = ("DROP TABLE archive_search_mark, archive_search_own, archive_search_prose",)


_BATCH = 500


def _part(apps, schema_editor):
    """Folded words once more, with a sign between title, authors, tags and summary."""
    Work, SearchText = (apps.get_model("archive", name) for name in ("Work", "SearchText"))
    Byline, Tagging = (apps.get_model("archive", name) for name in ("Byline", "Tagging"))
    ids = list(SearchText._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        names = {work: [] for work in batch}
        authors = Byline._default_manager.filter(work__in=batch).order_by("work", "position")
        for work, name in authors.values_list("work_id", "author__name"):
            names[work].append(name)
        taggings = Tagging._default_manager.filter(content_object__in=batch).order_by("content_object", "position")
        for work, name in taggings.values_list("content_object_id", "spelling"):
            names[work].append(name)
        rows = Work._default_manager.filter(pk__in=batch).values_list("pk", "title", "summary")
        SearchText._default_manager.bulk_update(
            [
                SearchText(pk=work, folded=parted(title, *names[work], clean.plain(summary)))
                for work, title, summary in rows
            ],
            ["folded"],
        )


def _on_postgres(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for sql in statements:
                schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("archive", "0013_no_index_twice")]

    operations = [
        migrations.RunPython(_part, migrations.RunPython.noop),
        migrations.RunPython(_on_postgres(_MAKE), _on_postgres(_UNMAKE)),
    ]
