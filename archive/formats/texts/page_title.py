"""The title of a page at the Archive of Our Own: `TITLE - AUTHOR - FANDOM [Archive of Our Own]` in a line of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"(.+?)\s*(?:\[Archive of Our Own\]|\|\s*Archive of Our Own)\s*", re.IGNORECASE)
_CHAPTER = re.compile(r"(.+) - Chapter (\d{1,5})", re.DOTALL)
_NO_FANDOMS = {"multifandom", "no fandom specified"}
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class PageTitle:
    """What a page's title says; `chapter` is 0 when the page shows the whole work."""

    title: str
    author: str = ""
    fandoms: str = ""
    chapter: int = 0


def is_page_title(line: str) -> bool:
    """Whether a line is the title of such a page."""
    return len(line) < _LONGEST and _LINE.fullmatch(line.strip()) is not None


def page_title(line: str, authors: Sequence[str] = ()) -> PageTitle:
    """What the title of a page says. A title may hold ` - ` itself, so that the author's name helps to part it.

    >>> page_title("Wait - What - Chapter 3 - quillfeather - Low Water [Archive of Our Own]")
    PageTitle(title='Wait - What', author='quillfeather', fandoms='Low Water', chapter=3)
    """
    found = _LINE.fullmatch(line.strip())
    words = found[1] if found else line.strip()
    byline = ", ".join(authors)
    before, joint, after = words.rpartition(f" - {byline} - ") if byline else ("", "", "")
    if joint:
        title, author, fandoms = before, byline, after
    else:
        title, author, fandoms = ([*words.rsplit(" - ", 2), "", ""])[:3]
    chapter = _CHAPTER.fullmatch(title)
    fandoms = "" if fandoms.casefold() in _NO_FANDOMS else fandoms
    return PageTitle(chapter[1] if chapter else title, author, fandoms, int(chapter[2]) if chapter else 0)
