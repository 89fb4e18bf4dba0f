"""What is typed about accounts: names, passwords, codes."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from archive.policy import Preset
from archive.vocabulary import Rating
from reader import doorkeeper
from reader.models import User

ONCE_MORE = "Password once more"
STRANGERS_TOO = (
    "Whoever signs a device with a limit out is a stranger there. So strangers are shown no more than that limit, "
    "anywhere, until you forget the device in your list."
)
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


def waiting(seconds: int) -> ValidationError:
    """That one has to wait, and for how long."""
    minutes = -(-seconds // 60)
    span = f"{seconds} seconds" if seconds < 60 else "a minute" if minutes == 1 else f"{minutes} minutes"
    return ValidationError(f"That was tried too often. Wait {span}, then try again.", code="waits")


class SignInForm(AuthenticationForm):
    """A name, a password, and whether the browser is shared with others."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "That name and that password do not belong together.",
    }
    shared = forms.BooleanField(required=False, label="Others use this browser too: sign me out when it closes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"

    def get_invalid_login_error(self) -> ValidationError:
        """Wrong, or too often; the same for every name."""
        seconds = doorkeeper.waits(self.request) if self.request else 0
        return waiting(seconds) if seconds else super().get_invalid_login_error()


class NewMemberForm(BaseUserCreationForm):  # type: ignore[type-arg] # it is no generic at run time
    """The name and password of a new member. It saves nothing: `reader.members.make` does."""

    class Meta:
        model = User
        fields = ("username",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label, self.fields["username"].help_text = "Name", ""
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password2"].label, self.fields["password2"].help_text = ONCE_MORE, ""

    def save(self, commit: bool = True) -> User:
        """Not this way: limits are not known here."""
        raise ValidationError("A member is made with their limits.")


class FirstKeeperForm(NewMemberForm):
    """The first keeper, and whom the library is for. `reader.first_keeper` makes them, once."""

    preset = forms.ChoiceField(
        label="Who is this library for?",
        choices=PRESETS,
        widget=forms.RadioSelect,
        help_text="All of this can be changed later. Works that warn of underage sex are held for you in any case.",
    )


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, twice."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password2"].label, self.fields["new_password2"].help_text = ONCE_MORE, ""


class PasswordAgain(forms.Form):
    """The password of whoever is signed in, typed once more. It is counted as a try at signing in is."""

    password = forms.CharField(
        strip=False, label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Ask the doorkeeper."""
        password: str = self.cleaned_data["password"]
        if authenticate(self.request, username=self.request.user.get_username(), password=password) is None:
            seconds = doorkeeper.waits(self.request)
            raise waiting(seconds) if seconds else ValidationError("That is not your password.")
        return password


class CodeForm(forms.Form):
    """The six digits that another device shows."""

    code = forms.CharField(
        label="The six digits",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20"}),
    )

    def clean_code(self) -> str:
        """Digits alone; people write them in groups."""
        return "".join(char for char in self.cleaned_data["code"] if char in "0123456789")


class CeilingForm(forms.Form):
    """How far a new device may look: no further than whoever lets it in."""

    ceiling = forms.TypedChoiceField(required=False, coerce=lambda value: Rating(int(value)), empty_value=None)

    def __init__(self, highest: Rating, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(rating.value, rating.label) for rating in Rating if rating <= highest and rating <= Rating.EXPLICIT]
        self.fields["ceiling"].choices = [("", "As far as I may"), *own]  # type: ignore[attr-defined]
        self.fields["ceiling"].label = "What that device shows at most"
        self.fields["ceiling"].help_text = STRANGERS_TOO


class NameForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(label="What it is for", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class WhoForm(forms.Form):
    """Who has forgotten their password."""

    name = forms.CharField(label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"}))


class MailForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a link for a new password may be sent."""

    class Meta:
        model = User
        fields = ("email",)
