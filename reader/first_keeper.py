"""The first keeper: made by a link that is printed at the start, or by the environment, never by coming first."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from archive import audit, catalogue
from archive.policy import Preset
from reader.devices import digest
from reader.environment import Wrong, secret
from reader.models import User

MINUTES = 30


class Spent(Exception):
    """The link has been used, is too old, or has been replaced by a newer one."""


def wanted() -> bool:
    """Whether nobody keeps this library yet."""
    return not User.objects.filter(is_staff=True, is_active=True).exists()


def open_link(base_url: str) -> str:
    """Make the one link that works from now on, for half an hour; what was given out before stops working."""
    token = secrets.token_urlsafe(24)
    with _slip() as slip:
        _write(slip, {"digest": digest(token), "until": time.time() + 60 * MINUTES})
    return f"{base_url}/welcome/{token}/"


def valid(token: str) -> bool:
    """Whether this token still makes a keeper."""
    with _slip() as slip:
        return _holds(slip, token)


def redeem(token: str, username: str, password: str, preset: Preset = Preset.ANYONE) -> User:
    """Make the first keeper, and set the policy that they choose. Two who try at the same moment take turns, and the
    second finds the link spent.

    Raises `Spent`, or Django's `ValidationError` for a name or password that will not do; the link then stays good.
    """
    with _slip() as slip:
        if not _holds(slip, token):
            raise Spent
        keeper = _settled(username, password, preset)
        _write(slip, {})
    return keeper


def from_environment(given: Mapping[str, str]) -> User | None:
    """Make the keeper whom CARREL_KEEPER and CARREL_KEEPER_PASSWORD (or _FILE) name, if there is none yet; and set the
    policy to CARREL_PRESET, if they choose one. Raises `Wrong`."""
    name, password = given.get("CARREL_KEEPER", ""), secret(given, "CARREL_KEEPER_PASSWORD")
    preset = _preset(given.get("CARREL_PRESET", "").strip().lower())
    if not name and not password:
        if preset and wanted():
            raise Wrong("CARREL_PRESET goes with CARREL_KEEPER; whoever uses the link chooses the preset there.")
        return None
    if not name or not password:
        raise Wrong("CARREL_KEEPER and CARREL_KEEPER_PASSWORD go together; one of them is not set.")
    with _slip():
        if not wanted():
            return None
        try:
            return _settled(name, password, preset)
        except ValidationError as error:
            raise Wrong(f"CARREL_KEEPER: {' '.join(error.messages)}") from error


def _preset(word: str) -> Preset | None:
    """The preset of that name, None for no word; a way of one's own is set on the page of the policy."""
    offered = [preset for preset in Preset if preset is not Preset.OWN]
    if word and word not in offered:
        raise Wrong(f'CARREL_PRESET is "{word}"; say {", ".join(offered[:-1])} or {offered[-1]}.')
    return Preset(word) if word else None


def _settled(name: str, password: str, preset: Preset | None) -> User:
    """Make the first keeper in one go with the policy that they choose, if they choose one.

    A library that is just for its keeper asks them nothing: choosing that is agreeing to see adult works.
    """
    with transaction.atomic():
        keeper = _make(name, password, adult_agreed=preset is Preset.JUST_ME)
        if preset:
            catalogue.choose(preset, by=keeper.username)
    return keeper


def _make(username: str, password: str, *, adult_agreed: bool = False) -> User:
    name = User.normalize_username(username)
    keeper = User(username=name, is_staff=True, is_superuser=True, adult_agreed=adult_agreed)
    validate_password(password, keeper)
    keeper.set_password(password)
    keeper.full_clean()
    with transaction.atomic():
        keeper.save()
        audit.note(keeper.username, audit.Deed.FIRST_KEEPER_MADE)
    return keeper


def _holds(slip: IO[str], token: str) -> bool:
    try:
        kept = json.loads(slip.read() or "{}")
        sound = secrets.compare_digest(kept["digest"], digest(token)) and time.time() < kept["until"]
    except (ValueError, KeyError, TypeError):
        return False
    return sound and wanted()


@contextmanager
def _slip() -> Iterator[IO[str]]:
    """The file that remembers the link, locked: it holds the digest of the token, never the token."""
    opened = os.open(Path(settings.DATA) / "first-keeper", os.O_RDWR | os.O_CREAT, 0o600)
    with open(opened, "r+", encoding="ascii") as slip:
        fcntl.flock(slip, fcntl.LOCK_EX)
        yield slip


def _write(slip: IO[str], kept: dict[str, object]) -> None:
    slip.seek(0)
    slip.truncate()
    slip.write(json.dumps(kept))
    slip.flush()
