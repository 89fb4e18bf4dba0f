"""Accounts, as keepers see them: who reads here, and how far they may look."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.http import HttpRequest

from archive.admin.fields import LinesField
from reader.models import User

POWERS = ("is_superuser", "user_permissions")
"""What only those who may do everything may give to others."""
SIGNED_OUT = "This holds while they are signed in. How far anybody may look who is not, the site policy says."


class MemberForm(UserChangeForm):  # type: ignore[type-arg]
    """An account, with the tags that are never shown to it on lines."""

    blocked_tags = LinesField(
        required=False,
        help_text="Tags never shown to this member, one on a line: a name, or fandom:Name for one kind only.",
    )

    class Meta(UserChangeForm.Meta):
        model = User
        widgets = {"ceiling": forms.RadioSelect}


@admin.register(User)
class MemberAdmin(UserAdmin):  # type: ignore[type-arg]
    """All accounts. A keeper is a member who may enter here."""

    form = MemberForm
    list_display = ("username", "ceiling", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "ceiling")
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        ("How far they may look", {"fields": ("ceiling", "blocked_tags", "adult_agreed"), "description": SIGNED_OUT}),
        ("What they may do", {"fields": ("is_active", "is_staff", *POWERS)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
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

    @staticmethod
    def _may_touch(request: HttpRequest, obj: Any) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_staff
