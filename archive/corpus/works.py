"""One invented work for each number: the same number, seed and size of library always give the same work."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from archive.corpus import names, shape
from archive.corpus.draws import Popularity, Quantiles
from archive.parsed import ParsedSeries, ParsedWork
from archive.vocabulary import ArchiveWarning, Category, Rating

SOURCE = "carrel.corpus"
NEWEST = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A synthetic library of `size` works. Its works carry everything but their chapters' prose."""

    size: int
    seed: int = 0
    freeforms: Popularity = field(init=False, repr=False)
    authors: Popularity = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "freeforms", shape.freeform_use(self.size))
        object.__setattr__(self, "authors", shape.author_use(self.size))

    def __iter__(self) -> Iterator[ParsedWork]:
        return (self.work(number) for number in range(1, self.size + 1))

    def work(self, number: int) -> ParsedWork:
        """The work of this number."""
        rng = Random(f"{self.seed} {number}")
        published, updated = _dates(rng)
        posted = max(1, shape.CHAPTERS.draw(rng))
        complete, planned = _progress(rng, posted)
        fandoms = self._fandoms(rng, number)
        rating = shape.RATING.draw(rng)
        return ParsedWork(
            title=names.title(rng, shape.TITLE_WORDS.draw(rng)),
            source=SOURCE,
            source_id=str(number),
            authors=self._authors(rng, number),
            ratings=() if rating is Rating.NOT_STATED else (rating.label,),
            warnings=_labels(shape.WARNING.draw(rng) & ~ArchiveWarning.NOT_STATED),
            categories=_labels(shape.CATEGORY.draw(rng)),
            fandoms=fandoms,
            relationships=_cast(rng, number, fandoms, shape.RELATIONSHIPS, shape.RELATIONSHIP_USE, names.relationship),
            characters=_cast(rng, number, fandoms, shape.CHARACTERS, shape.CHARACTER_USE, names.character),
            freeforms=_several(rng, shape.FREEFORMS, lambda i: names.freeform(_rank(self.freeforms, rng, number, i))),
            language=shape.LANGUAGE.draw(rng),
            published=published,
            updated=updated,
            complete=complete,
            chapters_posted=posted,
            chapters_planned=planned,
            words=max(posted, shape.WORDS.draw(rng)),
            summary=f"<p>{names.sentence(rng, rng.randint(8, 60))}</p>" if rng.random() < shape.SUMMARY else "",
            series=self._series(rng),
        )
