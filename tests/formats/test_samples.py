"""Every folder in `samples` is a rule: what is given, and what must come of it."""

import json
from pathlib import Path

import pytest

from archive.formats import Source
from tests.formats.golden import read

SAMPLES = sorted(Path(__file__).with_name("samples").iterdir())


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_is_read_as_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert read(Source.open(next(folder.glob("given.*")))) == expected
