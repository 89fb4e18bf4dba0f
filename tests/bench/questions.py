"""Addresses to be opened, with who opens them: the pages of works, tags and people, and searches."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from archive.models import Author, Byline, Chapter, Series, SeriesEntry, Tag, Tagging, Work
from archive.vocabulary import Rating, TagKind

STRANGER, MEMBER, SHIELDED = READERS = ("stranger", "member", "shielded")
"""Who asks: somebody unknown, a member who has agreed to see adult works, and one who shuts some tags out besides."""


@dataclass(frozen=True, slots=True)
class Question:
    """An address to be opened by one of the readers."""

    name: str
    address: str
    reader: str = STRANGER

    def __str__(self) -> str:
        return f"{self.name} ({self.reader})"


def searching() -> list[Question]:
    """Words looked for anywhere in a work."""
    words = ("lamp", "harbour letter", "zyzzyva", '"the lamp"')
    return [
        Question(f"words: {one}", f"{reverse('browse')}?{urlencode({'q': one})}", reader)
        for reader in (STRANGER, MEMBER)
        for one in words
    ]


def pages() -> list[Question]:
    """The other pages: works, chapters, tags, authors, series, and a gate."""
    return list(_pages())


def _pages() -> Iterator[Question]:
    gentle = Work.everything.filter(rating=Rating.GENERAL, warnings=1, held=False)
    short = gentle.filter(chapters_posted=1).order_by("-words").values_list("pk", flat=True)[0]
    long = gentle.order_by("-chapters_posted").values_list("pk", flat=True)[0]
    adult = Work.everything.filter(rating=Rating.EXPLICIT, held=False).values_list("pk", flat=True)[0]
    middle = Chapter.everything.filter(work=long).count() // 2 or 1
    author = Byline.everything.values("author").annotate(works=Count("pk")).order_by("-works", "author")[0]["author"]
    series = SeriesEntry.everything.values("series").annotate(works=Count("pk")).order_by("-works", "series")[0]
    yield Question("work of one chapter", reverse("work", args=[short]))
    yield Question("work of many chapters", reverse("work", args=[long]))
    yield Question("chapter in its middle", reverse("chapter", args=[long, middle]))
    yield Question("whole work", reverse("whole", args=[long]))
    yield Question("gate", reverse("work", args=[adult]))
    yield Question("adult work", reverse("work", args=[adult]), reader=MEMBER)
    for kind in (TagKind.FANDOM, TagKind.FREEFORM):
        yield Question(f"{kind} page", reverse("tag", args=[kind.value, _slugs(kind, 1)[0]]), reader=MEMBER)
    yield Question("author", reverse("author", args=[Author.everything.get(pk=author).slug]), reader=MEMBER)
    yield Question("series", reverse("series", args=[Series.everything.get(pk=series["series"]).pk]), reader=MEMBER)


def _slugs(kind: TagKind, number: int) -> list[str]:
    """The tags of this kind that most works carry."""
    used = Tagging.everything.filter(tag__kind=kind).values("tag").annotate(works=Count("pk"))
    tags = [row["tag"] for row in used.order_by("-works", "tag")[:number]]
    slugs = dict(Tag.everything.filter(pk__in=tags).values_list("pk", "slug"))
    return [slugs[tag] for tag in tags]
