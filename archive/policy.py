"""The site's policy as plain data: whom it welcomes, how far they may look, what is held, what is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from archive.access import Kind, Reader, Standing
from archive.vocabulary import ArchiveWarning, Rating, fold


class Takers(StrEnum):
    """To whom originals are handed out, of works that open to them."""

    KEEPERS = "keepers"
    MEMBERS = "members"
    READERS = "readers"

    def includes(self, kind: Kind) -> bool:
        """Whether somebody of this kind is among them."""
        order = (Kind.KEEPER, Kind.MEMBER, Kind.STRANGER)
        return order.index(kind) <= tuple(Takers).index(self)


class Preset(StrEnum):
    """The ways to keep a library that are offered ready-made; OWN is any other."""

    JUST_ME = "just-me"
    HOUSEHOLD = "household"
    ANYONE = "anyone"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Rules:
    """Works named by what they state. Tags are folded names, or `kind:name`."""

    ratings: frozenset[Rating] = frozenset()
    warnings: ArchiveWarning = ArchiveWarning(0)
    tags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ratings or self.warnings or self.tags)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far members at the lowest may look: the lowest ceiling and all the tags that keepers have set for any of
    them. Strangers are held to it, so that signing out is no way round."""

    ceiling: Rating = Rating.EXPLICIT
    blocked: frozenset[str] = frozenset()
    """Folded names, or `kind:name`."""


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a keeper has set. The defaults are the strictest policy, which holds when there is no row of settings.

    Tags are folded names, or `kind:name`.
    """

    preset: Preset = Preset.OWN
    strangers_welcome: bool = False
    registration: bool = False
    """Whether whoever comes may make an account of their own."""
    signed_in_days: int = 1
    """How long a device stays signed in."""
    may_remember: bool = False
    """Whether members may keep on their account that they agreed to see adult works."""
    stranger_ceiling: Rating = Rating.GENERAL
    member_ceiling: Rating = Rating.GENERAL
    blocked_tags: frozenset[str] = frozenset()
    hold_ratings: frozenset[Rating] = frozenset(Rating) - {Rating.GENERAL}
    hold_warnings: ArchiveWarning = ArchiveWarning.STATED | ArchiveWarning.UNKNOWN
    hold_tags: frozenset[str] = frozenset()
    ask_warnings: ArchiveWarning = ArchiveWarning.STATED | ArchiveWarning.UNKNOWN
    ask_tags: frozenset[str] = frozenset()
    refused: Rules = Rules()
    """New works that imports refuse."""
    gate_words: str = ""
    """What the keeper adds to the gate before adult works: plain text."""
    originals: Takers = Takers.KEEPERS

    @property
    def held(self) -> Rules:
        """Works that wait for a keeper. What is refused when it comes waits, should an update make a work such."""
        return Rules(
            self.hold_ratings | self.refused.ratings,
            self.hold_warnings | self.refused.warnings,
            self.hold_tags | self.refused.tags,
        )


def chosen(policy: Policy, preset: Preset) -> Policy:
    """This policy with what a preset decides. What else a keeper has set stays; "Underage Sex" is held in each."""
    if preset is Preset.OWN:
        return replace(policy, preset=preset)
    return replace(
        policy,
        preset=preset,
        strangers_welcome=preset is Preset.ANYONE,
        stranger_ceiling=Rating.EXPLICIT,
        member_ceiling=Rating.EXPLICIT,
        registration=False,
        signed_in_days=365 if preset is Preset.JUST_ME else 30,
        may_remember=True,
        hold_warnings=policy.hold_warnings | ArchiveWarning.UNDERAGE,
    )


def reader(
    policy: Policy,
    *,
    kind: Kind = Kind.STRANGER,
    name: str = "",
    ceiling: Rating = Rating.EXPLICIT,
    blocked: frozenset[str] = frozenset(),
    adult: bool = False,
    remembered: bool = False,
    unasked: ArchiveWarning = ArchiveWarning(0),
    agreed: Mapping[int, str] | None = None,
    others: Limits = NO_LIMITS,
) -> Reader:
    """The reader that somebody is under this policy: of two ceilings the lower, of blocked tags both.

    `adult` is what was agreed to just now, `remembered` what is kept on the account, where the policy lets it be kept.
    `others` is how far members at the lowest may look: strangers may look no further, nor further than all members.
    """
    stranger = kind is Kind.STRANGER
    if stranger:
        ceiling, blocked = min(ceiling, others.ceiling, policy.stranger_ceiling), blocked | others.blocked
    return Reader(
        kind=kind,
        name=name,
        welcome=policy.strangers_welcome or not stranger,
        ceiling=min(ceiling, policy.member_ceiling),
        blocked=blocked | policy.blocked_tags,
        adult=adult or (remembered and policy.may_remember),
        ask_warnings=policy.ask_warnings & ~unasked,
        ask_tags=policy.ask_tags,
        agreed=agreed or {},
        takes_originals=policy.originals.includes(kind),
    )


def hold_reason(policy: Policy, work: Standing, held_tags: Mapping[int, str]) -> str:
    """Why the policy holds this work on import, in a few words, or "" when it does not.

    `held_tags` are the ids that `hold_tags` come to, closed over the tag graph, with the names to say.
    """
    return caught(policy.held, work, held_tags)


def caught(rules: Rules, work: Standing, tags: Mapping[int, str]) -> str:
    """What of these rules names this work, in a few words, or "". `tags` are what the tags of the rules come to."""
    if work.rating in rules.ratings:
        return work.rating.label
    if warned := work.warnings & rules.warnings:
        return ", ".join(bit.label for bit in ArchiveWarning(warned))
    return ", ".join(sorted(tags[tag] for tag in work.tags & tags.keys()))


def tag_rules(lines: Iterable[str]) -> frozenset[str]:
    """Fold tags as keepers write them, `Name` or `fandom:Name`, into the form that readers and policies carry.

    A tag may be named *Character: Development*; so what looks like a kind is left for `wrangling.closed` to read, which
    takes such a rule both ways.

    >>> sorted(tag_rules(["Slow  Burn", "Fandom: Les Misérables", ""]))
    ['fandom: les miserables', 'slow burn']
    """
    return frozenset(folded for line in lines if (folded := fold(line)))
