"""Typed text as tokens: words, phrases, brackets, AND, OR, NOT, and fields with their comparison."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from archive.browse.mistakes import Mistakes
from archive.browse.names import canonical

DEEPEST = 32
"""Brackets within brackets."""


class Kind(StrEnum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    FIELD = auto()
    WORD = auto()
    PHRASE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of typed text. Of a field, `text` is its one name and `comparison` what stands behind it."""

    kind: Kind
    text: str
    start: int
    end: int
    comparison: str = ""


_TOKEN = re.compile(
    r"""
    (?P<open>\() | (?P<close>\))
    | "(?P<phrase>(?:[^"\\]|\\.)*)(?:(?P<closed>")|\\?)
    | “(?P<curly>[^”]*)(?P<curled>”?)
    | (?P<minus>[-!](?=[^\s)]))
    | (?P<field>[A-Za-z][A-Za-z_-]*) (?: (?P<colon>:)\s*(?P<after>[<>]=?|[=≤≥])? | \s*(?P<sign>[<>]=?|[=≤≥]) )
    | (?P<word>(?:[^\s()"\\]|\\\S|\\)+)
    """,
    re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(r'[^\s()"“\\](?:[^\s()"\\]|\\\S|\\)*|(?:\\\S)(?:[^\s()"\\]|\\\S|\\)*')
"""A word behind a field may begin with a dash: `words:-5000`."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_OPERATORS = {"AND": Kind.AND, "&&": Kind.AND, "OR": Kind.OR, "||": Kind.OR, "NOT": Kind.NOT}
_SAME = {"≤": "<=", "≥": ">=", "": ":"}


def tokens(text: str, mistakes: Mistakes) -> list[Token]:
    """Cut typed text into tokens; the brackets among them pair. AND, OR or NOT alone is a word."""
    cut = list(_cut(text, mistakes))
    if len(cut) == 1 and cut[0].kind in _OPERATORS.values():
        return [replace(cut[0], kind=Kind.WORD)]
    return _paired(cut, mistakes)


def _cut(text: str, mistakes: Mistakes) -> Iterator[Token]:
    place, valued = 0, False
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        if valued and (found := _VALUE.match(text, place)) and found[0] not in _OPERATORS:
            token, place = Token(Kind.WORD, _plain(found[0]), place, found.end()), found.end()
        else:
            token, place = _next(text, place, mistakes)
        valued = token.kind is Kind.FIELD
        yield token


def _next(text: str, place: int, mistakes: Mistakes) -> tuple[Token, int]:
    found = _TOKEN.match(text, place)
    if not found:  # nothing else is possible, and nothing may ever stop the reader
        return Token(Kind.WORD, text[place], place, place + 1), place + 1
    start, end = found.span()
    if found["field"]:
        return _field(found, mistakes)
    if found["open"] or found["close"]:
        return Token(Kind.OPEN if found["open"] else Kind.CLOSE, found[0], start, end), end
    if found["minus"]:
        return Token(Kind.NOT, found[0], start, end), end
    if found["word"]:
        return Token(_OPERATORS.get(found[0], Kind.WORD), _plain(found[0]), start, end), end
    if not found["closed"] and not found["curled"]:
        mistakes.add("A quotation mark is never closed.", start, end)
    quoted = found["curly"] if found["phrase"] is None else _plain(found["phrase"])
    return Token(Kind.PHRASE, quoted, start, end), end


_WORD = re.compile(r'(?:[^\s()"\\]|\\\S|\\)+')


def _field(found: re.Match[str], mistakes: Mistakes) -> tuple[Token, int]:
    """A field, or a word that looks like one."""
    text, (place, end), name = found.string, found.span(), found["field"]
    if known := canonical(name):
        sign = found["sign"] or found["after"] or ""
        return Token(Kind.FIELD, known, place, end, _SAME.get(sign, sign)), end
    whole = _WORD.match(text, place)
    end = whole.end() if whole else place + len(name)
    word = text[place:end]
    if any(sign in word for sign in ":<>="):
        mistakes.add(f"“{name}” cannot be asked for, so “{word[:60]}” is searched for as it is.", place, end)
    return Token(_OPERATORS.get(word, Kind.WORD), _plain(word), place, end), end


def _plain(written: str) -> str:
    return _ESCAPED.sub(r"\1", written)


def _paired(cut: list[Token], mistakes: Mistakes) -> list[Token]:
    """Brackets that are never closed are closed at the end; without a partner, or too deep, they fall away."""
    opened: list[int] = []
    dropped: set[int] = set()
    deep = False
    for number, token in enumerate(cut):
        if token.kind is Kind.OPEN:
            opened.append(number)
        elif token.kind is Kind.CLOSE and not opened:
            mistakes.add("A bracket is closed that was never opened.", token.start, token.end)
            dropped.add(number)
        elif token.kind is Kind.CLOSE and len(opened) > DEEPEST:
            dropped |= {opened.pop(), number}
            deep = True
        elif token.kind is Kind.CLOSE:
            opened.pop()
    if opened:
        mistakes.add("A bracket is never closed.", cut[opened[0]].start, cut[opened[0]].end)
    if deep or len(opened) > DEEPEST:
        mistakes.add(f"Brackets stand more than {DEEPEST} deep; the inner ones are left out.", 0, 0)
    dropped |= set(opened[DEEPEST:])
    end = cut[-1].end if cut else 0
    closing = [Token(Kind.CLOSE, ")", end, end)] * len(opened[:DEEPEST])
    return [token for number, token in enumerate(cut) if number not in dropped] + closing
