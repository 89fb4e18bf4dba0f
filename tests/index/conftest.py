"""An index that nobody knows of yet, and one with little room."""

import shutil
from collections.abc import Iterator

import pytest

from archive.index import compacting, current, delta, snapshots
from tests.index.living import settle


@pytest.fixture
def new_index() -> Iterator[None]:
    """No index, and a process that knows of none."""
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()
    yield
    settle()
    shutil.rmtree(snapshots.house(), ignore_errors=True)
    current.forget()


@pytest.fixture
def small_delta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "ROOM", 5)
    monkeypatch.setattr(delta, "RESERVE", 2)
    monkeypatch.setattr(delta, "FEW", 3)
    monkeypatch.setattr(compacting, "ENOUGH", 5)
