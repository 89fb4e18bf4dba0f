"""The page of a member's own rules as forms: one for what is ticked or listed, and one a sort of what is avoided."""

import re
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from archive import catalogue
from archive.vocabulary import ArchiveWarning
from reader.models import ReadingRules, User
from reader.rules import LONGEST, MOST

_ADDRESS = re.compile(r"(?:.*/works/)?(\d{1,18})(?:/.*)?")
_SAYABLE = [bit for bit in ArchiveWarning if bit is not ArchiveWarning.NONE_APPLY]


class Warnings(forms.TypedMultipleChoiceField):
    """Some archive warnings, as bits."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **given: Any) -> None:
        super().__init__(coerce=int, required=False, **given)
        self.choices = [(bit.value, bit.label) for bit in _SAYABLE]

    def clean(self, value: Any) -> int:
        """All bits that are ticked."""
        return int(sum(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """Bits as what is ticked."""
        return [bit.value for bit in _SAYABLE if bit & value] if isinstance(value, int) else value


class Lines(forms.CharField):
    """Some tags, one a line."""

    widget = forms.Textarea

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, **given)
        self.widget.attrs |= {"rows": 3, "spellcheck": "false", "autocapitalize": "none"}

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines that say something."""
        lines = [" ".join(line.split()) for line in (value or "").replace("\0", " ").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        """Refuse what no tag is as long as, and more rules than anybody needs."""
        if len(value) > MOST:
            raise forms.ValidationError(f"There can be {MOST} at most.")
        if any(len(line) > LONGEST for line in value):
            raise forms.ValidationError(f"A tag has at most {LONGEST} characters.")

    def run_validators(self, value: Any) -> None:
        """A list has none of its own."""


class RuleForm(forms.Form):
    """What a member ticks, and the tags that they list.

    Nobody agrees for the account to adult works where none are shown: not on the tablet that others hold, either.
    """

    adult_agreed = forms.BooleanField(required=False, label="Show me adult works without asking")
    asked_warnings = Warnings(label="Archive warnings that ask")
    asked_tags = Lines(label="Tags that ask")
    avoided_warnings = Warnings(label="Archive warnings to avoid")
    highlighted_tags = Lines(label="Tags to point out")
    hides_warnings = forms.BooleanField(required=False, label="Archive warnings")
    hides_freeforms = forms.BooleanField(required=False, label="Additional tags")

    def __init__(self, user: User, rules: ReadingRules, data: Any = None, *, may_agree: bool) -> None:
        self.user, self.rules, self.policy = user, rules, catalogue.policy()
        kept = {name: getattr(rules, name) for name in self.base_fields if hasattr(rules, name)}
        unasked = user.unasked_warnings if self.policy.may_remember else 0
        kept["asked_warnings"] = int(self.policy.ask_warnings) & ~unasked | rules.asked_warnings
        super().__init__(data, initial={**kept, "adult_agreed": user.adult_agreed})
        if not (self.policy.may_remember and may_agree):
            del self.fields["adult_agreed"]

    def save(self) -> None:
        """Write account and rules. What the policy asks about is left unasked only if the account may keep that."""
        said = dict(self.cleaned_data)
        asked, usual = said.pop("asked_warnings"), int(self.policy.ask_warnings)
        self.user.adult_agreed = said.pop("adult_agreed", self.user.adult_agreed)
        if self.policy.may_remember:
            self.user.unasked_warnings = usual & ~asked
            self.user.save(update_fields=["adult_agreed", "unasked_warnings"])
        self.rules.asked_warnings = asked & ~usual
        for name, value in said.items():
            setattr(self.rules, name, value)


class AvoidedForm(forms.Form):
    """One thing to avoid, and why. Without a name there is no rule."""

    title = ""
    """What a work is called, if its reader may know that."""
    what = forms.CharField(required=False, max_length=LONGEST)
    why = forms.CharField(required=False, max_length=LONGEST)


class AvoidedWorkForm(AvoidedForm):
    """A work by its address here, or its number."""

    def clean_what(self) -> int | str:
        """The number."""
        said = self.cleaned_data["what"].strip()
        if said and not (found := _ADDRESS.fullmatch(said)):
            raise forms.ValidationError("Give the address of a work in this library, or its number.")
        return int(found[1]) if said and found else ""


Rows = BaseFormSet[AvoidedForm]
_OF = {"avoided_tags": AvoidedForm, "avoided_authors": AvoidedForm, "avoided_works": AvoidedWorkForm}
LABELS = {
    "avoided_tags": ("Tags to avoid", "Tag"),
    "avoided_authors": ("Authors to avoid", "Author"),
    "avoided_works": ("Single works to avoid", "Address or number of the work"),
}


def rows(rules: ReadingRules, data: Any = None) -> dict[str, Rows]:
    """What is avoided, sort by sort: a row each with two empty ones behind."""
    found: dict[str, Rows] = {}
    for name, form in _OF.items():
        factory = forms.formset_factory(form, extra=2, max_num=MOST, absolute_max=MOST + 2)
        kept = [{"what": what, "why": why} for what, why in getattr(rules, name)]
        found[name] = factory(data, prefix=name, initial=kept)
    return found


def pairs(given: Rows) -> list[list[Any]]:
    """The rows that say something, each thing once, the last reason for it."""
    said = {form.cleaned_data.get("what"): form.cleaned_data.get("why", "") for form in given.forms}
    return [[what, why] for what, why in said.items() if what not in ("", None)]
