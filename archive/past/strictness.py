"""Strictness: what a single file asks for, where it is stricter than all files of the work together are now.

A work that was *Explicit* and is *Teen* today has an older text that is still *Explicit*. Whoever wants that text, or
the file itself, has to pass what the file states, besides what stands before the work. What a keeper says of the work
holds for what the files state together, and not for what went beyond that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from archive import wrangling
from archive.access import Sight, Standing, stakes
from archive.merging import Facts, read_ratings
from archive.models import SitePolicy, Tag
from archive.naming import key_of
from archive.past.sources import Sources
from archive.policy import Policy, hold_reason
from archive.statements import Statement
from archive.vocabulary import ArchiveWarning, Rating, TagKind, restriction_of, strictest, warnings_of

Key = tuple[str, str]
"""Kind and folded name of a tag."""
_KINDS = {
    "fandoms": TagKind.FANDOM.value,
    "relationships": TagKind.RELATIONSHIP.value,
    "characters": TagKind.CHARACTER.value,
    "freeforms": TagKind.FREEFORM.value,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What has to be known to judge files: the policy, ids of tags, and the tags that the policy holds."""

    policy: Policy
    tags: Mapping[Key, int]
    held: Mapping[int, str]


def rules(works: Iterable[Sources]) -> Rules:
    """Look up the policy, and the tags that some file states beyond what its work has."""
    wanted = {key for one in works for file in one.files for key in _further(file.statement, one.stated)}
    policy = SitePolicy.in_force()
    held = wrangling.closed(policy.held.tags)
    names = dict(Tag.everything.filter(pk__in=held).values_list("pk", "name")) if held else {}
    rows = Tag.everything.filter(key__in={key for _, key in wanted}).values_list("pk", "kind", "key") if wanted else ()
    return Rules(policy, {(kind, key): pk for pk, kind, key in rows}, names)


def standing(seen: Sight, work: Standing, known: Sources, file: Statement, by: Rules) -> Standing:
    """How a text of a work stands that came from this file: as the work does, or stricter. Then it has the work's
    number with a minus, so that who agrees to read it has not agreed to read the work, nor the other way round."""
    rating, warnings = _rating(file, known.stated), _warnings(file, known.stated)
    restricted = bool(restriction_of(file.work.extra)) and not known.stated.restricted
    further = _further(file, known.stated)
    if rating is None and not warnings and not further and not restricted:
        return work
    found = replace(
        work,
        work=-work.work,
        rating=work.rating if rating is None else strictest([work.rating, rating]),
        warnings=work.warnings | warnings,
        tags=work.tags | {by.tags[key] for key in further if key in by.tags},
        restricted=work.restricted or restricted,
    )
    if (found.rating, found.warnings, found.tags) == (work.rating, work.warnings, work.tags):
        found = replace(found, work=work.work)
    return replace(found, held=found.held or _is_held(seen, known, found, further, by))


def _rating(file: Statement, stated: Facts) -> Rating | None:
    own = read_ratings(file.work.ratings)
    return own if own != Rating.NOT_STATED and own.level > stated.rating.level else None


def _warnings(file: Statement, stated: Facts) -> ArchiveWarning:
    own = warnings_of(file.work.warnings)
    return own & ~(ArchiveWarning.NOT_STATED | ArchiveWarning.NONE_APPLY) & ~stated.warning_bits


def _further(file: Statement, stated: Facts) -> set[Key]:
    """The tags that a file states and the work has not."""
    return _keys(file.work) - _keys(stated)


def _keys(work: object) -> set[Key]:
    return {(kind, key) for field, kind in _KINDS.items() for name in getattr(work, field) if (key := key_of(name))}


def _is_held(seen: Sight, known: Sources, found: Standing, further: set[Key], by: Rules) -> bool:
    """Whether the site would hold such a work; or a rule, of the reader's or the site's, names a tag that no work here
    bears, so that it has no row yet to be known by."""
    names = {name for kind, key in further - by.tags.keys() for name in (key, f"{kind}:{key}", f"{kind}: {key}")}
    if names & {*seen.reader.blocked, *seen.reader.ask_tags, *by.policy.held.tags}:
        return True
    stricter = found.work < 0 and known.released != stakes(found.rating, found.warnings)
    return stricter and bool(hold_reason(by.policy, found, by.held))
