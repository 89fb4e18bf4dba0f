"""Letting a device in by six digits: the member's side of it, and the new device's."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reader import devices, guessing, pairing, qr, readers
from reader.account_forms import CeilingForm, CodeForm, waiting
from reader.members import account_page, members_only
from reader.requests import ReadingRequest
from reader.views.members import MemberRequest

TOO_MANY = 429


@members_only
def show(request: MemberRequest) -> HttpResponse:
    """The member's side: show a code, see which device asks, say whether it is theirs."""
    highest = readers.ceiling_of(request.user, devices.device_of(request))
    form, answer = CeilingForm(highest, request.POST or None), request.POST.get("answer")
    if devices.bounded(request):
        return render(request, "account/pairing.html", {"bounded": True})
    if answer == "show" and form.is_valid():
        code = pairing.show(request.user, form.cleaned_data["ceiling"])
        drawn = qr.draw(request.build_absolute_uri(f"{reverse('pair')}?code={code}"))
        return render(request, "account/pairing.html", {"code": code, "drawn": drawn})
    if answer == "confirm":
        pairing.confirm(request.user, request.POST.get("asker", ""))
        return redirect("devices")
    if answer == "end":
        pairing.end(request.user)
        return redirect("pairing")
    return render(request, "account/pairing.html", {"form": form, "pairing": pairing.of(request.user)})


@account_page
def pair(request: ReadingRequest) -> HttpResponse:
    """The new device's side: give the code, then wait until the member has said that it is theirs."""
    if request.user.is_authenticated:
        return redirect("account")
    if request.POST.get("answer") == "go":
        if pairing.finish(request):
            return redirect("browse")
        return render(request, "account/pair.html", {"asked": pairing.asked(request), "came_early": True})
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            if pairing.ask(request, form.cleaned_data["code"]):
                return redirect("pair")
            form.add_error("code", "No device shows this code now. Codes live for five minutes.")
        except guessing.Wait as wait:
            form.add_error(None, waiting(wait.seconds))
            return render(request, "account/pair.html", {"form": form}, status=TOO_MANY)
    return render(request, "account/pair.html", {"form": form, "asked": pairing.asked(request)})
