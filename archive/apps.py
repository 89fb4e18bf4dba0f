"""The library, and its keepers' pages, as Django applications."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ArchiveConfig(AppConfig):
    """The library."""

    name = "archive"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"


class KeepersConfig(AdminConfig):
    """Django's admin with the keepers' site in it."""

    default_site = "archive.admin.site.KeepersSite"

    def ready(self) -> None:
        """Let every application bring its rooms; taggit's own table of tags stays empty here and needs none."""
        super().ready()
        from django.contrib import admin
        from taggit.models import Tag

        admin.site.unregister(Tag)
