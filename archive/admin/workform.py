"""The form in which a keeper says what is so of one work."""

from typing import Any

from django import forms

from archive import clean, keeping
from archive.admin.fields import BitsField, LinesField
from archive.models import Tagging, Work
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind, warnings_of

KINDS = {
    "fandoms": TagKind.FANDOM,
    "relationships": TagKind.RELATIONSHIP,
    "characters": TagKind.CHARACTER,
    "freeforms": TagKind.FREEFORM,
}
"""The field of each kind of tag."""

DESCRIPTION = "What you change here beats what rules and files say, also when a newer file comes in."


def tag_field(kind: TagKind) -> LinesField:
    """The tags of one kind, one on a line, in their order."""
    return LinesField(label=kind.label, required=False)


class WorkForm(forms.ModelForm):  # type: ignore[type-arg]
    """What now holds of a work. Only what the keeper changes becomes the keeper's word."""

    title = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    rating = forms.TypedChoiceField(coerce=int)
    warnings = BitsField(bits=ArchiveWarning, leave_out=ArchiveWarning.NOT_STATED, required=False)
    categories = BitsField(bits=Category, required=False)
    fandoms = tag_field(TagKind.FANDOM)
    relationships = tag_field(TagKind.RELATIONSHIP)
    characters = tag_field(TagKind.CHARACTER)
    freeforms = tag_field(TagKind.FREEFORM)
    language = forms.CharField(max_length=100, required=False, help_text="Its name or its code: English, or en.")
    complete = forms.NullBooleanField(required=False)
    restricted = forms.BooleanField(
        label="For members only", required=False, help_text="Strangers do not see it at all, whatever they agree to."
    )
    summary = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}))
    forget = forms.MultipleChoiceField(
        label="Take back", required=False, widget=forms.CheckboxSelectMultiple, help_text="What keepers have said."
    )

    class Meta:
        model = Work
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Work = kwargs["instance"]
        language = instance.language_stated or instance.language
        kwargs["initial"] = {"language": language, **tags_of(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        ratings = [rating for rating in Rating if rating != Rating.UNKNOWN or instance.rating == Rating.UNKNOWN]
        choosing(self, "rating", [(rating.value, rating.label) for rating in ratings])
        kept = [field for field in keeping.SAYABLE if field in instance.kept]
        choosing(self, "forget", [(field, field.capitalize()) for field in kept])

    def _post_clean(self) -> None:
        """The row is not written from here: `importing.settle` works it out from what is said."""

    def clean_warnings(self) -> int:
        """ "No Archive Warnings Apply" stands alone or not at all."""
        bits = int(self.cleaned_data["warnings"])
        if bits & ArchiveWarning.NONE_APPLY and bits & ArchiveWarning.STATED:
            raise forms.ValidationError("A work that warns of something cannot also say that no warnings apply.")
        return bits or ArchiveWarning.NOT_STATED

    def said(self) -> dict[str, Any]:
        """What the keeper has changed, in the words of the export."""
        changed = [name for name in self.changed_data if name in keeping.SAYABLE]
        return {name: self._word(name) for name in changed}

    def forgotten(self) -> list[str]:
        """What the keeper takes back and has not said anew."""
        return [name for name in self.cleaned_data["forget"] if name not in self.changed_data]

    def _word(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name == "rating":
            return "" if value == Rating.NOT_STATED else Rating(value).label
        if name == "warnings":
            return _warnings(value, self.instance.warnings_stated)
        if name == "categories":
            return [bit.label for bit in Category(value)]
        if name == "summary":
            return clean.html(value)
        return value


def choosing(form: forms.BaseForm, name: str, choices: list[tuple[Any, str]]) -> None:
    """Set the choices of a field of one form."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def tags_of(work: Work) -> dict[str, list[str]]:
    """The tags of a work by field, spelled and ordered as its author had them."""
    tags: dict[str, list[str]] = {name: [] for name in KINDS}
    fields = {kind.value: name for name, kind in KINDS.items()}
    taggings = Tagging.everything.filter(content_object=work).order_by("position").values_list("tag__kind", "spelling")
    for kind, spelling in taggings:
        tags[fields[kind]].append(spelling)
    return tags


def _warnings(bits: int, stated: list[str]) -> list[str]:
    """The words of each bit; of warnings that are not in our vocabulary, those that the files state."""
    words = [bit.label for bit in ArchiveWarning(bits & ~ArchiveWarning.OTHER & ~ArchiveWarning.NOT_STATED)]
    if bits & ArchiveWarning.OTHER:
        others = [word for word in stated if warnings_of([word]) == ArchiveWarning.OTHER]
        words += others or [ArchiveWarning.OTHER.label]
    return words
