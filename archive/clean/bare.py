"""Tags without the attributes that say nothing: what converters write is then as simple as it looks."""

import re
from collections import Counter
from collections.abc import Mapping

from archive.clean.anchors import anchor
from archive.clean.attributes import attributes
from archive.clean.looks import EMPHASIS, looks

GIVEN = r'(?:\s+[a-z:-]+="[^"]*")*'
"""The attributes of a tag."""
_ATTRIBUTE = re.compile(r'([a-z:-]+)="([^"]*)"')
_ADORNED = re.compile(r"<(p|br|hr|span|em|strong|i|b|u|s)( [^<>]+)>")
_MOST = 40
"""So many different tags are looked at; a text that was made by hand has fewer."""


def values_of(given: str) -> dict[str, str]:
    """Attributes by name, their values still escaped."""
    return dict(_ATTRIBUTE.findall(given))


def bare(safe: str, classes: Mapping[str, str]) -> str:
    """The same safe markup; tags that occur often lose their attributes where those say nothing."""
    for (name, given), _ in Counter(_ADORNED.findall(safe)).most_common(_MOST):
        if _says_nothing(name, values_of(given), classes):
            safe = safe.replace(f"<{name}{given}>", f"<{name}>")
    return safe


def _says_nothing(name: str, values: Mapping[str, str], classes: Mapping[str, str]) -> bool:
    said = looks(values, classes)
    if anchor(values) or attributes(name, values, said) or values.get("class") == "picture":
        return False
    return not any(_matters(name, look) for look in said)


def _matters(name: str, look: str) -> bool:
    """Whether an emphasis is added to an element that does not show it, or taken from one that does."""
    emphasis = look.removeprefix("-")
    return emphasis in EMPHASIS and (name in EMPHASIS[emphasis]) == look.startswith("-")
