"""What keepers are told of the index: by the command that checks it, and by a line on the desk."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive import wrangling
from archive.admin.indexed import indexed
from archive.index import checking, plain
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
    monkeypatch.setattr(plain, "count", lambda sight, query: 77)
    told = StringIO()
    with pytest.raises(CommandError, match="3 wrong"):
        call_command("check_index", "--questions", "3", stdout=told)
    assert "plain: 77" in told.getvalue()
    assert [one.what for one in checking.differences(1, 1) if one] == ["count"]


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
