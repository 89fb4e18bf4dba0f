"""Signing in and out, and the link that makes the first keeper."""

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive.policy import Preset
from reader import first_keeper
from reader.forms import FirstKeeperForm
from reader.requests import ReadingRequest

sign_in = LoginView.as_view(template_name="login.html", next_page="browse", redirect_authenticated_user=True)
sign_out = LogoutView.as_view(next_page="browse")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: ReadingRequest, token: str) -> HttpResponse:
    """The single-use link, while there is no keeper: whoever holds it chooses a name and a password."""
    if not first_keeper.valid(token):
        return _spent(request)
    form = FirstKeeperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data
            keeper = first_keeper.redeem(token, chosen["username"], chosen["password1"], Preset(chosen["preset"]))
        except first_keeper.Spent:
            return _spent(request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, keeper, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("browse")
    return render(request, "welcome.html", {"form": form})


def _spent(request: ReadingRequest) -> HttpResponse:
    """A link that was used, is too old, or was never given: all are told alike, and how to come by a new one."""
    return render(request, "welcome_spent.html", {"wanted": first_keeper.wanted()}, status=404)
