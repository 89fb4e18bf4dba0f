"""A work on the shelf in one line, for every test that needs one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import Any

from archive import clean, importing, originals, pictures
from archive.parsed import ParsedChapter, ParsedWork
from archive.preparing import File, Prepared, illustrated, prepare

BODY = "<p>The lamp was lit before the ships came in.</p><p>Ada counted them twice.</p>"


def parsed(**stated: Any) -> ParsedWork:
    """A statement with sensible defaults. `body` is short for one chapter with that text."""
    body = clean.html(stated.pop("body", BODY))
    defaults = ParsedWork(
        title="The Lamplighter's Ledger",
        authors=("quillfeather",),
        ratings=("General Audiences",),
        warnings=("No Archive Warnings Apply",),
        chapters=(ParsedChapter(number=1, body=body),),
    )
    return replace(defaults, **stated)


def prepared(work: ParsedWork, path: str = "") -> Prepared:
    """The statement as a file of its own would bring it."""
    digest = sha256(repr(work).encode()).hexdigest()
    file = File(
        path=path or f"{digest[:8]}/{work.title}.txt", sha256=digest, size=1000, format="test", format_version=1
    )
    work = illustrated(work)
    return replace(prepare(work, file), pictures=pictures.set_aside(work.pictures, originals.folder()))


def bring(*works: ParsedWork) -> list[importing.Told]:
    """Store these statements as one batch."""
    arrivals = [importing.Arrival(prepared(work)) for work in works]
    with ThreadPoolExecutor(1) as crew:
        originals.secure({name: digest for one in arrivals for name, digest in one.prepared.pictures.items()}, crew)
    return importing.store(arrivals)


def shelve(**stated: Any) -> int:
    """Put one work on the shelf and return its id. Held works are on the shelf too, for keepers only."""
    [told] = bring(parsed(**stated))
    assert told.work is not None, told.reason
    return told.work
