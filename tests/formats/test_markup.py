"""Foreign markup becomes a tree that is safe to walk, and gives back what is inside of its elements."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats import markup
from archive.formats.markup import by_id, drop, has_class, inner, parse, words
from archive.parsed import Refused


def body(text: str) -> str:
    found = parse(text).find("body")
    assert found is not None
    return inner(found)


def test_what_is_inside_of_an_element_comes_back_balanced() -> None:
    assert body("<div title='a>b'>One<p>two<p lang=fr>trois &amp; <br>four</div>") == (
        '<div title="a&gt;b">One<p>two</p><p lang="fr">trois &amp; <br>four</p></div>'
    )


def test_text_that_follows_an_element_is_not_inside_of_it() -> None:
    found = parse("<p><i>in</i> out</p>").find(".//i")
    assert found is not None
    assert inner(found) == "in"


def test_an_empty_element_holds_nothing() -> None:
    root = parse("<p></p><br><img src=x>")
    assert [inner(element) for element in root.iter("p", "br", "img")] == ["", "", ""]


@pytest.mark.parametrize("text", [" ", "<!-- nothing -->", "<!DOCTYPE html>", "<?xml version='1.0'?>"])
def test_a_page_with_nothing_in_it_is_an_empty_tree(text: str) -> None:
    assert words(parse(text)) == ""


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "UTF-16", "nonsense"])
def test_a_declared_encoding_says_nothing_any_more(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><html><head><meta charset="{declared}"></head><p>fête 塔'
    assert words(parse(text)) == "fête 塔"


def test_an_element_closed_at_once_is_empty() -> None:
    text = '<html><head><title/><script src="x"/></head><body><a id="q"/>one<br/><div class="b" />two</body></html>'
    assert body(text) == '<a id="q"></a>one<br><div class="b"></div>two'


def test_what_only_looks_closed_at_once_is_left_alone() -> None:
    assert body('<p title="a/>b">one /> two<br/>three</p>') == '<p title="a/&gt;b">one /&gt; two<br>three</p>'


def test_prefixed_names_are_plain_names() -> None:
    aside = parse('<html xmlns:epub="x"><body><aside epub:type="footnote">n</aside></body></html>').find(".//aside")
    assert aside is not None
    assert aside.get("epub:type") == "footnote"


def test_a_declared_entity_is_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2", "utf-8")
    text = (
        f'<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file://{secret}">]>'
        "<html><body><p>&b; &c; &eacute;</p></body></html>"
    )
    assert words(parse(text)) == "&b; &c; é"


def test_a_character_data_section_is_text() -> None:
    assert body("<p><![CDATA[a < b & c]]></p>") == "<p>a &lt; b &amp; c</p>"


def test_comments_and_instructions_are_not_in_the_tree() -> None:
    assert body("<p>a<!-- b --><?php c ?>d</p>") == "<p>ad</p>"


@pytest.mark.parametrize("tag", ["div", "b", "font", "table", "blockquote", "span", "x:y"])
@pytest.mark.parametrize("before", ["", "</u>" * 200])
def test_however_deep_it_goes_nothing_behind_it_is_lost(tag: str, before: str) -> None:
    text = f"{before}<p>first</p>" + f"<{tag}>deep" * 5000 + f"</{tag}>" * 5000 + "<p>last</p>"
    found = words(parse(text))
    assert found.count("deep") == 5000
    assert found.startswith("first")
    assert found.endswith("last")


def test_unclosed_paragraphs_are_not_deep() -> None:
    root = parse("<p>line" * 5000)
    assert sum(1 for _ in root.iter("p")) == 5000


@pytest.mark.parametrize("unit", ["<![CDATA[", "<!DOCTYPE[", "/>", "<a ", "<!--", "&#", "<p title='"])
def test_what_never_ends_costs_no_more_than_its_size(unit: str) -> None:
    assert parse(unit * 100_000).tag == "html"


def test_far_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_TAGS", 10)
    with pytest.raises(Refused, match="far too many tags"):
        parse("<p>" * 11)


def test_the_words_of_an_element_are_one_line() -> None:
    root = parse("<div><h1>The <i>Lamp</i>lighter</h1>by\u00a0\n quill<br/>feather \u202egnol<p>x</p><p>y</p></div>z")
    assert words(root.find(".//div")) == "The Lamplighter by quill feather gnol x y"
    assert words(None) == ""


def test_of_a_very_long_text_the_words_are_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LONGEST_LINE", 10)
    assert words(parse("<p>one</p><p>two</p><p>three</p><p>four</p>")) == "one two"
    assert words(parse("<p>onetwothree</p>").find(".//p")) == "onetwothre"


def test_words_hold_no_control_characters() -> None:
    assert words(parse("<p>a&#1;b&#127;c&#x202e;d&#0;")) == "abcd\ufffd"


def test_an_element_is_known_by_one_of_its_classes() -> None:
    found = parse('<dl class="work meta group">').find(".//dl")
    assert found is not None
    assert has_class(found, "meta")
    assert not has_class(found, "met")


def test_an_element_is_found_by_its_id() -> None:
    root = parse("<div id=preface><p id='a\"b'>x</p></div><div id=preface>second</div>")
    assert words(by_id(root, "preface")) == "x"
    assert words(by_id(root, 'a"b')) == "x"
    assert by_id(root, "afterword") is None


def test_an_element_goes_and_the_text_behind_it_stays() -> None:
    root = parse("<p>a<b>1</b>b<b>2</b>c</p>")
    for element in list(root.iter("b")):
        drop(element)
    assert words(root) == "abc"


def test_nothing_is_fetched(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # to open it would wait for ever
    text = f'<!DOCTYPE html SYSTEM "{pipe}"><html><link rel=stylesheet href="{pipe}"><iframe src="{pipe}"></iframe>x'
    assert words(parse(text)) == "x"


@given(st.text(alphabet='<>/p b"=&;!-[]?x\n', max_size=300))
def test_any_text_is_a_tree(text: str) -> None:
    root = parse(text)
    assert root.tag == "html"
    for element in root.iter():
        inner(element)
        words(element)
