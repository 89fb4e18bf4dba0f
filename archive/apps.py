"""The library, and its keepers' pages, as Django applications."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

ROOMLESS = (
    "taggit.Tag", "auth.Group", "django_tasks_database.DBTaskResult",
    "account.EmailAddress", "socialaccount.SocialAccount", "socialaccount.SocialApp", "socialaccount.SocialToken",
)  # fmt: skip
"""Tables of others that keepers have nothing to do with: some that stay empty here, those of allauth among them where
it is set up, and the worker's own queue, of which the import runs tell."""


class ArchiveConfig(AppConfig):
    """The library."""

    name = "archive"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the system check know what the house asks for."""
        import_module("archive.checks")


class KeepersConfig(AdminConfig):
    """Django's admin with the keepers' site in it."""

    default_site = "archive.admin.site.KeepersSite"

    def ready(self) -> None:
        """Let every application bring its rooms, ours first: the site itself lives among them."""
        import_module("archive.admin")
        super().ready()
        import_module("archive.admin.again").watch()
        admin.site.unregister([model for model in apps.get_models() if model._meta.label in ROOMLESS])
