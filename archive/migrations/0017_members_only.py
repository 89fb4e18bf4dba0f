"""A work that its files call restricted is for members only: a column, filled from what files state."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from archive.merging import merge
from archive.statements import load
from archive.vocabulary import restricts

BATCH = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The labels of all files of a work are gathered on its row: those without the label need no second look."""
    work, source_file = apps.get_model("archive", "Work"), apps.get_model("archive", "SourceFile")
    rows = work._base_manager.exclude(extra={}).values_list("pk", "extra").iterator()
    labelled = [pk for pk, extra in rows if any(map(restricts, extra))]
    for start in range(0, len(labelled), BATCH):
        stated: dict[int, list[dict[str, object]]] = {}
        files = source_file._base_manager.filter(work__in=labelled[start : start + BATCH])
        for pk, said in files.values_list("work_id", "stated"):
            stated.setdefault(pk, []).append(said)
        restricted = [pk for pk, files in stated.items() if merge(map(load, files)).restricted]
        work._base_manager.filter(pk__in=restricted).update(restricted=True)


class Migration(migrations.Migration):
    dependencies = [("archive", "0016_policy_in_words")]

    operations = [
        migrations.RemoveIndex(model_name="work", name="work_facets"),
        migrations.AddField(
            model_name="work",
            name="restricted",
            field=models.BooleanField(
                default=False, help_text="For members only: strangers do not see it at all."
            ),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(
                fields=[
                    "held",
                    "binned_at",
                    "rating",
                    "warnings",
                    "categories",
                    "complete",
                    "language",
                    "restricted",
                ],
                name="work_facets",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
