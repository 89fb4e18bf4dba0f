"""One step from a question to the next: what a button or a filled-in field of the shelf's form asks for.

The form carries the question as hidden fields, in the words of its address. Beside them stand what was pressed and
what was typed, and this works out the address that both together mean. So a page of a hundred facet values carries
its question once instead of three hundred times.

It goes by the words of the address and reads no question: what stands in a box may be text that nobody has understood
yet, and it has to come through as it is.

- `put=fandom:slug`: add a value as the field binds; `put=fandom.all:slug`, `.any`, `.not`: in this way.
- `drop=fandom:slug`: take it away. `bind=fandom:any`: all that is wanted of the field may apply, or must (`all`).
- `set=sort:words`: in place of what it was. `set=more:fandom`: the facet with more of its values.
- `name-fandom=...`: a tag by its name, put as `names` says: `names=fandom.not`.
- `words-from=1,000`, `words-to=20k`: the ends of a range.
- `was=words:1000-`: what a range was. With Enter nothing is pressed, and the end that differs says where one was.
- `at=length`: the side of the sidebar that it was pressed in; empty where what was pressed says its field.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlencode

from archive.browse import DAYS, FIELDS, RANGES, SINGLE

Pairs = list[tuple[str, str]]
Named = Callable[[str, str], str]
"""The value that stands for a name typed in the box of a field."""

_STEPS = frozenset({"put", "drop", "bind", "set", "names", "was", "at"})
_ENDS = {f"{field}-{end}": (field, end) for field in (*RANGES, *DAYS) for end in ("from", "to")}
_BOX = "name-"
_THOUSANDS = re.compile(r"(\d+)(?:\.(\d))?k", re.IGNORECASE)


def stepped(pairs: Sequence[tuple[str, str]], named: Named) -> str | None:
    """The address of the question that a submitted form means; None when the address is one already."""
    if not any(_is_step(name, value) for name, value in pairs):
        return None
    kept = [(name, value) for name, value in pairs if not _is_step(name, value) and name != "page"]
    for field, value in _typed_ranges(pairs):
        kept = _put(kept, field, "all", value)
    for field, mode, words in _typed_names(pairs):
        kept = _put(kept, field, mode, named(field, words))
    for name, value in pairs:
        if name in ("put", "drop", "bind", "set"):
            kept = _taken(kept, name, value)
    return "?" + urlencode(list(dict.fromkeys(kept)))


def place(pairs: Sequence[tuple[str, str]]) -> str | None:
    """The side or field of the sidebar in which a form was pressed, empty for the whole of it; None for elsewhere.

    An end of a range, such as `words-from`, when that was typed and sent with Enter.
    """
    sides = [value for name, value in pairs if name == "at"]
    if not sides:
        return None
    pressed = [(name, value) for name, value in pairs if name in _STEPS - {"at", "was"}]
    pressed += [(name, name.removeprefix(_BOX)) for name, value in pairs if name.startswith(_BOX) and value.strip()]
    if not pressed and not sides[-1]:
        return _typed_end(pairs)
    name, said = pressed[-1] if pressed else ("", "")
    what, _, value = said.partition(":")
    return sides[-1] or (value if name == "set" else what.partition(".")[0])


def _typed_end(pairs: Sequence[tuple[str, str]]) -> str:
    """The first end of a range that is not what it was."""
    was = dict(said.partition(":")[::2] for name, said in pairs if name == "was")
    for name, value in pairs:
        if name in _ENDS:
            field, end = _ENDS[name]
            low, _, high = was.get(field, "").partition(".." if field in DAYS else "-")
            if _end(field, value) != (low if end == "from" else high):
                return name
    return ""


def _is_step(name: str, value: str) -> bool:
    return name in _STEPS or name in _ENDS or name.startswith(_BOX) or not value.strip()


def _taken(pairs: Pairs, step: str, said: str) -> Pairs:
    what, _, value = said.partition(":")
    field, _, mode = what.partition(".")
    if step == "set":
        return _set(pairs, what, value)
    if field not in FIELDS and field not in ("q", "also"):
        return pairs
    if step == "put":
        return _put(pairs, field, mode, value)
    return _without(pairs, field, value) if step == "drop" else _bound(pairs, field, value)


def _set(pairs: Pairs, name: str, value: str) -> Pairs:
    """Another order begins as it usually runs; the same again by chance is another one."""
    gone = {"sort": {"sort", "order", "seed"}, "order": {"order"}, "more": {"more"}}.get(name)
    if gone is None:
        return pairs
    return [pair for pair in pairs if pair[0] not in gone] + [(name, value)]


def _put(pairs: Pairs, field: str, mode: str, value: str) -> Pairs:
    kept = _without(pairs, field, value)
    if field in ("primary", "relationship"):
        kept = _without(kept, "relationship" if field == "primary" else "primary", value)
    if field in RANGES or field in DAYS:
        kept = [pair for pair in kept if pair[0] != field or mode == "not"]
    if mode == "any" and field not in SINGLE and f"{field}.any" not in dict(kept):
        kept = _bound(kept, field, "any")
    if not mode:
        mode = "any" if _either(kept, field) else "all"
    return [*kept, (_name(field, mode), value)] if value else kept


def _either(pairs: Pairs, field: str) -> bool:
    """Whether another value that is wanted joins those of which any may apply."""
    names = dict(pairs)
    return f"{field}.any" in names and field not in names


def _without(pairs: Pairs, field: str, value: str) -> Pairs:
    if field in ("q", "also"):
        return [pair for pair in pairs if pair[0] != field]
    return [pair for pair in pairs if not (pair[0].partition(".")[0] == field and pair[1] == value)]


def _bound(pairs: Pairs, field: str, mode: str) -> Pairs:
    wanted = (field, f"{field}.any")
    return [(_name(field, mode) if name in wanted else name, value) for name, value in pairs]


def _name(field: str, mode: str) -> str:
    if mode == "not":
        return f"{field}.not"
    return f"{field}.any" if mode == "any" and field not in SINGLE else field


def _typed_names(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Field, mode and words of what was typed into the boxes that take names. Commas part several names."""
    pairs = list(pairs)
    modes = dict(said.partition(".")[::2] for name, said in pairs if name == "names")
    for name, typed in pairs:
        field = name.removeprefix(_BOX)
        if name.startswith(_BOX) and field in FIELDS:
            for words in typed.split(","):
                if words.strip():
                    yield field, modes.get(field, ""), words.strip()


def _typed_ranges(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    ends: dict[str, dict[str, str]] = {}
    for name, value in pairs:
        if name in _ENDS:
            field, end = _ENDS[name]
            ends.setdefault(field, {})[end] = _end(field, value)
    for field, given in ends.items():
        low, high = given.get("from", ""), given.get("to", "")
        yield field, f"{low}{'..' if field in DAYS else '-'}{high}" if low or high else ""


def _end(field: str, typed: str) -> str:
    """One end of a range as the address writes it: `1,000` and `20k` are numbers, a day keeps its spelling."""
    words = "".join(typed.split()).replace(",", "")
    if field in DAYS:
        return words.lower().replace("/", "-")
    if thousands := _THOUSANDS.fullmatch(words):
        return str(int(thousands[1]) * 1000 + int(thousands[2] or 0) * 100)
    found = re.match(r"[0-9]{1,9}", words)
    return found.group() if found else ""
