"""The reading room as a Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """The reading room."""

    name = "reader"
    verbose_name = "Readers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch who signs in and out: agreements end there, and devices begin and end."""
        from reader import agreement, devices  # noqa: PLC0415 - they need the models, which are loaded by now

        agreement.watch()
        devices.watch()
