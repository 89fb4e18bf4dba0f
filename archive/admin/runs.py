"""Import runs: what came in, what did not, what waits, and what can be tried again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive import catalogue, intake
from archive.admin.arriving import may_bring
from archive.admin.lists import Shown
from archive.admin.standing import standing
from archive.admin.waiting import interrupted
from archive.models import ImportRun, RunEntry

FIRST = 500
"""Entries that the page of a run shows; the report has them all."""

OUTCOMES = {
    "created": "new",
    "updated": "updated (older text kept)",
    "unchanged": "unchanged",
    "held": "held",
    "refused": "could not be read",
    "ignored": "left alone",
}
"""How the outcomes are called."""
NAMED = {"held": "Held", "refused": "Could not be read"}
"""Those of which a run names each work or file."""


_PATHS = 20


@admin.register(ImportRun)
class RunAdmin(Shown):
    """Every run, newest first."""

    change_form_template = "admin/archive/run_form.html"
    change_list_template = "admin/archive/run_list.html"
    list_display = ("begun", "standing", "progress", "outcomes", "came")
    list_filter = ("state", "way")
    sortable_by = ()
    fields = readonly_fields = (
        "begun",
        "ended",
        "came",
        "looked_in",
        "implied",
        "before",
        "report_link",
        "entries",
    )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the way to bring more."""
        return super().changelist_view(request, {"may_bring": may_bring(request), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One run, as it stands."""
        run = ImportRun.everything.filter(pk=object_id).first() if object_id.isdigit() else None
        context: dict[str, Any] = {}
        if run and self.has_view_permission(request, run):
            context = {
                "title": str(run),
                "run": run,
                "standing": standing(run),
                "may_bring": may_bring(request),
                "can_try_again": intake.can_try_again(run),
                "after": run.followed_by.order_by("pk"),
                "worker": catalogue.house().worker,
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @admin.display(description="started")
    def begun(self, run: ImportRun) -> str:
        """When it began."""
        return f"{run.started_at:%Y-%m-%d %H:%M}"

    @admin.display(description="ended")
    def ended(self, run: ImportRun) -> str:
        """When it ended."""
        return f"{run.finished_at:%Y-%m-%d %H:%M}" if run.finished_at else "–"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The lines that say something of this run."""
        silent = {
            "ended": not obj.finished_at,
            "looked_in": not obj.paths,
            "implied": not obj.rules,
            "before": not obj.follows_id,
            "report_link": not obj.report,
        }
        return [name for name in self.fields or () if not silent.get(str(name))]

    @admin.display(description="files")
    def progress(self, run: ImportRun) -> str:
        """How far it came."""
        return f"{run.done:,} of {run.total:,}"

    @admin.display(description="outcomes")
    def outcomes(self, run: ImportRun) -> str:
        """What became of them."""
        counts = ((getattr(run, field), words) for field, words in OUTCOMES.items())
        return ", ".join(f"{count:,} {words}" for count, words in counts if count) or "None yet"

    @admin.display(description="state")
    def standing(self, run: ImportRun) -> str:
        """Whether it runs, and what ended it."""
        state = ImportRun.State.INTERRUPTED if interrupted(run) else ImportRun.State(run.state)
        return f"{state.label}: {run.error}" if run.error else str(state.label)

    @admin.display(description="came")
    def came(self, run: ImportRun) -> str:
        """By which way, and who asked."""
        return f"{run.get_way_display()}, by {run.asked_by}" if run.asked_by else run.get_way_display()

    @admin.display(description="taken up from")
    def before(self, run: ImportRun) -> str | SafeString:
        """The run that it goes on from."""
        if run.follows is None:
            return "–"
        address = reverse("admin:archive_importrun_change", args=[run.follows.pk])
        return format_html('<a href="{}">{}</a>', address, run.follows)

    @admin.display(description="looked in")
    def looked_in(self, run: ImportRun) -> str:
        """The files and folders that were given, the first of them."""
        more = f" and {len(run.paths) - _PATHS:,} more" if len(run.paths) > _PATHS else ""
        return ", ".join(map(str, run.paths[:_PATHS])) + more or "–"

    @admin.display(description="implied by rules")
    def implied(self, run: ImportRun) -> str:
        """What the run said of all its works."""
        return ", ".join(f"{field}: {value}" for field, value in run.rules.items()) or "–"

    @admin.display(description="report")
    def report_link(self, run: ImportRun) -> str | SafeString:
        """The way to the full report."""
        if not run.report:
            return "–"
        return format_html(
            '<a href="{}">Take the full report</a>', reverse("admin:archive_importrun_report", args=[run.pk])
        )

    @admin.display(description="held and refused")
    def entries(self, run: ImportRun) -> SafeString:
        """What was held and what was refused, and why."""
        groups = []
        for outcome, words in NAMED.items():
            rows = RunEntry.everything.filter(run=run, outcome=outcome).order_by("pk")[: FIRST + 1]
            if rows:
                groups.append({"words": words, "entries": rows[:FIRST], "more": len(rows) > FIRST})
        return render_to_string("admin/archive/run_entries.html", {"groups": groups, "first": FIRST})

    def get_urls(self) -> list[URLPattern]:
        """Standing and report beside the usual addresses, and what can be done to a run."""
        pages: dict[str, Callable[..., HttpResponseBase]] = {
            "report": require_safe(self.report_view),
            "standing": require_safe(never_cache(self.standing_view)),
            "cancel": require_POST(self.cancel_view),
            "again": require_POST(self.again_view),
        }
        own = [
            path(f"<int:number>/{name}/", self.admin_site.admin_view(page), name=f"archive_importrun_{name}")
            for name, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    def standing_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """How a run stands, as JSON."""
        return JsonResponse(standing(self._run(request, number)))

    def cancel_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Stop a run, or take it out of the queue."""
        run = self._run(request, number, change=True)
        intake.cancel(run, by=request.user.get_username())
        return _to(run)

    def again_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Queue again what has failed, or what was left."""
        run = self._run(request, number, change=True)
        again = intake.queue_again(run, by=request.user.get_username()) if intake.can_try_again(run) else None
        if again is None:
            self.message_user(request, "Nothing of it is left to be tried again.", messages.WARNING)
        return _to(again or run)

    def _run(self, request: HttpRequest, number: int, *, change: bool = False) -> ImportRun:
        if not self.has_view_permission(request) or (change and not may_bring(request)):
            raise PermissionDenied
        run = ImportRun.everything.filter(pk=number).first()
        if run is None:
            raise Http404
        return run

    def report_view(self, request: HttpRequest, number: int) -> FileResponse:
        """The report of a run, as a file to keep."""
        report = report_of(self._run(request, number))
        if report is None:
            raise Http404
        return FileResponse(
            report.open("rb"), as_attachment=True, filename=report.name, content_type="application/octet-stream"
        )


def _to(run: ImportRun) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:archive_importrun_change", args=[run.pk]))


def report_of(run: ImportRun) -> Path | None:
    """The report file of a run, if it is where reports are."""
    folder = (Path(settings.DATA) / "runs").resolve()
    report = (Path(settings.DATA) / run.report).resolve()
    return report if report.is_relative_to(folder) and report.is_file() else None
