"""Whatever is typed, it is words to look for and never an error; long texts and common words are found exactly."""

import pytest

from archive import search
from archive.browse import Term
from archive.search import documents, following
from archive.search.documents import Kind
from archive.search.words import BREAK, phrases
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

HOSTILE = [
    *(
        '"',
        '""',
        '"lamp',
        'lamp"',
        "*",
        "lamp*",
        "*lamp*",
        "NEAR(lamp ledger, 2)",
        "lamp NEAR ledger",
        "-lamp",
        "^lamp",
    ),
    *(
        "lamp OR",
        "AND",
        "NOT lamp",
        "title:lamp",
        "title : lamp",
        "{title names} : lamp",
        "lamp\0ledger",
        "\0",
        "a + b",
    ),
    *("lamp:*", "lamp:A", "lamp & !ledger", "lamp <-> ledger", "lamp | ledger", "'lamp'", "\\'lamp", "%", "_", "l_mp"),
    *("¶", f"lamp {BREAK} ledger", "' OR 1=1 --", "x" * 10_000, "lamp " * 2_000, '"' + "lamp " * 2_000 + '"', "\ud800"),
    *("İ", "ß", "é" * 3_000, "灯" * 3_000, "\u202elamp", "&amp;", "&#0;", "🏮", "ﬁ", "١٢٣"),
]


def text(asked: str) -> set[int]:
    return set(search.found(Term("text", asked)).text)


@pytest.mark.parametrize("indexed", [False, True])
def test_nothing_that_is_typed_errs_or_becomes_syntax(indexed: bool) -> None:
    shelve(title="lamp", body="<p>A ledger.</p>")
    if indexed:
        following.follow()
    for asked in HOSTILE:
        for field in ("search", "title", "text"):
            found = search.found(Term(field, asked))
            assert len(found.blurb | found.text) <= 1
        search.ranked(phrases(asked), [1, 2], search.found(Term("search", asked)).text)
        search.snippets(phrases(asked), [1, 2])
    assert not text("lamp OR ledger")
    assert not text("-lamp")
    assert not search.found(Term("search", "lamp NOT ledger")).blurb


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text() -> None:
    body = " ".join(f"w{number}" for number in range(25_000))
    work = shelve(body=f"<p>{body}</p>")
    following.follow()
    for at in (0, 9_990, 9_999, 10_000, 16_380, 16_390, 19_950, 24_900):
        assert text('"' + " ".join(f"w{number}" for number in range(at, at + 60)) + '"') == {work}
    assert not text('"w9999 w10001"')


def test_a_phrase_of_the_commonest_words_is_found_after_hundreds_of_them() -> None:
    work = shelve(body=f"<p>{'the sea and ' * 900} the heron, {'la ' * 700} lo</p>")
    following.follow()
    for phrase in ('"and the heron"', '"the heron la la la"', '"la lo"', '"heron la" "la la lo"'):
        assert text(phrase) == {work}
    assert not text('"the lo"')


def test_no_part_holds_more_than_postgres_can_take() -> None:
    for kind in Kind:
        column = " ".join(["the", "sea", BREAK] * 9_000)
        for part in documents.parts(kind, (column,) * (3 if kind is Kind.OWN else 1)):
            every = [word for one in part for word in one.split()]
            assert len(every) < 16_383
            assert every.count("the") < 256


def test_no_phrase_spans_title_author_tags_and_summary() -> None:
    work = shelve(
        title="Night Ferry", authors=("Ada Brook",), freeforms=("Slow Burn", "Sea Air"), summary="<p>Fog.</p>"
    )
    for _ in range(2):
        for whole in ('"night ferry"', '"ada brook"', '"slow burn"', '"sea air"', "fog ferry"):
            assert set(search.found(Term("search", whole)).blurb) == {work}
        for across in ('"ferry ada"', '"brook slow"', '"burn sea"', '"air fog"'):
            assert not search.found(Term("search", across)).blurb
        assert set(search.found(Term("title", "ferry")).blurb) == {work}
        assert not search.found(Term("title", "fog")).blurb
        following.follow()
