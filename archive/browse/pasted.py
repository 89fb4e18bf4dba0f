"""An address that was pasted into the search box: the work that it is the home of."""

import re

from archive.formats.homes import home, is_address

_LONGEST = 500
_BARE = re.compile(r"(?:www\.|m\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S+", re.IGNORECASE | re.ASCII)
"""An address as a browser may show it: without its scheme."""


def work_address(text: str) -> tuple[str, str] | None:
    """The source and the id there of the work that an address leads to; None for words that are no address.

    >>> work_address(" https://archiveofourown.org/works/2000101/chapters/7#main "), work_address("ao3.org/works/12")
    (('archiveofourown.org', '2000101'), ('archiveofourown.org', '12'))
    >>> work_address("candle light") is work_address("https://archiveofourown.org/users/quillfeather") is None
    True
    """
    words = text.strip()
    if len(words) > _LONGEST:
        return None
    address = f"https://{words}" if _BARE.fullmatch(words) else words
    if not is_address(address):
        return None
    found = home(address=address)
    return (found.source, found.source_id) if found.source and found.source_id else None
