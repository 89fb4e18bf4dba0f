"""What was looked up is kept until something changes: the newest entry of the change log tells."""

from typing import Generic, TypeVar

from archive import changes

Key = TypeVar("Key")
Value = TypeVar("Value")


class Meanwhile(Generic[Key, Value]):
    """Things by key, for one process. They depend on works, taggings and tags alone, of which every write is logged.

    What is kept was read at the newest entry or after it, and is left behind with the next one: nothing that is
    otherwise by now is told. It is swapped as a whole, so that threads need no lock.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: tuple[tuple[int, str], dict[Key, Value]] = ((0, ""), {})

    def now(self) -> dict[Key, Value]:
        """What is kept as of now, for whoever asks to read and to add to. Costs the database some microseconds."""
        position = changes.latest()
        kept, things = self._kept
        if kept != position or len(things) > self._most:
            things = {}
            self._kept = position, things
        return things
