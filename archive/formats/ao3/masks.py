"""What content networks do to a page on its way, undone: masked e-mail addresses, pictures that wait for a script."""

from archive.formats.markup import Element, fit, hollow

_MASK = "__cf_email__"
_PROTECTED = "/cdn-cgi/l/email-protection#"
_WAITING = "data-pagespeed-lazy-src"


def unmask(root: Element, text: str) -> None:
    """Show again what is masked in a tree; `text` is the page it was read from, which tells whether anything is.

    Cloudflare writes a handle such as `ink@sea.example` as bytes that are XORed with the first one. What cannot be
    read again stays as the page shows it: `[email protected]`.
    """
    if "cdn-cgi" in text or _MASK in text:
        for element in root.iter("a", "span"):
            _unmask(element)
    if _WAITING in text:
        for picture in root.iter("img"):
            picture.set("src", fit(picture.get(_WAITING, picture.get("src", ""))))


def decoded(masked: str) -> str:
    """What a mask hides; empty for what is no mask.

    >>> decoded("422b2c2902312723"), decoded("42"), decoded("no")
    ('ink@sea', '', '')
    """
    try:
        key, *rest = bytes.fromhex(masked)
        shown = bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return ""
    return shown if shown.isprintable() else ""


def _unmask(element: Element) -> None:
    _, protected, masked = element.get("href", "").partition(_PROTECTED)
    if _MASK not in element.get("class", ""):
        if protected and (address := decoded(masked)):
            element.set("href", f"mailto:{address}")
        return
    if shown := decoded(element.get("data-cfemail") or masked):
        hollow(element, "span")
        element.text = shown
    else:
        element.tag = "span"
        element.attrib.clear()
