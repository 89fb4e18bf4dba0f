"""Once more: a keeper whose password was asked for too long ago is asked again before the keepers' pages open."""

import time
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import authenticate, logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

HOURS = 12
TRIES = 5
"""Wrong passwords after which a keeper is signed out, and has to come by the front door, which counts them too."""
PROVED, WRONG = "keeper-proved", "keeper-wrong"
"""When the password was last given, in seconds; and how often it was wrong since."""


class AgainForm(forms.Form):
    """The password, and nothing else."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )


def due(request: HttpRequest) -> bool:
    """Whether the password has to be given again. A session that does not say when it was given is asked."""
    return time.time() - int(request.session.get(PROVED, 0)) > HOURS * 3600


def ask(request: HttpRequest) -> HttpResponse:
    """Send a keeper to the page that asks, and back to what they wanted to see afterwards."""
    way_on = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('admin:again')}?{urlencode({'next': way_on})}")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask; when the password is right, open the keepers' pages for another while."""
    if not admin.site.has_permission(request):
        raise PermissionDenied
    way_on = _within(request, request.POST.get("next") or request.GET.get("next", ""))
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_theirs(request, form.cleaned_data["password"]):
            _prove(request)
            request.session.cycle_key()
            return HttpResponseRedirect(way_on)
        request.session[WRONG] = request.session.get(WRONG, 0) + 1
        if request.session[WRONG] >= TRIES:
            logout(request)
            return HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': way_on})}")
        form.add_error("password", "That is not your password.")
    context = {**admin.site.each_context(request), "title": "Your password, once more", "form": form, "next": way_on}
    return TemplateResponse(request, "admin/again.html", context)


def _is_theirs(request: HttpRequest, password: str) -> bool:
    """Whether this is the password of the keeper who is signed in, and of nobody else."""
    found = authenticate(request, username=request.user.get_username(), password=password)
    return found is not None and found.pk == request.user.pk


def _within(request: HttpRequest, address: str) -> str:
    """An address among the keepers' pages of this house; the desk in the place of any other."""
    desk = reverse("admin:index")
    safe = address.startswith(desk) and "\\" not in address and address.isprintable()
    return address if safe and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else desk


def _prove(request: HttpRequest) -> None:
    request.session[PROVED] = int(time.time())
    request.session.pop(WRONG, None)


def _signed_in(request: HttpRequest | None = None, **_: Any) -> None:
    """Whoever signs in has just proved who they are."""
    if request is not None and hasattr(request, "session"):
        _prove(request)


def watch() -> None:
    """Take note whenever somebody signs in."""
    user_logged_in.connect(_signed_in, dispatch_uid="keepers")
