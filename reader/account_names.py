"""Names of accounts: which of them look alike."""

from archive.vocabulary import fold

LOOKALIKES = str.maketrans(
    {
        **dict(zip("асеорхуіјѕһԁԛԝ", "aceopxyijshdqw", strict=True)),  # Cyrillic
        **dict(zip("οανικρυχ", "oavikpux", strict=True)),  # Greek
        "ı": "i", "ɩ": "i", "ɑ": "a", "ɡ": "g", "ʏ": "y",
    }
)  # fmt: skip
"""Small letters that are drawn like Latin ones."""


def key_of(name: str) -> str:
    """What a name comes to when case, accents, width and look-alike letters are set aside.

    >>> key_of("Ａda") == key_of("ADA") == key_of("аdа")  # wide; capitals; Cyrillic
    True
    """
    return "".join(fold(name).translate(LOOKALIKES).split())
