"""Works opened for reading."""

import re

import pytest
from django.test import Client

from archive.parsed import ParsedChapter
from tests.shelving import shelve

LONG = "<p>The lamp was lit before the ships came in.</p>" * 400
THREE = tuple(ParsedChapter(number, LONG, title=title) for number, title in ((1, "Ebb"), (2, ""), (3, "Flood")))


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_work_opens_at_its_first_chapter_with_what_is_known_of_it(stranger: Client) -> None:
    work = shelve(
        title="The Ledger", chapters=THREE, fandoms=("The Lighthouse Cycle",), summary="<p>Ada keeps it.</p>",
        notes="<p>With thanks.</p>", end_notes="<p>To be continued.</p>", source_url="https://example.org/works/7",
        source="example.org", source_id="7",
    )  # fmt: skip
    page = shown(stranger, f"/works/{work}/")
    for said in ("The Ledger</h1>", "Ebb</h2>", "The Lighthouse Cycle", "Ada keeps it.", "With thanks."):
        assert said in page
    assert '<a href="https://example.org/works/7" rel="noopener noreferrer nofollow">' in page
    assert "To be continued." not in page
    assert f'rel="next" class="next" href="/works/{work}/chapters/2/"' in page


def test_a_later_chapter_shows_its_own_head_and_the_last_the_end_notes(stranger: Client) -> None:
    work = shelve(title="The Ledger", chapters=THREE, summary="<p>Ada keeps it.</p>", end_notes="<p>The end.</p>")
    page = shown(stranger, f"/works/{work}/chapters/3/")
    assert "Flood</h1>" in page
    assert "The end." in page
    assert "Ada keeps it." not in page
    assert f'rel="prev" href="/works/{work}/chapters/2/"' in page
    assert 'rel="next"' not in page


def test_the_whole_work_stands_on_one_page(stranger: Client) -> None:
    page = shown(stranger, f"/works/{shelve(chapters=THREE)}/all/")
    assert page.count('class="chapter-text"') == 3
    assert len(re.findall(r"<h1[ >]", page)) == 1


def test_who_likes_works_whole_gets_them_whole(stranger: Client) -> None:
    work = shelve(chapters=THREE)
    stranger.post("/settings/", {"layout": "whole"})
    assert shown(stranger, f"/works/{work}/").count('class="chapter-text"') == 3


@pytest.mark.parametrize("address", ["chapters/4/", "chapters/0/", "chapters/99999999999999999999/", "chapters/x/"])
def test_a_chapter_that_is_not_there_is_not_found(stranger: Client, address: str) -> None:
    assert stranger.get(f"/works/{shelve(chapters=THREE)}/{address}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999999", "99999999999999999999", "-1", "x"])
def test_a_work_that_is_not_there_is_not_found(stranger: Client, number: str) -> None:
    assert stranger.get(f"/works/{number}/").status_code == 404


def test_the_text_carries_its_language_and_direction(stranger: Client) -> None:
    page = shown(stranger, f"/works/{shelve(language='العربية')}/")
    assert re.search(r'<div id="text" tabindex="-1" lang="ar" dir="rtl">', page)


def test_a_home_that_is_no_web_page_is_not_linked(stranger: Client) -> None:
    page = shown(stranger, f"/works/{shelve(source_url='javascript:alert(1)')}/")
    assert "javascript:" not in page


def test_a_page_names_no_other_host_but_the_home_of_the_work(stranger: Client) -> None:
    page = shown(stranger, f"/works/{shelve(chapters=THREE)}/")
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == []


def test_a_page_asks_for_nothing_inline(stranger: Client) -> None:
    page = shown(stranger, f"/works/{shelve(chapters=THREE)}/")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", page) == []


def test_a_chapter_page_weighs_little_more_than_its_text(stranger: Client) -> None:
    many = tuple(
        ParsedChapter(number, LONG, title=f"A Chapter Title Of Some Length {number}") for number in range(1, 121)
    )
    work = shelve(chapters=many, freeforms=tuple(f"An Additional Tag {number}" for number in range(30)))
    for address in (f"/works/{work}/", f"/works/{work}/chapters/60/"):
        assert (
            len(stranger.get(address).content)
            - 400 * len("<p id='p000'>The lamp was lit before the ships came in.</p>")
            < 30_000
        )


def test_a_long_chapter_list_shows_where_one_is(stranger: Client) -> None:
    many = tuple(ParsedChapter(number, "<p>Lamp.</p>" * 30) for number in range(1, 301))
    work = shelve(chapters=many)
    page = shown(stranger, f"/works/{work}/chapters/200/")
    assert f'href="/works/{work}/chapters/200/" aria-current="page"' in page
    assert f'href="/works/{work}/chapters/1/"' in page
    assert f'href="/works/{work}/chapters/300/"' in page
