"""The reading room as a Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """The reading room."""

    name = "reader"
    verbose_name = "Readers"
    default_auto_field = "django.db.models.BigAutoField"
