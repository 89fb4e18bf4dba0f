"""Addresses at the door: which proxies are believed, and by which names the house is known."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

Respond = Callable[[HttpRequest], HttpResponse]
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


class TrustedProxies:
    """Believe what a proxy named in CARREL_PROXIES forwards, and from anybody else forget it was ever said."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = {name: request.META.pop(name, "") for name in FORWARDED}
        if trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _client(said["HTTP_X_FORWARDED_FOR"]) or request.META["REMOTE_ADDR"]
            if said["HTTP_X_FORWARDED_PROTO"] in {"http", "https"}:
                request.META["wsgi.url_scheme"] = said["HTTP_X_FORWARDED_PROTO"]
            if said["HTTP_X_FORWARDED_HOST"]:
                request.META["HTTP_HOST"] = said["HTTP_X_FORWARDED_HOST"]
        return self.respond(request)


class KnownHosts:
    """Answer a request under an unknown name with what to do about it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            opened = escape(request.META.get("HTTP_HOST", "")[:200])
            return HttpResponse(
                f"Opened as {opened}; add it to CARREL_URL.\n", status=400, content_type="text/plain; charset=utf-8"
            )
        return self.respond(request)


def trusted(address: str) -> bool:
    """Whether an address is that of a proxy named in CARREL_PROXIES."""
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    return any(peer in network for network in settings.PROXIES)


def _client(forwarded: str) -> str:
    """The last address in the chain that is no proxy of ours: what stands before it, anybody may have written."""
    for word in reversed(forwarded.replace(",", " ").split()):
        try:
            address = str(ip_address(word))
        except ValueError:
            return ""
        if not trusted(address):
            return address
    return ""
