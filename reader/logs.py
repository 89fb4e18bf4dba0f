"""What the logs say: that something went wrong and where in the code, never who read what."""

import logging
from typing import Any


class WithoutAddress(logging.Filter):
    """Put the pattern of a route in the place of the address that was asked for: `works/<int:id>/`, not which."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "an unknown address"
            record.msg, record.args = "%s: %s", (str(record.msg).partition("%")[0].strip(" :("), f"/{route}")
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_address": {"()": WithoutAddress}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_address"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "archive": {"level": "INFO"},
        "reader": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # it has a warning for each HEAD
        "django.request": {"level": "ERROR"},  # a 404 for each hidden work would be a reading history
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
