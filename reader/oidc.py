"""Whom else this library believes: a provider of OpenID Connect that says who somebody is, if a keeper names one.

Asking that provider is the one thing for which Carrel goes to the network, and nothing of it is there until the keeper
says so: without CARREL_OIDC_ISSUER none of the packages is loaded, and no address of theirs exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from archive.vocabulary import Rating
from reader.environment import Wrong, secret

PREFIX = "CARREL_OIDC_"
ASKED = ("ISSUER", "CLIENT_ID", "SECRET", "MEMBERS")
"""What has no default."""
EVERYBODY = "*"
RATINGS = {rating.name.lower(): rating for rating in Rating if rating <= Rating.EXPLICIT}
LOOPBACK = ("localhost", "127.0.0.1", "::1")

PACKAGES = ("allauth", "cryptography", "jwt", "oauthlib", "requests")
APPS = ("allauth", "allauth.account", "allauth.socialaccount", "allauth.socialaccount.providers.openid_connect")
ID = "elsewhere"
"""What allauth calls the provider."""
MIDDLEWARE = "allauth.account.middleware.AccountMiddleware"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, and what its groups mean here."""

    issuer: str
    """Its address, without a slash at the end."""
    client: str
    secret: str
    name: str
    """What it is called on the button."""
    scopes: tuple[str, ...]
    claim: str
    """Where it says somebody's groups."""
    members: frozenset[str]
    """The groups whose members may come in; empty for everybody whom the provider lets in."""
    keepers: frozenset[str]
    """The groups whose members keep the library."""
    ceilings: Mapping[str, Rating]
    """How far the members of a group may look at most."""


def read(given: Mapping[str, str]) -> Provider | None:
    """Judge the variables that begin with CARREL_OIDC_; None when none is set. Raises Wrong."""
    told = {name.removeprefix(PREFIX): value.strip() for name, value in given.items() if name.startswith(PREFIX)}
    told = {name: value for name, value in told.items() if value}
    if not told:
        return None
    told["SECRET"] = secret(given, f"{PREFIX}SECRET")
    for name in ASKED:
        if not told.get(name):
            raise Wrong(f"{PREFIX}{name} is not set, and the other {PREFIX}... mean nothing without it.{_HINTS[name]}")
    issuer = _issuer(told["ISSUER"])
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        raise Wrong(f"{PREFIX}ISSUER: what the extra sso brings is not installed ({', '.join(missing)}).")
    return Provider(
        issuer=issuer,
        client=told["CLIENT_ID"],
        secret=told["SECRET"],
        name=told.get("NAME") or urlsplit(issuer).netloc,
        scopes=tuple(dict.fromkeys(["openid", *told.get("SCOPES", "profile").replace(",", " ").split()])),
        claim=told.get("GROUPS") or "groups",
        members=_members(told["MEMBERS"]),
        keepers=_groups(told.get("KEEPERS", "")),
        ceilings=MappingProxyType(dict(map(_ceiling, sorted(_groups(told.get("CEILINGS", "")))))),
    )


def providers(provider: Provider) -> dict[str, Any]:
    """The same as allauth's settings have it."""
    told = {"server_url": provider.issuer, "scope": list(provider.scopes), "oauth_pkce_enabled": True}
    app = {"provider_id": ID, "name": provider.name, "client_id": provider.client, "secret": provider.secret}
    return {"openid_connect": {"APPS": [{**app, "settings": told}]}}


_HINTS = {
    "ISSUER": " It is the provider's address, such as https://id.example.org.",
    "CLIENT_ID": "",
    "SECRET": "",
    "MEMBERS": f" Name the group whose members may come in, or write {EVERYBODY} for everybody the provider lets in.",
}


def _issuer(word: str) -> str:
    """The address of the provider. What is said there decides who somebody is, so nobody may change it on the way."""
    try:
        url = urlsplit(word)
        sound = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
        sound = sound and bool(url.hostname) and url.port != 0 and "@" not in url.netloc
    except ValueError:
        sound = False
    if not sound or url.query or url.fragment or not word.isprintable() or " " in word:
        raise Wrong(f'{PREFIX}ISSUER: "{word}" is not an address such as https://id.example.org.')
    return word.removesuffix("/")


def _groups(words: str) -> frozenset[str]:
    """Names parted by commas."""
    return frozenset(word.strip() for word in words.split(",") if word.strip())


def _members(words: str) -> frozenset[str]:
    """Those of `_groups`, none only for everybody: nobody lets everybody in by a slip of the pen."""
    if not _groups(words):
        raise Wrong(f'{PREFIX}MEMBERS: "{words}" names no group.')
    return frozenset() if words == EVERYBODY else _groups(words)


def _ceiling(word: str) -> tuple[str, Rating]:
    group, _, rating = (part.strip() for part in word.rpartition("="))
    if not group or rating.lower() not in RATINGS:
        raise Wrong(f'{PREFIX}CEILINGS: "{word}" is not a group and a rating, such as teens=teen, kids=general.')
    return group, RATINGS[rating.lower()]
