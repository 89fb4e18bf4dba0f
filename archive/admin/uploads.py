"""Bringing works: the page on which keepers hand in files, for the worker to import."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive import catalogue, intake
from archive.admin.arriving import FILES, Arriving, may_bring
from archive.admin.fields import LinesField
from archive.models import ImportRun
from archive.originals import cannot_write
from archive.vocabulary import ArchiveWarning, Category, Rating

_SAID = (Rating.GENERAL, Rating.TEEN, Rating.MATURE, Rating.EXPLICIT, Rating.NOT_RATED)
_WARNINGS = [bit.label for bit in ArchiveWarning if bit not in (ArchiveWarning.NOT_STATED, ArchiveWarning.OTHER)]
_STATES = [("", "as the files say"), ("yes", "complete"), ("no", "in progress")]


class BringingForm(forms.Form):
    """What is so of all the works of an upload, in the fields of `archive.importing.rules`."""

    fandom_from_folder = forms.BooleanField(
        required=False, label="Each folder is named after the fandom of the works in it"
    )
    rating = forms.ChoiceField(
        required=False, choices=[("", "as the files say"), *((one.label, one.label) for one in _SAID)]
    )
    language = forms.CharField(required=False, max_length=100)
    complete = forms.ChoiceField(required=False, choices=_STATES, label="Completion")
    warnings = forms.MultipleChoiceField(
        required=False, choices=[(one, one) for one in _WARNINGS], widget=forms.CheckboxSelectMultiple
    )
    categories = forms.MultipleChoiceField(
        required=False, choices=[(one.label, one.label) for one in Category], widget=forms.CheckboxSelectMultiple
    )
    fandoms = LinesField(required=False)
    relationships = LinesField(required=False)
    characters = LinesField(required=False)
    freeforms = LinesField(required=False, label="Additional Tags")
    authors = LinesField(required=False)

    @property
    def rules(self) -> dict[str, Any]:
        """Rules as plain data by field, of those that were filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if value and name != "fandom_from_folder"}
        return said | ({"complete": said["complete"] == "yes"} if "complete" in said else {})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page; by POST, what has arrived is queued, and the page of its run opens."""
    if not may_bring(request):
        raise PermissionDenied
    form = BringingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    arrived = next((one for one in request.upload_handlers if isinstance(one, Arriving)), Arriving())
    trouble, status = arrived.trouble, 413
    if not trouble and not form.is_valid():
        trouble, status = "Something in what is said of the works cannot be meant; see below.", 400
    if not trouble and (arrived.tray is None or not arrived.tray.names):
        trouble, status = "Nothing has arrived. Choose files or a folder first.", 400
    if trouble:
        return _page(request, form, trouble, status)
    try:
        run = _queued(request, form, arrived)
    except OSError as error:
        return _page(request, form, f"Not kept: {cannot_write(error)}.", 507)
    address = reverse("admin:archive_importrun_change", args=[run.pk])
    return JsonResponse({"address": address}) if _by_script(request) else HttpResponseRedirect(address)


def _queued(request: HttpRequest, form: BringingForm, arrived: Arriving) -> ImportRun:
    assert arrived.tray is not None  # noqa: S101 (asked just before)
    arrived.tray.names = named(arrived.tray.names, request.POST.get("paths", ""))
    return intake.queue_upload(
        arrived.tray,
        rules=form.rules,
        fandom_from_folder=form.cleaned_data["fandom_from_folder"],
        by=request.user.get_username(),
    )


def named(sent: list[str], paths: str) -> list[str]:
    """The names of files. A script sends numbers in their place, and the paths in a list of its own.

    >>> named(["1", "0"], '["one.txt", "Folder/two.txt"]')
    ['Folder/two.txt', 'one.txt']
    """
    try:
        listed = json.loads(paths or "[]")
    except (ValueError, RecursionError):
        listed = []
    known = {str(number): path for number, path in enumerate(listed if isinstance(listed, list) else ())}
    return [str(known.get(name, name)) for name in sent]


def _page(request: HttpRequest, form: BringingForm, trouble: str = "", status: int = 200) -> HttpResponse:
    if trouble and _by_script(request):
        return JsonResponse({"trouble": trouble, "fields": form.errors}, status=status)
    context = {
        **admin.site.each_context(request),
        "title": "Bring works",
        "form": form,
        "trouble": trouble,
        "worker": catalogue.house().worker,
        "limit": settings.UPLOAD_LIMIT,
        "files": FILES,
        "number": f"{FILES:,}",
        "runs": request.user.has_perm("archive.view_importrun"),
    }
    return TemplateResponse(request, "admin/archive/upload.html", context, status=status)


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
