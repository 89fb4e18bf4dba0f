"""How typed letters meet a name: the whole of it, the beginning of one of its words, or the inside of a word."""

import re
import unicodedata

EXACT, STARTS, WITHIN = range(3)
"""How well letters meet a name, the best first."""

LETTERS_WITHIN = 3
"""From so many letters on, the inside of a word is looked at too."""

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f"
"""Chinese, Japanese and Korean characters, as a range for patterns."""
_CJK = re.compile(f"[{CJK}]")


def met(key: str, typed: str) -> int | None:
    """How typed letters (folded, not empty) meet a folded name; None when they do not.

    >>> met("les miserables", "mis"), met("les miserables", "era"), met("les miserables", "er")
    (1, 2, None)
    """
    if key == typed:
        return EXACT
    if key.startswith(typed):
        return STARTS
    place = key.find(typed)
    if place < 0:
        return None
    within = WITHIN if len(typed) >= LETTERS_WITHIN else None
    while place > 0:
        if begins_word(key, place):
            return STARTS
        place = key.find(typed, place + 1)
    return within


def begins_word(key: str, place: int) -> bool:
    """Whether a word begins there, behind the first letter: a letter or digit after something that is neither.

    Accents that stand by themselves belong to their word; each Chinese, Japanese or Korean character is a word, as it
    is for searching.
    """
    letter, before = key[place], key[place - 1]
    if not letter.isalnum():
        return False
    return not (before.isalnum() or unicodedata.category(before).startswith("M")) or bool(_CJK.match(letter))
