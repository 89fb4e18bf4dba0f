"""The provider that the tests have, and the way to it and back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from reader import oidc
from tests.elsewhere.provider import Provider

OUT, BACK = "/login/elsewhere/", "/login/elsewhere/back/"


@pytest.fixture(scope="session")
def standing() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def set_up(settings: Any) -> Callable[..., None]:
    """Name the provider otherwise than the settings of all tests do."""

    def change(**changes: Any) -> None:
        settings.OIDC = replace(settings.OIDC, **changes)
        settings.SOCIALACCOUNT_PROVIDERS = oidc.providers(settings.OIDC)
        cache.clear()

    return change


@pytest.fixture
def provider(standing: Provider, set_up: Callable[..., None]) -> Provider:
    standing.forget()
    set_up(issuer=standing.issuer)
    return standing


def way_out(client: Client, way_on: str = "") -> str:
    """Where the library leads whoever wants to sign in."""
    page = client.post(OUT, {"next": way_on} if way_on else {})
    assert page.status_code == 200
    address = page["Refresh"].removeprefix("0;url=")
    assert page.context["address"] == address
    return address


def come(client: Client, provider: Provider, sub: str = "17", groups: Any = ("readers",), **claims: Any) -> Any:
    """Sign in at the provider and come back: the answer."""
    stated = {"preferred_username": "ada", "groups": list(groups) if isinstance(groups, tuple) else groups, **claims}
    return client.get(provider.lets_in(way_out(client), sub, **stated))
