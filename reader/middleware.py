"""Who is asking, and what stands in their way."""

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from archive.access import Gated, Hidden, Moved, Reader
from archive.vocabulary import Rating
from reader import agreement, tokens
from reader.headers import ADULT
from reader.look import COOKIE, Look
from reader.models import User
from reader.readers import reader_of
from reader.requests import ReadingRequest
from reader.views import gates


def _look_of(request: HttpRequest) -> Look:
    """A member's own look follows them from device to device; anybody else's is kept in their browser."""
    kept = request.user.look if isinstance(request.user, User) else request.COOKIES.get(COOKIE, "")
    return Look.read(kept)


class ReaderMiddleware:
    """Tells each request its reader, and answers for a work that is hidden or asks first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reading = cast(ReadingRequest, request)
        known: list[Reader] = []
        reading.reader = cast(Reader, SimpleLazyObject(lambda: _noted(reader_of(request), known)))
        reading.look = cast(Look, SimpleLazyObject(lambda: _look_of(request)))
        response = self.get_response(request)
        if type(reading.reader) is Reader:  # who came with a token
            known.append(reading.reader)
        elif known and not tokens.by_program(request):
            agreement.stay(request)
        if any(sees_adult_works(reader) for reader in known):
            response.headers["Rating"] = ADULT
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Cache-Control", "private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A gate is shown in place of the page; what is hidden is not found, like anything else that is not there."""
        if isinstance(exception, Gated):
            try:
                return gates.gate(cast(ReadingRequest, request), exception.work, file=exception.file)
            except Hidden:
                raise Http404 from None
        if isinstance(exception, Hidden):
            raise Http404 from None
        if isinstance(exception, Moved):
            return HttpResponseRedirect(reverse("work", args=[exception.work]))
        return None


def sees_adult_works(reader: Reader) -> bool:
    """Whether adult works are served to this reader."""
    return reader.welcome and reader.adult and reader.ceiling >= Rating.MATURE


def _noted(reader: Reader, known: list[Reader]) -> Reader:
    """The reader, noted as one that was asked for."""
    known.append(reader)
    return reader
