"""Tables of tags as a source of synonyms: what is followed, what is left alone, and that keepers have the last word."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import changes, wrangling
from archive.models import Tag
from archive.tagtables import NoTagTable, Report, import_table
from archive.tagtables.rows import rows
from archive.vocabulary import TagKind
from tests.test_wrangling import tags

FREEFORM, FANDOM = TagKind.FREEFORM.value, TagKind.FANDOM.value

DUMP = """\
id,type,name,canonical,cached_count,merger_id
1,Media,Books,true,10,
2,Rating,Explicit,true,10,
10,Freeform,Slow Burn,true,9000,
11,Freeform,slowburn,false,20,10
12,Freeform,"Slow, Slow Burn",false,3,11
13,Freeform,Redacted,false,3,10
14,Freeform,Slower Than A Glacier,false,3,13
20,Freeform,Lost,false,1,999
21,Freeform,Round One,false,1,22
22,Freeform,Round Two,false,1,21
23,Freeform,Both,true,50,10
24,Freeform,Merged Into A Character,false,1,30
25,Freeform,Merged Into Nobody,false,1,26
26,Freeform,Redacted,true,1,
27,Freeform,Merged Into No Canonical,false,1,28
28,Freeform,No Canonical,false,1,
30,Character,Ada Brook,true,80,
31,Character,Ada,false,5,30
32,Character,NA,true,5,
33,Freeform,NA,false,5,10
40,Fandom,The Sea,true,80,
41,Fandom,thé sea,false,8,40
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tags-20210226.csv"
    path.write_text(DUMP, "utf-8")
    return path


def synonyms() -> dict[str, str]:
    return dict(Tag.everything.filter(canonical__isnull=False).values_list("name", "canonical__name"))


def told(report: Report) -> dict[str, int]:
    return {what: number for what, number in report.tags.items() if number}


@pytest.mark.django_db
class TestFollowing:
    def test_a_synonym_stands_under_its_canonical_which_is_made_if_it_is_missing(self, table: Path) -> None:
        tags("slowburn", "Rain")
        assert told(import_table(table)) == {"synonyms": 1, "canonicals": 1, "changed": 2}
        assert synonyms() == {"slowburn": "Slow Burn"}
        assert not Tag.everything.get(name="Rain").by_table

    def test_chains_are_followed_to_their_end_even_through_hidden_names(self, table: Path) -> None:
        tags("Slow, Slow Burn", "Slower Than A Glacier", "Slow Burn")
        import_table(table)
        assert set(synonyms().values()) == {"Slow Burn"}
        assert len(synonyms()) == 2

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("Lost", "dangling"),
            ("Merged Into No Canonical", "dangling"),
            ("Round One", "contradictory"),
            ("Round Two", "contradictory"),
            ("Both", "contradictory"),
            ("Merged Into A Character", "contradictory"),
            ("Merged Into Nobody", "redacted"),
        ],
    )
    def test_what_the_table_cannot_tell_is_counted_and_left(self, table: Path, name: str, reason: str) -> None:
        tags(name)
        assert told(import_table(table)) == {reason: 1}
        assert Tag.everything.count() == 1
        assert not synonyms()

    def test_a_tag_may_be_called_na_and_none_is_called_redacted(self, table: Path) -> None:
        tags("NA", "Redacted")
        tags("NA", kind=TagKind.CHARACTER.value)
        assert told(import_table(table)) == {"synonyms": 1, "canonicals": 2, "changed": 3}
        assert list(Tag.everything.filter(canonical__isnull=False).values_list("kind", "name")) == [(FREEFORM, "NA")]

    def test_a_name_means_only_tags_of_its_kind(self, table: Path) -> None:
        tags("Ada")
        assert told(import_table(table)) == {}

    def test_spellings_that_are_one_tag_here_are_no_synonyms(self, table: Path) -> None:
        tags("The Sea", kind=FANDOM)
        assert told(import_table(table)) == {"canonicals": 1, "changed": 1}

    def test_a_second_time_changes_nothing(self, table: Path) -> None:
        tags("slowburn", "Slow, Slow Burn", "Both")
        import_table(table)
        before = changes.latest(), list(Tag.everything.order_by("pk").values_list())
        assert import_table(table).tags["changed"] == 0
        assert (changes.latest(), list(Tag.everything.order_by("pk").values_list())) == before

    def test_tags_that_come_later_find_their_synonyms_at_the_next_time(self, table: Path) -> None:
        tags("slowburn")
        import_table(table)
        tags("Slow, Slow Burn")
        assert import_table(table).tags["changed"] == 1
        assert len(synonyms()) == 2

    def test_a_newer_table_takes_the_word_of_an_older_one_back(self, table: Path) -> None:
        tags("slowburn", "Slow, Slow Burn")
        import_table(table)
        newer = DUMP.replace("10,Freeform,Slow Burn,true,9000,", "10,Freeform,Slow Burn,false,9000,50")
        table.write_text(newer + "50,Freeform,Slowest Burn,true,1,\n", "utf-8")
        import_table(table)
        assert synonyms() == dict.fromkeys(("slowburn", "Slow, Slow Burn", "Slow Burn"), "Slowest Burn")


@pytest.mark.django_db
class TestKeepers:
    def test_a_synonym_that_a_keeper_made_stays(self, table: Path) -> None:
        mine, other = tags("slowburn", "Patience")
        wrangling.make_synonym(mine, other)
        assert told(import_table(table)) == {"kept": 1, "canonicals": 1, "changed": 1}
        assert synonyms() == {"slowburn": "Patience"}

    def test_a_canonical_with_a_keepers_synonyms_stays_one(self, table: Path) -> None:
        mine, other = tags("Burning Slowly", "slowburn")
        wrangling.make_synonym(mine, other)
        import_table(table)
        assert synonyms() == {"Burning Slowly": "slowburn"}

    def test_a_tag_under_a_metatag_stays_where_it_is(self, table: Path) -> None:
        mine, other = tags("slowburn", "Romance")
        wrangling.set_metatag(mine, other)
        assert import_table(table).tags["kept"] == 1
        assert not synonyms()

    def test_what_a_keeper_merged_is_where_synonyms_go(self, table: Path) -> None:
        head, other, _ = tags("Slow Burn", "Patience", "slowburn")
        wrangling.make_synonym(head, other)
        import_table(table)
        assert synonyms() == {"Slow Burn": "Patience", "slowburn": "Patience"}

    def test_a_keeper_may_turn_the_table_round(self, table: Path) -> None:
        head, mine = tags("Slow Burn", "slowburn")
        wrangling.make_synonym(head, mine)
        import_table(table)
        assert synonyms() == {"Slow Burn": "slowburn"}

    def test_a_keepers_word_after_the_table_stays_at_the_next_time(self, table: Path) -> None:
        mine, other = tags("slowburn", "Patience")
        import_table(table)
        mine.refresh_from_db()
        wrangling.make_synonym(mine, other)
        import_table(table)
        assert synonyms()["slowburn"] == "Patience"


class TestShapes:
    """What others have made of the dump."""

    @pytest.mark.parametrize(
        "written",
        [
            "id, type, name, canonical, cached_count, merger_id,\n10, Freeform, Slow Burn, true, 9, -1,\n"
            "11, Freeform, slowburn, false, 2, 10,\n",
            ",id,type,name,canonical,cached_count,merger_id\n0,10,Freeform,Slow Burn,True,9,\n"
            "1,11,Freeform,slowburn,False,2,10.0\n",
            "\ufeffid,type,name,canonical,cached_count,merger_id\r\n10,Freeform,Slow Burn,TRUE,9,NA\r\n"
            "11,Freeform,slowburn,FALSE,2,10\r\n",
        ],
        ids=["spaces", "numbered", "marked"],
    )
    def test_copies_say_the_same(self, written: str, tmp_path: Path) -> None:
        path = tmp_path / "tags.csv"
        path.write_text(written, "utf-8")
        assert [tuple(row) for row in rows(path)] == [
            (10, FREEFORM, "Slow Burn", True, None),
            (11, FREEFORM, "slowburn", False, 10),
        ]

    @pytest.mark.django_db
    def test_a_table_that_does_not_say_what_is_canonical_is_followed_to_the_end_of_its_mergers(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "tags.csv"
        path.write_text("id,type,name,merger_id\n10,Freeform,Slow Burn,\n11,Freeform,slowburn,10\n", "utf-8")
        tags("slowburn")
        import_table(path)
        assert synonyms() == {"slowburn": "Slow Burn"}

    def test_damaged_rows_are_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / "tags.csv"
        path.write_bytes(
            b"id,type,name,canonical,cached_count,merger_id\nx,Freeform,A,true,1,\n9\n\n"
            b'10,Freeform,"B \xff\x00\nC",true,1,\n99999999999999999999,Freeform,D,true,1,\n'
        )
        assert [row.id for row in rows(path)] == [10]

    def test_another_table_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "works.csv"
        path.write_text("creation date,language,restricted,complete,word_count,tags,\n", "utf-8")
        with pytest.raises(NoTagTable):
            list(rows(path))


@pytest.mark.django_db
class TestCommand:
    def test_it_says_in_one_line_what_it_did(self, table: Path) -> None:
        tags("slowburn", "Lost", "Both", "Merged Into Nobody")
        out = io.StringIO()
        call_command("import_tags", str(table), stdout=out)
        assert out.getvalue() == (
            "20 tags in the table; of those that are here 1 are synonyms and 1 canonical, 2 of them newly so;"
            " left alone: 0 wrangled by keepers, 1 dangling, 1 contradictory, 1 redacted\n"
        )

    def test_wrong_use_ends_with_2(self, tmp_path: Path) -> None:
        (tmp_path / "works.csv").write_text("a,b\n", "utf-8")
        for name in ("works.csv", "nowhere.csv"):
            with pytest.raises(CommandError) as stopped:
                call_command("import_tags", str(tmp_path / name))
            assert stopped.value.returncode == 2


@pytest.mark.django_db
def test_nothing_stays_in_the_scratch_folder(table: Path, data: Path) -> None:
    import_table(table)
    assert not list((data / "tmp").glob("tags-*"))


@pytest.mark.django_db
def test_many_tags_go_through_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.tagtables.applying.BATCH", 7)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["id", "type", "name", "canonical", "cached_count", "merger_id"])
    for number in range(1, 31):
        lines.writerow([number, "Freeform", f"Head {number}", "true", 1, ""])
        lines.writerow([number + 100, "Freeform", f"Tail {number}", "false", 1, number])
    path = tmp_path / "tags.csv"
    path.write_text(written.getvalue(), "utf-8")
    tags(*(f"Tail {number}" for number in range(1, 31)))
    import_table(path)
    assert synonyms() == {f"Tail {number}": f"Head {number}" for number in range(1, 31)}
