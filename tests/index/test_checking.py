"""What keepers are told of the index: by the command that checks it, and by a line on the desk."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive import worker, wrangling
from archive.access import Sight
from archive.admin.indexed import indexed
from archive.browse import BrowseQuery
from archive.index import checking, current, patience, plain
from archive.index.checking import Outcome
from archive.index.selecting import one_moment
from archive.models import Work
from tests.index.living import compact, make, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_index")]


def test_the_command_checks_answers_and_bytes() -> None:
    works = make_many(range(30))
    wrangling.retag({work: {"freeform": ["Fluff", f"n{work}"], "fandom": ["Ships"]} for work in works})
    with pytest.raises(CommandError, match="no index"):
        call_command("check_index")
    built = compact()
    told = StringIO()
    call_command("check_index", "--questions", "30", "--seed", "7", stdout=told)
    assert "answer alike" in told.getvalue()
    at = json.loads((built / "header.json").read_text())["arrays"]["column.words"][2]
    written = bytearray((built / "arrays").read_bytes())
    written[at] ^= 1
    (built / "arrays").write_bytes(written)
    with pytest.raises(CommandError, match="1 wrong"):
        call_command("check_index", "--questions", "0", stdout=told)
    assert "damaged: column.words" in told.getvalue()


def test_the_command_tells_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(range(5))
    compact()
    monkeypatch.setattr(plain, "page", lambda sight, query: 77)
    told = StringIO()
    with pytest.raises(CommandError, match="3 wrong"):
        call_command("check_index", "--questions", "3", stdout=told)
    assert "plain: 77" in told.getvalue()
    assert [one.kind for one in checking.compared(1, 1, 60) if one.outcome is Outcome.DIFFERENT] == ["page"]


def test_what_takes_too_long_is_said_and_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(sight: Sight, query: BrowseQuery) -> None:
        raise patience.GivenUp

    make_many(range(5))
    compact()
    monkeypatch.setattr(plain, "facets", slow)
    told = StringIO()
    call_command("check_index", "--questions", "3", stdout=told)
    assert "3 pages with their totals, 0 sets of facets.\nGiven up" in told.getvalue()
    assert "each): 0 pages with their totals, 3 sets of facets." in told.getvalue()
    call_command("check_index", "--questions", "3", "--seconds", "0", stdout=told)
    assert "time was up: 3 pages with their totals, 3 sets of facets." in told.getvalue()
    assert "No answers were compared." in told.getvalue()


@pytest.mark.usefixtures("small_delta")
def test_nothing_is_compared_while_changes_wait_for_the_next_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "SMALL", 0)
    worker.beat()
    make_many(range(2))
    compact()
    make_many(range(2, 20))
    assert {one.outcome for one in checking.compared(2, 1, 60)} == {Outcome.UNSETTLED}


def test_an_endless_question_is_given_up_and_the_database_goes_on_answering() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(patience.GivenUp), patience.at_most(0.05), one_moment(), connection.cursor() as cursor:
        cursor.execute(endless)
    make(1)
    assert Work.everything.count() == 1


def test_the_desk_has_one_line_about_it() -> None:
    assert indexed() == ""
    make(1)
    assert indexed().startswith("There is no index yet")
    compact()
    assert re.fullmatch(r"The index: 1 work, built .+ ago; nothing has changed since\.", indexed())
    make(2)
    assert re.fullmatch(r"The index: 1 work, built .+ ago; 1 changed since\.", indexed())
    compact()
    assert indexed().startswith("The index: 2 works")
