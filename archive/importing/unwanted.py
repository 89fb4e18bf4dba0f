"""What is unwanted: new works that the policy refuses when they come in."""

from collections.abc import Collection, Iterable, Sequence

from archive import wrangling
from archive.access import Standing
from archive.importing.cases import Arrival, Case
from archive.merging import Facts, merge
from archive.models import Refusal, SitePolicy, Tag
from archive.naming import key_of
from archive.overlay import overlaid
from archive.policy import Rules, caught
from archive.vocabulary import ArchiveWarning, Rating, TagKind

_KINDS = {
    "fandoms": TagKind.FANDOM,
    "relationships": TagKind.RELATIONSHIP,
    "characters": TagKind.CHARACTER,
    "freeforms": TagKind.FREEFORM,
}


def refusals(arriving: Sequence[tuple[Case, Arrival]]) -> list[str]:
    """Why each of these is refused, or "". A work that is here is not refused but held, should it become such.

    What a file states that is refused is remembered of its work. So a milder file of a work that is not here is refused
    too, before the stricter one or after it; and a work that is here is held (`because`), whichever file is the newer.
    """
    rules = SitePolicy.in_force().refused
    if not rules:
        return [""] * len(arriving)
    unwanted = _Unwanted(rules)
    own = [unwanted.stated(case.row.identity, _stated(case, arrival)) for case, arrival in arriving]
    _remember(one for one in own if one)
    remembered = because({case.row.identity for case, _ in arriving}, rules, unwanted)
    return [remembered.get(case.row.identity, "") if case.new else "" for case, _ in arriving]


def because(identities: Collection[str], rules: Rules, unwanted: "_Unwanted | None" = None) -> dict[str, str]:
    """Of these works those of which a file has stated what these rules refuse: why, in words."""
    rows = list(Refusal.everything.filter(identity__in=identities).order_by("pk")) if rules else []
    if not rows:
        return {}
    unwanted = unwanted or _Unwanted(rules)
    reasons = ((row.identity, unwanted.reason(row)) for row in rows)
    return {identity: f"refused by the policy: {reason}" for identity, reason in reasons if reason}


def _remember(refused: Iterable[Refusal]) -> None:
    """Keep what was refused, each once."""
    new = {(one.identity, one.rating, one.warnings, str(one.tags)): one for one in refused}
    if new:
        rows = Refusal.everything.filter(identity__in={one.identity for one in new.values()})
        known = {(one.identity, one.rating, one.warnings, str(one.tags)) for one in rows}
        Refusal.everything.bulk_create(one for key, one in new.items() if key not in known)


def _stated(case: Case, arrival: Arrival) -> Facts:
    """What the work would say if this file were the only one."""
    statements = [one.statement for one in (arrival.prepared, *arrival.prepared.beside)]
    return overlaid(merge(statements), {**case.row.ruled, **arrival.ruled}, case.row.kept)


class _Unwanted:
    """What the policy refuses, with its tags by kind and key, whether a work bears them here or not."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        tags = Tag.everything.filter(pk__in=wrangling.closed(rules.tags))
        self._tags = set(tags.values_list("kind", "key"))

    def stated(self, identity: str, facts: Facts) -> Refusal | None:
        """What is refused of a work of which a file states this; None when nothing is."""
        tags = [[kind.value, name] for field, kind in _KINDS.items() for name in getattr(facts, field)]
        row = Refusal(identity=identity, rating=int(facts.rating), warnings=int(facts.warning_bits))
        row.tags = [tag for tag in tags if self._names(*tag)]
        return row if self.reason(row) else None

    def reason(self, row: Refusal) -> str:
        """Which rule refuses such a work, in words, or ""."""
        if names := [name for kind, name in row.tags if self._names(kind, name)]:
            return ", ".join(names)
        return caught(self._rules, Standing(0, Rating(row.rating), ArchiveWarning(row.warnings)), {})

    def _names(self, kind: str, name: str) -> bool:
        """Whether the rules name this tag, even one that no work here bears."""
        key = key_of(name)
        return (kind, key) in self._tags or not self._rules.tags.isdisjoint({key, f"{kind}:{key}", f"{kind}: {key}"})
