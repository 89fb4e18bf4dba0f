"""A synthetic library that has been wrangled: spellings are synonyms of what they mean, families hang together."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from archive import changes, wrangling
from archive.corpus.families import Pair, families
from archive.corpus.spellings import meant
from archive.models import Tag
from archive.naming import key_of
from archive.vocabulary import TagKind

_BATCH = 1_000
_SPELLED = (TagKind.RELATIONSHIP.value, TagKind.FREEFORM.value)


def wrangle() -> None:
    """Wrangle every tag of the library; doing so again changes nothing."""
    for tags in _some_at_a_time():
        told = {pk: name for pk, spelling in tags if (name := meant(spelling))}
        wrangling.follow_table(told)
    _hang(list(families()))


def _some_at_a_time() -> Iterator[list[tuple[int, str]]]:
    """Every tag that may be a spelling of another."""
    last = 0
    tags = Tag.everything.filter(kind__in=_SPELLED, canonical=None).order_by("pk").values_list("pk", "name")
    while rows := list(tags.filter(pk__gt=last)[:_BATCH]):
        yield rows
        last = rows[-1][0]


def _hang(pairs: Sequence[Pair]) -> None:
    """Hang tags under their metatags: those that some work names, and metatags of these."""
    wanted = _wanted(pairs)
    with changes.recorded():
        ids = wrangling.tags_of((kind.value, name) for kind, *names in wanted for name in names)
        rows = Tag.everything.in_bulk(ids.values())
        for kind, *names in wanted:
            tag, metatag = (rows[ids[kind.value, key_of(name)]] for name in names)
            with suppress(wrangling.CannotWrangle):  # invented names may meet, and then go round
                wrangling.set_metatag(tag, metatag)


def _wanted(pairs: Sequence[Pair]) -> list[Pair]:
    keys = {key_of(tag) for _, tag, _ in pairs}
    present = set(Tag.everything.filter(key__in=keys).values_list("kind", "key"))
    known = -1
    while known < len(present):
        known = len(present)
        wanted = [pair for pair in pairs if (pair[0].value, key_of(pair[1])) in present]
        present.update((kind.value, key_of(metatag)) for kind, _, metatag in wanted)
    return wanted
