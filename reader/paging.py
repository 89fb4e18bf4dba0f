"""Pages of a shelf: the ones before and after, those worth a link, and whether it takes a jump to the others."""

from dataclasses import dataclass

from archive.shown import Shelf
from reader.addresses import turned

_FEW = 7


@dataclass(frozen=True, slots=True)
class Paging:
    """Where the pages of a shelf are."""

    previous: str
    """The address of the page before, empty on the first."""
    next: str
    near: tuple[tuple[int, str, bool], ...]
    """Pages worth a link: the number, the address, and whether some are left out before it."""
    jump: bool
    """Whether there are so many pages that one may want to name one."""

    @classmethod
    def of(cls, shelf: Shelf, question: str, bare: str) -> "Paging":
        """The pages around this one, with the first and the last. `question` is the address that they are pages of,
        `bare` the one that asks nothing."""
        here, last = shelf.page, shelf.pages

        def address(page: int) -> str:
            told = turned(question, page=str(page) if page > 1 else "")
            return bare if told == "?" else told

        wanted = sorted(page for page in {1, last, *range(here - 2, here + 3)} if 1 <= page <= last)
        near = tuple(
            (page, address(page), page - before > 1) for before, page in zip([0, *wanted], wanted, strict=False)
        )
        return cls(
            previous=address(here - 1) if here > 1 else "",
            next=address(here + 1) if here < last else "",
            near=near,
            jump=last > _FEW,
        )
