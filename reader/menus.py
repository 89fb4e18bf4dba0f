"""Short lists of buttons that few questions change, so that they are kept once they are written."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_NOW = format_html(' aria-current="{}"', "true")
_NOTHING = format_html("{}", "")


@lru_cache(maxsize=128)
def orders(sorts: tuple[tuple[str, str, bool], ...]) -> SafeString:
    """The orders of a shelf under the one that holds: each is its value in the address, its words, whether it holds."""
    lines = ((value, _NOW if chosen else _NOTHING, words) for value, words, chosen in sorts)
    return format_html(
        '<details class="menu"><summary>by {}</summary>\n<ul>\n{}</ul></details>',
        format_html_join("", "<b>{}</b>", ((words,) for _, words, chosen in sorts if chosen)),
        format_html_join("", '<li><button name="set" value="sort:{}"{}>{}</button></li>\n', lines),
    )
