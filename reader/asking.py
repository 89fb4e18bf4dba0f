"""What is asked: the address of a question, or text that was typed, which leads to such an address unless it errs."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from archive import catalogue
from archive.browse import BrowseQuery, Term, typed, work_address
from archive.browse.typed import Typed
from reader import facets, filters, rules, steps
from reader.requests import ReadingRequest

P = ParamSpec("P")

EVERYTHING = "?everything=yes"
"""The bare shelf, for those who begin with something else."""
_SHUFFLES = 999_998
_WHOLE, _BESIDES = "ask", "also-typed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with what could not be understood of it and what is to stand in the boxes meanwhile."""

    query: BrowseQuery
    mistakes: tuple[str, ...] = ()
    search: str = ""
    """What stands in the search box."""
    typed: str = ""
    """What stands in the box for the whole question, where that is not its text."""
    said: str = ""
    """A line over the shelf that is about something else than the question."""


def asking(
    view: Callable[Concatenate[ReadingRequest, Asked, P], HttpResponse],
) -> Callable[Concatenate[ReadingRequest, P], HttpResponse]:
    """Forms and typed text lead to the address of the question that they mean first; then the view is asked."""

    @wraps(view)
    def asked(request: ReadingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        given = [(name, value) for name, values in request.GET.lists() for value in values if isinstance(value, str)]
        stepped = steps.stepped(given, lambda field, words: catalogue.named(request.reader, field, words) or words)
        if stepped is not None:
            anchor = facets.anchor(steps.place(given))
            return redirect(request.path + (stepped if stepped != "?" else bare(request)) + anchor)
        found = _understood(request, _fixed(kwargs))
        if isinstance(found, str):
            return redirect(request.path + (found if found != "?" else bare(request)))
        return view(request, found, *args, **kwargs)

    return asked


def bare(request: ReadingRequest) -> str:
    """The address of the bare shelf on this page."""
    return EVERYTHING if request.path == reverse("browse") and filters.first(request) else "?"


def _fixed(place: Mapping[str, object]) -> Term | None:
    """The series that a page stands for: the usual order of its question depends on that."""
    return Term("series", str(place["number"])) if "number" in place else None


def _understood(request: ReadingRequest, fixed: Term | None) -> Asked | str:
    """The question with what the page stands for, or the address where it is to be found."""
    own: dict[str, list[str]] = {fixed.field: [fixed.value]} if fixed else {}
    params = {**dict(request.GET.lists()), **own}
    plain = BrowseQuery.read(params)
    if plain.sort == "random" and not plain.seed:
        shuffled = replace(plain, seed=1 + secrets.randbelow(_SHUFFLES))
        return rules.way_on(request, shuffled.address(fixed))
    name = next((name for name in (_WHOLE, _BESIDES, "q") if name in params), "")
    text = request.GET.get(name, "") if name else ""
    if not text or (name == "q" and work_address(text)):
        return Asked(plain, search=plain.search)
    gone = {_WHOLE: params.keys(), _BESIDES: {_BESIDES, "also"}, "q": {"q"}}[name]
    base = BrowseQuery.read({**{word: values for word, values in params.items() if word not in gone}, **own})
    found = typed.read(text, lambda field, words: catalogue.named(request.reader, field, words))
    query = _both(base, found)
    if found.mistakes:
        lines = tuple(mistake.line for mistake in found.mistakes)
        return Asked(query, lines, text if name == "q" else query.search, text if name == _WHOLE else "")
    if name == "q" and query == replace(plain, page=1, more=""):
        return Asked(plain, search=plain.search)
    address = query.address(fixed)
    return rules.way_on(request, address) if name == _BESIDES else address


def _both(base: BrowseQuery, found: Typed) -> BrowseQuery:
    """The works that both questions mean. The text of a question holds no loose OR, so that two can stand together."""
    base, more = replace(base, page=1, more=""), found.query
    if more is None or base == BrowseQuery():
        return more or base
    both = typed.read(f"{typed.text(base)} {typed.text(more)}").query or more
    return replace(both, sort=more.sort, ascending=more.ascending, seed=more.seed) if found.ordered else both
