"""The form in which a keeper says what is so of one work."""

from typing import Any

from django import forms

from archive.admin.fields import BitsField, LinesField
from archive.models import Tagging, Work
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind

TAGS = {
    "fandoms": TagKind.FANDOM,
    "relationships": TagKind.RELATIONSHIP,
    "characters": TagKind.CHARACTER,
    "freeforms": TagKind.FREEFORM,
}
"""The field of each kind of tag."""


def tag_field(kind: TagKind) -> LinesField:
    """The tags of one kind, one on a line, in their order."""
    return LinesField(label=kind.label, required=False)


class WorkForm(forms.ModelForm):  # type: ignore[type-arg]
    """What now holds of a work. Only what the keeper changes becomes the keeper's word."""

    description = "What you change here beats what rules and files say, also when a newer file comes in."
    said_fields = (
        "title",
        "rating",
        "warnings",
        "categories",
        "fandoms",
        "relationships",
        "characters",
        "freeforms",
        "language",
        "complete",
        "summary",
        "forget",
    )

    title = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    rating = forms.TypedChoiceField(coerce=int, choices=[(rating.value, rating.label) for rating in Rating])
    warnings = BitsField(bits=ArchiveWarning, leave_out=ArchiveWarning.NOT_STATED, required=False)
    categories = BitsField(bits=Category, required=False)
    fandoms = tag_field(TagKind.FANDOM)
    relationships = tag_field(TagKind.RELATIONSHIP)
    characters = tag_field(TagKind.CHARACTER)
    freeforms = tag_field(TagKind.FREEFORM)
    language = forms.CharField(max_length=20, required=False, help_text="As the file would write it: English, or en.")
    complete = forms.NullBooleanField(required=False)
    summary = LinesField(required=False)
    forget = forms.MultipleChoiceField(
        label="Take back", required=False, widget=forms.CheckboxSelectMultiple, help_text="What a keeper has said."
    )

    class Meta:
        model = Work
        fields: tuple[str, ...] = ()
