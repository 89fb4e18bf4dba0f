"""Headers that every response carries, beside those that Django and django-csp set."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POWERS = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What pages of a library never ask a browser for."""
ALWAYS = {
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet, noimageindex",
}
ADULT = "RTA-5042-1996-1400-1577-RTA"
"""The label by which filters on children's devices know that adult works are served (rtalabel.org)."""


class Headers:
    """Sets them on whatever is answered, static files and errors included."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if settings.HTTPS:
            # Said even where the proxy in front has not told us of its TLS: over plain HTTP browsers pay no heed to it.
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        return response
