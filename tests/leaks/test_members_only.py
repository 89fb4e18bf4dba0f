"""A work that states it is for registered users only is not there for strangers, whatever is kept, asked or said."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse

from archive import changes, exporting, index, keeping, names, visible
from archive.access import Kind, Reader
from archive.browse import BrowseQuery
from archive.formats import carrel_export
from archive.index import compacting, current
from archive.merging import merge
from archive.models import Work
from archive.parsed import ParsedWork
from archive.statements import statement
from archive.vocabulary import Rating
from tests.cast import enter
from tests.shelving import bring, parsed, shelve

pytestmark = pytest.mark.django_db

GUEST = Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True)
MEMBER = Reader(kind=Kind.MEMBER, welcome=True, ceiling=Rating.EXPLICIT, adult=True)


@pytest.fixture(params=["plain", "index"])
def library(request: pytest.FixtureRequest) -> Iterator[None]:
    """One work for everybody and one for members only, asked in plain SQL or of a snapshot."""
    bring(
        parsed(title="Lock Gate", source="test", source_id="1", fandoms=("Low Water",), extra={"Restricted": "Yes"}),
        parsed(title="Quay", source="test", source_id="2", fandoms=("High Water",)),
    )
    current.forget()
    if request.param == "index":
        compacting.compact(wait=True)
        assert current.state() is not None
    yield
    current.forget()


@pytest.mark.usefixtures("library")
def test_a_stranger_and_a_member_who_may_see_as_much_never_get_each_others_answers() -> None:
    for _ in range(2):  # the second time from what is kept
        for reader, there in ((MEMBER, 2), (GUEST, 1)):
            sight = visible.sight(reader)
            assert index.count(sight, BrowseQuery()) == there
            assert index.page(sight, BrowseQuery()).total == there
            assert len(index.facets(sight, BrowseQuery())["fandom"].values) == there
            assert len(names.suggested(sight, "fandom", "water")) == there
            assert len(names.directory(sight, "fandom", names.Asked("", "", False, 1)).entries) == there


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("place", ["", "all/", "chapters/1/", "history/"])
def test_no_address_of_such_a_work_is_there_for_a_stranger(place: str) -> None:
    work = Work.everything.get(title="Lock Gate").pk
    assert enter("stranger").get(f"/works/{work}/{place}").status_code == 404
    assert enter("agreed").get(f"/works/{work}/{place}").status_code == 200


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("address", ["/", "/?q=lock", "/tags/fandom/", "/suggest/?q=low", "/?fandom=low-water"])
def test_no_page_tells_a_stranger_a_word_of_it(address: str) -> None:
    page = enter("stranger").get(address).content.decode()
    assert "Lock Gate" not in page
    assert "Low Water" not in page
    assert enter("stranger").get("/tags/fandom/low-water/").status_code == 404


@pytest.mark.parametrize(
    ("label", "words", "restricted"),
    [
        ("Restricted", "Yes", True),
        ("restricted", "True", True),
        ("Restricted to Registered Users", "1", True),
        ("Restricted", "to friends of the harbour", True),  # what we cannot read is the stricter
        ("Restricted", "No", False),
        ("Restricted", "false", False),
        ("Restricted", "", False),
        ("Visibility", "Yes", False),
    ],
)
def test_labels_say_it_in_any_spelling(label: str, words: str, restricted: bool) -> None:
    work = shelve(extra={label: words})
    assert Work.everything.get(pk=work).restricted is restricted


def two(first: ParsedWork, second: ParsedWork) -> bool:
    [_, told] = bring(first), bring(second)
    return Work.everything.get(pk=told[0].work).restricted


@pytest.mark.parametrize("restricted_first", [True, False])
def test_of_two_files_that_are_equally_new_the_stricter_counts(restricted_first: bool) -> None:
    words = ("Yes", "No") if restricted_first else ("No", "Yes")
    one, other = (parsed(source="test", source_id="9", extra={"Restricted": said}) for said in words)
    assert two(one, other)


def test_a_file_that_says_nothing_of_it_takes_no_restriction_away() -> None:
    silent = parsed(source="test", source_id="9", body="<p>The lamp was lit again, and longer than before.</p>" * 9)
    assert two(parsed(source="test", source_id="9", extra={"Restricted": "Yes"}), silent)


def test_a_keepers_word_beats_the_file_and_a_newer_restriction_beats_that_and_asks_for_a_look() -> None:
    work = shelve(source="test", source_id="9")
    keeping.say(work, {"restricted": True})
    assert Work.everything.get(pk=work).restricted
    keeping.say(work, {"restricted": False})
    assert not Work.everything.get(pk=work).restricted
    shelve(source="test", source_id="9", extra={"Restricted": "Yes"}, freeforms=("Fog",))
    row = Work.everything.get(pk=work)
    assert row.restricted
    assert "restricts" in row.attention
    keeping.insist(work)
    assert not Work.everything.get(pk=work).restricted


def test_an_older_text_that_was_restricted_stays_so_when_the_work_no_longer_is() -> None:
    then = {"updated": date(2024, 1, 1), "extra": {"Restricted": "Yes"}, "body": "<p>An earlier lamp.</p>"}
    now = {"updated": date(2024, 2, 1), "extra": {"Restricted": "No"}, "body": "<p>A later lamp.</p>"}
    work = shelve(source="test", source_id="9", **then)
    shelve(source="test", source_id="9", **now)
    for role, code in (("stranger", 404), ("agreed", 200)):
        client = enter(role)
        assert client.get(f"/works/{work}/").status_code == 200
        assert client.get(f"/works/{work}/versions/1/").status_code == code


@pytest.mark.parametrize("extra", [{}, {"Restricted": "Yes"}, {"restricted": "True"}])
@pytest.mark.parametrize("said", [None, True, False])
def test_an_export_passes_on_whether_a_work_is_for_members_only(extra: dict[str, str], said: bool | None) -> None:
    work = shelve(source="test", source_id="9", extra=extra)
    if said is not None:
        keeping.say(work, {"restricted": said})
    [line] = exporting.works()
    there = carrel_export.parse(line)
    row = Work.everything.get(pk=work)
    assert merge([statement(there, (), "0" * 64, "carrel-export")]).restricted is row.restricted
    assert row.restricted is (bool(extra) if said is None else said)


@pytest.mark.usefixtures("library")
def test_what_a_keeper_ticks_on_the_page_of_a_work_holds_at_the_next_request_of_everybody() -> None:
    work = Work.everything.get(title="Quay").pk
    stranger, member, keeper = (enter(role) for role in ("stranger", "agreed", "keeper"))
    page = reverse("admin:archive_work_change", args=[work])

    def tick(**changed: str) -> None:
        form = keeper.get(page).context["adminform"].form
        sent = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in sent.items() if value not in (None, "", [], False)}
        assert keeper.post(page, {**sent, **changed}).status_code == 302

    def seen(client: Client) -> tuple[int, bool]:
        return client.get(f"/works/{work}/").status_code, "Quay" in client.get("/").content.decode()

    assert seen(stranger) == seen(member) == (200, True)
    assert 'name="restricted"' in keeper.get(page).content.decode()
    tick(restricted="on")
    assert seen(stranger) == (404, False)
    assert seen(member) == (200, True)
    tick(title="High Quay")  # the tick stays when something else is said
    assert stranger.get(f"/works/{work}/").status_code == 404
    keeping.unsay(work, ["restricted", "title"])
    assert seen(stranger) == (200, True)


def test_a_library_of_before_learns_it_from_what_its_files_state() -> None:
    """Those who read then get the same as if each file had come in since."""
    yes, no = {"extra": {"Restricted": "Yes"}}, {"extra": {"Restricted": "No"}}
    told = bring(
        parsed(source="test", source_id="1", title="Quay"),
        parsed(source="test", source_id="2", title="Lock", extra={"restricted to registered users": "of the harbour"}),
        parsed(source="test", source_id="3", title="Mole", **yes, updated=date(2024, 1, 1)),
        parsed(source="test", source_id="4", title="Pier", **no, updated=date(2024, 1, 1)),
        parsed(source="test", source_id="5", title="Buoy", extra={"Colour": "Red"}),
    )
    shelve(source="test", source_id="3", title="Mole", **no, updated=date(2024, 2, 1))
    shelve(source="test", source_id="4", title="Pier", **yes, updated=date(2024, 2, 1))
    stated = dict(Work.everything.values_list("title", "restricted"))
    assert {title for title, restricted in stated.items() if restricted} == {"Lock", "Pier"}
    with changes.recorded() as recording:
        recording.works |= {one.work for one in told if one.work}
        Work.everything.update(restricted=False)
    migration = ("archive", "0017_members_only")
    there = MigrationLoader(connection).project_state(migration).apps
    import_module(".".join(("archive.migrations", migration[1]))).fill(there, connection.schema_editor())
    assert dict(Work.everything.values_list("title", "restricted")) == stated
