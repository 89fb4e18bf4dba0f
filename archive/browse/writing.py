"""A question as typed text, as short as it reads well; reading it again gives the same question."""

import re
from collections.abc import Iterable, Iterator, Mapping

from archive.browse import fields
from archive.browse.fields import BY_NAME, SINGLE, WORDS
from archive.browse.shape import UNLISTED
from archive.browse.spans import number_range
from archive.browse.terms import Clause, Group, Literal, Mode, Term

_BARE = re.compile(r"[^\W_][\w'’./&+~-]*")
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_PIECE = re.compile(r'"[^"]*"|\S+')
_SPECIAL = re.compile(r"[^\w*'’.]")

Names = Mapping[Term, str]


def clause(one: Clause, names: Names) -> Iterator[str]:
    """The pieces that say one clause."""
    if one.mode is Mode.ANY:
        yield _either(one.terms, names)
    else:
        yield from (literal(Literal(term, one.mode is Mode.ALL), names) for term in one.terms)


def groups(beyond: Iterable[Group], names: Names) -> Iterator[str]:
    """The pieces that say what is beyond clauses."""
    for group in beyond:
        same = {one.term.field for one in group if one.wanted}
        if len(group) == 1:
            yield literal(group[0], names, apart=True)
        elif len(same) == 1 and all(one.wanted for one in group):
            yield _either([one.term for one in group], names)
        else:
            yield f"({' OR '.join(literal(one, names) for one in group)})"


def literal(one: Literal, names: Names, *, apart: bool = False) -> str:
    """One condition; words that are to stand `apart` do not mix with others beside them."""
    dash = "" if one.wanted else "-"
    name, value = one.term.field, _value(one.term, names)
    several = name in WORDS and len(_PIECE.findall(one.term.value)) > 1
    if name == "search" and not (apart and one.wanted):
        return f"{dash}({value})" if several and dash else f"{dash}{value}"
    if name in WORDS and (several or name == "search"):
        return f"{dash}{name}:({value})"
    return dash + _beside(one.term, value)


def _either(terms: Iterable[Term], names: Names) -> str:
    """Any of some terms of one field; one alone stands in brackets, where that tells it from *all of* it."""
    several = list(terms)
    name = several[0].field
    if len(several) == 1 and name in SINGLE | UNLISTED:
        return literal(Literal(several[0]), names)
    values = " OR ".join(_value(term, names) for term in several)
    return f"({values})" if name == "search" else f"{name}:({values})"


def _beside(term: Term, value: str) -> str:
    """A field and its value outside brackets: ranges as comparisons."""
    if BY_NAME[term.field].holds == "range":
        low, high = number_range(term.value) or (None, None)
        if high is None:
            return f"{term.field}>={low}"
        if low is None:
            return f"{term.field}<={high}"
        if low == high:
            return f"{term.field}={low}"
        return f"{term.field}:{low}-{high}"
    return f"{term.field}:{value}"


def _value(term: Term, names: Names) -> str:
    """A value as it stands in brackets: names without quotes where they are one plain word."""
    holds = BY_NAME[term.field].holds
    if holds == "words":
        return words(term.value)
    if holds == "days":
        first, _, last = term.value.partition("..")
        return first if first == last and first[-1].isdigit() else term.value
    return _quoted(_named(term, names) if holds == "name" else term.value)


def _named(term: Term, names: Names) -> str:
    """The name of a term where it leads back to just that term: several series may have one, and so may tags."""
    if term.field == "series":
        return term.value
    name = names.get(term, term.value)
    return term.value if term.field == "tag" and fields.term("tag", name) != term else name


def words(searched: str) -> str:
    """Words and phrases to search for, with a backslash before what would mean something else."""
    return " ".join(_searched(piece) for piece in _PIECE.findall(searched))


def _searched(piece: str) -> str:
    if piece.startswith('"'):
        inner = piece[1:-1].replace("\\", "\\\\")
        return f'"{inner}"'
    if piece in _OPERATORS:
        return f"\\{piece}"
    return _SPECIAL.sub(r"\\\g<0>", piece)


def _quoted(value: str) -> str:
    if _BARE.fullmatch(value) and value not in _OPERATORS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
