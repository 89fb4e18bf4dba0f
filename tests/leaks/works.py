"""Works whose every part carries a mark of its own, so that a page can be searched for what it must not hold."""

from dataclasses import dataclass

from archive import clean, keeping
from archive.access import Verdict
from archive.formats.pictures import picture_of
from archive.models import Author, Chapter, Picture, Series, Tag, Work
from archive.parsed import ParsedChapter, ParsedPicture, ParsedSeries
from tests.shelving import shelve


@dataclass(frozen=True)
class Marked:
    """One work on the shelf, with the marks of its parts."""

    pk: int
    name: str
    adult: bool
    warned: bool
    never: bool
    """Held, or in the bin: nobody sees it on this side of the house."""

    @property
    def title(self) -> str:
        return f"title-{self.name}"

    @property
    def about(self) -> tuple[str, ...]:
        """What a blurb tells beyond title, author, rating and warnings."""
        parts = ("fandom", "relationship", "character", "freeform", "summary", "series")
        return tuple(f"{part}-{self.name}" for part in parts)

    @property
    def text(self) -> tuple[str, ...]:
        """What only the opened work holds."""
        return tuple(f"{part}-{self.name}" for part in ("body", "note", "ending", "second", "heading", "picture"))

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.title, f"author-{self.name}", *self.about, *self.text)

    def verdict(self, role: str) -> Verdict:
        """What each of the cast is to get, said here once more in plain words."""
        if self.never or (role == "teen" and self.adult):
            return Verdict.HIDDEN
        if (self.adult and role != "agreed") or self.warned:
            return Verdict.ASK
        return Verdict.OPEN

    def on_shelf(self, role: str) -> bool:
        return self.verdict(role) is not Verdict.HIDDEN and not (self.adult and role != "agreed")

    def addresses(self, kind: str) -> dict[str, object]:
        """The arguments that lead to this work in an address of this kind."""
        first = {
            "work": {"number": self.pk},
            "chapter": {"number": self.pk, "place": 2},
            "picture": {"number": self.pk, "sha256": picture(self.name).sha256},
        }
        if kind in first:
            return first[kind]
        if kind == "author":
            return {"slug": Author.everything.get(name=f"author-{self.name}").slug}
        if kind == "series":
            return {"number": Series.everything.get(title=f"series-{self.name}").pk}
        return {"kind": "fandom", "slug": Tag.everything.get(name=f"fandom-{self.name}").slug}


def picture(name: str) -> ParsedPicture:
    """A picture whose bytes can be searched for its mark, as those of no real one can."""
    found = picture_of(b"GIF89a\2\0\2\0\0\0\0" + f"picture-{name}".encode())
    assert found
    return found


NONE_APPLY = ("No Archive Warnings Apply",)
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "general": (("General Audiences",), NONE_APPLY),
    "teen": (("Teen And Up Audiences",), NONE_APPLY),
    "mature": (("Mature",), NONE_APPLY),
    "explicit": (("Explicit",), NONE_APPLY),
    "notrated": (("Not Rated",), NONE_APPLY),
    "notstated": ((), NONE_APPLY),
    "tweenie": (("Tweenie",), NONE_APPLY),
    "rated-m": (("M",), NONE_APPLY),
    "nc17": (("NC-17",), NONE_APPLY),
    "tworatings": (("General Audiences", "Explicit"), NONE_APPLY),
    "warned": (("General Audiences",), ("Major Character Death",)),
    "swearing": (("General Audiences",), ("Swearing",)),
    "both": (("Explicit",), ("Graphic Depictions Of Violence",)),
    "unstated-warnings": (("General Audiences",), ()),
    "held": (("General Audiences",), ("Underage Sex",)),
    "binned": (("General Audiences",), NONE_APPLY),
}
"""Ratings and warnings as a file would state them."""
_ADULT = {"tworatings", "mature", "explicit", "notrated", "notstated", "tweenie", "rated-m", "nc17", "both"}
_WARNED = {"warned", "swearing", "both"}


def stock() -> list[Marked]:
    """Put one work of every case on the shelf."""
    return [_put(name, ratings, warnings) for name, (ratings, warnings) in CASES.items()]


def _put(name: str, ratings: tuple[str, ...], warnings: tuple[str, ...]) -> Marked:
    shown = picture(name)
    drawn = clean.html("<img src=x>", pictures={"x": shown})
    pk = shelve(
        title=f"title-{name}",
        authors=(f"author-{name}",),
        ratings=ratings,
        warnings=warnings,
        fandoms=(f"fandom-{name}",),
        relationships=(f"relationship-{name}",),
        characters=(f"character-{name}",),
        freeforms=(f"freeform-{name}",),
        series=(ParsedSeries(f"series-{name}", 1),),
        summary=f"<p>summary-{name}</p>",
        notes=f"<p>note-{name}</p>",
        end_notes=f"<p>ending-{name}</p>",
        pictures=(shown,),
        chapters=(
            ParsedChapter(1, f"<p>body-{name} {'lamp ' * 1500}</p>{drawn}", title=f"heading-{name}"),
            ParsedChapter(2, f"<p>second-{name} {'lamp ' * 1500}</p>"),
        ),
    )
    if name == "binned":
        keeping.bin([pk])
    return Marked(pk, name, name in _ADULT, name in _WARNED, name in {"held", "binned"})


def sanity() -> None:
    """The marks are really there: a test that looks for what was never stored cannot fail."""
    assert Work.everything.count() == len(CASES)
    assert Chapter.everything.count() == 2 * len(CASES)
    assert Picture.everything.count() == len(CASES)
    assert Work.everything.get(title="title-held").held
    assert Work.everything.get(title="title-binned").binned_at
