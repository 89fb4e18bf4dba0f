"""Plain text to paragraphs in the canonical form, without any parser."""

import re
from html import unescape

from archive.clean.leftovers import inline, outer

EDGE = " \t\xa0\u200b\ufeff\u3000"
_LINE_ENDS = (
    ("\r\n", "\n"), ("\r", "\n"), ("\v", "\n"), ("\f", "\n"), ("\x85", "\n"), ("\u2028", "\n"), ("\u2029", "\n\n"),
)  # fmt: skip
"""To see whether a sign is there is quicker than to replace it where it is not."""
_SPACES = re.compile(r"[ \t]{2,}|\t")
_AMPERSAND = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&")
_MARKUP = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_SCENE_BREAK = re.compile(
    r"(?:[*~#•·◆◇●○★☆✦✧❦❧§⁂※⁎∗＊♦♥♡✽✿❀☙]|[-–—_=+]{2,}|[-–—_=+](?=\s*[-–—_=+*~#]))"
    r"[\s*~#•·◆◇●○★☆✦✧❦❧§⁂※⁎∗＊♦♥♡✽✿❀☙–—_=+-]*"
    r"|[-~*=_]{0,3}\s?(?:oOo|o0o|0o0|xXx|XxX|OoO|o\.O\.o)\s?[-~*=_]{0,3}"
    r"|[-~*=_]{1,3}\s?(?:[xX]|[oO0]|<3)\s?[-~*=_]{1,3}"
)


_LONGEST_BREAK = 80


def is_scene_break(line: str) -> bool:
    """Whether a line is nothing but a scene break: `***`, `* * *`, `---`, `~`, `#` and their near kin."""
    return len(line) <= _LONGEST_BREAK and _SCENE_BREAK.fullmatch(line) is not None


def paragraphs(text: str) -> str:
    """A plain text in canonical HTML: blank lines part paragraphs, lone signs part scenes, nothing else is markup.

    What is left over from HTML is understood, anything else stays as written:

    >>> print(paragraphs("a < b &amp; <3\\n<i>c</i>\\n\\n* * *\\n\\nd"))
    <p>a &lt; b &amp; &lt;3<br><i>c</i></p>
    <hr>
    <p>d</p>
    """
    for end, plainly in _LINE_ENDS:
        if end in text:
            text = text.replace(end, plainly)
    if "&" in text:
        text = _AMPERSAND.sub(_character, text)
    if "<" in text:
        text = outer(text)
    if "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    written = inline if "<" in text or ">" in text else str
    blocks: list[str] = []
    lines: list[str] = []
    for line in (*text.split("\n"), ""):
        line = line.strip(EDGE)  # noqa: PLW2901
        if line and not is_scene_break(line):
            lines.append(line)
            continue
        if lines and (inside := written("<br>".join(lines))):
            blocks.append(f"<p>{inside}</p>")
        lines.clear()
        if line:
            blocks.append("<hr>")
    return "\n".join(blocks)


def _character(entity: re.Match[str]) -> str:
    """An entity as the character it stands for, and the signs of markup as the entities they must be."""
    found = entity[0]
    if found == "&":
        return "&amp;"
    char = unescape(found)
    if char == found:
        return "&amp;" + found[1:]
    return _MARKUP.get(char, max(char, " "))
