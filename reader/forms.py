"""Forms of the reading room."""

from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from reader.models import User


class FirstKeeperForm(BaseUserCreationForm):  # type: ignore[type-arg] # it is no generic at run time
    """The name and password of the first keeper. It saves nothing: `reader.first_keeper` does, once."""

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
