"""The one rule: what a reader may see of a work, and what they must be asked first.

The rule is used twice, here for one work and in `archive.visible` for many; a test holds the two together.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from types import MappingProxyType

from archive.vocabulary import ArchiveWarning, Rating


class Kind(StrEnum):
    """What somebody is to the house."""

    STRANGER = "stranger"
    MEMBER = "member"
    KEEPER = "keeper"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking. The defaults are the least trusted reader there is."""

    kind: Kind = Kind.STRANGER
    name: str = ""
    welcome: bool = False
    """Whether the policy lets this reader see anything at all."""
    ceiling: Rating = Rating.GENERAL
    """The highest rating that is shown to them; EXPLICIT stands for no ceiling."""
    blocked: frozenset[str] = frozenset()
    """Tags never shown to them: folded names, or `kind:name`."""
    adult: bool = False
    """Whether they have agreed to see adult works."""
    ask_warnings: ArchiveWarning = ArchiveWarning.STATED
    """The archive warnings they are asked about before a work opens."""
    ask_tags: frozenset[str] = frozenset()
    """Tags they are asked about before a work opens, written as in `blocked`."""
    agreed: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Works they have agreed to open: id -> what was `at_stake` at that moment."""
    takes_originals: bool = False
    """Whether the originals of works that open to this reader are handed out to them."""
    avoided: frozenset[str] = frozenset()
    """Tags that they want to keep off their own shelves, written as in `blocked`: a preference, not a wall."""
    avoided_authors: frozenset[str] = frozenset()
    """Folded names of authors, likewise."""
    avoided_works: frozenset[int] = frozenset()
    """Single works, likewise."""
    avoided_warnings: ArchiveWarning = ArchiveWarning(0)
    """Archive warnings, likewise."""
    shows_avoided: bool = False
    """Whether they have asked to see this once what they avoid."""
    highlighted: frozenset[str] = frozenset()
    """Tags that are pointed out to them, written as in `blocked`."""
    hides_warnings: bool = False
    """Whether they want to be told the warnings of a work only when they ask for them."""
    hides_freeforms: bool = False
    """The same of its additional tags."""
    unattended: bool = False
    """Whether a feed or a device reads for them, where nobody can answer a gate: what would ask is hidden."""

    # These are asked of the reader themselves, since a request may hold only a promise of one.

    @property
    def themselves(self) -> "Reader":
        """This very reader: each look through a promise takes as long as judging a work."""
        return self

    @property
    def showing_avoided(self) -> "Reader":
        """The same reader, asking to see this once what they avoid."""
        return replace(self, shows_avoided=True)

    @property
    def avoiding_nothing(self) -> "Reader":
        """The same reader without any rule about what to avoid."""
        nothing = frozenset[str]()
        return replace(
            self,
            avoided=nothing,
            avoided_authors=nothing,
            avoided_works=frozenset(),
            avoided_warnings=ArchiveWarning(0),
        )

    @property
    def asking_to_be_told(self) -> "Reader":
        """The same reader, asking for what they have told only when they ask."""
        return replace(self, hides_warnings=False, hides_freeforms=False)


class Verdict(Enum):
    """What a reader gets of a work."""

    OPEN = "open"
    ASK = "ask"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Sight:
    """A reader at the moment of one question: their tags are ids by now, closed over the tag graph."""

    reader: Reader
    blocked: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    avoided: frozenset[int] = frozenset()
    avoided_authors: frozenset[int] = frozenset()
    highlighted: frozenset[tuple[str, str]] = frozenset()
    """Kind and slug of the tags that are pointed out."""
    meant: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict, compare=False, repr=False)
    """What each of their rules means by itself: of a `tag`, of an `author`."""

    @property
    def avoids(self) -> bool:
        """Whether this reader keeps anything off their own shelves now."""
        reader = self.reader
        rules = (self.avoided, self.avoided_authors, reader.avoided_works, reader.avoided_warnings)
        return any(rules) and not reader.shows_avoided

    @property
    def unruled(self) -> "Sight":
        """The same reader with nothing set aside by their own rules; what is hidden from them stays hidden."""
        return replace(self, reader=self.reader.showing_avoided) if self.avoids else self


NOBODY = Sight(Reader())
"""Nobody in particular: for the rules of the site itself, which ask for no reader."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule must know of a work. `tags` are the raw tags of its taggings, `authors` the ids of its byline."""

    work: int
    rating: Rating
    warnings: ArchiveWarning
    tags: frozenset[int] = frozenset()
    held: bool = False
    binned: bool = False
    restricted: bool = False
    """Whether it is for members only."""
    authors: frozenset[int] = frozenset()

    @property
    def stakes(self) -> str:
        """A digest of rating and warnings: a release given for one does not hold for another."""
        return stakes(self.rating, self.warnings)


def stakes(rating: int, warnings: int, tags: Iterable[int] = ()) -> str:
    """The digest that agreements and releases are bound to."""
    parts = (int(rating), int(warnings), *sorted(tags))
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a gate has to ask: about the rating, about warnings, about tags."""

    rating: bool = False
    warnings: ArchiveWarning = ArchiveWarning(0)
    tags: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rating or self.warnings or self.tags)


def _asks_for_age(reader: Reader, work: Standing) -> bool:
    return work.rating.adult and not reader.adult


def _asked_tags(sight: Sight, work: Standing) -> frozenset[int]:
    """The tags of a work that are asked about: not before the rating gate, which tells no tags."""
    return frozenset() if _asks_for_age(sight.reader, work) else work.tags & sight.asked


def at_stake(sight: Sight, work: Standing) -> str:
    """What an agreement to open this work is bound to: its rating, its warnings, and those tags that are asked about.

    Should one of them rise, or wrangling bring another tag under a rule, the work asks again.
    """
    return stakes(work.rating, work.warnings, _asked_tags(sight, work))


def asking(sight: Sight, work: Standing) -> Asking:
    """What stands between this reader and the text of a work they may know of."""
    reader = sight.reader
    rating = _asks_for_age(reader, work)
    agreed = None if reader.unattended else reader.agreed.get(work.work)
    if agreed is not None and agreed == at_stake(sight, work):
        return Asking(rating=rating)
    return Asking(rating, work.warnings & reader.ask_warnings, _asked_tags(sight, work))


def verdict(sight: Sight, work: Standing) -> Verdict:
    """The rule. Never beats allow; whatever is not known is hidden."""
    reader = sight.reader
    if not reader.welcome or work.held or work.binned:
        return Verdict.HIDDEN
    if work.restricted and reader.kind is Kind.STRANGER:
        return Verdict.HIDDEN
    if work.rating.level > reader.ceiling or work.tags & sight.blocked:
        return Verdict.HIDDEN
    if not asking(sight, work):
        return Verdict.OPEN
    return Verdict.HIDDEN if reader.unattended else Verdict.ASK


def nameable(sight: Sight, work: Standing) -> bool:
    """Whether a work may be named to this reader: all they may see, but for adult works before they agree."""
    return verdict(sight, work) is not Verdict.HIDDEN and not asking(sight, work).rating


def avoided(sight: Sight, work: Standing) -> bool:
    """Whether this reader's own rules set a work aside. It opens at its own address as it would without them."""
    reader = sight.reader
    return sight.avoids and bool(
        work.tags & sight.avoided
        or work.authors & sight.avoided_authors
        or abs(work.work) in reader.avoided_works
        or work.warnings & reader.avoided_warnings
    )


def listed(sight: Sight, work: Standing) -> bool:
    """Whether a work stands on this reader's shelves: what may be named to them and is not set aside by themselves."""
    return nameable(sight, work) and not avoided(sight, work)


class Hidden(Exception):
    """There is no such work, or none for this reader: the two look the same."""


class Moved(Exception):
    """The work is now part of another, which this reader may know of."""

    def __init__(self, work: int) -> None:
        super().__init__(f"now work {work}")
        self.work = work


class Gated(Exception):
    """A gate must be passed first. The handler shows it; a view that forgets cannot leak."""

    def __init__(self, work: int, asking: Asking, file: str = "") -> None:
        super().__init__(f"work {work} asks first")
        self.work = work
        self.asking = asking
        self.file = file
        """The digest of the file that asks, where it is stricter than the work is now."""


def admit(sight: Sight, work: Standing, file: str = "") -> None:
    """Raises Hidden or Gated unless a work is open to this reader; `file` names the one that is stricter, if one is."""
    judged = verdict(sight, work)
    if judged is Verdict.HIDDEN:
        raise Hidden
    if judged is not Verdict.OPEN:
        raise Gated(abs(work.work), asking(sight, work), file)


def guarded(sight: Sight, work: Standing) -> bool:
    """Whether a page stands behind a gate, though this reader has passed it: then nothing may store it."""
    warned = work.warnings & (ArchiveWarning.STATED | sight.reader.ask_warnings)
    return work.rating.adult or bool(warned or work.tags & sight.asked)
