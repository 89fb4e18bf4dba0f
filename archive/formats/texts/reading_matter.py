"""Reading matter: whether a text without any header is something to read, or a log, a table, a program, a list.

A text that nothing else vouches for becomes a work only when it looks like prose or verse. Each rule says what the text
is instead; all of them look at its first hundred thousand characters, and none at its name.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

_LOOKED_AT = 100_000
_FEWEST_WORDS = 20
_FEWEST_LETTERS, _FEWEST_OF_ALL = 0.77, 0.5
"""Of letters and punctuation, and of all signs but spaces. Prose has nine in ten, programs fewer than eight."""
_MANY_LINES, _FEW_LINES = 100, 5
_WORDS_OF_A_LIST = 1.6
_LONGEST_LINE = 300
_LICENCE_ENDS = 10_000
"""A work may have its licence behind it."""
_ENOUGH_HEADINGS, _ENOUGH_STATEMENTS, _ENOUGH_TERMS = 2, 2, 4

_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that part no words, or write whole ones in a sign or two."""
_SIGNS = re.compile(r"[^\s\u0300-\u036f\u0590-\u05cf\u064b-\u065f\u0900-\u0eff]")
_POINTS = re.compile(r"[!-/:-@\[-`{-~]")
_HOUR = re.compile(r"\[?\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?\]?", re.IGNORECASE)
"""Before each line of a chat."""
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://|www\.\w", re.IGNORECASE)
_LOGGED = re.compile(
    r"\[?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d/\w{3}/\d{4}:\d\d|\w{3} +\d{1,2} \d\d:\d\d:\d\d )"
    r"|\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|TRACE|FATAL)\b"
)
_CODE = re.compile(
    r".*(?:[{}]|[)\]}\"'\w]\s*=\s*.*;|[)\]}\"'];|\):|\\)$"
    r"|(?:import [\w.{*]|from [\w.]+ import |def \w+\(|class \w+[(:{]|#include\b|#!/|using [\w.:]+;|package [\w.]+;"
    r"|(?:public|private|static|function|const|let|var|return) [\w({].*[;{(=]|//|/\*|\* @|</?\w+[ >])"
)
_PROGRAM = re.compile(
    r"import [\w.]+(?: as \w+)?;?$|from [\w.]+ import [\w(*, ]+$|(?:async )?def \w+\(|#include\s*[<\"]|#!/|<\?php"
    r"|if __name__ ==|elif .+:$|(?:public|private|protected|static) [\w<>\[\] ]+\(.*|SPDX-License-Identifier"
)
"""Lines that nobody writes but in programs."""
_REMARK = re.compile(r"#(?!#)\s*\S|;;")
"""Remarks stand below each other in programs and settings; headings do not."""
_TECHNICAL = re.compile(
    r"(?<!\S)--[a-z][a-z-]+|\w\(\)|(?<![\w.:/])/(?:[\w.-]+/)+|\b\w+\.(?:py|[ch]|cpp|js|conf|so|sh|xml|json|md|rst|exe)\b"
    r"|(?<![\d.])v?\d+\.\d+\.\d+|<[\w.+-]+@[\w.-]+>|\b(?:https?|ftp)://"
)
"""Names of options, functions, files, versions and addresses, of which prose has hardly any."""
_SETTING = re.compile(r"[\w.\-\[\]\"']{1,60}\s*=\s*\S.*|\[[\w .:-]{1,60}\]$|\"[\w.-]+\"\s*:.*")
_TIMED = re.compile(r"\d\d:\d\d(?::\d\d)?[,.]\d{2,3} --> ")
_ABOUT = re.compile(
    r"(?:#{1,4}\s*)?(?:installation|install(?:ing)?|usage|licen[cs]e|contributing|requirements|getting started"
    r"|changelog|configuration|building|build|dependencies|development|quick ?start|prerequisites|unreleased"
    r"|\[?v?\d+\.\d+\.\d+.*)",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"permission is hereby granted, free of charge|gnu (?:lesser |affero )?general public license|apache license"
    r"|copyright-format/1\.0|/usr/share/common-licenses|free software foundation"
    r"|redistribution and use in source and binary forms|creative commons (?:legal code|corporation)",
    re.IGNORECASE,
)


def unfit(text: str) -> str | None:
    """What a text is, if it is nothing to read; None for reading matter.

    >>> unfit("It rained. " * 20), unfit("rain " * 3)
    (None, 'hardly any text: fewer than 20 words')
    """
    text = text[:_LOOKED_AT]
    words = len(_WORD.findall(text)) + len(_WIDE.findall(text))
    if words < _FEWEST_WORDS:
        return f"hardly any text: fewer than {_FEWEST_WORDS} words"
    what = next(_something_else(text, words), None)
    return f"{what}, and no work" if what else None


def _something_else(text: str, words: int) -> Iterator[str]:
    """What a text may be instead, in the order of how sure that is."""
    if _LICENCE.search(text, 0, _LICENCE_ENDS):
        yield "a licence"
    written = [line.strip()[:_LONGEST_LINE] for line in text.split("\n")]
    if sum(bool(_REMARK.match(one) and _REMARK.match(two)) for one, two in pairwise(written)) >= _ENOUGH_STATEMENTS:
        yield "settings or source code"
    lines = [line for line in written if line]
    yield from _by_lines(lines)
    if len(lines) > _MANY_LINES and words < _WORDS_OF_A_LIST * len(lines) and not _WIDE.search(text):
        yield "a list of words"
    yield from _by_signs(text, words)


def _by_lines(lines: list[str]) -> Iterator[str]:
    if sum(map(bool, map(_PROGRAM.match, lines))) >= _ENOUGH_STATEMENTS:
        yield "source code"
    for what, share, of_line in _KINDS:
        if sum(map(of_line, lines)) >= share * len(lines):
            yield what
    if sum(map(bool, map(_ABOUT.fullmatch, lines))) >= _ENOUGH_HEADINGS:
        yield "a page about a program"
    if _table(lines):
        yield "a table"


def _by_signs(text: str, words: int) -> Iterator[str]:
    technical = len(_TECHNICAL.findall(text))
    if technical >= _ENOUGH_TERMS and technical * 100 > words:
        yield "a page about a program"
    text = _HOUR.sub("", text)
    letters, points = len(_LETTER.findall(text)), len(_POINTS.findall(text))
    if letters < _FEWEST_LETTERS * (letters + points) or letters < _FEWEST_OF_ALL * len(_SIGNS.findall(text)):
        yield "more signs and numbers than words"


def _found(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda line: pattern.match(line) is not None


_KINDS: tuple[tuple[str, float, Callable[[str], bool]], ...] = (
    ("a list of addresses", 0.5, lambda line: _ADDRESS.search(line) is not None),
    ("a log", 0.5, _found(_LOGGED)),
    ("subtitles", 0.2, _found(_TIMED)),
    ("settings", 0.6, _found(_SETTING)),
    ("source code", 0.25, _found(_CODE)),
)
"""What most lines of a text may be, from which share on."""


def _table(lines: Iterable[str]) -> bool:
    """Whether nearly all lines hold the same number of cells."""
    for sign, fewest in (("\t", 1), ("|", 2), (";", 3), (",", 3)):
        counts = Counter(line.count(sign) for line in lines)
        cells, often = counts.most_common(1)[0]
        if cells >= fewest and counts.total() >= _FEW_LINES and often >= 0.8 * counts.total():
            return True
    return False
