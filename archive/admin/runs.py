"""Import runs: what came in, what did not, and what is left to say of it."""

from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from archive.admin.lists import Shown
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


@admin.register(ImportRun)
class RunAdmin(Shown):
    """Every run, newest first."""

    list_display = ("begun", "progress", "outcomes", "standing")
    list_filter = ("state",)
    sortable_by = ()
    fields = readonly_fields = (
        "begun",
        "finished_at",
        "standing",
        "progress",
        "outcomes",
        "not_stated_line",
        "looked_in",
        "implied",
        "report_link",
        "entries",
    )

    @admin.display(description="started")
    def begun(self, run: ImportRun) -> str:
        """When it began."""
        return f"{run.started_at:%Y-%m-%d %H:%M}"

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

    @admin.display(description="not stated")
    def not_stated_line(self, run: ImportRun) -> str:
        """What works leave out."""
        return ", ".join(f"{field} {count:,}" for field, count in run.not_stated.items()) or "–"

    @admin.display(description="looked in")
    def looked_in(self, run: ImportRun) -> str:
        """The files and folders that were given."""
        return ", ".join(map(str, run.paths)) or "–"

    @admin.display(description="implied by rules")
    def implied(self, run: ImportRun) -> str:
        """What the run said of all its works."""
        return ", ".join(f"{field}: {value}" for field, value in run.rules.items()) or "–"

    @admin.display(description="report")
    def report_link(self, run: ImportRun) -> str | SafeString:
        """The way to the full report."""
        if not run.report:
            return "–"
        return format_html('<a href="{}">Take the full report</a>', reverse(f"admin:{_REPORT}", args=[run.pk]))

    @admin.display(description="held and refused")
    def entries(self, run: ImportRun) -> SafeString:
        """What was held or refused, and why."""
        rows = RunEntry.everything.filter(run=run).order_by("pk")[: FIRST + 1]
        context = {"entries": rows[:FIRST], "more": len(rows) > FIRST, "first": FIRST}
        return render_to_string("admin/archive/run_entries.html", context)

    def get_urls(self) -> list[URLPattern]:
        """The report beside the usual addresses."""
        report = path("<int:number>/report/", self.admin_site.admin_view(require_safe(self.report_view)), name=_REPORT)
        return [report, *super().get_urls()]

    def report_view(self, request: HttpRequest, number: int) -> FileResponse:
        """The report of a run, as a file to keep."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = ImportRun.everything.filter(pk=number).first()
        report = report_of(run) if run else None
        if report is None:
            raise Http404
        return FileResponse(
            report.open("rb"), as_attachment=True, filename=report.name, content_type="application/octet-stream"
        )


_REPORT = "archive_importrun_report"


def report_of(run: ImportRun) -> Path | None:
    """The report file of a run, if it is where reports are."""
    folder = (Path(settings.DATA) / "runs").resolve()
    report = (Path(settings.DATA) / run.report).resolve()
    return report if report.is_relative_to(folder) and report.is_file() else None
