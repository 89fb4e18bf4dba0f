"""What measures is itself held to something, though never to a time."""

import pytest
from django.core.management import call_command

from tests.bench import names, questions, visits
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


@pytest.mark.django_db
def test_every_question_has_an_answer() -> None:
    call_command("make_corpus", "80", verbosity=0)
    asked = [*questions.browsing(), *questions.pages()]
    assert len({(question.address, question.adult) for question in asked}) == len(asked)
    members = {False: None, True: visits.member()}
    for question in asked:
        visits.get(visits.visitor(members[question.adult]), question.address)


def test_names_are_found_while_they_are_measured() -> None:
    _, size, spread = names.measure(300)
    assert size > 300 * 20
    assert spread.median <= spread.max
