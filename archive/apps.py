"""The library as a Django application."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The library."""

    name = "archive"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"
