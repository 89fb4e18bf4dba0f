"""What a field and a typed value mean: the term that stands in the address."""

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.browse import fields, values
from archive.browse.mistakes import Mistakes
from archive.browse.terms import Literal, Term
from archive.browse.tokens import Kind, Token

Names = Callable[[str, str], str | None]
"""From a field and a typed name to the slug or id behind it, if this reader may know of it."""

_CLOSED: dict[str, Callable[[str], str | None]] = {
    "rating": values.rating,
    "warning": values.warning,
    "category": values.category,
    "complete": values.yes_or_no,
    "crossover": values.yes_or_no,
    "oneshot": values.yes_or_no,
    "series-part": values.yes_or_no,
}
_KINDS = {"name": "name", "closed": "word", "range": "number", "days": "date", "words": "word"}
_EXAMPLES = {
    "rating": "general, teen, mature, explicit",
    "warning": "death, violence, none",
    "category": "F/M, M/M, F/F, gen",
    "number": "5000, 1k-5k",
    "date": "2019, 2019-06..2020, 1y",
    "word": "yes, no",
}
_LONGEST_NAME = 1_000
_NOBODY = "0"
"""The id of no series."""


def nobody(name: str, typed: str) -> str | None:
    """No names are known: what is typed stands as it is."""
    return None


@dataclass(slots=True)
class Meaning:
    """Finds the terms of one typed question."""

    names: Names
    mistakes: Mistakes
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def kind(self, name: str) -> str:
        """What the values of a field are called."""
        return _KINDS[fields.BY_NAME[name].holds] if name in fields.BY_NAME else "word"

    def joins(self, name: Token | None, before: Kind, after: Kind | None) -> bool:
        """Whether two that follow one another in the brackets of a field are one value."""
        words = name is None or (self.kind(name.text) == "word" and name.text in fields.WORDS)
        return words or before is after is Kind.WORD

    def literal(self, name: Token | None, run: list[Token]) -> Literal | None:
        """The condition that is meant by the values of a field, or by words without one; None when it is none."""
        start, end = (name or run[0]).start, run[-1].end
        typed = " ".join(token.text for token in run).strip()
        if name is None or name.text in fields.WORDS:
            return self._searched(name.text if name else "search", run)
        if name.text == "otp":
            return self._otp(typed, start, end)
        number = name.text == "series" and run[0].kind is Kind.WORD and typed.isdigit()
        term = fields.term(name.text, typed if number else self._value(name, typed) or "")
        if term is None:
            self._explain(name.text, typed, start, end)
        elif typed.endswith("*") and run[-1].kind is Kind.WORD and self.known.get((name.text, typed), "") is None:
            self.mistakes.add(
                f"“{name.text}” takes whole names; “*” stands for more letters in words only.", start, end
            )
        return Literal(term) if term else None

    def _otp(self, typed: str, start: int, end: int) -> Literal | None:
        answer = values.yes_or_no(typed)
        if answer in {"yes", "no"}:
            return Literal(Term("relationships", "1-1"), answer == "yes")
        self._explain("otp", typed, start, end)
        return None

    def _searched(self, name: str, run: list[Token]) -> Literal | None:
        texts = [one.text.replace('"', " ") for one in run]
        joined = " ".join(
            f'"{text}"' if one.kind is Kind.PHRASE else text for one, text in zip(run, texts, strict=True)
        )
        term = fields.term(name, joined)
        if term is None and len(joined) > fields.LONGEST_VALUE:
            self.mistakes.add("These are too many words to search for at once.", run[0].start, run[-1].end)
        return Literal(term) if term else None

    def _value(self, name: Token, typed: str) -> str | None:
        holds = fields.BY_NAME[name.text].holds
        if holds == "range":
            return values.range_of(name.comparison, typed)
        if holds == "days":
            return values.days_of(name.comparison, typed)
        if name.text in _CLOSED:
            return _CLOSED[name.text](typed)
        return self._named(name.text, typed) if holds == "name" else typed

    def _named(self, name: str, typed: str) -> str | None:
        """The slug or id that a name stands for; what nobody bears stays as it was typed, and finds nothing."""
        if len(typed) > _LONGEST_NAME or not typed:
            return None
        asked = (name, typed)
        if asked not in self.known:
            self.known[asked] = self.names(name, typed)
        found = self.known[asked] or typed
        return found if name != "series" or fields.term(name, found) else _NOBODY

    def _explain(self, name: str, typed: str, start: int, end: int) -> None:
        shown = typed if len(typed) <= 40 else typed[:39] + "…"
        example = _EXAMPLES.get(name) or _EXAMPLES.get(self.kind(name), "")
        hint = f" Try {example}." if example else ""
        self.mistakes.add(f"“{name}” cannot be “{shown}”.{hint}", start, end)
