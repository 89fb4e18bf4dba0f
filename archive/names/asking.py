"""Names as they are asked for: the index answers when it stands, plain SQL otherwise."""

from collections.abc import Callable, Collection
from functools import partial

from archive.access import Hidden, Sight
from archive.index.kept import asked
from archive.names import directories, plain, suggesting
from archive.names.plain import Counted
from archive.names.seen import Seen
from archive.shown import Directory, Suggested
from archive.vocabulary import TagKind


def suggested(sight: Sight, kind: str | None, typed: str) -> tuple[Suggested, ...]:
    """The best names of a kind, or of all kinds, for what has been typed so far."""
    return asked(
        lambda state: suggesting.suggested(sight, kind, typed, state),
        lambda: suggesting.suggested(sight, kind, typed, None),
    )


def directory(sight: Sight, kind: str, wanted: directories.Asked) -> Directory:
    """One page of a directory. Raises Hidden for what is no kind."""
    if kind not in directories.LABELS:
        raise Hidden
    return asked(
        lambda state: directories.directory(sight, kind, wanted, state),
        lambda: directories.directory(sight, kind, wanted, None),
    )


def carried(sight: Sight, tags: Collection[int]) -> Counted:
    """The listed works that carry each of these very tags; those that none carries are left out."""
    return asked(
        lambda state: _counted(tags, Seen(state, sight).carrying),
        lambda: plain.carried(sight, tags),
    )


def under(sight: Sight, tags: Collection[int]) -> Counted:
    """The listed works under each of these canonicals; those with none are left out."""
    return asked(
        lambda state: _counted(tags, partial(Seen(state, sight).under, TagKind.FREEFORM)),
        lambda: plain.of_tags(sight, tags),
    )


def people(sight: Sight, kind: str, ids: Collection[int]) -> Collection[int]:
    """Those of these authors or series that a listed work stands under, in this order."""
    borne = plain.of_authors if kind == "author" else plain.of_series
    counts = asked(
        lambda state: _counted(ids, partial(Seen(state, sight).under, kind)),
        lambda: borne(sight, ids),
    )
    return [one for one in ids if one in counts]


def _counted(tags: Collection[int], count: Callable[[int], int]) -> Counted:
    return {tag: works for tag in tags if (works := count(tag))}
