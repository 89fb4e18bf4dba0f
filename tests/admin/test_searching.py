"""The desk says how far the words of works can be searched."""

import pytest

from archive.admin.searching import searching
from archive.search import following
from tests.cast import enter
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


def test_one_line_says_how_far_the_texts_can_be_searched() -> None:
    assert not searching()
    shelve(source="example.org", source_id="1")
    following.follow()
    assert searching() == "The texts of all works can be searched."
    shelve(source="example.org", source_id="2")
    assert searching() == "The texts of 1 of 2 works can be searched; the rest follows."


def test_the_line_stands_on_the_desk() -> None:
    shelve()
    assert "The texts of 0 of 1 works can be searched; the rest follows." in enter("keeper").get("/admin/").text
