"""One invented work for each number: the same number, seed and size of library always give the same work."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from archive.corpus import shape
from archive.corpus.draws import Popularity, Quantiles, seeded
from archive.corpus.names import author, character, fandom, freeform, relationship, sentence, title
from archive.corpus.spellings import another, own
from archive.parsed import ParsedSeries, ParsedWork
from archive.vocabulary import ArchiveWarning, Category, Rating, fold

SOURCE = "carrel.corpus"
NEWEST = date(2026, 1, 1)
_SEEDS_APART = 100_000_000
"""Between the ids of two libraries, so that they can stand side by side."""

Rank = int | str
"""How popular a name is, counted from 0; a string marks a name that nobody else uses."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A synthetic library of `size` works. They carry everything but the prose of their chapters."""

    size: int
    seed: int = 0
    _freeforms: Popularity = field(init=False, repr=False)
    _authors: Popularity = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_freeforms", shape.freeform_use(self.size))
        object.__setattr__(self, "_authors", shape.author_use(self.size))

    def __iter__(self) -> Iterator[ParsedWork]:
        return (self.work(number) for number in range(1, self.size + 1))

    def work(self, number: int) -> ParsedWork:
        """The work of this number."""
        rng = seeded(f"{self.seed} {number}")
        draw = _Draw(rng, f"{self.seed}-{number}")
        published, updated = _dates(rng)
        posted = max(1, shape.CHAPTERS.draw(rng))
        complete, planned = _progress(rng, posted)
        fandoms = draw.names(shape.FANDOMS, shape.FANDOM_USE, fandom)
        rating = shape.RATING.draw(rng)
        authors = draw.some(shape.AUTHORS.draw(rng), self._authors, author)
        work = ParsedWork(
            title=title(rng, shape.TITLE_WORDS.draw(rng)),
            source=SOURCE,
            source_id=str(self.seed * _SEEDS_APART + number),
            authors=("Anonymous",) if rng.random() < shape.ANONYMOUS else tuple(map(_byline, authors)),
            ratings=() if rating is Rating.NOT_STATED else (rating.label,),
            warnings=_labels(shape.WARNING.draw(rng) & ~ArchiveWarning.NOT_STATED),
            categories=_labels(shape.CATEGORY.draw(rng)),
            fandoms=fandoms,
            relationships=draw.spelled(shape.RELATIONSHIPS, shape.RELATIONSHIP_USE, draw.within(fandoms, relationship)),
            characters=draw.names(shape.CHARACTERS, shape.CHARACTER_USE, draw.within(fandoms, character)),
            freeforms=draw.spelled(shape.FREEFORMS, self._freeforms, freeform),
            language=shape.LANGUAGE.draw(rng),
            published=published,
            updated=updated,
            complete=complete,
            chapters_posted=posted,
            chapters_planned=planned,
            words=max(posted, shape.WORDS.draw(rng)),
            summary=sentence(rng, rng.randint(8, 60)) if rng.random() < shape.SUMMARY else "",
            series=self._series(rng),
        )
        return _received(work, seeded(f"{self.seed} {number} counts"))

    def _series(self, rng: Random) -> tuple[ParsedSeries, ...]:
        """A place in one of the library's series, which have three works or so each."""
        if rng.random() > shape.SERIES:
            return ()
        number = rng.randrange(max(1, self.size // 9))
        return (ParsedSeries(title(seeded(f"{self.seed} series {number}"), 4), rng.randint(1, 6)),)


@dataclass(frozen=True, slots=True)
class _Draw:
    """Drawing the names of one work; `mark` tells the names that are its own from those of other works."""

    rng: Random
    mark: str

    def names(self, how_many: Quantiles, use: Popularity, name: Callable[[Rank], str]) -> tuple[str, ...]:
        return self.some(how_many.draw(self.rng), use, name)

    def spelled(self, how_many: Quantiles, use: Popularity, name: Callable[[Rank], str]) -> tuple[str, ...]:
        """Names, some of them spelled otherwise; some that nobody else uses are spellings of shared ones."""

        def spelling(rank: Rank) -> str:
            chance = self.rng.random()
            if isinstance(rank, int):
                return another(name(rank), self.rng) if chance < shape.SPELLED_OTHERWISE else name(rank)
            return own(name(use.draw(self.rng) or 0), self.rng) if chance < shape.SPELLED_BY_ONE else name(rank)

        return self.names(how_many, use, spelling)

    def some(self, number: int, use: Popularity, name: Callable[[Rank], str]) -> tuple[str, ...]:
        return _distinct(name(self._rank(use, place)) for place in range(number))

    def within(self, fandoms: tuple[str, ...], name: Callable[[str, Rank], str]) -> Callable[[Rank], str]:
        """Names from one of the work's fandoms, most of them from the first."""
        return lambda rank: name(fandoms[0] if self.rng.random() < 0.8 else self.rng.choice(fandoms), rank)

    def _rank(self, use: Popularity, place: int) -> Rank:
        rank = use.draw(self.rng)
        return f"{self.mark}-{place}" if rank is None else rank


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, without those that come again in another spelling."""
    return tuple({fold(name): name for name in names}.values())


def _labels(bits: ArchiveWarning | Category) -> tuple[str, ...]:
    return tuple(bit.label for bit in bits)


def _byline(name: str) -> str:
    """The name, or for some authors a pseud of it: always the same for the same author."""
    return f"{name[:4]}{name[-3:]} ({name})" if sum(name.encode()) % 1000 < shape.PSEUD_OF_ACCOUNT * 1000 else name


def _dates(rng: Random) -> tuple[date, date]:
    """Published and updated; half of the works were never updated."""
    updated = NEWEST - timedelta(days=shape.UPDATED.draw(rng) * 365 + rng.randrange(365))
    return updated - timedelta(days=rng.choice((0, 0, rng.randrange(30), rng.randrange(900)))), updated


def _received(work: ParsedWork, rng: Random) -> ParsedWork:
    """The work with its kudos, hits, bookmarks and comments, which hang together; files of some works tell none."""
    if rng.random() > shape.COUNTED:
        return work
    kudos = shape.KUDOS.draw(rng)
    return replace(
        work,
        kudos=kudos,
        hits=kudos * rng.randint(8, 30) + rng.randrange(100),
        bookmarks=kudos // rng.randint(4, 12),
        comments=kudos // rng.randint(3, 20),
    )


def _progress(rng: Random, posted: int) -> tuple[bool, int | None]:
    """Whether a work is complete, and how many chapters are planned."""
    if rng.random() < shape.COMPLETE:
        return True, posted
    return False, None if rng.random() < shape.OPEN_ENDED else posted + rng.randint(1, 10)
