"""Signing in and out, and the ways to an account: the first keeper's link, invitations, registering, new passwords."""

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.policy import Preset
from reader import devices, doorkeeper, first_keeper, guessing, joining, letters
from reader.account_forms import FirstKeeperForm, NewMemberForm, NewPasswordForm, SignInForm, WhoForm, waiting
from reader.account_names import key_of
from reader.addresses import safe_next
from reader.members import account_page
from reader.models import User
from reader.requests import ReadingRequest

TOO_MANY = 429


@account_page
def sign_in(request: ReadingRequest) -> HttpResponse:
    """A name and a password, and back to where one was."""
    way_on = safe_next(request.POST.get("next") or request.GET.get("next"), reverse("browse"))
    if request.user.is_authenticated:
        return redirect(way_on)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form.get_user(), way_on, shared=form.cleaned_data["shared"])
    shown = {"form": form, "next": way_on, "open": joining.open_to_all(), "provider": settings.OIDC}
    wait = doorkeeper.waits(request)
    response = render(request, "login.html", shown, status=TOO_MANY if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_POST
def sign_out(request: ReadingRequest) -> HttpResponse:
    """Sign out here."""
    logout(request)
    return redirect("browse")


@account_page
def welcome(request: ReadingRequest, token: str) -> HttpResponse:
    """The single-use link, while there is no keeper: whoever holds it chooses a name and a password."""
    if not first_keeper.valid(token):
        return _no_keeper(request)
    form = FirstKeeperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data
            keeper = first_keeper.redeem(token, chosen["username"], chosen["password1"], Preset(chosen["preset"]))
        except first_keeper.Spent:
            return _no_keeper(request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _enter(request, keeper)
    return render(request, "welcome.html", {"form": form})


@account_page
def invitation(request: ReadingRequest, token: str) -> HttpResponse:
    """The link that a keeper has given: whoever holds it chooses a name and a password, once."""
    if not joining.invited(token):
        return _spent(request)
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = joining.accept(token, form.cleaned_data["username"], form.cleaned_data["password1"])
        except joining.Spent:
            return _spent(request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _enter(request, member)
    return render(request, "account/join.html", {"form": form, "invited": True})


@account_page
def register(request: ReadingRequest) -> HttpResponse:
    """Make an account of one's own, where the policy lets whoever comes."""
    if not joining.open_to_all():
        raise Http404
    if request.user.is_authenticated:
        return redirect("account")
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guessing.begin({guessing.key("register", guessing.peer(request)): joining.COMERS})
            member = joining.register(form.cleaned_data["username"], form.cleaned_data["password1"])
        except guessing.Wait as wait:
            form.add_error(None, waiting(wait.seconds))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _enter(request, member)
    return render(request, "account/join.html", {"form": form})


@account_page
def forgotten(request: ReadingRequest) -> HttpResponse:
    """A forgotten password: a letter, where any are sent, or the way to a keeper. It says the same to everybody."""
    form = WhoForm(request.POST or None) if settings.MAIL else None
    if form is None or request.method != "POST" or not form.is_valid():
        return render(request, "account/forgotten.html", {"form": form})
    name = form.cleaned_data["name"]
    asked = (guessing.key("letter from", guessing.peer(request)), guessing.key("letter to", key_of(name)))
    try:
        guessing.begin(dict.fromkeys(asked, joining.LETTERS))
    except guessing.Wait as wait:
        form.add_error(None, waiting(wait.seconds))
        return render(request, "account/forgotten.html", {"form": form}, status=TOO_MANY)
    letters.send_password_link.enqueue(name)
    return render(request, "account/forgotten.html", {"sent": True})


@account_page
def new_password(request: ReadingRequest, number: int, token: str) -> HttpResponse:
    """The link by which a member chooses a new password, once. Every device is signed out."""
    member = joining.holder(number, token)
    if member is None:
        return _spent(request)
    form = NewPasswordForm(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = joining.choose_password(number, token, form.cleaned_data["new_password1"])
        except joining.Spent:
            return _spent(request)
        return _enter(request, member)
    return render(request, "account/new_password.html", {"form": form, "member": member})


def _enter(request: ReadingRequest, user: User, way_on: str = "/", *, shared: bool = False) -> HttpResponse:
    devices.enter(request, user)
    if shared:
        request.session.set_expiry(0)
    return redirect(way_on)


def _no_keeper(request: ReadingRequest) -> HttpResponse:
    """A link that was used, is too old, or was never given: all are told alike, and how to come by a new one."""
    return render(request, "welcome_spent.html", {"wanted": first_keeper.wanted()}, status=404)


def _spent(request: ReadingRequest) -> HttpResponse:
    """As with the first keeper's."""
    return render(request, "account/spent.html", status=404)
