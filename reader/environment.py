"""The environment, read once and judged: what is wrong with it is said in one line."""

import os
import re
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from environ import Env

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
TRUE, FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")

SQLITE = {
    # Writers queue for the lock at the start of their transaction instead of failing in the middle of it.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # The log is folded in every 16 MB: an import writes to the same pages again and again, and each is written once.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824; "
    # Each connection keeps 8 MB of pages; a writer spills what it has not committed only beyond 8,000 pages of 4 KB.
    "PRAGMA cache_size=-8000; PRAGMA cache_spill=8000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000",
}


class Wrong(Exception):
    """A value that cannot be what is meant. Its message is one line for whoever set it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, judged and with the defaults filled in."""

    data: Path
    debug: bool
    secret_key: str
    """Empty when one is to be made and kept in `data`."""
    database: dict[str, Any]
    urls: tuple[str, ...]
    """Public addresses, without a slash at the end, the first being the one to print."""
    hosts: tuple[str, ...]
    https: bool
    """Whether there are public addresses and all of them are https."""
    proxies: tuple[IPv4Network | IPv6Network, ...]
    upload_limit: int
    """Bytes that one upload may have."""
    watch: Path | None
    """The folder whose new files are imported by themselves."""
    watch_moves: bool
    """Whether they are moved into `done` and `failed` afterwards, instead of being left where they are."""


def read(given: Mapping[str, str], root: Path) -> Environment:
    """Judge the variables of DESIGN.md, section 12; raise `Wrong` for the first that cannot be meant."""
    data = Path(given.get("CARREL_DATA") or root / "library").expanduser().absolute()
    urls = [_url(word) for word in _words(given, "CARREL_URL")]
    return Environment(
        data=data,
        debug=_switch(given, "CARREL_DEBUG"),
        secret_key=secret(given, "CARREL_SECRET_KEY"),
        database=_database(given.get("DATABASE_URL", ""), data),
        urls=tuple(f"{url.scheme}://{url.netloc}" for url in urls),
        hosts=(*LOOPBACK, *(_host(url) for url in urls)),
        https=bool(urls) and all(url.scheme == "https" for url in urls),
        proxies=tuple(_network(word) for word in _words(given, "CARREL_PROXIES")),
        upload_limit=_size(given, "CARREL_UPLOAD_LIMIT", 4 * 1024**3),
        watch=_watched(given.get("CARREL_WATCH", "").strip(), data),
        watch_moves=_choice(given, "CARREL_WATCH_AFTER", ("leave", "move")) == "move",
    )


def secret(given: Mapping[str, str], name: str) -> str:
    """The value of NAME, or the first line of the file that NAME_FILE names; empty when neither is set."""
    value, file = given.get(name, ""), given.get(f"{name}_FILE", "")
    if value and file:
        raise Wrong(f"{name} and {name}_FILE are both set; keep one.")
    if not file:
        return value
    try:
        value = Path(file).read_text("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{name}_FILE: {file} cannot be read ({_reason(error)}).") from error
    if not value:
        raise Wrong(f"{name}_FILE: {file} is empty.")
    return value


ROOMS = ("tmp", "originals", "pictures", "runs", "uploads")
"""The folders in the data folder."""


def prepare(data: Path) -> None:
    """Make the data folder and its rooms, for nobody but their owner; one that is given empty is closed as well."""
    for folder in (data, *(data / name for name in ROOMS)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not any(folder.iterdir()):
                with suppress(PermissionError):  # it is somebody else's, who lets us write there
                    folder.chmod(0o700)
        except OSError as error:
            raise Wrong(f"CARREL_DATA: {folder} cannot be made ({_reason(error)}).") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Wrong(f"CARREL_DATA: {folder} cannot be written to.")


def _reason(error: Exception) -> str:
    return (error.strerror or "unreadable") if isinstance(error, OSError) else "not UTF-8"


def _words(given: Mapping[str, str], name: str) -> list[str]:
    return given.get(name, "").replace(",", " ").split()


def _switch(given: Mapping[str, str], name: str) -> bool:
    word = given.get(name, "").strip().lower()
    if word not in TRUE + FALSE:
        raise Wrong(f'{name} is "{word}"; say 1 or 0.')
    return word in TRUE


def _choice(given: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    """One of these words, the first when none is given."""
    word = given.get(name, "").strip().lower() or words[0]
    if word not in words:
        raise Wrong(f'{name} is "{word}"; say {" or ".join(words)}.')
    return word


def _size(given: Mapping[str, str], name: str, default: int) -> int:
    word = given.get(name, "").strip()
    if not word:
        return default
    found = re.fullmatch(r"(\d{1,9})\s*([KMGT]?)B?", word, re.IGNORECASE)
    if not found or not int(found[1]):
        raise Wrong(f'{name} is "{word}"; write a size such as 500 MB or 4 GB.')
    step: int = 1024 ** " KMGT".index(found[2].upper() or " ")
    return int(found[1]) * step


def _watched(folder: str, data: Path) -> Path | None:
    if not folder:
        return None
    watch = Path(folder).expanduser().absolute()
    if watch == data or watch in data.parents or data in watch.parents:
        raise Wrong("CARREL_WATCH: the watched folder and CARREL_DATA lie in one another; choose another folder.")
    return watch


def _url(word: str) -> SplitResult:
    try:
        url = urlsplit(word)
        sound = url.scheme in {"http", "https"} and url.hostname and url.port != 0
    except ValueError:
        sound = False
    if not sound or url.path.strip("/") or url.query or url.fragment or "@" in url.netloc or "*" in url.netloc:
        raise Wrong(f'CARREL_URL: "{word}" is not an address such as https://books.example.org.')
    return url


def _host(url: SplitResult) -> str:
    host = url.hostname or ""
    return f"[{host}]" if ":" in host else host


def _network(word: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(word)
    except ValueError as error:
        raise Wrong(f'CARREL_PROXIES: "{word}" is not an address or network such as 10.0.0.0/8.') from error


def _database(address: str, data: Path) -> dict[str, Any]:
    """Django's settings for the database. The address may hold a password, so no message repeats it."""
    if not address:
        return _sqlite(data / "carrel.sqlite3", data)
    scheme = address.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise Wrong(f'DATABASE_URL: Carrel knows sqlite:// and postgres://, not "{scheme}".')
    try:
        with warnings.catch_warnings(action="error"):
            parsed: dict[str, Any] = Env.db_url_config(address)
    except (UserWarning, ValueError, TypeError) as error:
        raise Wrong("DATABASE_URL cannot be read; write postgres://name:password@host:5432/database.") from error
    if scheme == "sqlite":
        if parsed["NAME"] == ":memory:":
            raise Wrong("DATABASE_URL: a library in memory would be lost; write sqlite:////folder/carrel.sqlite3.")
        return _sqlite(data / parsed["NAME"], data)
    if not parsed.get("NAME"):
        raise Wrong("DATABASE_URL names no database; write postgres://name:password@host:5432/database.")
    # A connection for each thread of the server, kept: the threads are few and live as long as the process, so a pool
    # would only add its own threads, which a fork loses, and a queue before each request.
    # Compiling a question (jit) takes ten times as long as answering it from tables of this size, and starting other
    # processes for it fifty times: of a million works Postgres takes the tags of twenty for more than they are.
    options = {"options": "-c jit=off -c max_parallel_workers_per_gather=0", **parsed.get("OPTIONS", {})}
    kept = {"ENGINE": "reader.postgres", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return {**parsed, "OPTIONS": options, **kept}


def _sqlite(name: Path, data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(name),
        "OPTIONS": SQLITE,
        "CONN_MAX_AGE": 600,  # opening the file anew for each request would read its first pages and its schema anew
        "TEST": {"NAME": str(data / "test.sqlite3")},  # a file: threads and processes see it as they see a real one
    }
