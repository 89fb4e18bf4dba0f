"""The secret key: made once, on first use, and kept in the data folder."""

import os
import secrets
from pathlib import Path


def kept_key(data: Path) -> str:
    """The key of this library. Two processes that make one at the same moment end with the same one.

    It is written whole to a file of its own and then linked under its name: the link of whoever comes second fails,
    and everybody reads what the first has written.
    """
    kept = data / "secret-key"
    if not kept.exists():
        written = data / f"secret-key.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(written, kept)
        except FileExistsError:
            pass
        finally:
            written.unlink()
    key = kept.read_text("ascii").strip()
    if not key:
        raise RuntimeError(f"{kept} is empty; remove it, and a new key is made (everybody signs in again).")
    return key
