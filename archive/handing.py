"""Handing out: which originals may leave the house, with all the works that they hold."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTransform

from archive.models import SourceFile, Withheld

_UNFIT = '\\/:*?"<>|'
_LONGEST = 120
MOST_WORKS = 200
"""Works that an original may hold to be handed out: each of them is judged."""


def file_name(title: str, authors: Sequence[str], head: bytes) -> str:
    """What to call an original: after its work, never as it was called, with an ending that its first bytes bear out.

    >>> file_name("Salt/Iron", ["wren"], b"%PDF")
    'Salt Iron - wren.txt'
    """
    words = " - ".join([title, *([", ".join(authors)] if authors else [])])
    printable = "".join(letter if letter.isprintable() and letter not in _UNFIT else " " for letter in words)
    plain = " ".join(printable.split())[:_LONGEST].strip(" .") or "work"
    return f"{plain}.{_ending(head)}"


def _ending(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"PK"):
        return "epub" if b"mimetypeapplication/epub+zip" in head or b"meta-inf/" in head.lower() else "zip"
    if start.startswith(b"<"):
        return "html"
    return "jsonl" if start.startswith(b"{") else "txt"


def withhold(works: Iterable[tuple[str, str]]) -> None:
    """Remember that originals (by digest) hold works (by identity) that have no place on the shelf."""
    Withheld.everything.bulk_create(
        [Withheld(sha256=sha256, identity=identity) for sha256, identity in sorted(set(works))], ignore_conflicts=True
    )


def withhold_removed(works: Collection[int]) -> None:
    """The same for works that are about to be removed for good, where their originals hold others that stay."""
    going = SourceFile.everything.filter(work__in=works).values_list("sha256", "work__identity")
    rows = list(going)
    staying = SourceFile.everything.filter(sha256__in={sha256 for sha256, _ in rows}).exclude(work__in=works)
    shared = set(staying.values_list("sha256", flat=True))
    withhold((sha256, identity) for sha256, identity in rows if sha256 in shared)


def loose(work: int) -> dict[str, list[int]]:
    """Of the originals of a work (by digest) those that hold nothing but works of this library, with those works.

    They still have to be judged. One that holds very many works, that was not read to its end, or that holds a work
    which has no place here, is left out.
    """
    alike = SourceFile.everything.filter(sha256=OuterRef("sha256")).order_by()
    own = SourceFile.everything.filter(~Exists(alike[MOST_WORKS : MOST_WORKS + 1]), work=work)
    here = Exists(SourceFile.everything.filter(sha256=OuterRef("sha256"), work__identity=OuterRef("identity")))
    withheld = Withheld.everything.filter(~here, sha256__in=own.values("sha256")).values("sha256")
    held: dict[str, list[int]] = {}
    unsure: set[str] = set()
    rows = SourceFile.everything.filter(sha256__in=own.values("sha256")).exclude(sha256__in=withheld)
    replaced = KeyTransform("superseded", "stated")
    for sha256, one, version, superseded in rows.values_list("sha256", "work_id", "format_version", replaced):
        held.setdefault(sha256, []).append(one)
        if not version and (not superseded or len(held[sha256]) > 1):
            unsure.add(sha256)
    return {sha256: works for sha256, works in held.items() if sha256 not in unsure}
