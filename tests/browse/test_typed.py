"""The typed form of a question: what it means, what is said of mistakes, and the way back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browse import BrowseQuery, Literal, Mode, Term, typed
from archive.browse.shape import Shape
from archive.browse.tree import And, Node, Not, conjuncts, normal
from tests.browse.asked import questions, terms, trees

NAMES = {
    ("fandom", "Les Misérables"): "les-miserables",
    ("fandom", "The Lighthouse Cycle"): "cycle",
    ("relationship", "Ada Brook/Tom Hale"): "ada-tom",
    ("author", "quillfeather"): "quillfeather",
    ("series", "Low Water"): "4",
    ("series", "7"): "8",
    ("tag", "Slow Burn"): "slow-burn",
}
DISPLAY = {Term(field, slug): name for (field, name), slug in NAMES.items()}


def read(text: str) -> typed.Typed:
    return typed.read(text, lambda field, name: NAMES.get((field, name)))


def address(text: str) -> str:
    found = read(text)
    assert found.query is not None
    assert not found.mistakes
    return found.query.address()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "?"),
        ("candle light", "?q=candle+light"),
        ('"candle light" dark*', "?q=%22candle+light%22+dark%2A"),
        ("“candle light”", "?q=%22candle+light%22"),
        ('fandom:"Les Misérables"', "?fandom=les-miserables"),
        ('FANDOM: "Les Misérables"', "?fandom=les-miserables"),
        ("fandom:(Les Misérables OR The Lighthouse Cycle)", "?fandom.any=les-miserables&fandom.any=cycle"),
        ('ship:"Ada Brook/Tom Hale" creators:quillfeather', "?relationship=ada-tom&author=quillfeather"),
        ("series:'Low'", "?series=0"),
        ('series:"Low Water"', "?series=4"),
        ("series:7", "?series=7"),
        ('series:"7"', "?series=8"),
        ('tag:"Slow Burn" -tag:"Major Character Death"', "?warning.not=death&tag=slow-burn"),
        ("fandom:nowhere", "?fandom=nowhere"),
        ("words>5000", "?words=5001-"),
        ("words >= 5,000", "?words=5000-"),
        ("word_count:<1k", "?words=-999"),
        ("words:1000-5000 chapters:1 kudos>100", "?words=1000-5000&chapters=1-1&kudos=101-"),
        ("words=1,000 average:1.5k- hits:-20", "?words=1000-1000&average=1500-&hits=-20"),
        ("updated>2020 published<=2019-02", "?published=..2019-02&updated=2021.."),
        ("updated<1y", "?updated=1y.."),
        ('revised_at:">1 year ago"', None),
        ('revised_at:>"1 year ago"', "?updated=..1y"),
        ("updated:2019..2020-06 added:2w..", "?updated=2019..2020-06&added=2w.."),
        ("otp:true crossover:no complete:true", "?complete=yes&crossover=no&relationships=1-1"),
        ("-otp:yes one-shot:yes series-part:no", "?oneshot=yes&series-part=no&relationships.not=1-1"),
        ("language:english rating:Mature rating_ids:12", None),
        ("lang:german rating:m warning:mcd category:F/M", "?rating=mature&warning=death&category=f-m&language=de"),
        ('warning:"No Archive Warnings Apply"', "?warning=none"),
        ("rating:(teen OR mature)", "?rating=teen&rating=mature"),
        ("rating:teen OR rating:mature", "?rating=teen&rating=mature"),
        ("rating:teen rating:mature", "?rating=teen&also=rating%3Amature"),
        ("-candle lamp", "?q=lamp&search.not=candle"),
        ("NOT (candle lamp)", "?search.not=candle+lamp"),
        ("NOT (fandom:a AND fandom:b)", "?also=%28-fandom%3Aa+OR+-fandom%3Ab%29"),
        ("NOT (fandom:a OR fandom:b)", "?fandom.not=a&fandom.not=b"),
        ("tag:a || tag:b && hits>5", "?tag.any=a&tag.any=b&also=%28tag%3Aa+OR+hits%3E%3D6%29"),
        ("fandom:(a)", "?fandom.any=a"),
        ("title:(candle light) text:\"by the sea\"", "?title=candle+light&text=%22by+the+sea%22"),
        ("sort:word_count order:asc", "?sort=words&order=asc"),
        ("sort:>kudos", "?sort=kudos&order=asc"),
        ("sort:<title", "?sort=title&order=desc"),
        ("lamp sort:updated", "?q=lamp&sort=updated"),
        ("fandom:\\OR", "?fandom=OR"),
        ('fandom:"a \\"b\\" c"', "?fandom=a+%22b%22+c"),
        ("and or not", "?q=and+or+not"),
        ("OR", "?q=OR"),
        (" NOT ", "?q=NOT"),
    ],
)  # fmt: skip
def test_what_is_typed_has_an_address(text: str, expected: str | None) -> None:
    if expected is None:
        assert read(text).mistakes
    else:
        assert address(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ("lamp fandom:", "“fandom:” needs a name after it.", (5, 12)),
        ("lamp words>", "“words>” needs a number after it.", (5, 11)),
        ("(lamp", "A bracket is never closed.", (0, 1)),
        ("lamp)", "A bracket is closed that was never opened.", (4, 5)),
        ('lamp "candle', "A quotation mark is never closed.", (5, 12)),
        ("rating:pink", "“rating” cannot be “pink”. Try general, teen, mature, explicit.", (0, 11)),
        ("words:many", "“words” cannot be “many”. Try 5000, 1k-5k.", (0, 10)),
        ("otp:maybe", "“otp” cannot be “maybe”. Try yes, no.", (0, 9)),
        ("lamp OR", "“OR” needs something on either side of it.", (5, 7)),
        ("AND lamp", "“AND” needs something on either side of it.", (0, 3)),
        ("lamp NOT", "“NOT” needs something after it.", (5, 8)),
        ("wrods:5", "“wrods” cannot be asked for, so “wrods:5” is searched for as it is.", (0, 7)),
        ("fandom:Les*", "“fandom” takes whole names; “*” stands for more letters in words only.", (0, 11)),
        ("sort:colour", "“colour” is no order. Try words, updated, title, kudos.", (0, 5)),
        ("sort:best", "The best match needs words to search for.", (0, 5)),
    ],
)
def test_a_mistake_is_explained_where_it_is(text: str, line: str, place: tuple[int, int]) -> None:
    [mistake] = read(text).mistakes
    assert (mistake.line, (mistake.start, mistake.end)) == (line, place)


def test_what_can_be_understood_beside_a_mistake_is() -> None:
    found = read("lamp rating:pink words>5 (fandom:a")
    assert found.query is not None
    assert found.query.address() == "?q=lamp&fandom=a&words=6-"
    assert len(found.mistakes) == 2


def test_where_nothing_is_understood_there_is_no_question() -> None:
    assert read("fandom:").query is None
    assert read("").query == BrowseQuery()


def test_a_question_that_grows_too_large_with_its_brackets_opened_says_so() -> None:
    text = " OR ".join(f"(fandom:a{number} rating:teen words>{number})" for number in range(12))
    found = read(f"lamp ({text})")
    assert found.query is not None
    assert found.query.address() == "?q=lamp"
    assert "more than 64 parts" in found.mistakes[0].line


@pytest.mark.parametrize("sign", [" OR ", " "])
def test_a_question_that_no_address_can_hold_loses_its_end_and_says_so(sign: str) -> None:
    text = sign.join(f'(fandom:"{"é" * 90}{number}" OR rating:teen)' for number in range(50))
    found = read(f"lamp ({text})")
    assert found.query is not None
    assert found.query.search == "lamp"
    assert len(found.query.address()) <= typed.LONGEST_ADDRESS
    assert "too long for an address" in found.mistakes[0].line


def test_a_question_is_typed_with_the_names_that_are_known() -> None:
    query = BrowseQuery.read(
        {"fandom": ["les-miserables"], "series": ["4"], "author.not": ["quillfeather"], "words": ["1-"], "q": ["a:b"]}
    )
    text = typed.text(query, DISPLAY)
    assert text == 'a\\:b fandom:"Les Misérables" -author:quillfeather series:4 words>=1'
    assert read(text).query == query


@given(questions())
def test_a_clicked_question_is_the_same_when_it_is_typed(query: BrowseQuery) -> None:
    found = typed.read(typed.text(query))
    assert not found.mistakes
    assert found.query == replace(query, page=1, more="")


@given(
    st.dictionaries(terms(), st.text("ab \"'()\\é:-", min_size=1, max_size=9).map(str.strip).filter(bool), max_size=5)
)
def test_names_are_read_back_however_they_are_written(names: dict[Term, str]) -> None:
    """Two things of one sort never bear the same name."""
    shown = {
        (term.field, " ".join(name.split()) + str(number)): term for number, (term, name) in enumerate(names.items())
    }
    query = BrowseQuery()
    for term in names:
        query = query.adding(Mode.NONE, term)
    text = typed.text(query, {term: name for (_, name), term in shown.items()})
    known = {key: term.value for key, term in shown.items()}
    assert typed.read(text, lambda field, name: known.get((field, name))).query == query


@given(st.text('ab:()"-* ORANDT\\fandom<>=15“”&|', max_size=60))
def test_what_is_typed_is_the_same_when_it_is_typed_again(text: str) -> None:
    if query := typed.read(text).query:
        again = typed.read(typed.text(query))
        assert (again.query, again.mistakes) == (query, ())


def holds(node: Node, truth: dict[Term, bool]) -> bool:
    """Whether a tree holds when some terms do."""
    if isinstance(node, Literal):
        return truth[node.term] is node.wanted
    if isinstance(node, Not):
        return not holds(node.part, truth)
    return (all if isinstance(node, And) else any)(holds(part, truth) for part in node.parts)


LEAVES = [
    Term("fandom", "a"),
    Term("fandom", "b"),
    Term("rating", "teen"),
    Term("rating", "mature"),
    Term("words", "5-"),
]


@given(trees(st.builds(Literal, st.sampled_from(LEAVES), st.booleans())))
def test_what_is_wanted_is_true_of_the_same_works_as_what_was_typed(tree: Node) -> None:
    shape = Shape()
    for node in conjuncts(tree):
        for conjunct in normal(node):
            assert shape.take(conjunct)
    clauses, search, also = shape.settled()
    query = BrowseQuery(clauses, search, also=also)
    for bits in range(2 ** len(LEAVES)):
        truth = {term: bool(bits >> place & 1) for place, term in enumerate(LEAVES)}
        found = all(any(truth[one.term] is one.wanted for one in group) for group in query.wanted)
        assert found is holds(tree, truth)


def written(node: Node) -> str:
    """A tree as somebody might type it."""
    if isinstance(node, Literal):
        return ("" if node.wanted else "-") + f"{node.term.field}:{node.term.value}"
    if isinstance(node, Not):
        return f"NOT ({written(node.part)})"
    return f"({(' ' if isinstance(node, And) else ' OR ').join(written(part) for part in node.parts)})"


@given(trees(st.builds(Literal, st.sampled_from(LEAVES), st.booleans())))
def test_brackets_and_operators_mean_what_they_say(tree: Node) -> None:
    found = typed.read(written(tree))
    assert not found.mistakes
    assert found.query is not None
    for bits in range(2 ** len(LEAVES)):
        truth = {term: bool(bits >> place & 1) for place, term in enumerate(LEAVES)}
        assert all(any(truth[one.term] is one.wanted for one in group) for group in found.query.wanted) is holds(
            tree, truth
        )


HOSTILE = [
    "(" * 10_000,
    ")" * 10_000,
    "(" * 5_000 + "a" + ")" * 5_000,
    "-" * 10_000 + "a",
    "NOT " * 10_000 + "a",
    "a OR " * 10_000,
    '"' * 10_001,
    "\\" * 10_001,
    "fandom:" * 10_000,
    "fandom:(" * 5_000,
    "(a OR b c) " * 5_000,
    "-(a b) OR " * 5_000,
    "words:" + "9" * 10_000,
    "words>" + "9," * 5_000,
    "updated:" + "9" * 50 + "..",
    "updated:0000-00-00..9999-99-99",
    "added>9999-12-31",
    "added<0001-01-01",
    "x" * 100_000,
    "é " * 50_000,
    "a" * 200_000,
    "\0 fandom:\0 a\0b",
    "\u202e fandom:\u202e)( \u2066",
    "\ud800 fandom:\ud800",
    "NEAR( a b, 5)",
    "- -- --- * ** : :: ( ) \" ' \\",
    "OR OR OR AND AND NOT NOT",
    "';DROP TABLE archive_work;--",
    "%' OR 1=1 --",
    "word:" * 3 + "<>=<>=≤≥",
    "title:(" + "a " * 1_000 + ")",
    "١٢٣ words:١٢٣ updated:٢٠١٩",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_is_read_without_an_error(text: str) -> None:
    asked: list[str] = []

    def names(field: str, name: str) -> str | None:
        asked.append(name)
        return None

    found = typed.read(text, names)
    assert len(found.mistakes) <= 5
    assert len(asked) <= 512
    for mistake in found.mistakes:
        assert len(mistake.line) < 200
        assert mistake.line.isprintable()
    if found.query:
        assert len(found.query.wanted) <= 64
        again = typed.read(typed.text(found.query))
        assert again.query == found.query
        assert found.query.address()
        assert BrowseQuery.read({"q": [text], "also": [text], "fandom": [text], "words": [text]}).address()


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = typed.read(text)
    assert found.query is not None or found.mistakes


def test_the_name_of_a_tag_is_written_only_where_it_leads_back_to_the_same_question() -> None:
    by_slug, by_name = BrowseQuery.read({"tag": ["slow-burn"]}), BrowseQuery.read({"tag": ["slow burn"]})
    names = {Term("tag", "slow-burn"): "Slow Burn", Term("tag", "slow burn"): "Slow Burn"}
    assert typed.text(by_slug, names) == "tag:slow-burn"
    assert typed.text(by_name, names) == 'tag:"Slow Burn"'
    assert [typed.read(typed.text(one, names)).query for one in (by_slug, by_name)] == [by_slug, by_name]


def test_what_a_page_stands_for_is_no_part_of_its_text_but_its_order_is() -> None:
    query = BrowseQuery.read({"series": ["7"], "sort": ["updated"], "words": ["5-"]})
    assert typed.text(query, fixed=Term("series", "7")) == "words>=5 sort:updated"
