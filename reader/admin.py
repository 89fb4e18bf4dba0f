"""Accounts, as keepers see them: who reads here, how far they may look, and who has been invited."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from archive import audit
from archive.admin.fields import LinesField
from archive.audit import Deed
from archive.vocabulary import Rating
from reader import devices, joining, kept
from reader.models import Invitation, User

POWERS = ("is_superuser", "user_permissions")
"""What only those who may do everything may give to others."""
LIMITS = ("ceiling", "blocked_tags")
SIGNED_OUT = (
    "This holds while they are signed in. Whoever is not looks as far as the site policy says, and no further than the "
    "member or device that may look least far."
)
TAGS_HELP = "Tags never shown to this member, one on a line: a name, or fandom:Name for one kind only."


class MemberForm(UserChangeForm):  # type: ignore[type-arg]
    """An account, with the tags that are never shown to it on lines."""

    blocked_tags = LinesField(required=False, help_text=TAGS_HELP)

    class Meta(UserChangeForm.Meta):
        model = User
        widgets = {"ceiling": forms.RadioSelect}


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """How far somebody may look who is not here yet."""

    blocked_tags = LinesField(required=False, help_text=TAGS_HELP)

    class Meta:
        model = Invitation
        fields = ("note", "until", "ceiling", "blocked_tags")
        widgets = {"ceiling": forms.RadioSelect}

    def clean_until(self) -> Any:
        """An invitation lies ahead."""
        if self.cleaned_data["until"] <= timezone.now():
            raise forms.ValidationError("That moment has passed.")
        return self.cleaned_data["until"]


def _standing(member: User) -> dict[str, Any]:
    """How far a member may look and what they may do, as plain data in words."""
    return {
        "ceiling": Rating(member.ceiling).label,
        "blocked_tags": member.blocked_tags,
        "is_staff": member.is_staff,
        "is_superuser": member.is_superuser,
        "user_permissions": sorted(member.user_permissions.values_list("codename", flat=True)) if member.pk else [],
    }


def _given(form: Any) -> dict[str, Any]:
    """The permissions that a keeper has ticked: they are written after the member is."""
    ticked = form.cleaned_data.get("user_permissions")
    return {} if ticked is None else {"user_permissions": sorted(one.codename for one in ticked)}


def show_link(request: HttpRequest, title: str, address: str, words: str) -> HttpResponse:
    """A page with a link that is seen this once, and stored by nobody."""
    shown = {**admin.site.each_context(request), "title": title, "link": request.build_absolute_uri(address)}
    response = TemplateResponse(request, "admin/reader/link.html", {**shown, "words": words})
    response["Cache-Control"] = "private, no-store"
    return response


@admin.register(User)
class MemberAdmin(UserAdmin):  # type: ignore[type-arg]
    """All accounts. A keeper is a member who may enter here."""

    form = MemberForm
    list_display = ("username", "ceiling", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "ceiling")
    show_full_result_count = False
    actions = ("make_link", "sign_out", "forget_devices")
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        ("How far they may look", {"fields": (*LIMITS, "adult_agreed"), "description": SIGNED_OUT}),
        ("What they may do", {"fields": ("is_active", "is_staff", *POWERS)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        ("How far they may look", {"fields": ("ceiling",), "description": "Tags that are never shown to them follow."}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody raises themselves: powers are given by those who have them all, and so is the key to this house."""
        own = ("last_login", "date_joined")
        return own if request.user.is_superuser else (*own, "is_staff", *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keepers are changed only by those who may do everything: a new password would be a way to their powers."""
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As with changing."""
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Note what was done, with what was so before where it says how far somebody may look."""
        before = _standing(User.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        keeper, about = request.user.get_username(), audit.member(obj.pk)
        if not change:
            audit.note(keeper, Deed.MEMBER_MADE, about, after=_standing(obj))
            return
        changed, after = set(form.changed_data), {**_standing(obj), **_given(form)}
        for deed, names in ((Deed.LIMITS_CHANGED, LIMITS), (Deed.POWERS_CHANGED, ("is_staff", *POWERS))):
            then, since = ({name: side[name] for name in names} for side in (before, after))
            audit.note_changes(keeper, deed, about, before=then, after=since)
        if "is_active" in changed:
            audit.note(keeper, Deed.MEMBER_OPENED if obj.is_active else Deed.MEMBER_CLOSED, about)
        if changed - {*LIMITS, *POWERS, "is_staff", "is_active"}:
            audit.note(keeper, Deed.MEMBER_CHANGED, about)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """A keeper sets a password, or takes it away: it is noted, and whoever was signed in with it is out."""
        with transaction.atomic():
            member = cast("User | None", self.get_object(request, unquote(id)))
            response = super().user_change_password(request, id, form_url)
            if member and User.objects.exclude(password=member.password).filter(pk=member.pk).exists():
                audit.note(request.user.get_username(), Deed.PASSWORD_SET, audit.member(member.pk))
                devices.leave_everywhere(member, but=devices.device_of(request))
        return response

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Erase all that is kept about a member; the last keeper stays."""
        try:
            kept.erase(obj, request.user.get_username())
        except kept.LastKeeper:
            messages.error(request, f"{obj.username} is the last keeper, and stays.")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """One by one."""
        for member in queryset:
            self.delete_model(request, member)

    @admin.action(description="Make a link for a new password", permissions=["change"])
    def make_link(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """A link for one member, good for a day and one use: for a library that sends no mail."""
        member = queryset.first()
        if member is None or queryset.count() != 1 or not member.is_active:
            self.message_user(request, "Choose one member whose account is open.", messages.WARNING)
            return None
        if not self.has_change_permission(request, member):
            self.message_user(request, "Only those who may do everything make links for keepers.", messages.ERROR)
            return None
        audit.note(request.user.get_username(), Deed.PASSWORD_LINK_MADE, audit.member(member.pk))
        address = reverse("new-password", args=joining.password_link(member))
        return show_link(
            request, f"A link for {member.username}", address, "Good for a day and a single use, to choose a password."
        )

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """End every session of these members, and revoke their tokens."""
        for member in queryset:
            if self.has_change_permission(request, member):
                devices.leave_everywhere(member)
                member.tokens.all().delete()
                audit.note(request.user.get_username(), Deed.SESSIONS_ENDED, audit.member(member.pk))

    @admin.action(description="Forget devices that have a limit of their own", permissions=["change"])
    def forget_devices(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Sign these devices out for good: strangers are held to their ceilings no longer."""
        for member in queryset:
            if self.has_change_permission(request, member):
                devices.forget(member.devices.all())
                audit.note(request.user.get_username(), Deed.DEVICES_FORGOTTEN, audit.member(member.pk))

    @staticmethod
    def _may_touch(request: HttpRequest, obj: Any) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_staff


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Links by which others make accounts, each once. A link is shown when it is made and never again."""

    form = InvitationForm
    list_display = ("__str__", "ceiling", "made_by", "until", "used", "used_by")
    list_select_related = ("made_by", "used_by")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A week, unless a keeper says otherwise."""
        return {"until": timezone.now() + joining.A_WEEK, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was promised stays as it was; it can be withdrawn."""
        return False

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Keep it, and its token for the page that follows."""
        obj.token = joining.invite(obj, request.user)  # type: ignore[attr-defined, arg-type]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the link, this once."""
        words = f"Good for one account until {obj.until:%-d %B %Y, %H:%M} (UTC)."
        return show_link(request, "An invitation", reverse("invitation", args=[obj.token]), words)

    def delete_model(self, request: HttpRequest, obj: Invitation) -> None:
        """Withdraw it."""
        audit.note(request.user.get_username(), Deed.INVITATION_WITHDRAWN, f"invitation {obj.pk}")
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """One by one."""
        for invitation in queryset:
            self.delete_model(request, invitation)
