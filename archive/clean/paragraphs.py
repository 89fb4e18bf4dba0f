"""The paragraphs of a cleaned text: its leaf blocks, as plain text, numbered, and by digest.

All of this leans on the canonical form that `archive.clean.html` and `paragraphs` write: inside a leaf block stand
inline elements only, and an item or cell that holds blocks begins with one. So no parser is needed.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import count

_BLOCKS = "p|h[3-6]|pre|ul|ol|blockquote|div|table|hr"
_OPENING = re.compile(rf"<(p|h[3-6]|pre|li|td|th|caption)(?=[ >])([^<>]*)>(?!<(?:{_BLOCKS})[ >]|</\1>)")
_LEAF = re.compile(_OPENING.pattern + r"([^<]*(?:<(?!/\1>)[^<]*)*)</\1>")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br>\n?")
_PICTURE = re.compile(r'<img src="picture:([0-9a-f]+)" alt="([^"]*)"[^<>]*>')
_UNSPOKEN = re.compile(r"<rp>[^<]*</rp>")


def leaves(html: str, picture: str = r"\2") -> Iterator[str]:
    """The text of each leaf block, in order: tags gone, line breaks kept, entities still escaped.

    `picture` is what stands for a picture: by its alt text, or with `\\1` by its digest.
    """
    for leaf in _LEAF.finditer(html):
        inner = leaf[3]
        if "<" in inner:
            if "<img" in inner:
                inner = _PICTURE.sub(picture, inner)
            if "<br>" in inner:
                inner = _BREAK.sub("\n", inner)
            if "<rp>" in inner:
                inner = _UNSPOKEN.sub("", inner)
            inner = _TAG.sub("", inner)
        yield inner


def plain(html: str) -> str:
    """A cleaned text as plain text; paragraphs are parted by blank lines."""
    text = "\n\n".join(leaves(html))
    return unescape(text) if "&" in text else text


def numbered(html: str, before: str = "p") -> str:
    """The same text with `id="p1"`, `id="p2"` ... on its paragraphs, for the page; `before` stands for the `p`."""
    numbers = count(1)
    return _OPENING.sub(lambda tag: f'<{tag[1]} id="{before}{next(numbers)}"{tag[2]}>', html)


def paragraph_digests(html: str) -> bytes:
    """Eight bytes for each paragraph, in order: what a reader's place is found by again after an update.

    They are digests of the words as one reads them, so that markup, typographer's quotes and the width of spaces, in
    which two files of one text differ, make no difference.
    """
    return _digests(leaves(_alike(html), r"\1 \2"))


def digests_and_plain(html: str) -> tuple[bytes, str]:
    """What `paragraph_digests` and `plain` give, with the leaves found once, where no picture stands in them."""
    if "<img" in html or _APART in html:
        return paragraph_digests(html), plain(html)
    found = list(leaves(html))
    text = "\n\n".join(found)
    digests = _digests(_alike(_APART.join(found)).split(_APART)) if found else b""
    return digests, unescape(text) if "&" in text else text


_APART = "\0"


def _digests(found: Iterable[str]) -> bytes:
    blake = hashlib.blake2b
    return b"".join(blake(_words(leaf).encode(), digest_size=8).digest() for leaf in found)


def as_read(leaf: str) -> str:
    """The words of a leaf, entities unescaped, each space one, quotes and dashes of one kind.

    >>> as_read("“R&nbsp;&amp;  B”\\n—\u2026")
    '"R & B" -...'
    """
    return _words(_alike(leaf))


def _words(leaf: str) -> str:
    """What is seen of a leaf, each space as one; most leaves have no others."""
    text = unescape(leaf) if "&" in leaf else leaf
    if text.isascii() and not ("\n" in text or "  " in text or "\t" in text):
        return text.strip()
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    return " ".join(text.split())


def _alike(text: str) -> str:
    """A text, or all of its markup at once, with quotes and dashes of one kind."""
    if not text.isascii():
        for sign, plainly in _PLAINLY:
            text = text.replace(sign, plainly)
    return text


_UNSEEN = "\u00ad\u200b\ufeff"
_PLAINLY = tuple(
    (sign, plainly)
    for signs, plainly in (
        ("‘’‚‛′", "'"),
        ("“”„‟″", '"'),
        ("‐‑‒–—―−", "-"),
        ("…", "..."),
    )
    for sign in signs
)
