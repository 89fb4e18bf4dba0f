"""What somebody's groups at the provider mean here: whether they may come in, as what, and how far they may look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.vocabulary import Rating
from reader.oidc import Provider


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the groups of somebody who may come in come to."""

    keeper: bool = False
    ceiling: Rating | None = None
    """The lowest of those that their groups have; None when none has any."""
    named: bool = False
    """Whether a keeper has named a group of theirs, instead of only letting in whomever the provider lets in."""


def meaning(provider: Provider, claims: Mapping[str, Any]) -> Meaning | None:
    """What the provider's claims about somebody mean; None when they may not come in."""
    groups = _stated(claims.get(provider.claim))
    if provider.members and not groups & provider.members:
        return None
    ceilings = [rating for group, rating in provider.ceilings.items() if group in groups]
    return Meaning(
        keeper=bool(groups & provider.keepers),
        ceiling=min(ceilings, default=None),
        named=bool(groups & (provider.members | provider.keepers | provider.ceilings.keys())),
    )


def _stated(value: Any) -> frozenset[str]:
    """A list of names, or one name; whatever else is stated names no group."""
    names = value if isinstance(value, list) else [value]
    return frozenset(name for name in names if isinstance(name, str))
