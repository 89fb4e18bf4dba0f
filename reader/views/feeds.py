"""Feeds: any question of the shelf as Atom, for programs that ask with a token."""

from hashlib import sha256

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive import catalogue
from archive.browse import BrowseQuery
from reader import feeds
from reader.requests import ReadingRequest
from reader.tokens import takes_tokens


@takes_tokens
@require_safe
def feed(request: ReadingRequest) -> HttpResponse:
    """The newest works that a question finds. It is known again by what it says.

    The number of the last change would serve as well, and tell whoever watches it that something came in that they are
    not shown.
    """
    found = catalogue.feed(request.reader, BrowseQuery.read(request.GET.lists()))
    page = feeds.atom(found, request.build_absolute_uri("/")[:-1]).encode()
    response = HttpResponse(page, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = f'"{sha256(page).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-store" if request.reader.adult else "private, no-cache"
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response
