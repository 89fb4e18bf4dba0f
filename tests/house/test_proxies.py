"""Only named proxies are believed, and an unknown name is answered with what to do."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from reader import environment
from reader.proxies import KnownHosts, TrustedProxies

FORWARDED = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.5, 10.0.0.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "books.example.org",
}


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: LazySettings) -> None:
    given = environment.read({"CARREL_PROXIES": "10.0.0.0/8", "CARREL_URL": "https://books.example.org"}, settings.ROOT)
    settings.PROXIES, settings.ALLOWED_HOSTS = given.proxies, list(given.hosts)


def passed(peer: str, **headers: str) -> HttpRequest:
    request = RequestFactory(REMOTE_ADDR=peer, HTTP_HOST="localhost", **headers).get("/")
    TrustedProxies(lambda _: HttpResponse())(request)
    return request


def test_a_named_proxy_is_believed() -> None:
    request = passed("10.0.0.2", **FORWARDED)
    assert request.is_secure()
    assert request.get_host() == "books.example.org"
    assert request.META["REMOTE_ADDR"] == "203.0.113.5"


def test_anybody_else_is_not_and_leaves_no_trace() -> None:
    request = passed("203.0.113.66", **FORWARDED)
    assert not request.is_secure()
    assert request.get_host() == "localhost"
    assert request.META["REMOTE_ADDR"] == "203.0.113.66"
    assert not [name for name in request.META if "FORWARDED" in name]


def test_a_chain_of_nonsense_leaves_the_proxy_as_the_peer() -> None:
    assert passed("10.0.0.2", HTTP_X_FORWARDED_FOR="<b>, 10.0.0.7").META["REMOTE_ADDR"] == "10.0.0.2"


def test_an_unknown_name_is_answered_with_what_to_do_and_nothing_is_echoed_raw() -> None:
    request = RequestFactory(HTTP_HOST="<b>evil</b>").get("/")
    response = KnownHosts(lambda _: HttpResponse("the house"))(request)
    assert response.status_code == 400
    assert response.content == b"Opened as &lt;b&gt;evil&lt;/b&gt;; add it to CARREL_URL.\n"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "books.example.org"])
def test_known_names_are_let_in(host: str) -> None:
    request = RequestFactory(HTTP_HOST=host).get("/")
    assert KnownHosts(lambda _: HttpResponse("the house"))(request).content == b"the house"
