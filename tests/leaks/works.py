"""Works whose every part carries a mark of its own, so that a page can be searched for what it must not hold."""

import gzip
from dataclasses import dataclass
from typing import Any

from archive import clean, keeping, originals
from archive.access import Verdict
from archive.formats.pictures import picture_of
from archive.models import Author, Chapter, Picture, Series, SourceFile, Tag, Version, Work
from archive.parsed import ParsedChapter, ParsedPicture, ParsedSeries
from tests.shelving import bring, parsed


@dataclass(frozen=True)
class Marked:
    """One work on the shelf, with the marks of its parts."""

    pk: int
    name: str
    adult: bool
    warned: bool
    never: bool
    """Held, or in the bin: nobody sees it on this side of the house."""
    restricted: bool = False
    """Its file says that it is for members only."""

    @property
    def original(self) -> str:
        """The digest of its older file."""
        return SourceFile.everything.filter(work=self.pk).order_by("pk").values_list("sha256", flat=True)[0]

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
        parts = ("body", "note", "ending", "second", "heading", "earlier", "picture")
        return tuple(f"{part}-{self.name}" for part in parts)

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.title, f"author-{self.name}", *self.about, *self.text)

    def verdict(self, role: str) -> Verdict:
        """What each of the cast is to get, said here once more in plain words."""
        if self.never or (role == "teen" and self.adult) or (role == "stranger" and self.restricted):
            return Verdict.HIDDEN
        if (self.adult and role != "agreed") or self.warned:
            return Verdict.ASK
        return Verdict.OPEN

    def on_shelf(self, role: str) -> bool:
        return self.verdict(role) is not Verdict.HIDDEN and not (self.adult and role != "agreed")

    def addresses(self, kind: str) -> dict[str, object]:
        """The arguments that lead to this work in an address of this kind."""
        here: dict[str, object] = {"number": self.pk}
        if kind in ("work", "history"):
            return here
        if kind == "chapter":
            return here | {"place": 2}
        if kind == "picture":
            return here | {"sha256": picture(self.name).sha256}
        if kind in ("version", "version-whole", "changes"):
            return here | {"older": 1}
        if kind == "version-chapter":
            return here | {"older": 1, "place": 1}
        if kind == "original":
            return here | {"sha256": self.original}
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
    "restricted": (("General Audiences",), NONE_APPLY),
}
"""Ratings and warnings as a file would state them."""
_ADULT = {"tworatings", "mature", "explicit", "notrated", "notstated", "tweenie", "rated-m", "nc17", "both"}
_WARNED = {"warned", "swearing", "both"}


def stock() -> list[Marked]:
    """Put one work of every case on the shelf."""
    return put(CASES)


def body_of(response: Any) -> str:
    """What an answer holds, whole or in pieces."""
    return (b"".join(response) if response.streaming else response.content).decode(errors="replace")


def put(cases: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> list[Marked]:
    """Put works with marks of their own on the shelf, all at once, as an older and a newer file bring each."""
    told = bring(*(parsed(**stated(name, *said), chapters=_older(name)) for name, said in cases.items()))
    bring(*(parsed(**stated(name, *said), chapters=_newer(name)) for name, said in cases.items()))
    works = [
        Marked(one.work or 0, name, name in _ADULT, name in _WARNED, name in {"held", "binned"}, name == "restricted")
        for name, one in zip(cases, told, strict=True)
    ]
    for work in works:
        put_original(work.original, f"<p>earlier-{work.name}</p>")
    keeping.bin([work.pk for work in works if work.name == "binned"])
    return works


def stated(name: str, ratings: tuple[str, ...], warnings: tuple[str, ...]) -> dict[str, Any]:
    """What both files of a work say of it."""
    return {
        "source": "test",
        "source_id": name,
        "title": f"title-{name}",
        "authors": (f"author-{name}",),
        "ratings": ratings,
        "warnings": warnings,
        "fandoms": (f"fandom-{name}",),
        "relationships": (f"relationship-{name}",),
        "characters": (f"character-{name}",),
        "freeforms": (f"freeform-{name}",),
        "series": (ParsedSeries(f"series-{name}", 1),),
        "summary": f"<p>summary-{name}</p>",
        "notes": f"<p>note-{name}</p>",
        "end_notes": f"<p>ending-{name}</p>",
        "pictures": (picture(name),),
        "extra": {"Restricted": "Yes"} if name == "restricted" else {},
    }


def _first(name: str) -> str:
    return f"<p>body-{name} {'lamp ' * 1500}</p>{clean.html('<img src=x>', pictures={'x': picture(name)})}"


def _older(name: str) -> tuple[ParsedChapter, ...]:
    return (ParsedChapter(1, f"<p>earlier-{name}</p>{_first(name)}", title=f"heading-{name}"),)


def _newer(name: str) -> tuple[ParsedChapter, ...]:
    second = f"<p>second-{name} {'lamp ' * 1500}</p>"
    return (ParsedChapter(1, _first(name), title=f"heading-{name}"), ParsedChapter(2, second))


def put_original(sha256: str, text: str) -> None:
    """An original where the library keeps them."""
    place = originals.folder() / sha256[:2] / f"{sha256}.gz"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(text.encode()))


def sanity() -> None:
    """The marks are really there: a test that looks for what was never stored cannot fail."""
    assert Work.everything.count() == len(CASES)
    assert Chapter.everything.count() == 2 * len(CASES)
    assert Version.everything.count() == len(CASES)
    assert Picture.everything.count() == len(CASES)
    assert Work.everything.get(title="title-held").held
    assert Work.everything.get(title="title-binned").binned_at
