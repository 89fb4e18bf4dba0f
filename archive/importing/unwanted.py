"""What is unwanted: new works that the policy refuses when they come in."""

from collections.abc import Sequence

from archive import wrangling
from archive.access import Standing
from archive.importing.cases import Arrival, Case
from archive.merging import Facts, merge
from archive.models import SitePolicy, Tag
from archive.naming import key_of
from archive.overlay import overlaid
from archive.policy import Rules, caught
from archive.vocabulary import TagKind

_KINDS = {
    "fandoms": TagKind.FANDOM,
    "relationships": TagKind.RELATIONSHIP,
    "characters": TagKind.CHARACTER,
    "freeforms": TagKind.FREEFORM,
}


def refusals(arriving: Sequence[tuple[Case, Arrival]]) -> list[str]:
    """Why each of these is refused, or "". A work that is here is not refused but held, should it become such."""
    rules = SitePolicy.in_force().refused
    if not rules:
        return [""] * len(arriving)
    known = _Known(rules)
    return [known.reason(_stated(case, arrival)) if case.new else "" for case, arrival in arriving]


def _stated(case: Case, arrival: Arrival) -> Facts:
    """What the work would say if this file were the only one."""
    statements = [one.statement for one in (arrival.prepared, *arrival.prepared.beside)]
    return overlaid(merge(statements), {**case.row.ruled, **arrival.ruled}, case.row.kept)


class _Known:
    """The rules with their tags by kind and key, whether a work bears them here or not."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        rows = Tag.everything.filter(pk__in=wrangling.closed(rules.tags)).values_list("kind", "key", "pk", "name")
        self._ids = {(kind, key): pk for kind, key, pk, _ in rows}
        self._names = {pk: name for _, _, pk, name in rows}

    def reason(self, facts: Facts) -> str:
        """Which rule refuses a work, in words."""
        tags = set()
        for field, kind in _KINDS.items():
            for name in getattr(facts, field):
                key = key_of(name)
                tags.add(self._ids.get((kind.value, key), 0))
                if {key, f"{kind}:{key}", f"{kind}: {key}"} & self._rules.tags:  # no work here bears it
                    return _said(name)
        standing = Standing(0, facts.rating, facts.warning_bits, frozenset(tags))
        return _said(caught(self._rules, standing, self._names))


def _said(what: str) -> str:
    return f"refused by the policy: {what}" if what else ""
