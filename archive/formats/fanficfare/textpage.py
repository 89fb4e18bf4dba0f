"""The title page of a text file: wrapped lines back to labels and values, and the summary that stands last."""

import re
from collections.abc import Sequence

from archive import clean
from archive.formats import values
from archive.formats.fanficfare.guessing import is_address, is_site, summary_at
from archive.formats.fanficfare.labels import BEHIND_THE_SUMMARY, field_of
from archive.formats.fanficfare.outline import Outline
from archive.formats.fanficfare.titlepage import Row, TitlePage
from archive.formats.fanficfare.wrapped import joined, may_go_on, width_of

_LABEL = re.compile(r"([^\W\d_][^:\n]{0,50}):(?:$| (.*))", re.DOTALL)


def title_page(outline: Outline, lines: Sequence[str]) -> TitlePage:
    """The title page of a file with this outline; all its lines tell the width they were wrapped at."""
    whole = _unwrapped(outline.page, width_of(lines))
    last = _summary_at(whole)
    rows = _rows(whole[:last])
    described = [whole[last].partition(":")[2], *whole[last + 1 :]] if last < len(whole) else []
    end = _end_of_summary(described)
    rows += _rows(described[end:])
    return TitlePage(
        title=values.line(outline.title),
        authors=values.names(outline.byline),
        address=_address(rows),
        rows=tuple(rows),
        summary=clean.paragraphs("\n".join(described[:end])),
    )


def _unwrapped(page: Sequence[str], width: int) -> list[str]:
    """The lines as they were before they were wrapped; blank lines are empty. No label before a summary is lost.

    A line that may go on is taken to go on, unless the next one has a label that is known; inside the summary only
    labels of what can stand behind it count.
    """
    whole: list[list[str]] = []
    before, described = "", False
    for line in page:
        if not line.strip():
            described = described or bool(whole)
            if whole and whole[-1]:
                whole.append([])
        else:
            name = _field(line)
            labelled = name in _BEHIND if described else bool(name)
            if before and may_go_on(before, line, width) and not labelled:
                whole[-1].append(line)
            else:
                whole.append([line])
            described = described or name == "summary"
        before = line.strip()
    return [joined(lines) for lines in whole]


_BEHIND = BEHIND_THE_SUMMARY - {"nothing"}


def _field(line: str) -> str:
    found = _LABEL.match(line)
    return field_of(found[1]) if found else ""


def _summary_at(whole: Sequence[str]) -> int:
    """The line the summary begins in; behind a blank line there is nothing but the summary."""
    end = whole.index("") if "" in whole else len(whole)
    labelled = [at for at, line in enumerate(whole[:end]) if _LABEL.match(line)]
    stated = [whole[at].partition(":")[2].strip() for at in labelled]
    place = summary_at([_field(whole[at]) for at in labelled], stated, goes_on=end < len(whole))
    return len(whole) if place is None else labelled[place]


def _end_of_summary(described: Sequence[str]) -> int:
    """What readers add to the page stands behind the summary: the last lines, when all of them have such labels."""
    end = len(described)
    while end > 1 and (not described[end - 1] or _field(described[end - 1]) in _BEHIND):
        end -= 1
    return end


def _rows(whole: Sequence[str]) -> list[Row]:
    """Labels with their values; a line without a label belongs to the one before."""
    rows: list[Row] = []
    for line in whole:
        if found := _LABEL.match(line):
            rows.append(Row(found[1], (found[2] or "").strip()))
        elif rows and line:
            rows[-1] = Row(rows[-1].label, joined((rows[-1].value, line)))
    return rows


def _address(rows: Sequence[Row]) -> str:
    """The address of the work: by its label, else the one on the page's own site behind its name."""
    for row in rows:
        if field_of(row.label) == "url":
            return "".join(row.value.split())
    site = next((at for at, row in enumerate(rows) if is_site(row.value)), len(rows))
    return next((row.value for row in rows[site + 1 : site + 2] if is_address(row.value)), "")
