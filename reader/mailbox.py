"""The mailbox: where letters are handed in, if this library sends any. It reads none, and asks nobody for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from reader.environment import Wrong, secret

SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
"""Plain; plain, then TLS; TLS from the first byte: with their usual ports."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A server that takes letters. Without a host, none are sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False
    sender: str = ""


def read(given: Mapping[str, str], urls: tuple[str, ...]) -> Mailbox:
    """Judge EMAIL_URL (or EMAIL_URL_FILE) and CARREL_MAIL. Raises Wrong; no message repeats the address, which may hold
    a password."""
    address, sender = secret(given, "EMAIL_URL"), given.get("CARREL_MAIL", "").strip()
    if not address:
        return Mailbox()
    try:
        url = urlsplit(address)
        sound = url.scheme in SCHEMES and url.hostname and url.path in ("", "/") and url.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise Wrong("EMAIL_URL cannot be read; write smtp+tls://name:password@host:587.")
    if "@" not in sender or not sender.isprintable():
        raise Wrong("CARREL_MAIL: letters need a sender, such as carrel@example.org.")
    if not urls:
        raise Wrong("EMAIL_URL: letters hold links, so CARREL_URL must say where this library is.")
    return Mailbox(
        host=url.hostname or "",
        port=url.port or SCHEMES[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=url.scheme == "smtp+tls",
        ssl=url.scheme == "smtps",
        sender=sender,
    )
