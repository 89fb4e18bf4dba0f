"""Site policy: what the library shows to whom, on one form that tells what it would do before it is saved."""

import hashlib
import json
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from archive import catching
from archive.admin.effects import effects
from archive.admin.fields import BitsField, LinesField, NumbersField
from archive.audit import Deed, note_changes
from archive.models import SitePolicy
from archive.policy import Policy, Preset, chosen
from archive.presets import DECIDED, settle
from archive.vocabulary import ArchiveWarning, Rating

TAGS_HELP = "One on a line: a name, or fandom:Name for one kind only."
HELD, REFUSED = "Held on import, until a keeper releases them.", "Refused on import; works that become such are held."
RATINGS = [(rating.value, rating.label) for rating in Rating]


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Ratings and warnings to tick, tags on lines."""

    hold_ratings = NumbersField(label="Ratings", choices=RATINGS, required=False, help_text=HELD)
    hold_warnings = BitsField(label="Warnings", bits=ArchiveWarning, required=False, help_text=HELD)
    hold_tags = LinesField(label="Tags", required=False, help_text=f"{HELD} {TAGS_HELP}")
    hold_now = forms.BooleanField(
        label="Works on the shelf too",
        required=False,
        help_text="Hold what stands on the shelf already, but for works that a keeper has released as they are.",
    )
    refuse_ratings = NumbersField(label="Ratings", choices=RATINGS, required=False, help_text=REFUSED)
    refuse_warnings = BitsField(label="Warnings", bits=ArchiveWarning, required=False, help_text=REFUSED)
    refuse_tags = LinesField(label="Tags", required=False, help_text=f"{REFUSED} {TAGS_HELP}")
    ask_warnings = BitsField(
        label="Warnings",
        bits=ArchiveWarning,
        required=False,
        help_text=(
            "Readers are asked before a work opens. Where creators chose not to use warnings, or none are "
            "stated, nobody knows what applies."
        ),
    )
    ask_tags = LinesField(label="Tags", required=False, help_text=f"Readers are asked before a work opens. {TAGS_HELP}")
    blocked_tags = LinesField(label="Tags", required=False, help_text=f"Never shown to anybody. {TAGS_HELP}")

    class Meta:
        model = SitePolicy
        fields = (
            *("preset", *DECIDED, "blocked_tags", "ask_warnings", "ask_tags", "gate_words"),
            *("hold_ratings", "hold_warnings", "hold_tags", "refuse_ratings", "refuse_warnings", "refuse_tags"),
            "originals",
        )
        widgets = {
            "preset": forms.RadioSelect,
            "originals": forms.RadioSelect,
            "gate_words": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def _post_clean(self) -> None:
        """A preset that is chosen decides; where something else is set than it says, the policy is one's own."""
        before = Preset(self.instance.preset)
        super()._post_clean()  # type: ignore[misc] # Django has it, the stubs do not
        if self.errors:
            return
        preset = Preset(self.instance.preset)
        if preset is not before:
            settle(self.instance, preset)
        elif self.instance.plain() != chosen(self.instance.plain(), preset):
            self.instance.preset = Preset.OWN.value

    def digest(self) -> str:
        """What stands for just this policy: whoever has seen what it does may save it."""
        said = {**self.instance.spoken(), "": self.cleaned_data["hold_now"]}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@admin.register(SitePolicy)
class PolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The one row. While it is missing, the strictest policy holds."""

    form = PolicyForm
    change_form_template = "admin/archive/policy_form.html"
    fieldsets = (
        ("Who this library is for", {"fields": ("preset",)}),
        ("Who may enter, and how far they may look", {"fields": DECIDED}),
        ("Never shown", {"fields": ("blocked_tags",)}),
        ("Asked about", {"fields": ("ask_warnings", "ask_tags", "gate_words")}),
        ("Held on import", {"fields": ("hold_ratings", "hold_warnings", "hold_tags", "hold_now")}),
        ("Refused on import", {"fields": ("refuse_ratings", "refuse_warnings", "refuse_tags")}),
        ("Originals", {"fields": ("originals",)}),
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

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form; once it is filled in, what it would do; and only then is it saved."""
        row = self.get_object(request, object_id) if object_id else SitePolicy()
        allowed = self.has_change_permission(request, row) if object_id else self.has_add_permission(request)
        if request.method == "POST" and row and allowed:
            before = row.plain() if object_id else Policy()
            form = PolicyForm(request.POST, instance=row)
            if form.is_valid() and request.POST.get("previewed") != form.digest():
                return self._preview(request, form, before, change=bool(object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _preview(self, request: HttpRequest, form: PolicyForm, before: Policy, *, change: bool) -> HttpResponse:
        fieldsets: Any = self.get_fieldsets(request, form.instance)
        shown = AdminForm(PolicyForm(_as_saved(form)), fieldsets, {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "What this does",
            "adminform": shown,
            "original": form.instance if change else None,
            "effects": effects(before, form.instance.plain(), holding=form.cleaned_data["hold_now"]),
            "previewed": form.digest(),
            "media": self.media + shown.media,
            "errors": [],
            "inline_admin_formsets": [],
        }
        return self.render_change_form(request, context, add=not change, change=change, obj=form.instance)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, note what has changed, and hold what is to be held at once."""
        old = SitePolicy.everything.select_for_update().filter(pk=obj.pk).first() if change else None
        before = old.spoken() if old else {}
        obj.save()
        by = request.user.get_username()
        note_changes(by, Deed.POLICY_CHANGED, before=before, after=obj.spoken())
        if form.cleaned_data["hold_now"]:
            held = catching.catch_up(obj.plain(), by)
            self.message_user(request, f"{held:,} held.", messages.SUCCESS)


def _as_saved(form: PolicyForm) -> Any:
    """What was filled in, with what a preset decides: so it is shown, and sent again when it is saved."""
    data: Any = cast("QueryDict", form.data).copy()
    for name in (*DECIDED, "preset", "hold_warnings"):
        value = form.fields[name].prepare_value(getattr(form.instance, name))
        if isinstance(value, bool):
            data.setlist(name, ["on"] if value else [])
        else:
            data.setlist(name, value if isinstance(value, list) else [value])
    return data
