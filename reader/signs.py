"""The four signs of a work: rating, warnings, category, completion, each drawn and said in words."""

from collections.abc import Iterable
from typing import NamedTuple

from archive.shown import Blurb
from archive.vocabulary import ArchiveWarning, Category, Rating, warnings_of


class Sign(NamedTuple):
    """One of the four signs: its classes, what is drawn, and what it says to everybody."""

    classes: str
    drawn: str
    words: str


_PLAIN = "sign"
_RATING_SIGNS = {
    Rating.GENERAL: ("sign general", "G"),
    Rating.TEEN: ("sign teen", "T"),
    Rating.MATURE: ("sign mature", "M"),
    Rating.EXPLICIT: ("sign explicit", "E"),
    Rating.NOT_RATED: ("sign unrated", "NR"),
}
_CATEGORY_SIGNS = {
    Category.GEN: "Gen",
    Category.FM: "FM",
    Category.MM: "MM",
    Category.FF: "FF",
    Category.MULTI: "Mu",
    Category.OTHER: "Oth",
}


def rating_words(rating: Rating, stated: str) -> str:
    """A rating for the screen; words that we do not know are shown as they were written."""
    return f"Rated “{stated}”" if rating is Rating.UNKNOWN and stated else rating.label


def warning_words(warnings: ArchiveWarning, stated: Iterable[str] = ()) -> list[str]:
    """Each warning for the screen. A warning in words we do not know is shown in those words."""
    words = [bit.label for bit in warnings if bit is not ArchiveWarning.OTHER]
    if warnings & ArchiveWarning.OTHER:
        words += [one for one in stated if one not in words and _unknown(one)] or [ArchiveWarning.OTHER.label]
    return words


def _unknown(stated: str) -> bool:
    return warnings_of([stated]) == ArchiveWarning.OTHER


def rating_sign(rating: Rating, stated: str) -> Sign:
    """The first sign. A rating that is not stated, or in words that we do not know, is a question mark."""
    classes, letter = _RATING_SIGNS.get(rating, ("sign unrated", "?"))
    return Sign(classes, letter, rating_words(rating, stated))


def signs(work: Blurb) -> tuple[Sign, Sign, Sign, Sign]:
    """Rating, warnings, category, completion."""
    return (
        rating_sign(work.rating, work.rating_stated),
        _warning_sign(work),
        _category_sign(work.categories),
        _completion_sign(work),
    )


def _warning_sign(work: Blurb) -> Sign:
    if not work.warnings:
        return Sign(_PLAIN, "·", "Warnings are shown when you ask")
    words = ", ".join(warning_words(work.warnings, work.warnings_stated))
    if work.warnings & ArchiveWarning.STATED:
        return Sign("sign warned", "!", f"Warnings: {words}")
    if work.warnings & ArchiveWarning.UNKNOWN:
        return Sign(_PLAIN, "?", words)
    return Sign(_PLAIN, "–", words)


def _category_sign(categories: Category) -> Sign:
    chosen = list(categories)
    if not chosen:
        return Sign(_PLAIN, "·", "Category not stated")
    drawn = _CATEGORY_SIGNS[chosen[0]] if len(chosen) == 1 else "Mu"
    return Sign(_PLAIN, drawn, ", ".join(bit.label for bit in chosen))


def _completion_sign(work: Blurb) -> Sign:
    if work.complete is None:
        return Sign(_PLAIN, "·", "Completion not stated")
    return Sign("sign done", "✓", "Complete") if work.complete else Sign(_PLAIN, "…", "In progress")
