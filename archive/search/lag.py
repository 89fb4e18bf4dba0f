"""What an index does not know yet: the works that have changed since it was last brought up to date."""

from dataclasses import dataclass
from threading import Lock

from pyroaring import BitMap

from archive.models import Change
from archive.search.store import Mark

EVERYTHING = 2**32
"""Beyond the ids that a bitmap holds."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Works whose documents may be out of date: those that have changed, and all beyond `swept` that are not read yet.

    Never change `changed`: it is shared.
    """

    changed: BitMap
    swept: int | None

    def __bool__(self) -> bool:
        return bool(self.changed) or self.swept is not None

    @property
    def first(self) -> int:
        """The lowest id that lags. Only for a lag in which there is a work at all."""
        beyond = EVERYTHING if self.swept is None else self.swept + 1
        return min(self.changed.min(), beyond) if self.changed else beyond

    def known(self, works: BitMap) -> BitMap:
        """Of works that an index names, those of which it is right."""
        known = works - self.changed
        if self.swept is not None:
            known.remove_range(self.swept + 1, EVERYTHING)
        return known

    def holds(self, work: int) -> bool:
        """Whether a work lags."""
        return work in self.changed or (self.swept is not None and work > self.swept)

    def within(self, works: BitMap) -> BitMap:
        """Of these works, those that lag."""
        return works - self.known(works)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What has changed after a mark, up to an entry of the log."""

    number: int
    token: str
    changed: BitMap


_seen: dict[tuple[int, str], _Seen] = {}
_lock = Lock()
_MOST = 4


def since(mark: Mark) -> Lag:
    """What has changed since that mark. To be asked after the index was, so that nothing falls between the two.

    The log is read from where it was left off last time. An entry that is not there any more means that the database is
    another one: a backup was restored, say; then nothing in the index is right.
    """
    key = (mark.number, mark.token)
    before = _seen.get(key) or _Seen(*key, BitMap())
    rows = list(
        Change.everything.filter(number__gte=before.number).order_by("number").values_list("number", "token", "works")
    )
    if before.number and (not rows or rows[0][:2] != (before.number, before.token)):
        if before.number == mark.number:
            return Lag(BitMap(), 0)
        _forget(key)
        return since(mark)
    newer = rows[1:] if before.number else rows
    if newer:
        changed = before.changed | BitMap([work for _, _, works in newer for work in works])
        before = _Seen(newer[-1][0], newer[-1][1], changed)
        _remember(key, before)
    return Lag(before.changed, mark.swept)


def _remember(key: tuple[int, str], seen: _Seen) -> None:
    with _lock:
        _seen.pop(key, None)
        _seen[key] = seen
        while len(_seen) > _MOST:
            _seen.pop(next(iter(_seen)))


def _forget(key: tuple[int, str]) -> None:
    with _lock:
        _seen.pop(key, None)
