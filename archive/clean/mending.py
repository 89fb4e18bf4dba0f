"""Mending text that was decoded wrongly, and only such text."""


def mend(text: str) -> str:
    """The text with its mojibake undone; text that is right stays as it is."""
    return text
