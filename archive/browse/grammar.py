"""Typed text as a tree: a recursive descent, one function a rule, that understands what it can.

    either   = all (OR all)*
    all      = one (AND? one)*
    one      = NOT* (brackets | field | words)
    brackets = "(" either ")"
    field    = NAME comparison (WORD | PHRASE | brackets)
    words    = (WORD | PHRASE)+

Within the brackets of a field, words are values of that field: `rating:(teen OR mature)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.browse.fields import WORDS
from archive.browse.meaning import Meaning
from archive.browse.mistakes import Mistakes
from archive.browse.names import DIRECTIVES
from archive.browse.shape import MOST_LITERALS
from archive.browse.terms import Literal
from archive.browse.tokens import Kind, Token, tokens
from archive.browse.tree import And, Node, Not, Or

_VALUES = (Kind.WORD, Kind.PHRASE)


@dataclass(slots=True)
class Parser:
    """Reads tokens from first to last. `said` gathers what is no condition: sort, order, seed."""

    left: list[Token]
    meaning: Meaning
    mistakes: Mistakes
    said: dict[str, Token] = field(default_factory=dict)
    literals: int = 0
    place: int = 0

    def tree(self) -> Node | None:
        """The whole text; None when there is no condition in it."""
        return self._either(None)

    def _peek(self) -> Kind | None:
        return self.left[self.place].kind if self.place < len(self.left) else None

    def _take(self) -> Token:
        self.place += 1
        return self.left[self.place - 1]

    def _either(self, name: Token | None) -> Node | None:
        parts = [self._all(name)]
        while self._peek() is Kind.OR:
            token = self._take()
            parts.append(self._all(name))
            if parts[-1] is None or parts[-2] is None:
                self.mistakes.add("“OR” needs something on either side of it.", token.start, token.end)
        return _of(Or, parts)

    def _all(self, name: Token | None) -> Node | None:
        parts: list[Node | None] = []
        while (kind := self._peek()) not in {None, Kind.OR, Kind.CLOSE}:
            if kind is Kind.AND:
                token = self._take()
                if not parts or self._peek() in {None, Kind.AND, Kind.OR, Kind.CLOSE}:
                    self.mistakes.add("“AND” needs something on either side of it.", token.start, token.end)
            else:
                parts.append(self._one(name))
        return _of(And, parts)

    def _one(self, name: Token | None) -> Node | None:
        turned = False
        while self._peek() is Kind.NOT:
            token, turned = self._take(), not turned
            if self._peek() in {None, Kind.AND, Kind.OR, Kind.CLOSE}:
                self.mistakes.add("“NOT” needs something after it.", token.start, token.end)
                return None
        kind = self._peek()
        if kind is Kind.OPEN:
            node = self._brackets(name)
        elif kind is Kind.FIELD:
            node = self._field()
        elif kind in _VALUES:
            node = self._words(name, alone=turned)
        else:
            return None
        return Not(node) if turned and node else node

    def _brackets(self, name: Token | None) -> Node | None:
        self._take()
        node = self._either(name)
        if self._peek() is Kind.CLOSE:
            self._take()
        return node

    def _field(self) -> Node | None:
        name = self._take()
        kind = self._peek()
        if kind is Kind.OPEN and name.text not in DIRECTIVES:
            node = self._brackets(name)
            return Or((node,)) if isinstance(node, Literal) and node.wanted else node
        if kind not in _VALUES:
            self.mistakes.add(
                f"“{name.text}{name.comparison}” needs a {self.meaning.kind(name.text)} after it.", name.start, name.end
            )
            return None
        if name.text in DIRECTIVES:
            self.said[name.text] = Token(Kind.WORD, self._take().text, name.start, name.end, name.comparison)
            return None
        return self._literal(name, [self._take()])

    def _words(self, name: Token | None, *, alone: bool) -> Node | None:
        """Words that follow one another: all are searched for together, or they are one name without quotes.

        What NOT turns is one of the words that are searched for.
        """
        run = [self._take()]
        alone = alone and (name is None or name.text in WORDS)
        while not alone and self._peek() in _VALUES and self.meaning.joins(name, run[-1].kind, self._peek()):
            run.append(self._take())
        return self._literal(name, run)

    def _literal(self, name: Token | None, values: list[Token]) -> Node | None:
        if self.literals >= MOST_LITERALS:
            self.mistakes.add(
                "There is too much in this question; its end is left out.", values[0].start, values[-1].end
            )
            return None
        self.literals += 1
        return self.meaning.literal(name, values)


def _of(make: Callable[[tuple[Node, ...]], Node], parts: list[Node | None]) -> Node | None:
    """What there is of the parts: several together, one as it stands, or nothing."""
    there = tuple(part for part in parts if part)
    return make(there) if len(there) > 1 else there[0] if there else None


def parser(text: str, meaning: Meaning, mistakes: Mistakes) -> Parser:
    """A parser for a text."""
    return Parser(tokens(text, mistakes), meaning, mistakes)
