"""Gates: the page that stands before a work, the answer to it, and what a reader has agreed to."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from archive import catalogue
from archive.vocabulary import ArchiveWarning, Rating
from reader import agreement, rules
from reader.addresses import safe_next, work_page
from reader.gates import words
from reader.requests import ReadingRequest
from reader.signs import warning_words


def gate(request: ReadingRequest, number: int, way_on: str = "", file: str = "") -> HttpResponse:
    """The page that asks before a work is opened. It holds nothing but what a gate may show."""
    asked = catalogue.gate(request.reader, number, file)
    if not asked.asking:  # agreed in another window, between two questions
        return redirect(work_page(number))
    here = way_on or request.get_full_path()
    shown = {"gate": asked, "words": words(asked), "next": here, "site": catalogue.policy()}
    response = render(request, "gate.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def agree(request: ReadingRequest, number: int) -> HttpResponse:
    """Answer both gates of a work at once. What was agreed to must still be what stands before the work."""
    file = request.POST.get("file", "")
    asked = catalogue.gate(request.reader, number, file)
    way_on = safe_next(request.POST.get("next"), work_page(number))
    if asked.asking and request.POST.get("stakes") != asked.stakes:
        return gate(request, number, way_on, file)
    remembers = catalogue.policy().may_remember
    if asked.asking.rating:
        agreement.agree_to_adult_works(request, remember=remembers and "remember" in request.POST)
    if asked.asking.warnings or asked.asking.tags:
        agreement.agree_to_work(request, asked)
    if asked.asking.warnings and "unasked" in request.POST:
        rules.stop_asking(request, asked.asking.warnings)
        agreement.stop_asking(request, asked.asking.warnings, remember=remembers)
    return _on(way_on)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def adult_works(request: ReadingRequest) -> HttpResponse:
    """What agreeing means, what has been agreed to, and the way to agree or take it back."""
    way_on = safe_next(request.POST.get("next") or request.GET.get("next"), "/")
    site = catalogue.policy()
    may_agree = request.reader.welcome and request.reader.ceiling >= Rating.MATURE
    if request.method == "POST":
        if request.POST.get("answer") == "withdraw":
            agreement.withdraw(request)
        elif request.POST.get("answer") == "agree" and may_agree:
            agreement.agree_to_adult_works(request, remember=site.may_remember and "remember" in request.POST)
        return _on(way_on)
    unasked = warning_words(agreement.unasked_here(request, remembered=site.may_remember) & ArchiveWarning.STATED)
    shown = {"next": way_on, "may_agree": may_agree, "unasked": unasked, "site": site}
    return render(request, "agreement.html", shown)


def _on(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "private, no-store"
    return response
