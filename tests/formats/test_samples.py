"""Every folder in `samples` is a rule: what is given, and what must come of it."""

import json
from pathlib import Path

import pytest

from tests.formats.golden import SAMPLES, opened, read

FOLDERS = sorted(SAMPLES.iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_is_read_as_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert read(opened(next(folder.glob("given.*")))) == expected
