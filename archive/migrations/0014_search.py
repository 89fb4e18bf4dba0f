"""The tables of the index of words, for Postgres: beside SQLite it is a file of its own (`archive.search.sqlite`)."""

from django.db import migrations

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


def _on_postgres(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for sql in statements:
                schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("archive", "0013_no_index_twice")]

    operations = [migrations.RunPython(_on_postgres(_MAKE), _on_postgres(_UNMAKE))]
