"""What the policy has refused of a work is remembered, so that a milder file of it is refused as well."""

import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0017_members_only")]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(db_index=True, max_length=255)),
                ("rating", models.PositiveSmallIntegerField()),
                ("warnings", models.PositiveSmallIntegerField()),
                ("tags", models.JSONField(default=list)),
            ],
            managers=[("everything", django.db.models.manager.Manager())],
        ),
    ]
