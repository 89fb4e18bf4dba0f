"""Homes: the site a work comes from and its id there, as addresses, names of sites and bare ids tell them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.formats.addresses import id_in

AO3 = "archiveofourown.org"

_AO3_NAMES = {"archive of our own", "ao3", "archiveofourown", "archiveofourown.org", "an archive of our own"}
_AO3_HOSTS = {
    "ao3.org", "archiveofourown.com", "archiveofourown.gay", "archiveofourown.net", "archive.transformativeworks.org",
    "download.archiveofourown.org", "insecure.archiveofourown.org",
}  # fmt: skip
"""Other addresses of the same archive."""
_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20]{3,490}", re.IGNORECASE)
_SITE = re.compile(r"[\w.'-]+(?: [\w.'-]+){0,3}")
_ID = re.compile(r"#?0*(\d{1,12})(?:\.0)?")
_WORK = re.compile(r"/works/(\d{1,12})(?:[/?#]|$)")
_LONGEST_SITE, _LONGEST_ID = 100, 150


@dataclass(frozen=True, slots=True)
class Home:
    """Where a work lives: a site such as `archiveofourown.org`, its id there, its address; empty where not told."""

    source: str = ""
    source_id: str = ""
    source_url: str = ""


def home(*, address: str = "", site: str = "", work_id: str = "") -> Home:
    """The home that an address, a site (`site_of`) and an id tell together, whichever of them are there.

    An address counts more than a site, and an id alone is one of the Archive of Our Own.

    >>> home(address="http://www.archiveofourown.org/works/12/chapters/3")
    Home(source='archiveofourown.org', source_id='12', source_url='https://archiveofourown.org/works/12')
    >>> home(work_id="#0012.0").source_url
    'https://archiveofourown.org/works/12'
    """
    known = host_of(address) or site or (AO3 if work_id else "")
    number = _ID.fullmatch(work_id)
    source_id = number[1] if number else ""
    if known == AO3:
        source_id = source_id or _first(_WORK, address)
        address = f"https://{AO3}/works/{source_id}" if source_id else ""
    else:
        source_id = source_id or work_id or id_in(address)
    if known and 0 < len(source_id) <= _LONGEST_ID:
        return Home(known[:_LONGEST_SITE], source_id, address)
    return Home(source_url=address)


def is_address(words: str) -> bool:
    """Whether words are the whole address of something on a site."""
    return bool(_ADDRESS.fullmatch(words) and host_of(words))


def site_of(words: str) -> str:
    """The site that a few words name, in its shortest spelling; empty when they are no name of a site."""
    if not _SITE.fullmatch(words):
        return ""
    return AO3 if words.casefold() in _AO3_NAMES else words.casefold().removeprefix("www.")


def host_of(address: str) -> str:
    """The site an address leads to, in its shortest spelling; empty for what is no address."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.").removeprefix("m.") if "." in host else ""
    return AO3 if host in _AO3_HOSTS else host


def _first(pattern: re.Pattern[str], address: str) -> str:
    found = pattern.search(address)
    return found[1] if found else ""
