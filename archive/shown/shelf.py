"""A shelf: the question in words, what is chosen, facets with counts, and the works of one page."""

from dataclasses import dataclass

from archive.shown.names import Kin
from archive.shown.works import Blurb, Name


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the sentence that says the question; `weight` is "", "em" or "count"."""

    text: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen condition: its words, and how it stands in the question."""

    field: str
    """The word in the address; "q" for the words searched for, "also" for what is beyond the sidebar."""
    value: str
    """What stands in the address; for "also" what one would type."""
    label: str
    mode: str
    """"all", "any" or "none"."""
    single: bool = False
    """Whether it can be wanted or not, and nothing else: a rating, a range, words to search for."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, with its exact count."""

    value: str
    """What stands in the address: `teen`, a slug, `en`."""
    label: str
    count: int
    mode: str = ""
    """"" when it is not chosen, else "all", "any" or "none"."""
    primary: bool = False
    """Whether it is a relationship that has to be the first named one."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One column of values. `more` tells whether there are further values."""

    field: str
    """The word in the address: `rating`, `warning`, `category`, `fandom`, `relationship`, `character`, `freeform`,
    `complete`, `language`, `crossover`, `oneshot`, `series-part`, `format`."""
    label: str
    values: tuple[FacetValue, ...]
    more: bool = False

    @property
    def chosen(self) -> bool:
        return any(value.mode for value in self.values)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For an empty result: what dropping one condition would find."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True, order=True)
class RuleAside:
    """One of a reader's own rules, and how many works of an answer it sets aside."""

    sort: str
    """"warning", "tag", "author", or "work" for all single works together."""
    what: str
    """The bit of a warning, or the rule as the reader carries it."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """What a reader's own rules set aside of an answer. A work may meet several rules, and is counted by each."""

    total: int
    rules: tuple[RuleAside, ...] = ()
    """Those that set something aside, most first."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The answer to a question: a page of blurbs, the exact total, facets, and the question said in words."""

    question: tuple[Phrase, ...]
    total: int
    page: int
    pages: int
    blurbs: tuple[Blurb, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[tuple[str, str, bool], ...]
    """(value in the address, label, chosen)."""
    runs: str
    """How the chosen order runs: "newest first"."""
    turn: str
    """What the address says for the reverse order, "asc" or "desc"; empty where an order has one way only."""
    address: str
    """The question on this page, from `?` on."""
    whole: str
    """The question as it is asked of the whole shelf."""
    typed: str
    """The question as one would type it, but for what the page stands for."""
    hidden_until_agreed: bool
    """Whether to say that some works may not appear until one agrees. Never depends on what works there are."""
    suggestions: tuple[Suggestion, ...] = ()
    read: tuple[int, int] | None = None
    """Of the works on this reader's shelves those whose texts have been read so far, and all of them; None when all
    have been, or the question has no words to look for in texts."""
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest works that a question finds, for a program that asks for them again and again."""

    question: str
    """The question in words; empty for the whole shelf."""
    address: str
    """The question as it is asked of the whole shelf, from `?` on."""
    sort: str
    """The date that it goes by: "updated", "published" or "added"."""
    blurbs: tuple[Blurb, ...]
    """The newest first; with a summary only where the work is open to the reader."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a tag's, author's or series' page, above its shelf."""

    kind: str
    """What it is, for the screen: "Fandom", "Author", "Series"."""
    name: str
    shelf: Shelf
    moved_to: Name | None = None
    """Where a merged tag has gone."""
    kin: Kin | None = None
    """What hangs together with a tag; told while nothing else is asked for."""
