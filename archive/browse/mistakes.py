"""What could not be understood of a typed question, each in one calm line."""

from dataclasses import dataclass, field

MOST = 5
"""Mistakes that are told; whoever mends these sees the others."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, as a sentence, and where in the typed text: from character `start` up to `end`."""

    line: str
    start: int
    end: int


@dataclass(slots=True)
class Mistakes:
    """Mistakes as they are found."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, line: str, start: int, end: int) -> None:
        """Note one, once. Signs that are not seen, or turn the line round, are left out of it."""
        line = "".join(filter(str.isprintable, line))
        if len(self.found) < MOST and all(line != other.line for other in self.found):
            self.found.append(Mistake(line, start, end))

    def told(self) -> tuple[Mistake, ...]:
        """All of them in the order of the text."""
        return tuple(sorted(self.found, key=lambda mistake: mistake.start))
