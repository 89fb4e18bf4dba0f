"""How many words a text has: by characters in Chinese and Japanese, by words elsewhere."""

import re

_BY_CHARACTER = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NEVER_BY_CHARACTER = bytes(set(range(256)) - set(range(0xE3, 0xF5)))
"""Bytes that do not begin such a character in UTF-8."""
_PARTING = ("--", "/", "\u2012", "\u2013", "\u2014", "\u2015", "\xa0", "\u3000", "\u2026")
"""What stands between words without a space."""
_SILENT = ("\u2018", "\u2019", "\u201c", "\u201d", "\xab", "\xbb", "\u3002", "\uff0c", "\uff1f", "\uff01", "\u300c",
           "\u300d", "\u3001", "\uff1a", "\uff1b")  # fmt: skip
"""What is no word when it stands alone."""
_PUNCTUATION = b"!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~"
_SHAPE = bytes(ord(" " if bytes([byte]).isspace() else "x") for byte in range(256))
"""Every byte as a space or an x: a word begins wherever an x stands behind a space."""


def count_words(text: str) -> int:
    """The words of a plain text, as readers count them.

    >>> count_words("Ada’s well-kept lamp — the ledger's -- lamp"), count_words("你好，世界 again")
    (6, 5)
    """
    characters = 0
    parting: tuple[str, ...] = ("--", "/")
    if not text.isascii():
        if text.encode("utf-8", "replace").translate(None, _NEVER_BY_CHARACTER):
            text, characters = _BY_CHARACTER.subn(" ", text)
        for sign in _SILENT:
            text = text.replace(sign, "")
        parting = _PARTING
    for sign in parting:
        text = text.replace(sign, " ")
    shape = b" " + text.encode("utf-8", "replace").translate(_SHAPE, _PUNCTUATION)
    return characters + shape.count(b" x")
