"""What a source holds as plain data, the way the samples write it down: what is not stated is left out."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.formats import Source, recognise, unread
from archive.parsed import ParsedWork, Refused
from tests.formats.books import Files, zipped

SAMPLES = Path(__file__).with_name("samples")


def files_of(folder: Path) -> Files:
    """What is in a folder that stands for a zip, a book with its type first."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files: Files = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    return {"mimetype": files["mimetype"], **files} if "mimetype" in files else files


def opened(given: Path) -> Source:
    """A file as it is; a folder, such as `given.epub`, as the zip of what is in it."""
    return Source.from_bytes(given.name, zipped(files_of(given))) if given.is_dir() else Source.open(given)


def plain(result: ParsedWork | Refused) -> dict[str, Any]:
    if isinstance(result, Refused):
        return {"refused": str(result), "title": result.title}
    return _stated(asdict(result))


def read(source: Source) -> list[dict[str, Any]]:
    """Every work of a source, or the one reason why it has none."""
    found = recognise(source)
    return [plain(result) for result in found.read(source)] if found else [plain(unread(source))]


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _stated(inner) for name, inner in value.items() if _says_something(name, inner)}
    if isinstance(value, list | tuple):
        return [_stated(inner) for inner in value]
    return value if isinstance(value, str | int) else value.isoformat()


def _says_something(name: str, value: Any) -> bool:
    """Pictures are written down without their bytes."""
    if name == "complete":
        return value is not None
    return value not in (None, "", (), {}, [], False) and not isinstance(value, bytes)
