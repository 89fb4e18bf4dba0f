"""What keepers do to works: say what is so, hold and release, bin and bring back, remove for good.

Every function takes the ids of works, one or many, works through them in batches, may be called again without harm,
and returns how many works it has moved. Each takes the name of the keeper `by` whom it is done ("" for the house
itself), and notes it in the audit log in the same transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive import changes, handing, importing
from archive.access import stakes
from archive.audit import Deed, note, note_works
from archive.models import Chapter, SourceFile, Text, Tombstone, VersionChapter, Work

BATCH = 100
"""Works in one transaction."""

SAYABLE = (
    "title",
    "rating",
    "warnings",
    "categories",
    "fandoms",
    "relationships",
    "characters",
    "freeforms",
    "language",
    "complete",
    "restricted",
    "summary",
)
"""What a keeper can say of a work, in the words of the export (`archive.overlay`) and in the order of the form."""

GUARDED = frozenset({"rating", "warnings", "restricted"})
"""What a newer file may overrule by being stricter than what it stated when the keeper spoke."""

OVERRULED = ("overruled",)
"""What the keeper overruled when they spoke: `importing.settle` notes it afresh where it is missing."""


def say(works: int | Iterable[int], said: Mapping[str, Any], by: str = "") -> int:
    """Keep a keeper's word on some fields of some works: it beats what rules imply and what files state."""
    if unknown := said.keys() - SAYABLE:
        raise ValueError(f"nothing can be said of {', '.join(sorted(unknown))}")
    forgotten = OVERRULED if GUARDED & said.keys() else ()
    return _keep(works, lambda kept: {**_without(kept, forgotten), **said}, (by, _named(said)))


def unsay(works: int | Iterable[int], fields: Collection[str], by: str = "") -> int:
    """Take a keeper's word back; rules and files are heard again."""
    return _keep(works, lambda kept: _left(_without(kept, fields)), (by, _named(fields)))


def insist(works: int | Iterable[int], by: str = "") -> int:
    """Let the keeper's word stand against the newer files that have asked for a look."""
    ids = _ids(works)
    _keep(ids, lambda kept: _without(kept, OVERRULED))
    return _looked_at(ids, by, Deed.WORKS_INSISTED)


def give_in(works: int | Iterable[int], by: str = "") -> int:
    """Take the keeper's word on rating, warnings and restriction back: the newer files are right."""
    ids = _ids(works)
    unsay(ids, GUARDED, by)
    return _looked_at(ids, by, Deed.WORKS_FOLLOWED)


def hold(works: int | Iterable[int], reason: str, by: str = "") -> int:
    """Take works off every page but the keepers', until one of them releases them."""
    facts = {"held": True, "hold_reason": reason[:255], "released": ""}
    return _move(works, ~Q(held=True, hold_reason=facts["hold_reason"]), facts, (by, Deed.WORKS_HELD))


def release(works: int | Iterable[int], by: str = "") -> int:
    """Put held works onto the shelf. It holds good for their present rating and warnings: a rise holds them again."""
    moved = 0
    for ids in _batches(works):
        with changes.recorded():
            alike: dict[str, list[int]] = defaultdict(list)
            for pk, rating, warnings in _taken(ids, Q(held=True)).values_list("pk", "rating", "warnings"):
                alike[stakes(rating, warnings)].append(pk)
            for digest, same in alike.items():
                released = {"held": False, "hold_reason": "", "released": digest}
                moved += _move(same, Q(), released, (by, Deed.WORKS_RELEASED))
    return moved


def bin(works: int | Iterable[int], by: str = "", deed: Deed = Deed.WORKS_BINNED) -> int:  # noqa: A001 (our own word)
    """Delete works: they are gone from every page, and can be brought back until the bin is emptied."""
    return _move(works, Q(binned_at=None), {"binned_at": timezone.now()}, (by, deed))


def restore(works: int | Iterable[int], by: str = "") -> int:
    """Bring works back out of the bin, held if they were held."""
    return _move(works, Q(binned_at__isnull=False), {"binned_at": None}, (by, Deed.WORKS_RESTORED))


def remove(works: int | Iterable[int], by: str = "") -> int:
    """Remove works in the bin for good. A stone with their identity stays, so that no import brings them back.

    Their rows and texts go; originals that nothing refers to any more are swept by the worker.
    """
    removed = 0
    for ids in _batches(works):
        with changes.recorded() as recording:
            gone = _taken(ids, Q(binned_at__isnull=False))
            rows = list(gone.values_list("pk", "identity", "title"))
            _raise_stones((identity, title) for _, identity, title in rows)
            doomed = [pk for pk, _, _ in rows]
            texts = _texts_of(doomed)
            handing.withhold_removed(doomed)
            Work.everything.filter(pk__in=doomed).delete()
            _drop_texts(texts)
            recording.works.update(doomed)
            note_works(by, Deed.WORKS_REMOVED, doomed)
            removed += len(doomed)
    return removed


def empty_bin(older_than_days: int = 90) -> int:
    """Remove for good what has lain in the bin for so long."""
    before = timezone.now() - timedelta(days=older_than_days)
    return remove(Work.everything.filter(binned_at__lte=before).values_list("pk", flat=True))


def lift(stones: Iterable[int], by: str = "") -> int:
    """Take stones away, so that their works may be imported again."""
    ids = list(stones)
    with transaction.atomic():
        lifted = Tombstone.everything.filter(pk__in=ids)
        for identity in lifted.values_list("identity", flat=True):
            note(by, Deed.STONES_LIFTED, identity)
        return lifted.delete()[0]


def _ids(works: int | Iterable[int]) -> list[int]:
    return [works] if isinstance(works, int) else sorted(set(works))


def _batches(works: int | Iterable[int]) -> Iterator[list[int]]:
    ids = _ids(works)
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _taken(ids: list[int], those: Q) -> changes.RecordedQuerySet:
    """Of these works those that are to be moved, locked in one order until the transaction ends."""
    return Work.everything.select_for_update().filter(those, pk__in=ids).order_by("pk")


def _move(works: int | Iterable[int], those: Q, facts: Mapping[str, Any], noted: tuple[str, Deed] | None = None) -> int:
    moved = 0
    for ids in _batches(works):
        with changes.recorded() as recording:
            taken = list(_taken(ids, those).values_list("pk", flat=True))
            moved += Work.everything.filter(pk__in=taken).update(**facts)
            recording.works.update(taken)
            if noted:
                note_works(*noted, taken, str(facts.get("hold_reason", "")))
    return moved


def _looked_at(ids: list[int], by: str, deed: Deed) -> int:
    _move(ids, ~Q(attention=""), {"attention": ""}, (by, deed))
    return len(ids)


def _named(fields: Collection[str]) -> str:
    """Fields in the order of the form: what the log says of a keeper's word, which it does not repeat."""
    return ", ".join(name for name in SAYABLE if name in fields)


def _keep(
    works: int | Iterable[int],
    word: Callable[[dict[str, Any]], dict[str, Any]],
    noted: tuple[str, str] = ("", ""),
) -> int:
    by, fields = noted
    moved = 0
    for ids in _batches(works):
        with changes.recorded() as recording:
            spoken = []
            for work in _taken(ids, Q()).only("kept"):
                before, work.kept = work.kept, word(work.kept)
                if work.kept != before:
                    spoken.append(work)
            if spoken:
                Work.everything.bulk_update(spoken, ["kept"])
                recording.works.update(work.pk for work in spoken)
                importing.settle([work.pk for work in spoken])
            if spoken and fields:
                note_works(by, Deed.WORKS_SAID, (work.pk for work in spoken), fields)
            moved += len(spoken)
    return moved


def _left(kept: dict[str, Any]) -> dict[str, Any]:
    return kept if GUARDED & kept.keys() else _without(kept, OVERRULED)


def _without(kept: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: word for name, word in kept.items() if name not in names}


def _raise_stones(graves: Iterable[tuple[str, str]]) -> None:
    now = timezone.now()
    Tombstone.everything.bulk_create(
        [Tombstone(identity=identity, title=title, removed_at=now) for identity, title in graves],
        update_conflicts=True,
        unique_fields=["identity"],
        update_fields=["title", "removed_at"],
    )


def _texts_of(works: list[int]) -> list[int]:
    """All texts of these works: as they stand, as they stood, and of lesser copies."""
    now = Chapter.everything.filter(work__in=works).values_list("text_id", flat=True)
    then = VersionChapter.everything.filter(version__work__in=works).values_list("text_id", flat=True)
    stated = SourceFile.everything.filter(work__in=works).values_list("stated", flat=True)
    digests = {chapter["digest"] for one in stated for chapter in one.get("chapters", ())}
    never = Text.everything.filter(digest__in=digests).values_list("pk", flat=True)
    return sorted({*now, *then, *never})


def _drop_texts(texts: list[int]) -> None:
    """Delete texts that nothing shows any more. They are locked first: an import may be taking one up again."""
    list(Text.everything.select_for_update().filter(pk__in=texts).order_by("pk").values_list("pk", flat=True))
    shown = Exists(Chapter.everything.filter(text=OuterRef("pk")))
    kept = Exists(VersionChapter.everything.filter(text=OuterRef("pk")))
    Text.everything.filter(~shown, ~kept, pk__in=texts).delete()
