"""What is part of the project: lock files that name no place, no machine's own paths, no secrets by default."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT, tracked

LOCKS = ["requirements.lock", "requirements-sso.lock", "requirements-dev.lock"]
TEXT = {".py", ".toml", ".lock", ".md", ".html", ".css", ".js", ".json", ".yml", ".yaml", ".txt", ".sh", ".pyi", ""}
# Written in pieces, so that this file does not name them itself.
PLACES = ["files.python" + "hosted", "pypi." + "org", "/ro" + "ot/", "/ho" + "me/", "index" + "-url", "find" + "-links"]


def requirements(name: str) -> dict[str, str]:
    """Package -> everything that the lock file says of it."""
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    named = [block for block in blocks if not block.startswith("#")]
    return {re.split(r"[=\[ ;]", block, maxsplit=1)[0].lower(): block for block in named}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(name: str) -> None:
    locked = requirements(name)
    assert len(locked) > 10
    for package, block in locked.items():
        assert re.match(r"[A-Za-z0-9_.-]+(\[[a-z,]+\])?==[^\s;]+", block), package
        assert "--hash=sha256:" in block, package


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_file_names_an_address(name: str) -> None:
    assert not re.search(r"://|^-", (ROOT / name).read_text("utf-8"), re.MULTILINE)


def test_the_lock_files_agree_and_hold_what_the_project_asks_for() -> None:
    runtime, sso, dev = (requirements(name) for name in LOCKS)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[\[><= ]", word, maxsplit=1)[0] for word in project["project"]["dependencies"]}
    wanted_sso = {re.split(r"[\[><= ]", word)[0] for word in project["project"]["optional-dependencies"]["sso"]}
    wanted_dev = {re.split(r"[\[><= ]", word, maxsplit=1)[0] for word in project["dependency-groups"]["dev"]}
    assert wanted <= set(runtime)
    assert wanted_sso <= set(sso) - set(runtime)
    assert wanted_dev <= set(dev)

    def version(block: str) -> str:
        return block.split("==")[1].split(maxsplit=1)[0]

    for fewer, more in ((runtime, sso), (sso, dev)):
        assert {name: version(block) for name, block in fewer.items()} == {name: version(more[name]) for name in fewer}


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text("utf-8", "replace")
            found += [f"{path.relative_to(ROOT)}: {place}" for place in PLACES if place in text]
    assert not found


def test_no_library_or_database_is_tracked() -> None:
    assert not [path for path in tracked() if path.suffix in {".sqlite3", ".db", ".pem", ".key"}]
