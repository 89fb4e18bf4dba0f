"""The questions that are always asked, made from what the library holds: addresses with what they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from archive.models import Author, Byline, Chapter, Series, SeriesEntry, Tag, Tagging, Work
from archive.vocabulary import Rating, TagKind


@dataclass(frozen=True, slots=True)
class Question:
    """An address to be opened; `adult` when by somebody who has agreed to see adult works."""

    name: str
    address: str
    adult: bool = False


def browsing() -> list[Question]:
    """What people ask a shelf, each by a stranger and by a member who has agreed to see adult works."""
    return [Question(name, address, adult) for adult in (False, True) for name, address in _browsing()]


def _browsing() -> Iterator[tuple[str, str]]:
    shelf = reverse("browse")
    fandoms, freeforms = _slugs(TagKind.FANDOM, 2), _slugs(TagKind.FREEFORM, 3)
    relationship, character = _slugs(TagKind.RELATIONSHIP, 1)[0], _slugs(TagKind.CHARACTER, 1)[0]
    yield "bare shelf", shelf
    yield "one fandom", f"{shelf}?fandom={fandoms[0]}"
    yield "fandom and rating", f"{shelf}?fandom={fandoms[0]}&rating=teen"
    yield "either of two fandoms", f"{shelf}?fandom.any={fandoms[0]}&fandom.any={fandoms[1]}"
    yield "relationship, complete", f"{shelf}?relationship={relationship}&complete=yes"
    yield "without a freeform", f"{shelf}?freeform.not={freeforms[0]}"
    yield "with one, without two", f"{shelf}?freeform={freeforms[0]}&freeform.not={freeforms[1]}&rating.not=general"
    yield "without a warning", f"{shelf}?warning.not=chose-not&character={character}"
    yield "one word", f"{shelf}?q=lamp"
    yield "two words", f"{shelf}?q=harbour+letter"
    yield "words nobody wrote", f"{shelf}?q=zyzzyva"
    yield "page 50", f"{shelf}?page=50"
    yield "by words", f"{shelf}?sort=words"
    yield "by title, page 20", f"{shelf}?sort=title&page=20"
    yield "short and French", f"{shelf}?words=-1000&language=fr"


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
    yield Question("adult work", reverse("work", args=[adult]), adult=True)
    for kind in (TagKind.FANDOM, TagKind.FREEFORM):
        yield Question(f"{kind} page", reverse("tag", args=[kind.value, _slugs(kind, 1)[0]]), adult=True)
    yield Question("author", reverse("author", args=[Author.everything.get(pk=author).slug]), adult=True)
    yield Question("series", reverse("series", args=[Series.everything.get(pk=series["series"]).pk]), adult=True)


def _slugs(kind: TagKind, number: int) -> list[str]:
    """The tags of this kind that most works carry."""
    used = Tagging.everything.filter(tag__kind=kind).values("tag").annotate(works=Count("pk"))
    tags = [row["tag"] for row in used.order_by("-works", "tag")[:number]]
    slugs = dict(Tag.everything.filter(pk__in=tags).values_list("pk", "slug"))
    return [slugs[tag] for tag in tags]
