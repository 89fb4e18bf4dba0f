"""What is said between this library and the provider: allauth speaks, and only what is proved is believed.

The one room of the house that asks the network, and only where a keeper has set CARREL_OIDC_ISSUER; `reader.oidc` says
how. allauth's own accounts stay empty: who somebody is here, `reader.identities` knows.
"""

import hashlib
import logging
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from reader import oidc
from reader.models import User

SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""How a token may be signed: with a key that only the provider has. A secret that both know proves nothing."""
PROVED = ["iss", "aud", "exp", "iat", "sub"]
CLOCKS = 60
"""Seconds by which two clocks may differ."""
DESCRIPTION, A_WHILE = "carrel-oidc-description", 600

logger = logging.getLogger(__name__)


class Unproved(Exception):
    """Nobody has proved who they are; says why in a word."""

    why = ""


class Failed(Unproved):
    """The provider could not be asked, or what it said proves nothing."""

    why = "failed"


class Stale(Unproved):
    """The way back has been used, is too old, or belongs to another browser."""

    why = "stale"


class Cancelled(Unproved):
    """Whoever asked did not want to after all, or the provider did not let them."""

    why = "cancelled"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the provider vouches for."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    way_on: str
    """Where whoever asked wanted to go."""
    member: int | None
    """The member who asked for their account to be connected."""
    shared: bool
    """Whether others use that browser too."""


def provider() -> oidc.Provider:
    """The provider that a keeper has named: where this room exists, there is one."""
    return cast("oidc.Provider", settings.OIDC)


def way_out(request: HttpRequest, way_on: str, *, member: User | None = None, shared: bool = False) -> str:
    """The address at the provider to which this browser goes, and from which it comes back once. Raises Failed."""
    asked = {"member": member.pk if member else None, "shared": shared}
    with _believing("description"):
        speaking = Asking(request, oidc.ID).get_provider()
        address: str = speaking.redirect(request, process=AuthProcess.LOGIN, next_url=way_on, data=asked).url
    return address


def answer(request: HttpRequest) -> Vouched:
    """What the provider vouches for, to a browser that comes back from it. Raises Unproved."""
    try:
        with _believing("answer"):
            OAuth2CallbackView.adapter_view(Asking(request, oidc.ID))(request)
    except _Answered as answered:
        return answered.vouched
    raise Failed


class _Answered(Exception):
    """The end of allauth's part: from here on the house goes on by itself."""

    def __init__(self, vouched: Vouched) -> None:
        super().__init__()
        self.vouched = vouched


class Door(DefaultSocialAccountAdapter):  # type: ignore[misc] # it has no types
    """What allauth asks of whoever uses it: to take over as soon as it knows who comes, or that nobody does."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody has proved who they are."""
        state, claims = sociallogin.state, sociallogin.account.extra_data
        raise _Answered(Vouched(claims["iss"], claims["sub"], claims, state["next"], **state["data"]))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Nobody has."""
        if exception is not None:
            raise Failed from exception
        if "state_id" in (extra_context or {}):
            raise Stale
        raise Cancelled if error == AuthError.CANCELLED else Failed


class Asking(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One conversation with the provider. Every statement is checked, also those that came by a line of our own."""

    nonce = ""

    def get_provider(self) -> "Speaking":
        """The provider of the settings."""
        return Speaking(self.request, app=get_adapter(self.request).get_app(self.request, provider=self.provider_id))

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back to: under the name by which this library was opened."""
        known = (url for url in settings.URLS if urlsplit(url).netloc == request.get_host())
        return next(known, f"{request.scheme}://{request.get_host()}") + reverse("elsewhere-back")

    @property
    def openid_config(self) -> dict[str, Any]:
        """How the provider describes itself, remembered for a while."""
        found: dict[str, Any] | None = cache.get(DESCRIPTION)
        if found is None:
            with _believing("description"):
                found = _sound(self._fetched(self.get_provider().server_url))
            cache.set(DESCRIPTION, found, A_WHILE)
        return found

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        """What the provider gives for the code."""
        self.nonce = nonce_of(pkce_code_verifier or secrets.token_urlsafe())
        with _believing("token"):
            return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who it is, by a token that is signed for us, now, and for this very question."""
        with _believing("proof"):
            keys = self._fetched(self.openid_config["jwks_uri"])
            claims = proved(
                kwargs["response"]["id_token"],
                keys,
                issuer=self.openid_config["issuer"],
                client=app.client_id,
                nonce=self.nonce,
            )
            if provider().claim not in claims and "userinfo_endpoint" in self.openid_config:
                more = self._fetched(self.openid_config["userinfo_endpoint"], Authorization=f"Bearer {token.token}")
                if more["sub"] != claims["sub"]:
                    raise ValueError
                claims = {**more, **claims}
        account = SocialAccount(provider=oidc.ID, uid=claims["sub"], extra_data=claims)
        return SocialLogin(user=User(), account=account, provider=self.get_provider())

    def _fetched(self, address: str, **headers: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as line:
            found = line.get(address, headers=headers)
            found.raise_for_status()
            told: dict[str, Any] = found.json()
        return told


class Speaking(OpenIDConnectProvider):  # type: ignore[misc]
    """How the question is put."""

    oauth2_adapter_class = Asking

    def get_pkce_params(self) -> dict[str, Any]:
        """The proof that whoever brings the code is who asked for it, and what the token must repeat."""
        proof: dict[str, Any] = super().get_pkce_params()
        return {**proof, "nonce": nonce_of(proof["code_verifier"])}


def nonce_of(verifier: str) -> str:
    """The number that a token must repeat: the session keeps what it is made of, and the browser never sees that."""
    return urlsafe_b64encode(hashlib.sha256(f"nonce {verifier}".encode()).digest()).decode().rstrip("=")


def proved(token: str, keys: Any, *, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """The claims of a token, if all that OpenID Connect Core 3.1.3.7 asks holds. Raises PyJWTError or ValueError."""
    header = jwt.get_unverified_header(token)
    usable = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    named = [key for key in usable if key.key_id == header["kid"]] if "kid" in header else usable
    [key] = named
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=SIGNED, issuer=issuer, audience=client, leeway=CLOCKS, options={"require": PROVED}
    )
    if claims.get("azp", client) != client or not secrets.compare_digest(str(claims.get("nonce")), nonce):
        raise ValueError
    if not claims["sub"] or len(claims["sub"]) > 255:
        raise ValueError
    return claims


def _sound(told: dict[str, Any]) -> dict[str, Any]:
    """A description that is the provider's own, and sends neither us nor anybody to an address that others can read."""
    issuer = provider().issuer
    scheme = urlsplit(issuer).scheme
    ways = [told[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    ways += [told["userinfo_endpoint"]] if "userinfo_endpoint" in told else []
    if told["issuer"].rstrip("/") != issuer or {urlsplit(way).scheme for way in ways} - {scheme, "https"}:
        raise ValueError
    return told


@contextmanager
def _believing(what: str) -> Iterator[None]:
    """Whatever goes wrong with what a provider says is one thing: Failed. The log names what, and nothing of it."""
    try:
        yield
    except (Unproved, _Answered):
        raise
    except (OSError, OAuth2Error, jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as error:
        logger.warning("the provider's %s will not do: %s", what, type(error).__name__)
        raise Failed from None
