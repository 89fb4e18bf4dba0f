"""The closed words: ratings, archive warnings, categories and kinds of tag, with every spelling accepted for them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum, IntFlag, StrEnum
from functools import lru_cache
from html import unescape


class Rating(IntEnum):
    """What a work is rated, in order: whatever stands after MATURE counts as EXPLICIT.

    NOT_RATED is what an author chose, NOT_STATED is what a file left out, UNKNOWN is a word we do not know
    ("Tweenie"). The three stay distinct in store, export and facets, and all count as adult.
    """

    GENERAL = 1
    TEEN = 2
    MATURE = 3
    EXPLICIT = 4
    NOT_RATED = 5
    UNKNOWN = 6
    NOT_STATED = 7

    @property
    def label(self) -> str:
        """The words on the screen."""
        return _RATING_LABELS[self]

    @property
    def level(self) -> "Rating":
        """The rung on the ladder that ceilings are compared with: GENERAL, TEEN, MATURE or EXPLICIT."""
        return min(self, Rating.EXPLICIT)

    @property
    def adult(self) -> bool:
        """Whether the rating gate stands before such a work."""
        return self >= Rating.MATURE


_RATING_LABELS = {
    Rating.GENERAL: "General Audiences",
    Rating.TEEN: "Teen And Up Audiences",
    Rating.MATURE: "Mature",
    Rating.EXPLICIT: "Explicit",
    Rating.NOT_RATED: "Not Rated",
    Rating.UNKNOWN: "Another rating",
    Rating.NOT_STATED: "Rating not stated",
}


class ArchiveWarning(IntFlag):
    """The archive warnings of a work as bits. NONE_APPLY is the only word that says "none"."""

    NONE_APPLY = 1
    VIOLENCE = 2
    DEATH = 4
    NON_CON = 8
    UNDERAGE = 16
    CHOSE_NOT = 32
    NOT_STATED = 64
    OTHER = 128
    """A warning that is stated, in words we do not know ("Swearing")."""

    STATED = VIOLENCE | DEATH | NON_CON | UNDERAGE | OTHER
    """What a work warns of."""
    UNKNOWN = CHOSE_NOT | NOT_STATED | OTHER
    """Nobody can tell from these what applies."""

    @property
    def label(self) -> str:
        """The words on the screen for one bit."""
        return _WARNING_LABELS[self]


_WARNING_LABELS = {
    ArchiveWarning.NONE_APPLY: "No Archive Warnings Apply",
    ArchiveWarning.VIOLENCE: "Graphic Depictions Of Violence",
    ArchiveWarning.DEATH: "Major Character Death",
    ArchiveWarning.NON_CON: "Rape/Non-Con",
    ArchiveWarning.UNDERAGE: "Underage Sex",
    ArchiveWarning.CHOSE_NOT: "Creator Chose Not To Use Archive Warnings",
    ArchiveWarning.NOT_STATED: "Warnings not stated",
    ArchiveWarning.OTHER: "Another warning",
}


class Category(IntFlag):
    """The categories of a work as bits; none of them set means that none is stated."""

    GEN = 1
    FM = 2
    MM = 4
    FF = 8
    MULTI = 16
    OTHER = 32

    @property
    def label(self) -> str:
        """The words on the screen for one bit."""
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.GEN: "Gen",
    Category.FM: "F/M",
    Category.MM: "M/M",
    Category.FF: "F/F",
    Category.MULTI: "Multi",
    Category.OTHER: "Other",
}


class TagKind(StrEnum):
    """The four kinds of tag that authors write freely. The value is the word in addresses."""

    FANDOM = "fandom"
    RELATIONSHIP = "relationship"
    CHARACTER = "character"
    FREEFORM = "freeform"

    @property
    def label(self) -> str:
        """The words on the screen, in the plural."""
        return _KIND_LABELS[self]

    @property
    def name_of_one(self) -> str:
        """The words on the screen for a single tag of this kind."""
        return self.label.removesuffix("s")


_KIND_LABELS = {
    TagKind.FANDOM: "Fandoms",
    TagKind.RELATIONSHIP: "Relationships",
    TagKind.CHARACTER: "Characters",
    TagKind.FREEFORM: "Additional Tags",
}


def fold(words: str) -> str:
    """Fold the spellings of one name together: the key of tags, authors and series, and what text sorts compare.

    Entities are unescaped (twice, as some writers escape twice), NFKC, case folded, Latin letters lose their accents
    and no others do (Й is not И, が is not か), white space is one space. Invisible format characters fall away.
    """
    if words.isascii() and "&" not in words:
        return " ".join(words.casefold().split())
    text = unicodedata.normalize("NFKC", unescape(unescape(words))).casefold()
    plainly = _BEYOND_ASCII.sub(_without_accents, unicodedata.normalize("NFD", text))
    return " ".join(unicodedata.normalize("NFKC", plainly).split())


_BEYOND_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
"""Characters that are not plain ASCII, with the one that they may belong to."""


def _without_accents(run: re.Match[str]) -> str:
    """Characters without those that are never seen, and Latin letters among them without accents."""
    kept: list[str] = []
    latin = False
    for char in run[0]:
        sort = _sort_of(char)
        if sort == "format" or (sort == "accent" and latin):
            continue
        if sort != "accent":
            latin = sort == "latin"
        kept.append(char)
    return "".join(kept)


_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What Unicode calls default ignorable, though it is no format character: variation selectors, joiners, fillers."""


@lru_cache(maxsize=1 << 14)
def _sort_of(char: str) -> str:
    """What folding asks of a character: an accent, an invisible format character, a Latin one, or another."""
    if unicodedata.combining(char):
        return "accent"
    if unicodedata.category(char) == "Cf" or _UNSEEN.match(char):
        return "format"
    return "latin" if "LATIN" in unicodedata.name(char, "") else "other"


_RATINGS = {
    "general audiences": Rating.GENERAL,
    "general": Rating.GENERAL,
    "k": Rating.GENERAL,
    "teen and up audiences": Rating.TEEN,
    "teen & up audiences": Rating.TEEN,
    "teen and up": Rating.TEEN,
    "teen": Rating.TEEN,
    "k+": Rating.TEEN,
    "pg": Rating.TEEN,
    "pg-13": Rating.TEEN,
    "t": Rating.TEEN,
    "mature": Rating.MATURE,
    "r": Rating.MATURE,
    "m": Rating.MATURE,
    "explicit": Rating.EXPLICIT,
    "nc-17": Rating.EXPLICIT,
    "ma": Rating.EXPLICIT,
    "not rated": Rating.NOT_RATED,
}

_FICTION_RATING = re.compile(r"^(?:rated:?\s*)?fiction\s+", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def rating_of(stated: str) -> Rating:
    """Read one stated rating. Words of other sites: K, K+, PG, PG-13, T, R, M, NC-17, MA (also "Fiction M").

    >>> rating_of("Teen And Up Audiences"), rating_of("Fiction  K+"), rating_of("Tweenie"), rating_of(" ")
    (<Rating.TEEN: 2>, <Rating.TEEN: 2>, <Rating.UNKNOWN: 6>, <Rating.NOT_STATED: 7>)
    """
    words = _FICTION_RATING.sub("", fold(stated))
    return _RATINGS.get(words, Rating.UNKNOWN) if words else Rating.NOT_STATED


def strictest(ratings: Iterable[Rating]) -> Rating:
    """Of several ratings the stricter wins; a stated one wins over one that is merely missing on the same rung."""
    return max(ratings, key=lambda rating: (rating.level, -rating), default=Rating.NOT_STATED)


_WARNINGS = {
    "no archive warnings apply": ArchiveWarning.NONE_APPLY,
    "graphic depictions of violence": ArchiveWarning.VIOLENCE,
    "major character death": ArchiveWarning.DEATH,
    "rape/non-con": ArchiveWarning.NON_CON,
    "underage sex": ArchiveWarning.UNDERAGE,
    "underage": ArchiveWarning.UNDERAGE,
    "creator chose not to use archive warnings": ArchiveWarning.CHOSE_NOT,
    "author chose not to use archive warnings": ArchiveWarning.CHOSE_NOT,
    "choose not to use archive warnings": ArchiveWarning.CHOSE_NOT,
    "chose not to use archive warnings": ArchiveWarning.CHOSE_NOT,
}


@lru_cache(maxsize=1 << 12)
def _warning_of(stated: str) -> ArchiveWarning:
    key = fold(stated)
    return _WARNINGS.get(key, ArchiveWarning.OTHER) if key else ArchiveWarning(0)


def warnings_of(stated: Iterable[str]) -> ArchiveWarning:
    """Read stated warnings into bits. Nothing stated is NOT_STATED; words we do not know are OTHER, never "none".

    >>> warnings_of(["Underage", "Swearing"]) == ArchiveWarning.UNDERAGE | ArchiveWarning.OTHER
    True
    """
    bits = ArchiveWarning(0)
    for words in stated:
        bits |= _warning_of(words)
    return bits or ArchiveWarning.NOT_STATED


RESTRICTED = "Restricted"
"""The label under which files state that a work is for members only."""
_RESTRICTED = frozenset({"restricted", "restricted to registered users"})
_UNRESTRICTED = frozenset({"no", "false", "0"})
_NOT_SAID = frozenset({"", "null", "none"})


def restricts(label: str) -> bool:
    """Whether a label is one under which files state a restriction."""
    return fold(label) in _RESTRICTED


def restriction_of(labels: Mapping[str, str]) -> bool | None:
    """Whether further labels of a work state that it is for registered users only; None when they say nothing of it.

    >>> restriction_of({"Restricted": "Yes"}), restriction_of({"restricted": "False"}), restriction_of({"Beta": "fen"})
    (True, False, None)
    """
    said = [fold(str(words)) for label, words in labels.items() if restricts(label)]
    said = [words for words in said if words not in _NOT_SAID]
    return any(words not in _UNRESTRICTED for words in said) if said else None


_CATEGORIES = {_label.casefold(): _bit for _bit, _label in _CATEGORY_LABELS.items()}


def categories_of(stated: Iterable[str]) -> Category:
    """Read stated categories into bits; unknown words set no bit (they stay in what the file stated)."""
    bits = Category(0)
    for words in stated:
        bits |= _CATEGORIES.get(fold(words), Category(0))
    return bits
