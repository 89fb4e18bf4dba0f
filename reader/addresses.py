"""Addresses: where a form may lead back to, and how a filled-in filter form becomes the address of a question."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

_NUMBER = re.compile(r"[0-9]{1,9}")


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


def home_page(address: str) -> str:
    """A work's own home, if that is a web page: never `javascript:` or the like."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def tidied(params: QueryDict) -> str | None:
    """What a submitted filter form asks for, as the address of a question; None when the address is tidy already.

    Fields that were left empty fall away, and the two ends of a range become one word: `words=1000-5000`.
    """
    pairs = [(name, value) for name, values in params.lists() for value in values if isinstance(value, str)]
    ends = dict(pair for pair in pairs if pair[0] in ("words-from", "words-to"))
    tidy = [(name, value) for name, value in pairs if value.strip() and name not in ("words-from", "words-to")]
    if ends:
        low, high = (_NUMBER.match(ends.get(end, "").replace(",", "")) for end in ("words-from", "words-to"))
        if low or high:
            tidy.append(("words", f"{low.group() if low else ''}-{high.group() if high else ''}"))
    return None if tidy == pairs else "?" + urlencode(tidy)


def fields(address: str, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The fields of a question's address, for the hidden inputs of a form that adds to the question."""
    left_out = {"page", *without}
    return [pair for pair in parse_qsl(address.removeprefix("?")) if pair[0] not in left_out]


def turned(address: str, **changes: str) -> str:
    """The address of the question with some fields set otherwise, on its first page unless a page is given."""
    return "?" + urlencode(fields(address, changes) + [(name, value) for name, value in changes.items() if value])


@lru_cache(maxsize=8192)
def tag_page(kind: str, slug: str) -> str:
    """The address of a tag's page. Kept, since a shelf holds hundreds and resolving one takes its time."""
    return reverse("tag", args=[kind, slug])


@lru_cache(maxsize=2048)
def author_page(slug: str) -> str:
    """The address of an author's page."""
    return reverse("author", args=[slug])


@lru_cache(maxsize=8192)
def work_page(number: int) -> str:
    """The address of a work."""
    return reverse("work", args=[number])


@lru_cache(maxsize=2048)
def series_page(number: int) -> str:
    """The address of a series' page."""
    return reverse("series", args=[number])
