"""A new library starts with the policy "anyone with the address", behind its gates."""

from django.db import migrations


def open_policy(apps, schema_editor):
    apps.get_model("archive", "SitePolicy").everything.using(schema_editor.connection.alias).create()


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_first_shelf")]
    operations = [migrations.RunPython(open_policy, migrations.RunPython.noop)]
