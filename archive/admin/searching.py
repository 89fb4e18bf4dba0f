"""How far the words of works can be searched, in one line for the desk."""

from archive import search


def searching() -> str:
    """The line; empty while there are no works."""
    now = search.progress()
    if not now.works:
        return ""
    if not now.prose:
        return "The texts of all works can be searched."
    return f"The texts of {max(0, now.works - now.prose):,} of {now.works:,} works can be searched; the rest follows."
