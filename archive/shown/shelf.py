"""A shelf: the question in words, what is chosen, facets with counts, and the works of one page."""

from dataclasses import dataclass

from archive.shown.works import Blurb, Name


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the sentence that says the question; `weight` is "", "em" or "count"."""

    text: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen condition: its words, whether it excludes, the questions without it and with it turned round."""

    label: str
    mode: str
    """"all", "any" or "none"."""
    remove: str
    """The address of the question without it, such as `?fandom=x`, or `?` for the bare shelf."""
    turn: str
    """The address of the question with include and exclude swapped; empty where that makes no sense."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, with its exact count and the addresses of the questions it leads to."""

    value: str
    """What stands in the address: `teen`, a slug, `en`."""
    label: str
    count: int
    mode: str
    """"" when it is not chosen, else "all", "any" or "none"."""
    include: str
    exclude: str
    remove: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One column of values. `more` tells how many further values there are."""

    field: str
    """The word in the address: `rating`, `warning`, `category`, `fandom`, `relationship`, `character`, `freeform`,
    `language`, `complete`."""
    label: str
    values: tuple[FacetValue, ...]
    more: int = 0

    @property
    def chosen(self) -> bool:
        return any(value.mode for value in self.values)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For an empty result: what dropping one condition would find."""

    label: str
    count: int
    query: str


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
    reverse: str
    """The address of the question in the reverse order; empty where an order has one way only."""
    previous: str
    """The address of the page before, empty on the first."""
    next: str
    hidden_until_agreed: bool
    """Whether to say that some works may not appear until one agrees. Never depends on what works there are."""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a tag's, author's or series' page, above its shelf."""

    kind: str
    """What it is, for the screen: "Fandom", "Author", "Series"."""
    name: str
    shelf: Shelf
    moved_to: Name | None = None
    """Where a merged tag has gone."""
