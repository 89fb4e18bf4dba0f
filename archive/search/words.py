"""How text is folded into words, the same for both databases."""

import re

from archive.vocabulary import fold

_NOT_WORDS = re.compile(r"[\W_]+")
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f])")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


def words(text: str) -> str:
    """Fold text into words with one space before, between and after them; CJK is split into single characters.

    >>> words("Ada Brook/Tom Hale: Fête 灯塔")
    ' ada brook tom hale fete 灯 塔 '
    """
    apart = _CJK.sub(r" \1 ", fold(text))
    return f" {' '.join(_NOT_WORDS.sub(' ', apart).split())} "


def phrases(asked: str) -> list[str]:
    """What must be found for a search: each word as the beginning of a word, each quoted phrase as it stands.

    >>> phrases('lamp "The Ledger" 灯塔')
    [' lamp', ' the ledger ', ' 灯 塔']
    """
    found = []
    for quoted, single in _PHRASE.findall(asked):
        folded = words(quoted or single)
        if folded.strip():
            found.append(folded if quoted else folded.rstrip())
    return found
