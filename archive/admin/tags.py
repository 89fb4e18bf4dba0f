"""Tags: every name there is, and the two things a keeper does with them: merging, and putting one under another."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from archive import wrangling
from archive.admin.asking import confirmation
from archive.admin.fields import LinesField
from archive.admin.finding import starting
from archive.admin.lists import Kept
from archive.audit import Deed, note
from archive.models import Metatagging, Tag, Tagging
from archive.naming import key_of
from archive.vocabulary import TagKind, fold

_MOST_NAMED = 100


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a tag stands among the others."""

    synonym_of = forms.CharField(
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=(
            "The name of a tag of the same kind. This one is merged into it and stays as its synonym. Empty it to part "
            "a synonym again."
        ),
    )
    metatags = LinesField(
        required=False, help_text="Tags of the same kind that this one stands under, one on a line. Not for synonyms."
    )

    class Meta:
        model = Tag
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Tag = kwargs["instance"]
        self.above = {one.metatag.name: one.metatag for one in _above(instance)}
        canonical = instance.canonical.name if instance.canonical else ""
        kwargs["initial"] = {"synonym_of": canonical, "metatags": list(self.above)}
        super().__init__(*args, **kwargs)

    def clean_synonym_of(self) -> Tag | None:
        """The tag that is named; a synonym may be given another canonical, and stays a synonym."""
        name = self.cleaned_data["synonym_of"]
        return named(self.instance.kind, name) if name else None

    def clean_metatags(self) -> list[Tag]:
        """The tags that are named."""
        return [named(self.instance.kind, name) for name in self.cleaned_data["metatags"]]

    def said(self, name: str) -> str:
        """What the keeper has put into a field: the names of tags."""
        value = self.cleaned_data[name] or []
        return ", ".join(map(str, value if isinstance(value, list) else [value])) or "none"

    def wrangle(self) -> None:
        """Do what has changed."""
        canonical: Tag | None = self.cleaned_data["synonym_of"]
        if canonical and canonical.pk != self.instance.canonical_id:
            wrangling.make_synonym(self.instance, canonical)
            return
        if self.instance.canonical_id and not canonical:
            wrangling.unmake_synonym(self.instance)
        wanted = {tag.pk: tag for tag in self.cleaned_data["metatags"]}
        for metatag in self.above.values():
            if metatag.pk not in wanted:
                wrangling.unset_metatag(self.instance, metatag)
        for metatag in wanted.values():
            wrangling.set_metatag(self.instance, metatag)


def named(kind: str, name: str) -> Tag:
    """The tag of this kind and name, however it is spelled."""
    tag: Tag | None = Tag.everything.filter(kind=kind, key=key_of(name)).first()
    if tag is None:
        raise forms.ValidationError(f"There is no {kind} named “{name}”.")
    return tag


def _noted(request: HttpRequest, tag: Tag, words: str) -> None:
    """A tag that moves in the graph may come under a rule or leave it."""
    note(request.user.get_username(), Deed.TAGS_WRANGLED, f"{tag.kind} {tag.pk}, {tag}: {words}")


def _above(tag: Tag) -> QuerySet[Metatagging]:
    return Metatagging.everything.filter(tag=tag).select_related("metatag").order_by("metatag__key")


def _levels(tag: Tag, towards: str, since: str) -> str:
    """The tags that lie one way from a tag in the graph, each level in order: `Romance; Feelings, Moods`."""
    levels: list[str] = []
    seen = {tag.pk}
    level = [tag.pk]
    while level:
        rows = Metatagging.everything.filter(**{f"{since}__in": level}).exclude(**{f"{towards}__in": seen})
        found = dict(rows.order_by(f"{towards}__key").values_list(towards, f"{towards}__name"))
        if found:
            levels.append(", ".join(list(found.values())[:_MOST_NAMED]))
        seen |= found.keys()
        level = list(found)
    return "; ".join(levels) or "None"


@admin.register(Tag)
class TagAdmin(Kept):
    """All tags. Wrangling never changes ratings, warnings or categories: those are no tags."""

    form = TagForm
    list_display = ("name", "kind", "canonical", "uses")
    list_filter = ("kind",)
    list_select_related = ("canonical",)
    ordering = ("kind", "key")
    sortable_by = ()
    search_fields = ("key",)
    search_help_text = "The beginning of a name; accents and capitals do not matter."
    actions = ("make_synonyms", "part_synonyms")
    readonly_fields = ("kind", "name", "slug", "synonyms", "over_it", "under_it")
    fields = ("kind", "name", "slug", "synonym_of", "metatags", "synonyms", "over_it", "under_it")

    def view_on_site(self, tag: Tag) -> str:
        """The tag's shelf."""
        return f"/tags/{tag.kind}/{tag.slug}/"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the beginning of the folded key, within each kind: that is how the index stands."""
        key = fold(search_term)
        return (queryset.filter(starting("key", key), kind__in=list(TagKind)) if key else queryset), False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those who may only look see no form."""
        return self.fields if self.has_change_permission(request, obj) else self.readonly_fields

    def counted(self, rows: list[Any]) -> list[Any]:
        """How many works carry each, in one question for the page."""
        uses = Tagging.everything.filter(tag__in=rows).order_by().values_list("tag").annotate(each=Count("*"))
        counts = dict(uses)
        for tag in rows:
            tag.use_count = counts.get(tag.pk, 0)
        return rows

    @admin.display(description="works")
    def uses(self, tag: Any) -> str:
        """How many works carry it."""
        return f"{tag.use_count:,}"

    @admin.display(description="synonyms")
    def synonyms(self, tag: Tag) -> str:
        """What was merged into it."""
        return ", ".join(tag.synonyms.order_by("key").values_list("name", flat=True)[:_MOST_NAMED]) or "None"

    @admin.display(description="stand over it, level by level")
    def over_it(self, tag: Tag) -> str:
        """All its metatags: the direct ones, then those above them."""
        return _levels(tag, "metatag", "tag")

    @admin.display(description="stand under it, level by level")
    def under_it(self, tag: Tag) -> str:
        """What it is the metatag of, then what stands under that."""
        return _levels(tag, "tag", "metatag")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only wrangling writes tags."""
        form.wrangle()
        if form.has_changed():
            _noted(request, obj, ", ".join(f"{name.replace('_', ' ')} {form.said(name)}" for name in form.changed_data))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Say why something cannot be wrangled, and leave all as it was."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except wrangling.CannotWrangle as refusal:
            self.message_user(request, f"{refusal}.", messages.ERROR)
            return HttpResponseRedirect(request.path)

    @admin.action(description="Make synonyms of another tag", permissions=["change"])
    def make_synonyms(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Merge them all into one tag, after asking which."""
        note = "They are merged into it and stay as its synonyms: works keep the spelling of their authors."
        asked = confirmation(
            self, request, queryset, question="Which tag are these synonyms of?", button="Merge", note=note, ask="name"
        )
        if asked is None:
            for tag in queryset:
                self._merge(request, tag, request.POST.get("name", ""))
        return asked

    @admin.action(description="Part from the tag they are synonyms of", permissions=["change"])
    def part_synonyms(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Let merged tags stand for themselves again, after asking."""
        note = "Works that carry them are found under them again, and no longer under the other tag."
        asked = confirmation(self, request, queryset, question="Part these tags?", button="Part", note=note)
        if asked is None:
            for tag in queryset.filter(canonical__isnull=False):
                with transaction.atomic():
                    wrangling.unmake_synonym(tag)
                    _noted(request, tag, "stands for itself")
                self.message_user(request, f"“{tag}” stands for itself again.", messages.SUCCESS)
        return asked

    def _merge(self, request: HttpRequest, tag: Tag, name: str) -> None:
        try:
            canonical = named(tag.kind, name)
            if canonical.pk != tag.pk:
                with transaction.atomic():
                    wrangling.make_synonym(tag, canonical)
                    _noted(request, tag, f"synonym of {canonical}")
                self.message_user(request, f"“{tag}” is a synonym of “{canonical}”.", messages.SUCCESS)
        except forms.ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
        except wrangling.CannotWrangle as refusal:
            self.message_user(request, f"{refusal}.", messages.ERROR)
