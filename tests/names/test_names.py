"""Names in a snapshot equal brute force: whatever letters are typed, whatever names there are."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.index.matching import EXACT, STARTS, WITHIN, met
from archive.index.names import Names
from archive.index.naming import Named, laid_out, marked
from archive.index.sections import SECTIONS, starts_of
from archive.vocabulary import fold

WORDS = st.sampled_from(
    [
        "les",
        "mis",
        "les mis",
        "a/b",
        "ada & tom",
        "灯塔",
        "лес",
        "nó",
        "(2009)",
        "'",
        "e\u0301le",
        "mi",
        "a long word after another",
        "ლ\u0302ა",
        "_x",
    ]
)
KEYS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join).map(fold), unique=True, max_size=40)


def made(keys: list[str], synonyms: int, weights: list[int]) -> SimpleNamespace:
    """Names of these keys; every so many-th is a synonym of the first one."""
    keys = sorted(keys)
    ids = np.arange(1, len(keys) + 1) * 7 % 101
    heads = np.where(np.arange(len(keys)) % synonyms == 1, ids[:1] if len(ids) else ids, ids)
    of_head = {head: weights[place % len(weights)] for place, head in enumerate(dict.fromkeys(heads.tolist()))}
    each = np.array([of_head[head] for head in heads.tolist()], np.int64)
    names = Names(laid_out("fandom", Named(ids, heads, each, keys)), "fandom")
    return SimpleNamespace(names=names, keys=dict(zip(ids.tolist(), keys, strict=True)), weights=of_head)


@pytest.mark.parametrize("top", [0, 5, 256])
@given(
    keys=KEYS,
    typed=WORDS,
    cut=st.integers(0, 3),
    synonyms=st.integers(2, 5),
    weights=st.lists(st.integers(1, 9), min_size=1),
)
def test_letters_meet_the_names_that_they_meet_one_by_one(
    *, top: int, keys: list[str], typed: str, cut: int, synonyms: int, weights: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.index.names.TOP", top)
        patch.setattr("archive.index.names._FIRST", 2)
        patch.setattr("archive.index.naming._NAMES_TOGETHER", 5)
        library = made(keys, synonyms, weights)
        names = library.names
        letters = fold(typed)[cut:].strip() or "e"
        for how in (EXACT, STARTS, WITHIN):
            places = [place for some in names.met(letters, how) for place in some.tolist()]
            expected = {
                pk for pk, key in library.keys.items() if (found := met(key, letters)) is not None and found <= how
            }
            if how == WITHIN and len(letters) < 3:
                expected = set()
            assert {int(names.ids[place]) for place in places} == expected
            assert places == sorted(set(places))


@given(keys=KEYS, synonyms=st.integers(2, 5), weights=st.lists(st.integers(1, 9), min_size=1))
def test_names_stand_by_weight_and_heads_from_a_to_z(keys: list[str], synonyms: int, weights: list[int]) -> None:
    library = made(keys, synonyms, weights)
    names = library.names
    rows = list(zip((-names.weights).tolist(), names.heads.tolist(), names.ids.tolist(), strict=True))
    assert rows == sorted(rows)
    heads = [library.keys[int(names.ids[place])] for place in names.alphabet]
    assert heads == sorted(library.keys[head] for head in library.weights)
    assert tuple(names.sections.tolist()) == starts_of(heads)
    assert len(names.sections) == len(SECTIONS) + 1


def test_words_are_marked_behind_the_first_letter() -> None:
    assert marked("les mis") == b"les \xffmis"
    assert marked("/a b") == b"/\xffa \xffb"
    assert marked("灯塔") == "灯".encode() + b"\xff" + "塔".encode()
    assert marked("") == b""
