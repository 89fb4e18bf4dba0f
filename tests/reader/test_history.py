"""Where a work comes from, its older texts, and what changed: the pages."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import changes, keeping
from archive.models import SourceFile, Version, Work
from archive.parsed import ParsedChapter
from tests.shelving import bring, parsed, prepared, shelve

SAME = {"source": "test", "source_id": "1"}
LAMP = "<p>The lamp was lit before the ships came in.</p>"
COUNT = "<p>Ada counted them {}, and wrote both numbers down.</p>"


def put(*bodies: str, **stated: Any) -> int:
    chapters = tuple(ParsedChapter(number, body) for number, body in enumerate(bodies, 1))
    return shelve(**SAME, **{"chapters": chapters, **stated})


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(" ".join(re.sub(r"<(?!/?(?:ins|del)\b)[^>]*>", " ", response.content.decode()).split()))


def test_a_work_leads_to_its_versions_and_sources(stranger: Client) -> None:
    work = put(LAMP)
    assert f'href="/works/{work}/history/"' in stranger.get(f"/works/{work}/").content.decode()
    page = shown(stranger, f"/works/{work}/history/")
    assert "As it stands now" in page
    assert "No other text of this work is known here." in page
    assert "File 1 Test imported" in page


def test_each_fact_names_the_file_the_rule_or_the_keeper_that_says_so(stranger: Client) -> None:
    put(LAMP, title="Old", summary="<p>A lamp.</p>", kudos=3, counted=date(2026, 1, 1))
    work = put(LAMP, LAMP + COUNT, title="New", categories=("F/F",), kudos=9, counted=date(2026, 2, 1))
    keeping.say(work, {"language": "English"})
    page = shown(stranger, f"/works/{work}/history/")
    assert "Title New File 2 says so. File 1 says: Old" in page
    assert "Authors quillfeather Files 1 and 2 say so." in page
    assert "Summary A lamp. File 1 says so." in page
    assert "Language English A keeper says so." in page
    assert "Words " in page
    assert "Counted in the text." in page
    assert (
        "Counted at its home 9 kudos on 1 February 2026 File 2 says so. File 1 says: 3 kudos on 1 January 2026" in page
    )
    assert re.search(r"Text 2 chapters, \d+ words File 2 says so. File 1 has: 1 chapter, 9 words", page)


def test_files_that_say_the_same_in_another_spelling_agree(stranger: Client) -> None:
    put(LAMP, title="One", language="eng", summary="<p>A <em>lamp</em>.</p>")
    work = put(LAMP, LAMP + COUNT, title="Two", language="English", summary="<p>A lamp.</p>")
    page = shown(stranger, f"/works/{work}/history/")
    assert "Language English Files 1 and 2 say so." in page
    assert "Summary A lamp. Files 1 and 2 say so." in page


def test_a_language_that_nobody_knows_stays_as_its_file_says(stranger: Client) -> None:
    page = shown(stranger, f"/works/{put(LAMP, language='Wookiee')}/history/")
    assert "Language Wookiee File 1 says so." in page


def test_a_rule_of_the_import_is_named(stranger: Client) -> None:
    work = put(LAMP)
    with changes.recorded() as recording:
        Work.everything.filter(pk=work).update(ruled={"fandoms": ["Harbour Lights"]})
        recording.works.add(work)
    assert "Fandoms Harbour Lights A rule of the import says so." in shown(stranger, f"/works/{work}/history/")


def test_versions_tell_what_each_brought(stranger: Client) -> None:
    put(LAMP)
    put(LAMP, COUNT.format("once"))
    work = put(LAMP, COUNT.format("twice"), LAMP)
    page = shown(stranger, f"/works/{work}/history/")
    assert "As it stands now" in page
    assert "1 chapter added, 1 edited (1 paragraph), words 18 → 27." in page
    assert "1 chapter added, words 9 → 18." in page
    assert page.index("Version 2") < page.index("Version 1")


def test_what_changed_is_laid_out_with_the_words_marked(stranger: Client) -> None:
    put(LAMP, COUNT.format("once"))
    work = put(LAMP, COUNT.format("twice"), LAMP)
    page = shown(stranger, f"/works/{work}/versions/1/changes/")
    assert "Ada counted them <del>once</del><ins>twice</ins>, and wrote both numbers down." in page
    assert "1 chapter is as it was." in page
    assert "Added Chapter 3" in page


def test_the_same_words_in_other_markup_are_no_noise(stranger: Client) -> None:
    put("<p>“The lamp,” she said.</p>\n<p>It was late.</p>")
    work = put('<p>"The <em>lamp</em>," she said.</p><p>It was late.</p>', title="Zz", updated=date(2026, 1, 1))
    assert "The same words in other markup." in shown(stranger, f"/works/{work}/history/")
    assert "The same words in other markup." in shown(stranger, f"/works/{work}/versions/1/changes/")
    apart = put("<p>“The lamp,” she said. It was late.</p>", updated=date(2026, 2, 1))
    last = Version.everything.order_by("-number")[0].number
    assert "the same words in other markup" in shown(stranger, f"/works/{apart}/versions/{last}/changes/")


def test_a_version_is_compared_with_the_next_or_with_the_present(stranger: Client) -> None:
    put(LAMP)
    put(LAMP, LAMP)
    work = put(LAMP, LAMP, LAMP)
    assert "to version 2 ." in shown(stranger, f"/works/{work}/versions/1/changes/")
    assert "2 chapters added" in shown(stranger, f"/works/{work}/versions/1/changes/?with=now")


def test_a_long_comparison_is_laid_out_chapter_by_chapter(stranger: Client) -> None:
    many = [f"<p>{number} {'sea ' * 12_000}</p>{COUNT}" for number in range(4)]
    put(*(body.format("once") for body in many))
    work = put(*(body.format("twice") for body in many), title="Zz", updated=date(2026, 1, 1))
    page = stranger.get(f"/works/{work}/versions/1/changes/").content.decode()
    assert page.count("<del>") == 2
    assert 'href="?chapter=4"' in page
    one = stranger.get(f"/works/{work}/versions/1/changes/?chapter=4").content.decode()
    assert one.count("<del>") == 1
    for odd in ("0", "99", "x", "-1", "9" * 40, "٣"):
        assert stranger.get(f"/works/{work}/versions/1/changes/?chapter={odd}").status_code == 200


def test_an_older_version_is_read_by_chapter_or_whole_and_says_what_it_is(stranger: Client) -> None:
    long = LAMP * 300
    put(long, long)
    work = put(long, long, COUNT)
    first = shown(stranger, f"/works/{work}/versions/1/")
    assert "This is an older version of the work" in first
    assert "Chapter 2" in first
    response = stranger.get(f"/works/{work}/versions/1/chapters/2/").content.decode()
    assert response.count('class="chapter-text"') == 1
    assert f'rel="prev" href="/works/{work}/versions/1/chapters/1/"' in response
    assert stranger.get(f"/works/{work}/versions/1/all/").content.decode().count('class="chapter-text"') == 2
    for nothing in ("versions/1/chapters/3/", "versions/2/", "versions/0/", "versions/99999999999999999/"):
        assert stranger.get(f"/works/{work}/{nothing}").status_code == 404


def test_links_within_an_older_version_stay_in_it(stranger: Client) -> None:
    linked = f'<p><a href="chapter:2">On</a></p>{LAMP * 300}'
    put(linked, LAMP)
    work = put(linked, LAMP, COUNT)
    page = stranger.get(f"/works/{work}/versions/1/chapters/1/").content.decode()
    assert f'href="/works/{work}/versions/1/chapters/2/"' in page


def test_a_text_that_came_back_is_not_called_an_older_one(stranger: Client) -> None:
    first = parsed(**SAME, body=LAMP)
    bring(first)
    second = parsed(**SAME, body=LAMP + COUNT)
    bring(second)
    work = Work.everything.get().pk
    Version.everything.create(
        work_id=work, number=2, sha256=prepared(second).file.sha256, replaced_at=Work.everything.get().added
    )
    assert "Version 2" not in shown(stranger, f"/works/{work}/history/")
    assert stranger.get(f"/works/{work}/versions/2/").status_code == 404


def test_where_files_lay_is_told_to_keepers_only(stranger: Client, keeper: Client) -> None:
    work = put(LAMP)
    path = SourceFile.everything.get().path
    assert path not in shown(stranger, f"/works/{work}/history/")
    assert path in shown(keeper, f"/works/{work}/history/")


def test_a_work_without_any_file_has_a_page_all_the_same(stranger: Client) -> None:
    work = put(LAMP)
    SourceFile.everything.all().delete()
    assert "No file of this work can be named here." in shown(stranger, f"/works/{work}/history/")


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_many_files_versions_and_chapters_cost_no_more_queries_than_few(adult: Client) -> None:
    put(LAMP, freeforms=("Tag 1",))
    work = put(LAMP, LAMP + COUNT, freeforms=("Tag 2",))
    addresses = [f"/works/{work}/{room}" for room in ("history/", "versions/1/", "versions/1/changes/?with=now")]
    few = [asked(adult, address) for address in addresses]
    for number in range(3, 15):
        put(*(LAMP * place for place in range(1, number)), title=f"Title {number}", freeforms=(f"Tag {number}",))
    assert [asked(adult, address) for address in addresses] == few
