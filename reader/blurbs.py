"""A blurb as HTML: the slowest part of a shelf if it were a template, so it is written by plain functions.

Everything goes through `format_html`, which escapes whatever a file may have put into a title or a tag.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localdate

from archive.shown import Blurb, Name, Piece
from archive.vocabulary import ArchiveWarning, Category, Rating, TagKind, warnings_of
from reader.addresses import author_page, series_page, tag_page, work_page

MOST_TAGS = 18
LONGEST_SUMMARY = 600


class Sign(NamedTuple):
    """One of the four signs: its classes, what is drawn, and what it says to everybody."""

    classes: str
    drawn: str
    words: str


_PLAIN = "sign"
_RATING_SIGNS = {
    Rating.GENERAL: ("sign general", "G"),
    Rating.TEEN: ("sign teen", "T"),
    Rating.MATURE: ("sign mature", "M"),
    Rating.EXPLICIT: ("sign explicit", "E"),
    Rating.NOT_RATED: ("sign unrated", "NR"),
}
_CATEGORY_SIGNS = {
    Category.GEN: "Gen",
    Category.FM: "FM",
    Category.MM: "MM",
    Category.FF: "FF",
    Category.MULTI: "Mu",
    Category.OTHER: "Oth",
}
_KIND_LOOKS = {
    TagKind.RELATIONSHIP: format_html(' class="{}"', "rel"),
    TagKind.CHARACTER: format_html(' class="{}"', "cha"),
    TagKind.FREEFORM: "",
}


def rating_words(rating: Rating, stated: str) -> str:
    """A rating for the screen; words that we do not know are shown as they were written."""
    return f"Rated “{stated}”" if rating is Rating.UNKNOWN and stated else rating.label


def warning_words(warnings: ArchiveWarning, stated: Iterable[str] = ()) -> list[str]:
    """Each warning for the screen. A warning in words we do not know is shown in those words."""
    words = [bit.label for bit in warnings if bit is not ArchiveWarning.OTHER]
    if warnings & ArchiveWarning.OTHER:
        words += [one for one in stated if one not in words and _unknown(one)] or [ArchiveWarning.OTHER.label]
    return words


def _unknown(stated: str) -> bool:
    return warnings_of([stated]) == ArchiveWarning.OTHER


def rating_sign(rating: Rating, stated: str) -> Sign:
    """The first sign. A rating that is not stated, or in words that we do not know, is a question mark."""
    classes, letter = _RATING_SIGNS.get(rating, ("sign unrated", "?"))
    return Sign(classes, letter, rating_words(rating, stated))


def signs(work: Blurb) -> tuple[Sign, Sign, Sign, Sign]:
    """Rating, warnings, category, completion."""
    return (
        rating_sign(work.rating, work.rating_stated),
        _warning_sign(work),
        _category_sign(work.categories),
        _completion_sign(work),
    )


def _warning_sign(work: Blurb) -> Sign:
    words = ", ".join(warning_words(work.warnings, work.warnings_stated))
    if work.warnings & ArchiveWarning.STATED:
        return Sign("sign warned", "!", f"Warnings: {words}")
    if work.warnings & ArchiveWarning.UNKNOWN:
        return Sign(_PLAIN, "?", words)
    return Sign(_PLAIN, "–", words)


def _category_sign(categories: Category) -> Sign:
    chosen = list(categories)
    if not chosen:
        return Sign(_PLAIN, "·", "Category not stated")
    drawn = _CATEGORY_SIGNS[chosen[0]] if len(chosen) == 1 else "Mu"
    return Sign(_PLAIN, drawn, ", ".join(bit.label for bit in chosen))


def _completion_sign(work: Blurb) -> Sign:
    if work.complete is None:
        return Sign(_PLAIN, "·", "Completion not stated")
    return Sign("sign done", "✓", "Complete") if work.complete else Sign(_PLAIN, "…", "In progress")


def duration(minutes: int) -> str:
    """Reading time: `52 min`, `3 h 20 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours:,} h"


def chapters(work: Blurb) -> str:
    """`3/?`, `12/12`."""
    return f"{work.chapters_posted:,}/{work.chapters_planned or '?'}"


def names(people: Iterable[Name]) -> str:
    """A byline's names as links: `a`, `a and b`, `a, b and c`."""
    links = [_link(author_page(one.slug), one.name) for one in people]
    return listed(links) if links else "an unnamed author"


def listed(links: list[SafeString]) -> SafeString:
    """Links in a row: `a`, `a and b`, `a, b and c`."""
    before, last = links[:-1], links[-1]
    return (
        format_html("{} and {}", format_html_join(", ", "{}", ((link,) for link in before)), last) if before else last
    )


def blurb(work: Blurb) -> SafeString:
    """The card of one work."""
    return format_html(
        '<article class="blurb">{}<div><h2><a href="{}" lang="{}" dir="{}">{}</a> <span>by {}</span></h2>{}{}{}{}{}'
        "</div></article>",
        _signs(work),
        work_page(work.id),
        work.lang,
        work.dir,
        work.title,
        names(work.authors),
        _fandoms(work),
        _tags(work),
        _summary(work),
        _snippet(work),
        stats(work),
    )


def _signs(work: Blurb) -> SafeString:
    return format_html(
        '<ul class="signs">{}</ul>',
        format_html_join(
            "",
            '<li class="{0}" title="{2}"><span aria-hidden="true">{1}</span><span class="sr">{2}</span></li>',
            signs(work),
        ),
    )


def _fandoms(work: Blurb) -> str:
    if not work.fandoms:
        return format_html('<p class="fandoms">{}</p>', "Fandom not stated")
    return format_html(
        '<p class="fandoms"><span class="sr">Fandoms: </span>{}</p>', links(TagKind.FANDOM, work.fandoms)
    )


def links(kind: TagKind, tags: Iterable[Name], between: str = " · ") -> SafeString:
    """Tags of one kind as links, in the author's order and spelling."""
    return format_html_join(between, "{}", ((_link(tag_page(kind.value, tag.slug), tag.name),) for tag in tags))


def _link(address: str, name: str) -> SafeString:
    """A name as a link. Only one in other letters has to find its own direction: hundreds stand on a page."""
    if name.isascii():
        return format_html('<a href="{}">{}</a>', address, name)
    return format_html('<a href="{}" dir="auto">{}</a>', address, name)


def _tags(work: Blurb) -> str:
    warned = warning_words(work.warnings & ArchiveWarning.STATED, work.warnings_stated)
    tags = [(look, kind, tag) for kind, look in _KIND_LOOKS.items() for tag in work.tags.get(kind, ())]
    if not warned and not tags:
        return ""
    left = len(tags) - MOST_TAGS
    return format_html(
        '<ul class="tags" aria-label="Tags">{}{}{}</ul>',
        format_html_join("", '<li class="warned">{}</li>', ((words,) for words in warned)),
        format_html_join(
            "",
            "<li{}>{}</li>",
            ((look, _link(tag_page(kind.value, tag.slug), tag.name)) for look, kind, tag in tags[:MOST_TAGS]),
        ),
        format_html("<li>and {} more</li>", left) if left > 0 else "",
    )


def _summary(work: Blurb) -> str:
    if not work.summary:
        return ""
    paragraphs = Truncator(work.summary).chars(LONGEST_SUMMARY).split("\n\n")
    return format_html(
        '<div class="summary" lang="{}" dir="{}">{}</div>',
        work.lang,
        work.dir,
        format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs if paragraph.strip())),
    )


def _snippet(work: Blurb) -> str:
    """Where in its text a search was found, with what was found marked."""
    if not work.snippet:
        return ""
    return format_html(
        '<p class="snippet" lang="{}" dir="{}">{}</p>',
        work.lang,
        work.dir,
        format_html_join("", "{}", ((_piece(piece),) for piece in work.snippet)),
    )


def _piece(piece: Piece) -> str:
    return format_html("<mark>{}</mark>", piece.text) if piece.hit else piece.text


def stats(work: Blurb) -> SafeString:
    """The last line: language, words, reading time, chapters, series, date. What is not stated is not made up."""
    facts = [
        work.language,
        f"{work.words:,} {'word' if work.words == 1 else 'words'}",
        duration(work.minutes),
        f"{chapters(work)} {'chapter' if work.chapters_planned == 1 else 'chapters'}",
    ]
    return format_html(
        '<p class="stats">{}{}{}</p>',
        format_html_join("", "<span>{}</span>", ((fact,) for fact in facts if fact)),
        format_html_join(
            "", "<span>{}</span>", ((_place(place.id, place.title, place.position),) for place in work.series)
        ),
        _dated(work),
    )


def _place(series: int, title: str, position: int | None) -> SafeString:
    part = f"Part {position} of " if position else "In "
    return format_html("{}{}", part, _link(series_page(series), title))


def _dated(work: Blurb) -> SafeString:
    for words, day in (("Updated ", work.updated), ("Published ", work.published)):
        if day:
            return _time("" if work.chapters_planned == 1 else words, day)
    return _time("Added ", localdate(work.added))


def _time(words: str, day: date) -> SafeString:
    return format_html(
        '<span>{}<time datetime="{}">{}</time></span>', words, day.isoformat(), date_format(day, "j M Y")
    )
