"""Directories as their pages show them: what an address asks for, and the addresses that a page leads to."""

from typing import Any, TypedDict
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from archive.shown import Directory
from archive.vocabulary import TagKind
from reader.addresses import author_page, series_page, tag_page

_OTHERS = (("author", "Authors", "authors"), ("series", "Series", "all-series"), ("language", "Languages", "languages"))


class Asked(TypedDict):
    """What the address of a directory asks for."""

    letter: str
    typed: str
    by_count: bool
    page: int


def read(params: QueryDict) -> Asked:
    """Read an address. What is not understood is left out."""
    page = params.get("page", "")
    return {
        "letter": params.get("letter", "")[:10],
        "typed": " ".join(params.get("q", "").replace("\0", " ").split())[:100],
        "by_count": params.get("order") == "count",
        "page": max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    }


def shown(found: Directory, asked: Asked) -> dict[str, Any]:
    """Everything that leads on from a page of a directory."""
    last = found.pages
    near = sorted({1, last, *range(found.page - 2, found.page + 3)})
    return {
        "asked": asked,
        "kinds": [*((kind.value, kind.label, reverse("tags", args=[kind.value])) for kind in TagKind), *_others()],
        "entries": [(one, _page_of(found.kind, one.slug)) for one in found.entries],
        "letters": [(one, _address(asked, letter="" if one.chosen else one.value)) for one in found.letters],
        "turned": _address(asked, by_count=not asked["by_count"]),
        "pages": [(page, _address(asked, page=page)) for page in near if 1 <= page <= last],
        "previous": _address(asked, page=found.page - 1) if found.page > 1 else "",
        "next": _address(asked, page=found.page + 1) if found.page < last else "",
    }


def _others() -> list[tuple[str, str, str]]:
    return [(kind, label, reverse(name)) for kind, label, name in _OTHERS]


def _page_of(kind: str, slug: str) -> str:
    if kind == "author":
        return author_page(slug)
    if kind == "series":
        return series_page(int(slug))
    if kind == "language":
        return f"{reverse('browse')}?{urlencode({'language': slug})}"
    return tag_page(kind, slug)


def _address(asked: Asked, *, letter: str | None = None, by_count: bool | None = None, page: int = 1) -> str:
    """The address with some of it otherwise, on its first page unless a page is given."""
    chosen = asked["letter"] if letter is None else letter
    counting = asked["by_count"] if by_count is None else by_count
    pairs = [("letter", chosen), ("q", asked["typed"]), ("order", "count" if counting else "")]
    pairs.append(("page", str(page) if page > 1 else ""))
    return "?" + urlencode([pair for pair in pairs if pair[1]])
