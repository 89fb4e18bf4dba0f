"""How a reader likes pages to look: a handful of choices, kept in one cookie and rendered as attributes of `<html>`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest, HttpResponse

COOKIE = "look"
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to choose, its values with their words, and the value that holds while nothing is chosen."""

    name: str
    label: str
    usual: str
    values: tuple[tuple[str, str], ...]


SETTINGS = (
    Setting(
        "theme",
        "Colours",
        "system",
        (("system", "Device"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark"), ("black", "Black")),
    ),
    Setting(
        "size",
        "Text size",
        "3",
        (
            ("1", "Smallest"),
            ("2", "Small"),
            ("3", "Usual"),
            ("4", "Large"),
            ("5", "Larger"),
            ("6", "Very large"),
            ("7", "Largest"),
        ),
    ),
    Setting("leading", "Line height", "usual", (("close", "Close"), ("usual", "Usual"), ("open", "Open"))),
    Setting("width", "Line width", "usual", (("narrow", "Narrow"), ("usual", "Usual"), ("wide", "Wide"))),
    Setting("face", "Typeface", "literata", (("literata", "Literata"), ("system", "Device serif"), ("sans", "Sans"))),
    Setting("layout", "Open works", "chapters", (("chapters", "By chapter"), ("whole", "Whole"))),
    Setting("keys", "Keyboard shortcuts", "on", (("on", "On"), ("off", "Off"))),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The choices of one reader; only those that differ from the usual are kept."""

    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, choices: Mapping[str, str]) -> Self:
        """Take what makes sense of these choices; anything else is as if nothing had been chosen."""
        return cls(
            tuple(
                (setting.name, choices[setting.name])
                for setting in SETTINGS
                if choices.get(setting.name, setting.usual) != setting.usual
                and choices[setting.name] in dict(setting.values)
            )
        )

    @classmethod
    def read(cls, cookie: str) -> Self:
        """Read the cookie, such as `theme:dark.size:4`."""
        return cls.of({name: value for name, _, value in (pair.partition(":") for pair in cookie[:200].split("."))})

    def __str__(self) -> str:
        return ".".join(f"{name}:{value}" for name, value in self.chosen)

    @property
    def whole(self) -> bool:
        """Whether works open whole rather than chapter by chapter."""
        return ("layout", "whole") in self.chosen

    @property
    def choices(self) -> Iterator[tuple[Setting, str]]:
        """Each setting with the value that holds: what the settings panel shows."""
        chosen = dict(self.chosen)
        return ((setting, chosen.get(setting.name, setting.usual)) for setting in SETTINGS)

    def keep(self, request: HttpRequest, response: HttpResponse) -> None:
        """Write the cookie, or take it away when all is as usual."""
        if self.chosen:
            secure = request.is_secure()
            response.set_cookie(COOKIE, str(self), max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
        else:
            response.delete_cookie(COOKIE, samesite="Lax")
