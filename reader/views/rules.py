"""A member's own rules: the page where they are written, and the quiet buttons that add one where it comes to mind."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive import catalogue
from archive.vocabulary import Rating
from reader import gates
from reader import rules as own
from reader.addresses import safe_next, sign_in_first
from reader.models import User
from reader.requests import ReadingRequest
from reader.rule_forms import LABELS, Rows, RuleForm, pairs, rows


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ReadingRequest) -> HttpResponse:
    """All rules of a member on one page."""
    if not isinstance(request.user, User):
        return redirect(sign_in_first(request))
    kept = own.rules_of(request.user)
    data = request.POST if request.method == "POST" else None
    form = RuleForm(request.user, kept, data, may_agree=request.reader.ceiling >= Rating.MATURE)
    avoided = rows(kept, data)
    if data is not None and form.is_valid() and all(one.is_valid() for one in avoided.values()):
        for name, given in avoided.items():
            setattr(kept, name, pairs(given))
        with transaction.atomic():
            form.save()
            kept.save()
        return redirect(f"{reverse('rules')}?kept=yes")
    _named(request, avoided["avoided_works"])
    shown = {
        "form": form,
        "avoided": [(*LABELS[name], given) for name, given in avoided.items()],
        "most": own.MOST,
        "may_agree": "adult_agreed" in form.fields,
    }
    return render(request, "rules.html", shown, status=400 if data is not None else 200)


@require_POST
def avoid(request: ReadingRequest) -> HttpResponse:
    """Avoid the tag, author or work of the page one comes from, or no longer."""
    if not isinstance(request.user, User):
        return redirect("login")
    sort, what = request.POST.get("sort", ""), request.POST.get("what", "").replace("\0", " ")
    if sort not in own.SORTS or not what.strip() or len(what) > own.LONGEST:
        return HttpResponseBadRequest()
    if sort == "work" and not (what.isdecimal() and what.isascii() and len(what) < 19):
        return HttpResponseBadRequest()
    if request.POST.get("answer") == "stop":
        own.stop_avoiding(request.user, sort, what)
    elif not own.avoid(request.user, sort, what):
        return redirect(f"{reverse('rules')}?full=yes")
    return redirect(safe_next(request.POST.get("next"), "/"))


@require_safe
def labels(request: ReadingRequest, number: int) -> HttpResponse:
    """What one work says of itself, told to a reader who has such things told only when they ask."""
    file = request.GET.get("file", "")
    gate = catalogue.gate(request.reader.asking_to_be_told, number, file)
    shown = {"gate": gate, "words": gates.words(gate), "next": safe_next(request.GET.get("next"), f"/works/{number}/")}
    response = render(request, "labels.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response


def _named(request: ReadingRequest, works: Rows) -> None:
    """Say on each row what its work is called, if this reader may know that now."""
    numbers = {row: str(row["what"].value() or "") for row in works.forms}
    ids = [int(number) for number in numbers.values() if number.isdecimal() and len(number) < 19]
    titles = catalogue.titles(request.reader, ids)
    for row, number in numbers.items():
        row.title = titles.get(int(number), "") if number.isdecimal() else ""
