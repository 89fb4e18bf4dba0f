"""Forms of the reading room."""

from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from archive.policy import Preset
from reader.models import User

PRESETS = [
    (
        Preset.JUST_ME.value,
        "Just me. Everybody signs in, once a year on each device. Adult works are shown without asking: choosing this "
        "says that you are an adult and wish to see them.",
    ),
    (
        Preset.HOUSEHOLD.value,
        "My household. You make an account for each, with the highest rating it may see. Nobody enters without one.",
    ),
    (
        Preset.ANYONE.value,
        "Anyone with the address. Strangers browse; adult works are shown once they have agreed to see them, which is "
        "forgotten after twelve idle hours.",
    ),
]


class FirstKeeperForm(BaseUserCreationForm):  # type: ignore[type-arg] # it is no generic at run time
    """The first keeper, and whom the library is for. It saves nothing: `reader.first_keeper` does, once."""

    preset = forms.ChoiceField(
        label="Who is this library for?",
        choices=PRESETS,
        widget=forms.RadioSelect,
        help_text="All of this can be changed later. Works that warn of underage sex are held for you in any case.",
    )

    class Meta:
        model = User
        fields = ("username",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = ""
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password2"].label = "Password once more"
        self.fields["password2"].help_text = ""

    def save(self, commit: bool = True) -> User:
        """Not this way."""
        raise forms.ValidationError("The first keeper is made by the link alone.")
