"""A feed written as Atom (RFC 4287): what it tells of each work, and by what the work is known for good."""

import re
from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from archive.shown import Blurb, Feed
from reader.addresses import author_page, work_page
from reader.signs import rating_words, warning_words

LONGEST_SUMMARY = 2_000
_LONG_AGO = "1970-01-01T00:00:00+00:00"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a file may have put into a title, and XML 1.0 has no way to write."""


class Entry(NamedTuple):
    """A work in a feed."""

    id: str
    title: str
    lang: str
    address: str
    updated: str
    published: str
    """Empty when it is not stated."""
    authors: list[tuple[str, str]]
    """Names, and the addresses of their pages."""
    categories: list[tuple[str, str]]
    """Words, and the address of the list that a tag stands on; empty for a rating, a warning, a category."""
    summary: str


def atom(feed: Feed, house: str) -> str:
    """A feed as XML. `house` is the address of this library: `https://books.example.org`."""
    entries = [_entry(work, feed.sort, house) for work in feed.blurbs]
    shown = {
        "id": _lasting("feed", feed.address),
        "title": f"{_sentence(feed.question)} · Carrel",
        "itself": f"{house}{reverse('feed')}{feed.address}",
        "shelf": f"{house}{reverse('browse')}{feed.address}",
        "updated": max((entry.updated for entry in entries), default=_LONG_AGO),
        "entries": entries,
    }
    return _NO_XML.sub("", render_to_string("feed.xml", shown))


def _entry(work: Blurb, sort: str, house: str) -> Entry:
    return Entry(
        id=_lasting("work", str(work.id)),
        title=work.title,
        lang=work.lang,
        address=house + work_page(work.id),
        updated=_moment(work, sort),
        published=datetime.combine(work.published, time(), UTC).isoformat() if work.published else "",
        authors=[(one.name, house + author_page(one.slug)) for one in work.authors],
        categories=_categories(work, house),
        summary=work.summary[:LONGEST_SUMMARY],
    )


def _categories(work: Blurb, house: str) -> list[tuple[str, str]]:
    closed = [rating_words(work.rating, work.rating_stated), *warning_words(work.warnings, work.warnings_stated)]
    closed += [bit.label for bit in work.categories]
    tags = [
        (name.name, house + reverse("tags", args=[kind.value])) for kind, names in work.tags.items() for name in names
    ]
    return [*((words, "") for words in closed), *tags]


def _moment(work: Blurb, sort: str) -> str:
    """When it changed last, by the date that the feed goes by. What is not stated is not invented: it came in then."""
    days = {"updated": work.updated or work.published, "published": work.published, "added": None}
    day = days[sort]
    return (datetime.combine(day, time(), UTC) if day else work.added.replace(microsecond=0)).isoformat()


def _lasting(*what: str) -> str:
    """A name that stays the same wherever this library is reached, and is that of nothing elsewhere."""
    return UUID(salted_hmac("feed", "\n".join(what), algorithm="sha256").hexdigest()[:32], version=5).urn


def _sentence(question: str) -> str:
    return f"Works {question}" if question else "Works"
