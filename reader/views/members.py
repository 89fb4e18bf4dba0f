"""A member's own desk: their password, their devices and tokens, and all that is kept about them."""

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from reader import devices, kept, kept_page, tokens
from reader.account_forms import MailForm, NameForm, NewPasswordForm, PasswordAgain
from reader.members import members_only
from reader.models import User
from reader.requests import ReadingRequest


class MemberRequest(ReadingRequest):
    """A request that `members_only` has let through."""

    user: User


@members_only
def desk(request: MemberRequest) -> HttpResponse:
    """Where everything about the account begins; and where letters go, if this library sends any."""
    form = MailForm(request.POST or None, instance=request.user) if settings.MAIL else None
    if form and request.method == "POST" and form.is_valid():
        User.objects.filter(pk=request.user.pk).update(email=form.cleaned_data["email"])
        return redirect("account")
    shown = {"form": form, "bounded": devices.bounded(request), "provider": settings.OIDC}
    return render(request, "account/desk.html", shown)


@members_only
def password(request: MemberRequest) -> HttpResponse:
    """Change the password. Every other device is signed out."""
    asked = PasswordAgain(request, request.POST or None)
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() and asked.is_valid():
        request.user.set_password(form.cleaned_data["new_password1"])
        request.user.save(update_fields=["password"])
        devices.leave_everywhere(request.user, but=devices.device_of(request))
        update_session_auth_hash(request, request.user)
        return redirect("account")
    return render(request, "account/password.html", {"form": form, "asked": asked})


@members_only
def all_devices(request: MemberRequest) -> HttpResponse:
    """Where one is signed in; and out everywhere, with tokens or without."""
    if request.method == "POST":
        devices.leave_everywhere(request.user)
        if "tokens" in request.POST:
            request.user.tokens.all().delete()
        logout(request)
        return redirect("login")
    here, bounded = devices.device_of(request), devices.bounded(request)
    shown = {"devices": request.user.devices.all(), "here": here, "bounded": bounded}
    return render(request, "account/devices.html", shown)


@require_POST
@members_only
def device(request: MemberRequest, number: int) -> HttpResponse:
    """Sign one of one's devices out: it is a stranger's at its next request. One that was, with a ceiling, is forgotten
    from another, which has none."""
    one = request.user.devices.filter(pk=get_object_or_404(request.user.devices, pk=number).pk)
    if request.POST.get("answer") != "forget":
        devices.sign_out(one)
    elif devices.bounded(request):
        raise PermissionDenied
    else:
        devices.forget(one.filter(left__isnull=False))
    return redirect("devices")


@members_only
def all_tokens(request: MemberRequest) -> HttpResponse:
    """The tokens of a member; a new one is shown this once. A device with a ceiling of its own makes none."""
    form, made, mistake = NameForm(request.POST or None), "", ""
    bounded = devices.bounded(request)
    if request.method == "POST" and not bounded and form.is_valid():
        try:
            made, form = tokens.make(request.user, form.cleaned_data["name"]), NameForm()
        except tokens.TooMany:
            mistake = f"You have {tokens.MOST} tokens already: revoke one first."
    shown = {"tokens": request.user.tokens.all(), "form": form, "made": made, "mistake": mistake, "bounded": bounded}
    shown["feed"] = request.build_absolute_uri(reverse("feed"))
    return render(request, "account/tokens.html", shown)


@require_POST
@members_only
def token(request: MemberRequest, number: int) -> HttpResponse:
    """Revoke a token."""
    get_object_or_404(request.user.tokens, pk=number).delete()
    return redirect("tokens")


@members_only
def everything(request: MemberRequest) -> HttpResponse:
    """All that is kept about a member."""
    return render(request, "account/kept.html", {"kept": kept_page.tables(request.user)})


@members_only
def exported(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    response = JsonResponse(kept.about(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="carrel-account.json"'
    return response


@members_only
def close(request: MemberRequest) -> HttpResponse:
    """Close the account, and erase what is kept about it. It takes the password, or having signed in just now."""
    form = PasswordAgain(request, request.POST or None) if request.user.has_usable_password() else None
    proved = form.is_valid() if form else devices.just_entered(request)
    refused = ""
    if request.method == "POST" and proved:
        try:
            kept.erase(request.user)
        except kept.LastKeeper:
            refused = "You are the last keeper: somebody else must keep this library first."
        except kept.OpensDoors:
            refused = "Only a keeper can close this account: please ask one."
        else:
            request.session.flush()
            return redirect("browse")
    shown = {"form": form, "proved": proved, "refused": refused, "deeds": bool(kept.deeds(request.user))}
    return render(request, "account/close.html", shown)
