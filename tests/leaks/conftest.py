"""What tests of leaks share: a look at what the console would show."""

import io
import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def journal() -> Iterator[io.StringIO]:
    """What the console would show."""
    [console] = [one for one in logging.getLogger().handlers if one.get_name() == "console"]
    written = io.StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)
