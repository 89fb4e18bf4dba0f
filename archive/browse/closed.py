"""The closed words as an address writes them, and what each stands for."""

from collections.abc import Mapping

from archive.vocabulary import ArchiveWarning, Category, Rating, fold

RATINGS = {
    "general": Rating.GENERAL,
    "teen": Rating.TEEN,
    "mature": Rating.MATURE,
    "explicit": Rating.EXPLICIT,
    "not-rated": Rating.NOT_RATED,
    "other": Rating.UNKNOWN,
    "not-stated": Rating.NOT_STATED,
}
WARNINGS = {
    "none": ArchiveWarning.NONE_APPLY,
    "violence": ArchiveWarning.VIOLENCE,
    "death": ArchiveWarning.DEATH,
    "non-con": ArchiveWarning.NON_CON,
    "underage": ArchiveWarning.UNDERAGE,
    "chose-not": ArchiveWarning.CHOSE_NOT,
    "other": ArchiveWarning.OTHER,
    "not-stated": ArchiveWarning.NOT_STATED,
}
CATEGORIES = {
    "gen": Category.GEN,
    "f-m": Category.FM,
    "m-m": Category.MM,
    "f-f": Category.FF,
    "multi": Category.MULTI,
    "other": Category.OTHER,
    "not-stated": Category(0),
}
COMPLETE: dict[str, bool | None] = {"yes": True, "no": False, "not-stated": None}
YES_NO = {"yes": True, "no": False}
"""What `crossover`, `oneshot` and `series-part` may be."""

CLOSED: dict[str, Mapping[str, object]] = {
    "rating": RATINGS,
    "warning": WARNINGS,
    "category": CATEGORIES,
    "complete": COMPLETE,
}

WARNING_NAMES = {
    spelling: word
    for word, warning in WARNINGS.items()
    if warning not in (ArchiveWarning.OTHER, ArchiveWarning.NOT_STATED)
    for spelling in (fold(warning.label), fold(warning.label).replace(" ", "-"))
}
"""The names of archive warnings, folded, and as slugs, with what an address calls them."""
