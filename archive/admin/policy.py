"""Site policy: what the library shows to whom, on one form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from archive.admin.fields import BitsField, LinesField, NumbersField
from archive.models import SitePolicy
from archive.vocabulary import ArchiveWarning, Rating

TAGS_HELP = "One on a line: a name, or fandom:Name for one kind only."


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Ratings and warnings to tick, tags on lines."""

    hold_ratings = NumbersField(
        label="Ratings",
        choices=[(rating.value, rating.label) for rating in Rating],
        required=False,
        help_text="Held on import, until a keeper releases them.",
    )
    hold_warnings = BitsField(
        label="Warnings", bits=ArchiveWarning, required=False, help_text="Held on import, until a keeper releases them."
    )
    hold_tags = LinesField(
        label="Tags", required=False, help_text=f"Held on import, until a keeper releases them. {TAGS_HELP}"
    )
    ask_warnings = BitsField(
        label="Warnings", bits=ArchiveWarning, required=False, help_text="Readers are asked before a work opens."
    )
    ask_tags = LinesField(label="Tags", required=False, help_text=f"Readers are asked before a work opens. {TAGS_HELP}")
    blocked_tags = LinesField(label="Tags", required=False, help_text=f"Never shown to anybody. {TAGS_HELP}")

    class Meta:
        model = SitePolicy
        fields = (
            "strangers_welcome",
            "stranger_ceiling",
            "member_ceiling",
            "blocked_tags",
            "hold_ratings",
            "hold_warnings",
            "hold_tags",
            "ask_warnings",
            "ask_tags",
            "originals",
        )
        widgets = {"originals": forms.RadioSelect}


@admin.register(SitePolicy)
class PolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The one row. While it is missing, the strictest policy holds."""

    form = PolicyForm
    fieldsets = (
        ("Who may look, and how far", {"fields": ("strangers_welcome", "stranger_ceiling", "member_ceiling")}),
        ("Originals", {"fields": ("originals",)}),
        ("Never shown", {"fields": ("blocked_tags",)}),
        ("Asked about", {"fields": ("ask_warnings", "ask_tags")}),
        ("Held on import", {"fields": ("hold_ratings", "hold_warnings", "hold_tags")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not SitePolicy.everything.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A policy is changed, not deleted."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is no list of one: straight to the form."""
        row = SitePolicy.everything.first()
        if row is None or not self.has_view_permission(request, row):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:archive_sitepolicy_change", args=[row.pk]))
