"""Devices, pairings, tokens, invitations; and names of accounts that cannot be mistaken for one another."""

import archive.vocabulary
import django.db.models.deletion
import django.utils.timezone
import reader.models
from django.conf import settings
from django.db import migrations, models

from reader.account_names import key_of


def give_keys(apps, schema_editor):
    """Of accounts whose names look alike the oldest keeps its name, and the others get their number behind theirs."""
    taken = set()
    for user in apps.get_model("reader", "User").objects.order_by("pk"):
        if key_of(user.username) in taken:
            user.username = f"{user.username[:130]}-{user.pk}"
        user.key = key_of(user.username)
        taken.add(user.key)
        user.save(update_fields=["username", "key"])


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0002_saved_filters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guessing',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('last', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AlterModelManagers(
            name='user',
            managers=[
                ('objects', reader.models.Members()),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='key',
            field=models.CharField(editable=False, max_length=600, null=True),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='user',
            name='key',
            field=models.CharField(editable=False, max_length=600, unique=True),
        ),
        migrations.AddField(
            model_name='user',
            name='look',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('used', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen', models.DateTimeField(default=django.utils.timezone.now)),
                ('ceiling', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'General Audiences'), (2, 'Teen And Up Audiences'), (3, 'Mature'), (4, 'Explicit')], null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-seen', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('note', models.CharField(blank=True, help_text='For whom it is. Only keepers see this.', max_length=80)),
                ('until', models.DateTimeField()),
                ('ceiling', models.PositiveSmallIntegerField(choices=[(1, 'General Audiences'), (2, 'Teen And Up Audiences'), (3, 'Mature'), (4, 'Explicit')], default=archive.vocabulary.Rating['EXPLICIT'], help_text='The highest rating that will be shown to them at all.')),
                ('blocked_tags', models.JSONField(blank=True, default=list, help_text='Tags that will never be shown to them.')),
                ('made', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('used', models.DateTimeField(editable=False, null=True)),
                ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pairing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64, unique=True)),
                ('until', models.DateTimeField()),
                ('ceiling', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'General Audiences'), (2, 'Teen And Up Audiences'), (3, 'Mature'), (4, 'Explicit')], null=True)),
                ('asker', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('confirmed', models.BooleanField(default=False)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pairing', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
