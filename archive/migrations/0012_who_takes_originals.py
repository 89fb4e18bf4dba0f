import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0011_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitepolicy',
            name='originals',
            field=models.CharField(choices=[('keepers', 'Keepers only'), ('members', 'Members: whoever has signed in, of works that open to them'), ('readers', 'Everybody, of works that open to them')], default='members', help_text='Who may download the files that works came from.', max_length=8),
        ),
        migrations.CreateModel(
            name='Withheld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('identity', models.CharField(max_length=255)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sha256', 'identity'), name='withheld_once')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
