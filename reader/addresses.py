"""Addresses: where a form may lead back to, and the address of a question taken apart and put together."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class Number:
    """A number in an address that a database can hold: a longer one is just not found."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write it."""
        return str(value)


class Digest:
    """A SHA-256 in hex."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Read it."""
        return value

    def to_url(self, value: str) -> str:
        """Write it."""
        return value


class Slug:
    """The name of a tag or author in an address: anything that a database can hold, so that none is without a page."""

    regex = r"[^/\x00]{1,255}"

    def to_python(self, value: str) -> str:
        """Read it."""
        return value

    def to_url(self, value: str) -> str:
        """Write it."""
        return value


def safe_next(address: str | None, otherwise: str) -> str:
    """A path within this house, or `otherwise`: never another host, never a scheme, never a backslash."""
    if (
        address
        and address.startswith("/")
        and "\\" not in address
        and address.isprintable()
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    ):
        return address
    return otherwise


def sign_in_first(request: HttpRequest) -> str:
    """Where whoever is not welcome as a stranger signs in, to be led back to what they asked for."""
    return f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}"


def home_page(address: str) -> str:
    """A work's own home, if that is a web page: never `javascript:` or the like."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def fields(address: str, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The fields of a question's address, for the hidden inputs of a form that adds to the question."""
    left_out = {"page", *without}
    return [pair for pair in parse_qsl(address.removeprefix("?")) if pair[0] not in left_out]


def turned(address: str, **changes: str) -> str:
    """The address of the question with some fields set otherwise, on its first page unless a page is given."""
    return "?" + urlencode(fields(address, changes) + [(name, value) for name, value in changes.items() if value])


def tag_page(kind: str, slug: str) -> str:
    """The address of a tag's page. A shelf holds hundreds, and resolving each would take a third of its time."""
    return _around("tag", kind).replace(_HERE, slug) if _PLAIN.fullmatch(slug) else reverse("tag", args=[kind, slug])


def author_page(slug: str) -> str:
    """The address of an author's page."""
    return _around("author").replace(_HERE, slug) if _PLAIN.fullmatch(slug) else reverse("author", args=[slug])


def work_page(number: int) -> str:
    """The address of a work."""
    return _around("work").replace(_HERE, str(number))


def series_page(number: int) -> str:
    """The address of a series' page."""
    return _around("series").replace(_HERE, str(number))


_HERE = "987654321"
"""What stands where a number or slug will be; no other part of an address is a number."""
_PLAIN = re.compile(r"[a-zA-Z0-9_-]+")
"""A slug that an address holds as it is."""


@lru_cache
def _around(name: str, *kind: str) -> str:
    return reverse(name, args=[*kind, _HERE])
