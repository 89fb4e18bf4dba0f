"""The header of a text export: its labels and sections, and the line where the body begins."""

import re
from dataclasses import dataclass, field

from archive.formats.texts.labels import SECTIONS, field_of

_LABEL = re.compile(r"[\s\ufeff\u200b]*([^\W\d_][^:：\n]{0,39}?)\s*[:：](?!//)[ \t\xa0]*(.*)")
_ADDRESS = re.compile(r"\s*(https?://\S+)\s*$", re.IGNORECASE)
_PROSE = re.compile(r"[.,;!?\"“”«»]|(?:\S+\s+){4}\S")
_EDGE = " \t\xa0\u200b\ufeff\u3000"
_LONGEST_SECTION = 40_000
_LISTS = {"authors", "warnings", "categories", "fandoms", "relationships", "characters", "freeforms", "series"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One label as it is written, the field it names (empty when none), and its value."""

    label: str
    field: str
    value: str


@dataclass(slots=True)
class Header:
    """What stands before the body. `body` is the line where the body begins, `first` what stands before that line."""

    entries: list[Entry] = field(default_factory=list)
    body: int = 0
    first: str = ""

    def has(self, name: str) -> bool:
        return any(entry.field == name for entry in self.entries)


def entry_of(line: str) -> Entry | None:
    """The label and value of a line, None when it is no such line."""
    if found := _LABEL.match(line):
        label, value = found[1], found[2].strip(_EDGE)
        name = field_of(label)
        if name or not _PROSE.search(label):
            return Entry(label, name, value)
    elif found := _ADDRESS.match(line):
        return Entry("URL", "url", found[1])
    return None


def read_header(lines: list[str], start: int) -> Header:
    """The header that begins at a line. It ends at `Work text:`, or at the first blank line that no section follows."""
    header = Header()
    at = _run(lines, start, header)
    if header.body:
        return header
    text = _find_text(lines, at)
    if text is not None:
        _read_until(lines, at, text, header)
        entry = entry_of(lines[text])
        header.body, header.first = text + 1, entry.value if entry else ""
    else:
        header.body = _read_blocks(lines, at, header)
    return header


def run_around(lines: list[str], at: int) -> tuple[int, int, set[str]]:
    """The run of labels around a line, as its first and last line, and the fields that it names."""
    first = last = at
    fields: set[str] = set()
    while first and (entry := entry_of(lines[first - 1])) and entry.field:
        fields.add(entry.field)
        first -= 1
    while last + 1 < len(lines) and (entry := entry_of(lines[last + 1])):
        fields.add(entry.field)
        last += 1
    return first, last, fields


def blank(line: str) -> bool:
    """Whether a line shows nothing."""
    return not line.strip(_EDGE)


def _run(lines: list[str], at: int, header: Header) -> int:
    """Read label lines up to the first blank line, section or line of prose; sets `body` when prose or text begins."""
    entries = header.entries
    while at < len(lines) and not blank(lines[at]):
        entry = entry_of(lines[at])
        if entry is None:
            if not _goes_on(entries):
                header.body = at
                return at
            entries[-1] = _longer(entries[-1], lines[at])
        elif entry.field == "text":
            header.body, header.first = at + 1, entry.value
            return at
        elif entry.field in SECTIONS and not entry.value:
            return at
        else:
            entries.append(entry)
        at += 1
    return at


def _goes_on(entries: list[Entry]) -> bool:
    """Whether a line without a label may belong to the label before it: a long list or a summary goes on."""
    if not entries:
        return False
    last = entries[-1]
    return last.field in SECTIONS or (last.field in _LISTS and last.value.endswith((",", "，", "、")))


def _longer(entry: Entry, line: str) -> Entry:
    joint = "\n" if entry.field in SECTIONS else " "
    return Entry(entry.label, entry.field, f"{entry.value}{joint}{line.strip(_EDGE)}")


def _section(lines: list[str], at: int) -> Entry | None:
    """The section that a line opens: its label alone, or with a value after a blank line."""
    entry = entry_of(lines[at])
    if entry and entry.field in SECTIONS and (not entry.value or at == 0 or blank(lines[at - 1])):
        return entry
    return None


def _find_text(lines: list[str], at: int) -> int | None:
    """The line of `Work text:`, when nothing but labels and sections stands before it."""
    size, inside = 0, False
    for place in range(at, len(lines)):
        line = lines[place]
        if blank(line):
            continue
        if section := _section(lines, place):
            if section.field == "text":
                return place
            inside = True
        elif not inside and not ((entry := entry_of(line)) and entry.field):
            return None
        size += len(line)
        if size > _LONGEST_SECTION:
            return None
    return None


def _read_until(lines: list[str], at: int, end: int, header: Header) -> None:
    """Read labels and sections that stand between the first run and `Work text:`; in a section no label counts."""
    open_section: Entry | None = None
    held: list[str] = []
    for place in range(at, end):
        if section := _section(lines, place):
            _keep(open_section, held, header)
            open_section, held = section, [section.value]
        elif open_section:
            held.append(lines[place])
        elif not blank(lines[place]) and (entry := entry_of(lines[place])):
            header.entries.append(entry)
    _keep(open_section, held, header)


def _keep(section: Entry | None, held: list[str], header: Header) -> None:
    if section and (value := "\n".join(held).strip(_EDGE + "\n")):
        header.entries.append(Entry(section.label, section.field, value))


def _read_blocks(lines: list[str], at: int, header: Header) -> int:
    """Without `Work text:` a section is one block of lines; returns the line where the body begins."""
    while True:
        while at < len(lines) and blank(lines[at]):
            at += 1
        section = _section(lines, at) if at < len(lines) else None
        if section is None:
            return at
        held = [section.value]
        at += 1
        while at < len(lines) and not blank(lines[at]) and not _section(lines, at):
            held.append(lines[at])
            at += 1
        _keep(section, held, header)
