"""Works like another one: by rare tags that they share, and never a work that this reader may not open at once."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap

from archive.access import Reader, Sight
from archive.index import building, plain
from archive.index.alike import like
from archive.index.part import Part
from archive.index.state import State
from archive.vocabulary import Rating
from tests.cast import CAST, enter
from tests.names.test_fast import pairs, put, works, wrangle
from tests.shelving import shelve

SIGHTS = [Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=adult)) for adult in (True, False)]


class AlikeFromTheIndex(TestCase):
    @settings(max_examples=12)
    @given(before=st.lists(works, max_size=9), after=st.lists(works, max_size=4), merged=pairs, above=pairs)
    def test_it_finds_what_plain_sql_finds(self, before: list[Any], after: list[Any], **graph: Any) -> None:
        """With a snapshot of what was before, and the rest as changes."""
        first = put(before, 0)
        wrangle(graph["merged"], graph["above"])
        with TemporaryDirectory() as folder:
            building.snapshot(Path(folder) / "1")
            added = put(after, 100)
            changed = [*added, *first[:2]]
            state = State(Part.open(Path(folder) / "1"), BitMap(first[:2]), building.part(changed))
            for sight in SIGHTS:
                for work in (*first, *added, 10**6):
                    assert like(state, sight, work) == plain.like(sight, work)


def alike(client: Client, work: int) -> list[str]:
    response = client.get(f"/works/{work}/")
    assert response.status_code == 200
    section = response.content.decode().partition('<section class="alike"')[2].partition("</section>")[0]
    return re.findall(r'<a href="/works/\d+/"[^>]*>([^<]*)</a>', section)


@pytest.mark.django_db
@pytest.mark.parametrize("role", CAST)
def test_the_end_of_a_work_names_works_that_share_its_rare_tags_and_are_open(role: str) -> None:
    for number in range(8):
        shelve(title=f"Other {number}", authors=(f"a{number}",))
    work = shelve(title="This", freeforms=("Lamp Oil", "Fog Bells"))
    shelve(title="Likest", freeforms=("Lamp Oil", "Fog Bells"))
    shelve(title="Like", freeforms=("Lamp Oil",))
    shelve(title="Adult", freeforms=("Lamp Oil", "Fog Bells"), ratings=("Explicit",))
    shelve(title="Warned", freeforms=("Lamp Oil", "Fog Bells"), warnings=("Major Character Death",))
    shelve(title="Held", freeforms=("Lamp Oil", "Fog Bells"), warnings=("Underage Sex",))
    expected = ["Likest", "Adult", "Like"] if role == "agreed" else ["Likest", "Like"]
    assert alike(enter(role), work) == expected


@pytest.mark.django_db
def test_a_page_behind_a_gate_names_no_others() -> None:
    work = shelve(title="This", freeforms=("Lamp Oil",), ratings=("Explicit",))
    shelve(title="Like", freeforms=("Lamp Oil",))
    assert alike(enter("agreed"), work) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", CAST)
def test_a_page_that_may_name_adult_works_is_stored_nowhere(role: str) -> None:
    shelve(title="Other", authors=("somebody",))
    work = shelve(title="Asked", freeforms=("Tide Tables",))
    shelve(title="Grown", freeforms=("Tide Tables",), ratings=("Explicit",))
    shelve(title="Mild", freeforms=("Tide Tables",))
    response = enter(role).get(f"/works/{work}/")
    assert "Mild" in response.content.decode()
    assert ("Grown" in response.content.decode()) == (role == "agreed")
    assert ("no-store" in response["Cache-Control"]) == (role == "agreed")
