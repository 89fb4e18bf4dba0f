"""Numbers as chapters bear them: digits, English words, Roman and Chinese numerals."""

import re
from functools import lru_cache

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELLED = {word: number for words in (_ONES, _ORDINALS) for number, word in enumerate(words.split(), 1)}
_SPELLED |= {ten: 10 * number for number, ten in enumerate(_TENS.split(), 2)}
_SPELLED |= {word.removesuffix("y") + "ieth": number for word, number in _SPELLED.items() if number >= 20}
_ROMAN = re.compile(r"(?=[cxvi])(c)?(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
"""Up to 199: beyond it they are words (`mix`, `civil`) more often than numbers."""
_SIGNS = {"c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}


@lru_cache(maxsize=4096)
def number_of(written: str) -> int | None:
    """The number that is written, None when it is none.

    >>> number_of("12"), number_of("Twenty-One"), number_of("the First"), number_of("XIV"), number_of("二十一")
    (12, 21, 1, 14, 21)
    >>> number_of("mix"), number_of("verse")
    (None, None)
    """
    if written.isdecimal() and written.isascii():
        return int(written)
    if written[0] in _CHINESE or written[0] == "十":
        tens, ten, ones = written.rpartition("十")
        return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)
    if found := _ROMAN.fullmatch(written):
        return _roman(found[0].lower())
    return _spelled(written.casefold().removeprefix("the "))


def style_of(written: str) -> str:
    """How a number is written; the chapters of one work are all numbered alike."""
    if written.isascii() and not written.isdecimal():
        return "roman" if _ROMAN.fullmatch(written) else "words"
    return "digits"


def _roman(signs: str) -> int:
    values = [_SIGNS[sign] for sign in signs]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


def _spelled(words: str) -> int | None:
    if words in _SPELLED:
        return _SPELLED[words]
    ten, joint, one = words.replace(" ", "-").partition("-")
    if joint and ten in _TENS.split() and 0 < _SPELLED.get(one, 0) < 10:
        return _SPELLED[ten] + _SPELLED[one]
    return None
