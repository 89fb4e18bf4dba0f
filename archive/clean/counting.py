"""How many words a text has: by characters in Chinese and Japanese, by words elsewhere."""

import re

_BY_CHARACTER = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_JOINED = re.compile(r"(?:--|[/\u2012-\u2015])")
_BARE = re.compile(r"(?<!\S)[^\w\s]+(?!\S)")


def count_words(text: str) -> int:
    """The words of a plain text, as readers count them.

    >>> count_words("Ada’s well-kept lamp — the ledger's -- lamp"), count_words("你好，世界 again")
    (6, 5)
    """
    characters = 0
    if not text.isascii() and _BY_CHARACTER.search(text):
        text, characters = _BY_CHARACTER.subn(" ", text)
    text = _JOINED.sub(" ", text)
    return characters + len(text.split()) - len(_BARE.findall(text))
