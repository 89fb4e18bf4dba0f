"""The request as the reading room's views see it: it knows its reader, and how they like pages to look."""

from django.http import HttpRequest

from archive.access import Reader
from reader.look import Look


class ReadingRequest(HttpRequest):
    """What `reader.middleware` makes of a request. Without it there is no reader, and every page errs."""

    reader: Reader
    look: Look
