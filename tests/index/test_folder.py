"""A snapshot is whole or not there, and says so when it is not what was written."""

import json
from pathlib import Path

import numpy as np
import pytest

from archive import changes
from archive.index import building, folder
from archive.index.part import Part
from tests.rows import row_of_work


@pytest.fixture
def snapshot(db: None, tmp_path: Path) -> Path:
    """The folder of a library of three works."""
    with changes.recorded():
        for number in range(3):
            row_of_work(number).save()
    building.snapshot(tmp_path / "snapshot")
    return tmp_path / "snapshot"


def test_a_snapshot_holds_what_a_part_in_memory_holds(snapshot: Path) -> None:
    opened = Part.open(snapshot)
    built = building.part(opened.ids.tolist())
    assert len(opened) == 3
    assert opened.position == built.position == changes.latest()
    both = opened.arrays.keys() & built.arrays.keys()
    assert {"ids", "tags.works", "matrix.0", "overflow.0.codes", "order.title", "column.words"} <= both
    for name in both:
        assert np.array_equal(opened.arrays[name], built.arrays[name]), name


def test_nothing_else_is_left_beside_a_snapshot(snapshot: Path) -> None:
    assert [path.name for path in snapshot.parent.iterdir()] == ["snapshot"]


def test_a_snapshot_cannot_be_written_to(snapshot: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        Part.open(snapshot).ids[0] = 7


def test_a_file_of_another_size_is_damage(snapshot: Path) -> None:
    path = snapshot / "arrays"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(folder.Damaged):
        Part.open(snapshot)


@pytest.mark.parametrize("name", ["header.json", "arrays"])
def test_a_missing_file_is_damage(snapshot: Path, name: str) -> None:
    (snapshot / name).unlink()
    with pytest.raises(folder.Damaged):
        Part.open(snapshot)


@pytest.mark.parametrize("header", ["", "[]", "{}", '{"format": 3}', '{"format": 2}', '{"format": 3, "about": 7}'])
def test_a_header_that_says_something_else_is_damage(snapshot: Path, header: str) -> None:
    (snapshot / "header.json").write_text(header)
    with pytest.raises(folder.Damaged):
        Part.open(snapshot)


def test_an_array_that_is_not_listed_is_damage(snapshot: Path) -> None:
    header = json.loads((snapshot / "header.json").read_text())
    del header["arrays"]["tags.works"]
    (snapshot / "header.json").write_text(json.dumps(header))
    with pytest.raises(folder.Damaged):
        Part.open(snapshot)


def test_a_changed_byte_is_found_by_its_sum(snapshot: Path) -> None:
    assert folder.damage(snapshot) == []
    at = json.loads((snapshot / "header.json").read_text())["arrays"]["column.words"][2]
    written = bytearray((snapshot / "arrays").read_bytes())
    written[at] ^= 1
    (snapshot / "arrays").write_bytes(written)
    assert folder.damage(snapshot) == ["column.words"]
