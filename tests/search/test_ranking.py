"""The best match first: title, then blurb, then text; the text of a work that asks weighs nothing."""

import pytest
from pyroaring import BitMap

from archive import search
from archive.search import following, ranking
from archive.search.words import phrases
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def works() -> dict[str, int]:
    """Works that hold the heron in their title, in a tag, often or once in their text, or not at all."""
    found = {
        "nothing": shelve(title="One", body="<p>A plain day.</p>"),
        "text": shelve(title="Two", body=f"<p>A heron. {'And many other words. ' * 20}</p>"),
        "often": shelve(title="Three", body="<p>Heron, heron, and one more heron.</p>"),
        "tag": shelve(title="Four", body="<p>Four.</p>", freeforms=("Heron",)),
        "title": shelve(title="The Heron", body="<p>Five.</p>"),
    }
    following.follow()
    return found


def test_title_before_blurb_before_text_before_nothing(works: dict[str, int]) -> None:
    ids = list(works.values())
    best = [works[name] for name in ("title", "tag", "often", "text", "nothing")]
    assert search.ranked(phrases("heron"), ids, BitMap(ids)) == best
    assert search.ranked(phrases("heron"), ids[::-1], BitMap(ids)) == best
    assert search.ranked([], ids, BitMap(ids)) == sorted(ids, reverse=True)


def test_the_text_of_a_work_that_is_not_open_weighs_nothing(works: dict[str, int]) -> None:
    ids = [works["nothing"], works["often"], works["text"]]
    assert search.ranked(phrases("heron"), ids, BitMap()) == sorted(ids, reverse=True)
    assert search.ranked(phrases("heron"), ids, BitMap([works["text"]]))[0] == works["text"]


def test_many_works_stand_in_rows_by_where_they_were_found(
    works: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "FEW", 2)
    rows = [works[name] for name in ("title", "tag", "often", "text", "nothing")]
    assert search.ranked(phrases("heron"), list(works.values()), BitMap()) == rows
