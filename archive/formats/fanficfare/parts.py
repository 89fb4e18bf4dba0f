"""The chapters of a file by FanFicFare: their titles, the notes around them, and those that failed to download."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.formats import values
from archive.parsed import ParsedChapter, Refused
from archive.vocabulary import fold

_FAILED_TITLE = "(CHAPTER ERROR)"
FAILED = "chapter url removed due to failure"
"""The address of a chapter that has no text."""
_NEW = "(new) "
_NUMBER = re.compile(r"(\d{1,6})\. ")
_UNTITLED = re.compile(r"chapter (\d{1,6})", re.IGNORECASE)
_KEY = re.compile(r"/chapters?/(?:view/)?(\d{1,20})(?=[/?#]|$)|(?:/posts/|#post-|[?&]chapid=|wattpad\.com/)(\d{1,20})")

_AUTHORS = "author's note"
_HEAD = {_AUTHORS: "work_notes", "summary for the chapter": "summary", "notes for the chapter": "notes"}
_FOOT = {_AUTHORS: "work_end_notes", "notes for the chapter": "end_notes"}


@dataclass(slots=True)
class Part:
    """One chapter of a file. `title` as written, `address` of the chapter, texts as cleaned HTML.

    `notes` are by what they are: `summary`, `notes`, `end_notes`, and those of the work that stand in a chapter,
    `work_notes` and `work_end_notes`.
    """

    number: int
    title: str
    body: str
    address: str = ""
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether an error message stands in the place of the text."""
        return self.title.endswith(_FAILED_TITLE) or self.address == FAILED


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of a work, the notes of the work that stood in them, and whether some are missing."""

    chapters: tuple[ParsedChapter, ...]
    notes: str
    end_notes: str
    partial: bool


def note_kind(label: str, *, foot: bool) -> str:
    """What the notes under a label are; a label of somebody's own names notes of the chapter.

    >>> note_kind("Summary for the Chapter:", foot=False), note_kind("Author's Note:", foot=True)
    ('summary', 'work_end_notes')
    """
    known = _FOOT if foot else _HEAD
    return known.get(_folded(label), "end_notes" if foot else "notes")


def is_note_label(label: str) -> bool:
    """Whether words are a label of notes as FanFicFare writes it by default."""
    return _folded(label) in _HEAD


def _folded(label: str) -> str:
    return values.line(label).rstrip(": ").replace("’", "'").casefold()


def settled(parts: Sequence[Part], work: str) -> Chapters:
    """The chapters as they are kept, from the parts of a file of the work with this title."""
    whole = [part for part in parts if not part.failed]
    if not any(part.body for part in whole):
        raise Refused("none of its chapters was downloaded" if parts else "no chapters in it", work)
    titles = _titles([part.title for part in whole], [part.number for part in whole], work)
    chapters = []
    for part, title in zip(whole, titles, strict=True):
        notes = dict(part.notes)
        _keep_in_chapter(notes, first=part is parts[0], last=part is parts[-1])
        texts = {name: notes.get(name, "") for name in ("summary", "notes", "end_notes")}
        chapters.append(ParsedChapter(part.number, part.body, title, key=_key(part.address), **texts))
    return Chapters(
        tuple(chapters),
        notes=parts[0].notes.get("work_notes", ""),
        end_notes=parts[-1].notes.get("work_end_notes", ""),
        partial=len(whole) < len(parts),
    )


def _keep_in_chapter(notes: dict[str, str], *, first: bool, last: bool) -> None:
    """An author's note of a chapter in the middle is the chapter's."""
    for name, to, of_work in (("work_notes", "notes", first), ("work_end_notes", "end_notes", last)):
        if not of_work and name in notes:
            notes[to] = "\n".join(filter(None, (notes[name], notes.get(to, ""))))


def _titles(titles: Sequence[str], numbers: Sequence[int], work: str) -> list[str]:
    """Titles without what FanFicFare puts before them: the number, twice if the site did so too, and `(new) `."""
    left = [values.line(title) for title in titles]
    left = [title.removeprefix(_NEW) for title in left]
    for _ in range(2):
        found = [_NUMBER.match(title) for title in left]
        counted = [mark is not None and int(mark[1]) == number for mark, number in zip(found, numbers, strict=True)]
        if not all(counted) or numbers == [1]:
            break
        left = [title[mark.end() :].removeprefix(_NEW) for title, mark in zip(left, found, strict=True) if mark]
    return ["" if _says_nothing(title, number, work) else title for title, number in zip(left, numbers, strict=True)]


def _says_nothing(title: str, number: int, work: str) -> bool:
    """Whether a title only repeats the number, or in a work of one chapter the title of the work."""
    if found := _UNTITLED.fullmatch(title):
        return int(found[1]) == number
    return number == 1 and fold(title) == fold(work)


def _key(address: str) -> str:
    """The chapter's own id in its address; a mere place in the work (`/s/1/2`) is none."""
    found = _KEY.search(address)
    return next(filter(None, found.groups())) if found else ""
