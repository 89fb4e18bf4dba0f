"""The keepers' site: Django's admin under the house's own name, opening with what waits for a keeper."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from archive.admin import again
from archive.admin.arriving import may_bring
from archive.admin.indexed import indexed
from archive.admin.rereading import reread
from archive.admin.samples import remove_samples
from archive.admin.searching import searching
from archive.admin.uploads import upload
from archive.admin.waiting import waiting


class KeepersSite(admin.AdminSite):
    """Everything below /admin/."""

    site_title = "Carrel"
    site_header = "Carrel"
    index_title = "The keepers’ desk"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The rooms, and the pages that belong to none of them."""
        own: list[URLPattern | URLResolver] = [
            path("remove-samples/", self.admin_view(remove_samples), name="remove-samples"),
            path("upload/", self.admin_view(upload), name="upload"),
            path("reread/", self.admin_view(reread), name="reread"),
            path("again/", super().admin_view(again.again), name="again"),
        ]
        return own + super().get_urls()

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Every page, behind the keeper's password if that was given too long ago. Signing out never asks."""
        within = super().admin_view(view, cacheable)

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if self.has_permission(request) and again.due(request) and view != self.logout:
                return again.ask(request)
            return within(request, *args, **kwargs)

        return opened

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The rooms: the library's first, then the readers', then what Django and others bring."""
        order = ["archive", "reader"]
        rooms = super().get_app_list(request, app_label)
        return sorted(
            rooms, key=lambda room: order.index(room["app_label"]) if room["app_label"] in order else len(order)
        )

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk: what waits for this keeper, above all the rooms."""
        return super().index(
            request,
            {
                "waiting": waiting(request),
                "may_bring": may_bring(request),
                "indexed": indexed(),
                "searching": searching(),
                **(extra_context or {}),
            },
        )
