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

NAME, WORD = b"\xfe", b"\xff"
"""What stands before a name and before a word in the text of names: bytes that UTF-8 never has."""
SORTED = 24
"""Bytes by which words, and what follows them in their names, are put in order."""
_NAMES_TOGETHER = 50_000
_MARK = "\0"
"""Stands for a mark while letters are letters; folded keys have none of their own, nor line feeds."""
_AFTER = re.compile(r"[\W_](?=[^\W_])")
_WORDS_ALONE = re.compile(rf"(?<=[^{_MARK}\n])(?=[{CJK}])(?=[^\W_])")
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
    order = np.lexsort((named.ids, named.heads, -named.weights))
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
    return _marked(letters).encode("utf-8", "surrogatepass").replace(_MARK.encode(), WORD)


def _marked(letters: str) -> str:
    """A mark wherever `matching.begins_word` says that a word begins."""
    letters = letters.replace(_MARK, " ")
    accents = "".join(sign for sign in set(letters) if unicodedata.category(sign).startswith("M"))
    letters = _behind(accents).sub(rf"\g<0>{_MARK}", letters)
    return letters if letters.isascii() else _WORDS_ALONE.sub(_MARK, letters)


def _behind(accents: str) -> re.Pattern[str]:
    """What stands right before a word: a sign that is not one of the accents, which belong to their words."""
    return re.compile(rf"(?![{re.escape(accents)}])[\W_](?=[^\W_])") if accents else _AFTER


def _text(keys: Iterable[str]) -> Array:
    """All keys marked, one behind the other, and a last mark; some thousands are looked at together."""
    pieces = []
    remaining = iter(keys)
    while some := list(islice(remaining, _NAMES_TOGETHER)):
        lines = _marked("\n" + "\n".join(some)).replace("\n" + _MARK, "\n")
        written = lines.encode("utf-8", "surrogatepass").replace(_MARK.encode(), WORD)
        pieces.append(written.replace(b"\n", NAME + WORD))
    return np.frombuffer(b"".join([*pieces, NAME]), np.uint8)


def _words(text: Array) -> dict[str, Array]:
    """`words`: where words begin in the text, in the order of the bytes from there on; and every different word once.

    `different` holds these, each behind a mark, and `groups` where the places of each begin in `words`.
    """
    begins = np.flatnonzero(text == WORD[0]) + 1
    padded = np.concatenate([text, np.zeros(SORTED, np.uint8)])
    keys = [_eight(padded, begins + 8 * at) for at in range(SORTED // 8)]
    order = np.lexsort(keys[::-1])
    begins, keys = begins[order], [key[order] for key in keys]
    marks = np.flatnonzero(text >= NAME[0])
    ends = marks[np.searchsorted(marks, begins)]
    lengths = ends - begins + 1
    alike = (lengths[1:] == lengths[:-1]) & (lengths[1:] <= SORTED)
    for at, key in enumerate(keys):
        mask = _MASKS[np.clip(lengths[1:] - 8 * at, 0, 8)]
        alike &= (key[1:] ^ key[:-1]) & mask == 0
    groups = np.flatnonzero(np.concatenate([[True], ~alike]))[: len(begins)]
    written = text.tobytes()
    firsts = zip((begins[groups] - 1).tolist(), ends[groups].tolist(), strict=True)
    different = b"".join(written[begin:end] for begin, end in firsts)
    return {
        "words": begins.astype(np.int32 if len(text) < 1 << 31 else np.int64),
        "different": np.frombuffer(different, np.uint8),
        "groups": np.append(groups, len(begins)).astype(np.int32),
    }


def _eight(text: Array, places: Array) -> Array:
    """The eight bytes from each place on as one number."""
    found = np.zeros(len(places), np.uint64)
    for at in range(8):
        found = found << np.uint64(8) | text[places + at]
    return found
