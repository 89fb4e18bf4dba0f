"""A snapshot whose bytes were changed under a running server: no page errs, no hidden work is shown, and it is left."""

import json
import shutil
from pathlib import Path
from random import Random
from threading import Event

import pytest
from django.test import Client
from django.urls import reverse

from archive import index
from archive.browse import BrowseQuery
from archive.index import answering, compacting, current, doubting, folder, kept, snapshots
from tests.cast import enter
from tests.index.living import EVERYBODY, settle
from tests.leaks.test_every_route import same
from tests.leaks.works import Marked, body_of, stock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


@pytest.fixture
def works() -> list[Marked]:
    return stock()


def compact() -> Path:
    built = compacting.compact(wait=False)
    assert built is not None
    assert current.state() is not None
    return built.folder


def flip(snapshot: Path, name: str, mask: int = 255, most: int = 2**40) -> bool:
    """Change the (first) bytes of an array where they lie; whether it has any."""
    start = _begins(snapshot)[name]
    with (snapshot / "arrays").open("r+b") as file:
        end = min((other for other in _begins(snapshot).values() if other > start), default=file.seek(0, 2))
        file.seek(start)
        was = file.read(min(most, end - start))
        file.seek(start)
        file.write(bytes(byte ^ mask for byte in was))
    return bool(was)


def _begins(snapshot: Path) -> dict[str, int]:
    """Where in the file each array begins."""
    arrays = json.loads((snapshot / "header.json").read_text())["arrays"]
    return {name: start for name, (_, _, start, _) in arrays.items()}


def ways(works: list[Marked]) -> list[str]:
    """Every kind of address that the index answers."""
    teen = next(work for work in works if work.name == "teen")
    pages = [reverse(kind, kwargs=teen.addresses(kind)) for kind in ("tag", "author", "series", "work")]
    fandom = teen.addresses("tag")["slug"]
    questions = ["?rating=teen&sort=words", f"?q=title-teen&fandom={fandom}", "?words=1-&more=fandom", "addresses.txt"]
    directories = ["tags/freeform/?order=count", "authors/?q=auth", "languages/"]
    suggestions = ["suggest/?q=t", "suggest/?kind=author&q=author-teen"]
    return ["/", *pages, *(f"/{one}" for one in (*questions, *directories, *suggestions))]


SOME = 12
"""Arrays that are spoiled in turn, of more than a hundred."""


@pytest.mark.parametrize("mask", [255, 1])
def test_no_changed_byte_breaks_a_page_or_shows_a_hidden_work(works: list[Marked], mask: int) -> None:
    whole = compact()
    aside = whole.parent.with_name("whole-snapshot")
    shutil.copytree(whole, aside)
    client, asked = enter("teen"), ways(works)
    hidden = [work.title for work in works if not work.on_shelf("teen")]
    try:
        for name in Random(mask).sample(sorted(_begins(whole)), SOME):
            shutil.rmtree(whole.parent)
            shutil.copytree(aside, whole)
            current.forget()
            assert current.state() is not None
            if flip(whole, name, mask):
                shown = {way: page(client, way) for way in asked}
                settle()
                assert [(name, way) for way in asked for one in hidden if one in shown[way]] == []
    finally:
        shutil.rmtree(aside)


def page(client: Client, way: str) -> str:
    response = client.get(way)
    assert response.status_code < 500, way
    return same(body_of(response))


def test_a_rating_that_is_none_costs_no_page_and_the_snapshot_is_left_at_once(
    works: list[Marked], caplog: pytest.LogCaptureFixture
) -> None:
    client = enter("teen")
    before = page(client, "/")
    flip(compact(), "pack.0.values", 64, most=1)
    assert page(client, "/") == before
    assert "nobody can make sense" in caplog.text
    assert current.state() is None, "whatever is asked next is answered in plain SQL"
    assert page(client, "/") == before
    settle()
    assert compacting.Watch().wanted()
    compact()
    assert page(client, "/") == before
    assert current.state() is not None, "a sound one is adopted"


def test_what_another_process_found_damaged_is_left_although_it_is_open(works: list[Marked]) -> None:
    opened = compact()
    flip(opened, "column.words")
    snapshots.prove()
    assert current.state() is None
    vars(snapshots)["_make_room"]()
    assert snapshots.is_aside(opened), "while the next one is built"
    compact()
    assert not snapshots.is_aside(opened)


def test_a_damaged_snapshot_that_cannot_be_put_aside_is_left_as_well(
    works: list[Marked], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, to: Path) -> None:
        raise PermissionError

    opened = compact()
    flip(opened, "column.words")
    with monkeypatch.context() as nothing_written:
        nothing_written.setattr(Path, "rename", refuse)
        assert current.state() is not None
        current.astray()
        settle()
    assert current.state() is None
    current.forget()
    assert current.state() is None


def test_a_mistake_of_our_own_is_no_damage_and_is_not_looked_into_again_and_again(
    works: list[Marked], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def err(*asked: object) -> None:
        raise IndexError

    read: list[Path] = []
    damage = folder.damage
    monkeypatch.setattr(snapshots, "damage", lambda path: (read.append(path), damage(path))[1])
    compact()
    with monkeypatch.context() as mistaken:
        mistaken.setattr(answering, "page", err)
        for _ in range(3):
            assert index.page(EVERYBODY, BrowseQuery()).total > 0
            settle()
            assert current.state() is not None
    assert len(read) == 1
    assert "plain SQL does" in caplog.text
    monkeypatch.setattr(doubting, "SOUND_FOR", 0.0)
    compact()
    for _ in range(2):
        current.astray()
        settle()
    assert len(read) == 3, "and after a while it is"


def test_a_mistake_beyond_the_index_is_raised(works: list[Marked]) -> None:
    asked = []

    @kept.soundly
    def err() -> None:
        asked.append(current.state() is not None)
        raise ValueError("not the index's")

    with pytest.raises(ValueError, match="not the index's"):
        err()
    compact()
    with pytest.raises(ValueError, match="not the index's"):
        err()
    assert asked == [False, True, False], "with an index it is asked once more, in plain SQL"


def test_nobody_waits_for_a_doubted_snapshot_to_be_read(
    works: list[Marked], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def err(*asked: object) -> None:
        raise MemoryError

    going_on = Event()
    damage = folder.damage
    monkeypatch.setattr(snapshots, "damage", lambda path: damage(path) if going_on.wait(60) else [])
    compact()
    with monkeypatch.context() as mistaken:
        mistaken.setattr(answering, "page", err)
        assert index.page(EVERYBODY, BrowseQuery()).total > 0
    assert current.state() is None, "it is being read, and nobody asks it meanwhile"
    assert index.page(EVERYBODY, BrowseQuery()).total > 0
    going_on.set()
    settle()
    assert current.state() is not None
