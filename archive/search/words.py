"""How text is folded into words, the same for both databases."""

import re
from functools import lru_cache

from archive.vocabulary import fold

BREAK = "¶"
"""Stands between words that no phrase spans: a title and an author, two tags. No text is folded into it."""
LONGEST = 200
"""Letters of a word that count."""
SHORT = 40
"""Letters of a piece of text that may well come again: folding looks at every letter, so it is done once for those."""
BEGUN = 3
"""Letters by which a word in a text must at least be begun."""
MOST_WORDS, MOST_PHRASES = 64, 64
"""Words of a phrase, and phrases of a search, that are looked for; what is beyond is not."""

_NOT_WORDS = re.compile(r"[\W_]+")
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f"
"""Letters that are words, as ranges of a pattern: Chinese, Japanese and Korean."""
_CJK = re.compile(f"([{CJK}])")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def words(text: str) -> str:
    """Fold text into words with one space before, between and after them; CJK is split into single characters.

    >>> words("Ada Brook/Tom Hale: Fête 灯塔")
    ' ada brook tom hale fete 灯 塔 '
    """
    pieces = text.split()
    folding = _common if max(map(len, pieces), default=0) < SHORT else _remembered_if_short
    folded = f" {' '.join(map(folding, pieces))} "
    return f" {' '.join(folded.split())} " if "  " in folded else folded


def parted(*texts: str) -> str:
    """Several texts folded into words, with a `BREAK` between each two.

    >>> parted("The Ledger", "Ada Brook")
    ' the ledger ¶ ada brook '
    """
    return BREAK.join(words(text) for text in texts)


def phrases(asked: str) -> list[str]:
    """What must be found for a search: each word as the beginning of a word, each quoted phrase as it stands.

    A phrase that begins and ends with a space stands for whole words, one without the last space for words of which the
    last is only begun: a bare word, or a quoted phrase that ends in `*`. Whatever is typed, nothing here is an error.

    >>> phrases('lamp "The Ledger" 灯塔 "ship sail*"')
    [' lamp', ' the ledger ', ' 灯 塔', ' ship sail']
    """
    found: dict[str, None] = {}
    for quoted, single in _PHRASE.findall(asked):
        each = words(quoted or single).split()
        if each:
            begun = len(each) <= MOST_WORDS and (bool(single) or quoted.rstrip().endswith("*"))
            found[f" {' '.join(each[:MOST_WORDS])}{'' if begun else ' '}"] = None
    return list(found)[:MOST_PHRASES]


def in_prose(phrase: str) -> str:
    """A phrase as it is looked for in a text: a word begun by one or two letters is a whole word there.

    Of a text, the beginnings of so many words tell nothing, and would take long to look for.

    >>> in_prose(" la"), in_prose(" lam"), in_prose(" the sea ")
    (' la ', ' lam', ' the sea ')
    """
    return f"{phrase} " if 0 < len(phrase.rpartition(" ")[2]) < BEGUN else phrase


def _folded(piece: str) -> str:
    """The words of a text without white space, one space between them."""
    folded = " ".join(_NOT_WORDS.sub(" ", _CJK.sub(r" \1 ", fold(piece))).split())
    return folded if len(folded) <= LONGEST else " ".join(word[:LONGEST] for word in folded.split())


def _remembered_if_short(piece: str) -> str:
    return _common(piece) if len(piece) < SHORT else _folded(piece)


_common = lru_cache(maxsize=1 << 16)(_folded)
