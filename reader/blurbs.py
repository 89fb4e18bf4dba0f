"""A blurb as HTML: the slowest part of a shelf if it were a template, so it is written by plain functions.

Everything goes through `format_html`, which escapes whatever a file may have put into a title or a tag. What stands on
many blurbs (a tag's link, a set of signs, a day) is kept once it is written: each depends on nothing but its words, so
that no reader is shown what is another's.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache, reduce
from operator import add

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from archive.shown import Blurb, Name, Piece
from archive.vocabulary import ArchiveWarning, TagKind
from reader.addresses import author_page, series_page, tag_page, work_page
from reader.signs import Sign, signs, warning_words

MOST_TAGS = 18
MOST_FANDOMS = 6
LONGEST_SUMMARY = 500
_NOTHING = format_html("{}", "")
_LOOKS = {
    TagKind.RELATIONSHIP: format_html(' class="{}"', "rel"),
    TagKind.CHARACTER: format_html(' class="{}"', "cha"),
    TagKind.FREEFORM: _NOTHING,
}


def duration(minutes: int) -> str:
    """Reading time: `52 min`, `3 h 20 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours:,} h"


def chapters(work: Blurb) -> str:
    """`3/?`, `12/12`."""
    return f"{work.chapters_posted:,}/{work.chapters_planned or '?'}"


def joined(pieces: list[SafeString], between: SafeString = _NOTHING) -> SafeString:
    """Pieces of HTML in a row. They are safe already, so that putting them together is all there is to do."""
    first, *rest = pieces or [_NOTHING]
    return reduce(lambda before, piece: before + between + piece, rest, first) if between else reduce(add, rest, first)


_COMMA, _DOT = format_html("{}", ", "), format_html("{}", " · ")


def names(people: Iterable[Name]) -> str:
    """A byline's names as links: `a`, `a and b`, `a, b and c`."""
    links = [_link(author_page(one.slug), one.name) for one in people]
    return listed(links) if links else "an unnamed author"


def listed(links: list[SafeString]) -> SafeString:
    """Links in a row: `a`, `a and b`, `a, b and c`."""
    before, last = links[:-1], links[-1]
    return format_html("{} and {}", joined(before, _COMMA), last) if before else last


def blurb(work: Blurb) -> SafeString:
    """The card of one work."""
    return format_html(
        '<article class="blurb">{}<div><h2><a href="{}"{}>{}</a> <span>by {}</span></h2>{}{}{}{}{}</div></article>',
        _signs(signs(work)),
        work_page(work.id),
        _tongue(work.lang, work.dir),
        work.title,
        names(work.authors),
        _fandoms(work),
        _tags(work),
        _summary(work),
        _snippet(work),
        stats(work),
    )


@lru_cache(maxsize=256)
def _tongue(lang: str, direction: str) -> SafeString:
    """The language of some words and how it is written, where that is not how the page is."""
    if (lang, direction) == ("en", "ltr"):
        return _NOTHING
    return format_html(' lang="{}" dir="{}"', lang, direction)


@lru_cache(maxsize=1024)
def _signs(drawn: tuple[Sign, ...]) -> SafeString:
    return format_html('<ul class="signs">{}</ul>', joined([_sign(one) for one in drawn]))


def _sign(sign: Sign) -> SafeString:
    return format_html(
        '<li class="{0}" title="{2}"><span aria-hidden="true">{1}</span><span class="sr">{2}</span></li>', *sign
    )


def _fandoms(work: Blurb) -> SafeString:
    if not work.fandoms:
        return format_html('<p class="fandoms">{}</p>', "Fandom not stated")
    shown = [_fandom(work, one) for one in work.fandoms[:MOST_FANDOMS]]
    if len(work.fandoms) > MOST_FANDOMS:
        shown.append(format_html("and {} more", len(work.fandoms) - MOST_FANDOMS))
    return format_html('<p class="fandoms"><span class="sr">Fandoms: </span>{}</p>', joined(shown, _DOT))


def _fandom(work: Blurb, one: Name) -> SafeString:
    link = _tag(TagKind.FANDOM.value, one.slug, one.name)
    return format_html("<mark>{}</mark>", link) if (TagKind.FANDOM.value, one.slug) in work.marked else link


def links(kind: TagKind, tags: Iterable[Name]) -> SafeString:
    """Tags of one kind as links, in the author's order and spelling."""
    return joined([_tag(kind.value, tag.slug, tag.name) for tag in tags], _COMMA)


@lru_cache(maxsize=2048)
def _tag(kind: str, slug: str, name: str) -> SafeString:
    return _link(tag_page(kind, slug), name)


def _link(address: str, name: str) -> SafeString:
    """A name as a link. Only one in other letters has to find its own direction: hundreds stand on a page."""
    if name.isascii():
        return format_html('<a href="{}">{}</a>', address, name)
    return format_html('<a href="{}" dir="auto">{}</a>', address, name)


def _tags(work: Blurb) -> SafeString:
    warned = warning_words(work.warnings & ArchiveWarning.STATED, work.warnings_stated)
    tags = [(kind, tag) for kind in _LOOKS for tag in work.tags.get(kind, ())]
    if not warned and not tags and not work.keeps_back:
        return _NOTHING
    lines = [format_html('<li class="warned">{}</li>', words) for words in warned]
    if work.keeps_back:
        lines.append(format_html('<li><a href="{}labels/">Show warnings and tags</a></li>', work_page(work.id)))
    lines += [_tag_line(work, kind, tag) for kind, tag in _pointed_out_first(work, tags)[:MOST_TAGS]]
    if len(tags) > MOST_TAGS:
        lines.append(format_html("<li>and {} more</li>", len(tags) - MOST_TAGS))
    return format_html('<ul class="tags" aria-label="Tags">{}</ul>', joined(lines))


def _pointed_out_first(work: Blurb, tags: list[tuple[TagKind, Name]]) -> list[tuple[TagKind, Name]]:
    """Tags in their order; of more than are shown, those that the reader wants pointed out are among the shown."""
    if not work.marked or len(tags) <= MOST_TAGS:
        return tags
    return sorted(tags, key=lambda one: (one[0].value, one[1].slug) not in work.marked)


def _tag_line(work: Blurb, kind: TagKind, tag: Name) -> SafeString:
    if (kind.value, tag.slug) in work.marked:
        link = _link(tag_page(kind.value, tag.slug), tag.name)
        return format_html("<li{}><mark>{}</mark></li>", _LOOKS[kind], link)
    return _line(kind, tag.slug, tag.name)


@lru_cache(maxsize=8192)
def _line(kind: TagKind, slug: str, name: str) -> SafeString:
    """A tag's line in the list. Some tags are on every page: there are twenty a work."""
    if not name.isascii():
        return format_html("<li{}>{}</li>", _LOOKS[kind], _link(tag_page(kind.value, slug), name))
    return format_html('<li{}><a href="{}">{}</a></li>', _LOOKS[kind], tag_page(kind.value, slug), name)


def _summary(work: Blurb) -> SafeString:
    if not work.summary:
        return _NOTHING
    paragraphs = shortened(work.summary, LONGEST_SUMMARY).split("\n\n")
    return format_html(
        '<div class="summary"{}>{}</div>',
        _tongue(work.lang, work.dir),
        joined([format_html("<p>{}</p>", paragraph) for paragraph in paragraphs if paragraph.strip()]),
    )


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, its end an ellipsis if any are left out; none loses its accents."""
    if len(text) <= most:
        return text
    end = most - 1
    while end and unicodedata.combining(text[end]):
        end -= 1
    return text[:end] + "…"


def _snippet(work: Blurb) -> SafeString:
    """Where in its text a search was found, with what was found marked."""
    if not work.snippet:
        return _NOTHING
    pieces = joined([_piece(piece) for piece in work.snippet])
    return format_html('<p class="snippet"{}>{}</p>', _tongue(work.lang, work.dir), pieces)


def _piece(piece: Piece) -> SafeString:
    return format_html("<mark>{}</mark>", piece.text) if piece.hit else format_html("{}", piece.text)


def stats(work: Blurb) -> SafeString:
    """The last line: language, words, reading time, chapters, series, date. What is not stated is not made up."""
    return format_html(
        '<p class="stats">{}<span>{}</span><span>{}</span><span>{}</span>{}{}</p>',
        _language(work.language),
        f"{work.words:,} {'word' if work.words == 1 else 'words'}",
        duration(work.minutes),
        f"{chapters(work)} {'chapter' if work.chapters_planned == 1 else 'chapters'}",
        joined([_place(place.id, place.title, place.position) for place in work.series]),
        _dated(work),
    )


@lru_cache(maxsize=256)
def _language(name: str) -> SafeString:
    return format_html("<span>{}</span>", name) if name else _NOTHING


def _place(series: int, title: str, position: int | None) -> SafeString:
    part = f"Part {position} of " if position else "In "
    return format_html("<span>{}{}</span>", part, _link(series_page(series), title))


def _dated(work: Blurb) -> SafeString:
    for words, day in (("Updated ", work.updated), ("Published ", work.published)):
        if day:
            return _time("" if work.chapters_planned == 1 else words, day)
    return _time("Added ", localdate(work.added))


@lru_cache(maxsize=4096)
def _time(words: str, day: date) -> SafeString:
    return format_html(
        '<span>{}<time datetime="{}">{}</time></span>', words, day.isoformat(), date_format(day, "j M Y")
    )
