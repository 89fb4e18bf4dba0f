"""Form fields for what is kept as bits and as lists."""

from enum import IntFlag
from typing import Any

from django import forms


class BitsField(forms.TypedMultipleChoiceField):
    """Checkboxes for the bits of one number."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, bits: type[IntFlag], leave_out: int = 0, **kwargs: Any) -> None:
        self.bits = [bit for bit in bits if not bit & leave_out]
        choices = [(bit.value, getattr(bit, "label", bit.name)) for bit in self.bits]
        super().__init__(choices=choices, coerce=int, empty_value=[], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The bits that are set in a number."""
        return [bit.value for bit in self.bits if bit & value] if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The number whose bits were ticked."""
        return sum(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other bits are ticked than before."""
        return super().has_changed(self.prepare_value(initial or 0), data)


class NumbersField(forms.TypedMultipleChoiceField):
    """Checkboxes for a list of numbers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], **kwargs)


class LinesField(forms.CharField):
    """A list of words, one on a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """One line for each."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The lines that say something, each once."""
        return lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the list is another one."""
        return lines(self.prepare_value(initial)) != lines(data)


def lines(text: str | None) -> list[str]:
    """The lines of a text that say something, each once, in order.

    >>> lines("Slow  Burn\\n\\nFluff\\nFluff")
    ['Slow Burn', 'Fluff']
    """
    words = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in words if line))
