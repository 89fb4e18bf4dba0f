"""Laying out names for a snapshot, so that any letters typed are found in them without looking at all."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from archive.index.arrays import Array
from archive.index.matching import CJK
from archive.index.sections import starts_of
from archive.index.sorting import ordering

NAME, WORD = b"\xfe", b"\xff"
"""What stands before a name and before a word in the text of names: bytes that UTF-8 never has."""
SORTED = 24
"""Bytes by which words, and what follows them in their names, are put in order."""
_NAMES_TOGETHER = 50_000
_MARK = "\0"
"""Stands for a mark while letters are letters; folded keys have none of their own, nor line feeds."""
_ACCENT, _BETWEEN, _LETTER, _ALONE = range(4)
"""Kinds of signs: accents that stand by themselves, what is between words, letters and digits, and CJK ones."""
_CJK = re.compile(f"[{CJK}]")
_MASKS = np.array([0, *((1 << 64) - (1 << 64 - 8 * bytes_) for bytes_ in range(1, 9))], np.uint64)
"""The first so many bytes of eight."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names of one kind in the order of their keys: whose they are, whom they stand for, how many works that has."""

    ids: Array
    heads: Array
    """The canonical of a synonym; of every other name its own id."""
    weights: Array
    """How many works of the part are under each head, whoever may see them."""
    keys: Sequence[str]


def laid_out(kind: str, named: Named) -> dict[str, Array]:
    """The arrays of one kind: names with heavier heads first, then by head and id; those of one head stand together.

    `text` holds the marked keys, `starts` where each begins. `sorted` has all names in the order of their keys,
    `alphabet` those that are heads, `sections` where each letter begins there. For `words` see `_words`.
    """
    order = ordering(-named.weights, named.heads, named.ids)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    own = np.flatnonzero(named.ids == named.heads)
    text = _text(named.keys[at] for at in order.tolist())
    arrays: dict[str, Array] = {
        "ids": named.ids[order].astype(np.int64),
        "heads": named.heads[order].astype(np.int64),
        "weights": named.weights[order].astype(np.int32),
        "text": text,
        "starts": np.flatnonzero(text == NAME[0]),
        "sorted": place,
        "alphabet": place[own],
        "sections": np.array(starts_of([named.keys[at] for at in own.tolist()]), np.int64),
        **_words(text),
    }
    return {f"names.{kind}.{name}": array for name, array in arrays.items()}


def marked(letters: str) -> bytes:
    """Folded letters with a mark before each word that begins behind the first of them."""
    signs = _signs(letters)
    return _written(signs, _begins(signs))


def _text(keys: Iterable[str]) -> Array:
    """All keys marked, one behind the other, and a last mark; some thousands are looked at together."""
    pieces = []
    remaining = iter(keys)
    while some := list(islice(remaining, _NAMES_TOGETHER)):
        signs = _signs("\n" + "\n".join(some))
        begins = _begins(signs)
        lines = _written(signs, begins[signs[begins - 1] != ord("\n")])
        pieces.append(lines.replace(b"\n", NAME + WORD))
    return np.frombuffer(b"".join([*pieces, NAME]), np.uint8)


def _signs(letters: str) -> Array:
    """The numbers of all signs in Unicode."""
    return np.frombuffer(letters.replace(_MARK, " ").encode("utf-32-le", "surrogatepass"), "<u4")


def _begins(signs: Array) -> Array:
    """Where `matching.begins_word` says that a word begins, behind the first sign."""
    kinds = np.zeros(signs.max(initial=0) + 1, np.uint8)
    for sign in np.flatnonzero(np.bincount(signs)).tolist():
        kinds[sign] = _kind(chr(sign))
    before, here = kinds[signs[:-1]], kinds[signs[1:]]
    found: Array = np.flatnonzero((here >= _LETTER) & (before == _BETWEEN) | (here == _ALONE)) + 1
    return found


def _kind(sign: str) -> int:
    if sign.isalnum():
        return _ALONE if _CJK.match(sign) else _LETTER
    return _ACCENT if unicodedata.category(sign).startswith("M") else _BETWEEN


def _written(signs: Array, begins: Array) -> bytes:
    """The signs in UTF-8, with marks before some of them."""
    with_marks = np.insert(signs, begins, ord(_MARK)).tobytes()
    letters = with_marks.decode("utf-32-le", "surrogatepass")
    return letters.encode("utf-8", "surrogatepass").replace(_MARK.encode(), WORD)


def _words(text: Array) -> dict[str, Array]:
    """`words`: where words begin in the text, in the order of the bytes from there on; and every different word once.

    `different` holds these, each behind a mark, and `groups` where the places of each begin in `words`.
    """
    padded = np.concatenate([text, np.zeros(SORTED, np.uint8)])
    marks = np.flatnonzero(text >= NAME[0]).astype(np.int32 if len(padded) < 1 << 31 else np.int64)
    before = np.flatnonzero(text[marks] == WORD[0])
    begins: Array = marks[before] + 1
    ends: Array = marks[before + 1]
    keys = [_eight(padded, begins + 8 * at) for at in range(SORTED // 8)]
    order = ordering(*keys)
    begins, ends = begins[order], ends[order]
    lengths: Array = ends - begins + 1
    alike = (lengths[1:] == lengths[:-1]) & (lengths[1:] <= SORTED)
    for at, key in enumerate(keys):
        mask = _MASKS[np.clip(lengths[1:] - 8 * at, 0, 8)]
        ordered = key[order]
        alike &= (ordered[1:] ^ ordered[:-1]) & mask == 0
    groups = np.flatnonzero(np.concatenate([[True], ~alike]))[: len(begins)]
    written = memoryview(text)  # type: ignore[arg-type]
    firsts = zip((begins[groups] - 1).tolist(), ends[groups].tolist(), strict=True)
    different = b"".join(written[begin:end] for begin, end in firsts)
    return {
        "words": begins,
        "different": np.frombuffer(different, np.uint8),
        "groups": np.append(groups, len(begins)).astype(np.int32),
    }


def _eight(text: Array, places: Array) -> Array:
    """The eight bytes from each place on as one number."""
    found = np.zeros(len(places), np.uint64)
    for at in range(8):
        found = found << np.uint64(8) | text[places + at]
    return found
