"""Pictures: those that works bring, each once, under its digest, outside of every web root."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from archive.originals import DAY, put_aside, sweep_house
from archive.parsed import ParsedPicture

_FOLDER = "pictures"


def folder() -> Path:
    """Where the pictures of this library lie."""
    return Path(settings.DATA) / _FOLDER


def set_aside(pictures: Iterable[ParsedPicture], originals: Path) -> dict[str, str]:
    """Write pictures aside, next to the house of the originals; returns digests by names, for `originals.secure`."""
    house = originals.with_name(_FOLDER)
    aside = {picture.sha256: _set_aside(picture, house) for picture in pictures}
    return {name: digest for digest, name in aside.items() if name}


def _set_aside(picture: ParsedPicture, house: Path) -> str:
    return put_aside(_place(house, picture.sha256), lambda file: file.write(picture.data))


def read(sha256: str) -> bytes:
    """A picture as it came in. Raises FileNotFoundError when it is not there."""
    return _place(folder(), sha256).read_bytes()


def sweep(older_than: float = DAY) -> int:
    """Remove pictures that no work shows any more; returns how many."""
    from archive.models import Picture  # noqa: PLC0415 (the rest of this module works without a database)

    return sweep_house(folder(), lambda digests: Picture.everything.filter(sha256__in=digests), older_than)


def _place(house: Path, sha256: str) -> Path:
    return house / sha256[:2] / sha256
