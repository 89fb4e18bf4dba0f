"""How many words a text has: by characters in Chinese and Japanese, by words elsewhere."""

import re

_BY_CHARACTER = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FIRST_BY_CHARACTER = "\u3041"
_ASCII = bytes(range(128))
_PARTING = frozenset("\u2012\u2013\u2014\u2015\xa0\u3000\u2026")
"""What stands between words without a space, as `/` and `--` do."""
_SILENT = frozenset("\u2018\u2019\u201c\u201d\xab\xbb\u3002\uff0c\uff1f\uff01\u300c\u300d\u3001\uff1a\uff1b")
"""What is no word when it stands alone."""
_PUNCTUATION = b"!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~"
_SHAPE = bytes(ord(" " if bytes([byte]).isspace() or byte == ord("/") else "x") for byte in range(256))
"""Every byte as a space or an x: a word begins wherever an x stands behind a space."""


def count_words(text: str) -> int:
    """The words of a plain text, as readers count them.

    >>> count_words("Ada’s well-kept lamp — the ledger's -- lamp"), count_words("你好，世界 again")
    (6, 5)
    """
    beyond = set() if text.isascii() else set(text.encode("utf-8", "replace").translate(None, _ASCII).decode())
    characters = 0
    if beyond and max(beyond) >= _FIRST_BY_CHARACTER:
        text, characters = _BY_CHARACTER.subn(" ", text)
    for sign in beyond & _PARTING:
        text = text.replace(sign, " ")
    shape = b" " + _bytes(text, beyond).replace(b"--", b" ").translate(_SHAPE, _PUNCTUATION)
    return characters + shape.count(b" x")


def _bytes(text: str, beyond: set[str]) -> bytes:
    """A text without what is silent; `beyond` are its characters beyond ASCII, most often none that are heard."""
    if beyond <= _SILENT | _PARTING:
        return text.encode("ascii", "ignore")
    for sign in beyond & _SILENT:
        text = text.replace(sign, "")
    return text.encode("utf-8", "replace")
