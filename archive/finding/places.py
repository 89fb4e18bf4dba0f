"""Places: files that lie together, and what is known of each from those beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from archive.finding.calibre import NAME, CalibreBook, Library
from archive.finding.found import Companion, Found
from archive.finding.names import shown
from archive.finding.neighbours import Neighbours
from archive.formats import belongs
from archive.formats.beside import FANFICFARE, is_side_car
from archive.formats.companions import ABOUT
from archive.formats.unread import unread_kind
from archive.parsed import Refused

_LARGEST_SIDE_CAR = 1024 * 1024


class Libraries:
    """The calibre libraries that are open, each by the folder that it lies in."""

    def __init__(self) -> None:
        self._open: dict[str, Library] = {}

    def add(self, root: str, library: Library) -> None:
        """One more; its books lie below `root`."""
        self._open[root] = library

    def leave(self, folder: str) -> None:
        """Close those in which a folder does not lie: the search has passed them."""
        for root in [root for root in self._open if _inside(folder, root) is None]:
            self._open.pop(root).close()

    def close(self) -> None:
        """Close all of them."""
        while self._open:
            self._open.popitem()[1].close()

    def has(self, root: str) -> bool:
        """Whether there is one in a folder."""
        return root in self._open

    def book_of(self, name: str) -> CalibreBook | None:
        """The book whose file this is, or may be."""
        folder = name.rpartition("/")[0]
        for root, library in self._open.items():
            inside = _inside(folder, root)
            if inside and (book := library.book_at(inside)):
                return book
        return None


class Place:
    """Files that lie together, in one folder or in one archive.

    `read` gives the bytes of one of them by its name, or raises Refused. `before` is what their paths begin with,
    `root` what libraries know their folder by.
    """

    def __init__(
        self, names: Sequence[str], libraries: Libraries, read: Callable[[str], bytes], before: str, root: str = ""
    ) -> None:
        self._neighbours, self._libraries = Neighbours(names), libraries
        self._read, self._before, self._root = read, before, root

    def judged(self, found: Found, name: str) -> Found:
        """A file with what lies beside it, or the reason why it is set aside."""
        if found.source is None:
            return found
        head = found.source.head
        book = self._libraries.book_of(f"{self._root}{name}")
        reason = self._set_aside(name, head, book) or belongs(found.path, head)
        if reason and not (
            reason == ABOUT and not self._root and self.lone_work()
        ):  # `index.html` may be all of a book
            return Found(found.path, found.folder, reason=reason, ignored=True)
        if book:
            found = replace(found, folder="")  # a folder for each book: its name is no fandom
        return replace(found, beside=self._beside(name, book))

    def lone_work(self) -> bool:
        """Whether there is exactly one work here, as far as names tell."""
        return self._neighbours.works == 1

    def _set_aside(self, name: str, head: bytes, book: CalibreBook | None) -> str:
        folder, _, last = name.rpartition("/")
        if last == NAME:
            known = self._libraries.has(f"{self._root}{folder}".rstrip("/"))
            return "a calibre library, known with its books" if known else "a database that cannot be made out"
        if book and last.casefold() in book.files and last.casefold() != self._chosen(folder, book):
            return "another copy of a work that is read beside it"
        if (what := unread_kind(head)) and self._neighbours.has_work_like(name):
            return f"{what} beside the same work in a form that is read"
        if self._neighbours.is_side_car(name) and is_side_car(self._small(name)):
            return "what FanFicFare states of the work beside it, read with it"
        return ""

    def _beside(self, name: str, book: CalibreBook | None) -> tuple[Companion, ...]:
        found: list[Companion] = []
        folder, _, last = name.rpartition("/")
        if book and last.casefold() == self._chosen(folder, book):
            found.append(book.companion)
        for side_car in self._neighbours.side_cars_of(name):
            if is_side_car(data := self._small(side_car)):
                found.append(Companion(f"{self._before}{shown(side_car)}", FANFICFARE.name, data))
        return tuple(found)

    def _chosen(self, folder: str, book: CalibreBook) -> str:
        before = f"{folder}/" if folder else ""
        return next((name for name in book.files if self._neighbours.has(f"{before}{name}")), "")

    def _small(self, name: str) -> bytes:
        try:
            data = self._read(name)
        except Refused:
            return b""
        return data if len(data) <= _LARGEST_SIDE_CAR else b""


def _inside(folder: str, root: str) -> str | None:
    """The way from a folder to one below it; empty for itself, None when it leads elsewhere."""
    if not root or folder == root:
        return folder if not root else ""
    return str(PurePosixPath(folder[len(root) + 1 :])) if folder.startswith(f"{root}/") else None
