"""Where a zip keeps its book: the container file, or a package that lies alone; and whether a lock is on it."""

from archive.formats.bundle import Bundle, plain_name
from archive.formats.epub import soup
from archive.formats.markup import Element
from archive.parsed import Refused

CONTAINER = "META-INF/container.xml"
MIMETYPE = b"application/epub+zip"
_LOCKS = "META-INF/encryption.xml"
_HARMLESS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""Ways to scramble fonts, which are not used here."""
_KEEPERS_OF_KEYS = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe ADEPT"),
)


def declared(bundle: Bundle) -> bool:
    """Whether a zip says that it is a book."""
    if bundle.find(CONTAINER):
        return True
    name = bundle.find("mimetype")
    return bool(name) and MIMETYPE in bundle.read(name)[:100]


def packages(bundle: Bundle) -> list[str]:
    """The package files, the one that the container names first; without it, all there are, the shallowest first."""
    found: list[str] = []
    if name := bundle.find(CONTAINER):
        for rootfile in soup.named(_tree(bundle, name), "rootfile"):
            kind = soup.attribute(rootfile, "media-type")
            path = bundle.find(plain_name(soup.attribute(rootfile, "full-path")))
            if path and kind in {"application/oebps-package+xml", ""}:
                found.append(path)
    alone = sorted((name for name in bundle.names if name.lower().endswith(".opf")), key=lambda name: name.count("/"))
    return list(dict.fromkeys([*found, *alone]))


def _tree(bundle: Bundle, name: str) -> Element | None:
    """A file of the container; nothing when it is damaged, since the package may be found without it."""
    try:
        return soup.forgiving(bundle.read(name))
    except Refused:
        return None


def locked(bundle: Bundle) -> set[str]:
    """The files that are really encrypted; scrambled fonts are none."""
    name = bundle.find(_LOCKS)
    if not name:
        return set()
    found = set()
    for data in soup.named(soup.forgiving(bundle.read(name)), "encrypteddata"):
        method = next(soup.named(data, "encryptionmethod"), None)
        if method is not None and soup.attribute(method, "Algorithm") in _HARMLESS:
            continue
        for reference in soup.named(data, "cipherreference"):
            found.add(bundle.find(plain_name(soup.attribute(reference, "URI"))))
    return found - {""}


def lock(bundle: Bundle) -> Refused:
    """The reason for a book whose text is encrypted, with the name of the lock when it can be told."""
    by = next((who for name, who in _KEEPERS_OF_KEYS if bundle.find(name)), "")
    return Refused(f"an EPUB under a lock (DRM{f', {by}' if by else ''}), which is not opened")
