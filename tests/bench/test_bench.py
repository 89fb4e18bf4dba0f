"""What measures is itself held to something, though never to a time."""

import pytest
from django.core.management import call_command

from tests.bench import accounts, engine, names, questions, shapes, visits
from tests.bench.figures import Line, Spread, table


def test_a_spread_tells_the_middle_the_slow_end_and_the_worst() -> None:
    assert Spread.of(number / 1000 for number in range(1, 101)) == Spread(50, 95, 100)
    assert Spread.of([]) == Spread(0, 0, 0)


def test_the_table_sets_databases_side_by_side() -> None:
    lines = [(Line("import", "300 works/s", "≥ 300"), Line("import", "290 works/s", "≥ 300"))]
    assert table(["SQLite", "Postgres"], lines).splitlines() == [
        "|        | SQLite      | Postgres    | aimed at |",
        "|--------|-------------|-------------|----------|",
        "| import | 300 works/s | 290 works/s | ≥ 300    |",
    ]


@pytest.mark.django_db(transaction=True)
def test_every_question_has_an_answer() -> None:
    call_command("make_corpus", "80", verbosity=0)
    engine.rebuild()
    asked = [*shapes.two_hundred(), *questions.searching(), *questions.pages()]
    assert len({(question.address, question.reader) for question in asked}) == len(asked)
    readers = accounts.browsers()
    for question in asked:
        visits.get(readers[question.reader], question.address)


@pytest.mark.django_db
def test_the_two_hundred_are_always_the_same_and_of_every_shape() -> None:
    call_command("make_corpus", "80", verbosity=0)
    asked = shapes.two_hundred()
    assert len(asked) == shapes.NUMBER
    assert asked == shapes.two_hundred()
    assert {question.name.partition(", no.")[0] for question in asked} == {name for name, _ in shapes.SHAPES}


@pytest.mark.django_db(transaction=True)
def test_the_engine_is_measured_in_each_of_its_states() -> None:
    call_command("make_corpus", "80", verbosity=0)
    assert engine.rebuild()["snapshot_mb"] > 0
    assert engine.cold("/?sort=words")["cold_ms"] > 0
    found = engine.answers(seconds=2, limit=1)
    assert found["indexed"]
    assert found["sql"]["asked"] > 0
    for name in ("page_total", "facets", "facets_changed", "suggest", "like"):
        assert 0 < found[name]["median"] <= found[name]["p95"] <= found[name]["max"]


def test_names_are_found_while_they_are_measured() -> None:
    _, size, spread = names.measure(300)
    assert size > 300 * 20
    assert spread.median <= spread.max
