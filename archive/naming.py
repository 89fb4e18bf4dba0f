"""Naming: the keys and slugs of everything that has a name and a page, fitted to their columns."""

import hashlib
from collections.abc import Container
from functools import lru_cache

from django.utils.text import slugify

from archive.vocabulary import fold

LIMIT = 255
"""The length of names, keys and slugs."""

_SLUG_LIMIT = 100


def fitted(words: str, limit: int = LIMIT) -> str:
    """Words cut to a column, with a sign that they were."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


@lru_cache(maxsize=1 << 16)
def key_of(name: str, limit: int = LIMIT) -> str:
    """The folded key of a name. Names beyond the limit that differ only there stay different."""
    key = fold(name)
    return key if len(key) <= limit else f"{key[: limit - 17]} {_digest(key, 16)}"


def slug_of(name: str, key: str, taken: Container[str]) -> str:
    """The slug of a new name: what `slugify` makes of it, with a short hash where that is empty or taken."""
    slug = slugify(name)[:_SLUG_LIMIT].strip("-")
    if slug and slug not in taken:
        return slug
    return f"{slug}-{_digest(key, 8)}".lstrip("-")


def _digest(key: str, length: int) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:length]
