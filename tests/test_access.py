"""The rule of access: one function for one work, one set for many, and both the same over the whole truth table."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import changes, visible
from archive.access import Asking, Kind, Reader, Sight, Standing, Verdict, asking, at_stake, listed, stakes, verdict
from archive.models import Tag, Tagging, Work
from archive.vocabulary import ArchiveWarning, Rating
from tests.rows import row_of_work

CEILINGS = [Rating.GENERAL, Rating.TEEN, Rating.MATURE, Rating.EXPLICIT]
WARNINGS = [ArchiveWarning.NONE_APPLY, ArchiveWarning.NOT_STATED, ArchiveWarning.DEATH | ArchiveWarning.CHOSE_NOT]

readers = st.builds(
    Reader,
    kind=st.sampled_from(Kind),
    welcome=st.booleans(),
    ceiling=st.sampled_from(CEILINGS),
    adult=st.booleans(),
    ask_warnings=st.builds(ArchiveWarning, st.integers(0, 255)),
)
tags = st.frozensets(st.integers(1, 4))
sights = st.builds(Sight, reader=readers, blocked=tags, asked=tags)
standings = st.builds(
    Standing,
    work=st.just(1),
    rating=st.sampled_from(Rating),
    warnings=st.builds(ArchiveWarning, st.integers(1, 255)),
    tags=tags,
    held=st.booleans(),
    binned=st.booleans(),
)


@given(sights, standings)
def test_never_beats_allow_in_every_combination(sight: Sight, work: Standing) -> None:
    reader = sight.reader
    never = (
        not reader.welcome
        or work.held
        or work.binned
        or min(work.rating, 4) > reader.ceiling
        or bool(work.tags & sight.blocked)
    )
    agreed = replace(sight, reader=replace(reader, adult=True, agreed={1: at_stake(sight, work)}))
    assert (verdict(sight, work) is Verdict.HIDDEN) == never
    assert (verdict(agreed, work) is Verdict.HIDDEN) == never


@given(sights, standings)
def test_an_adult_work_is_open_only_to_those_who_agreed_to_see_adult_works(sight: Sight, work: Standing) -> None:
    if verdict(sight, work) is Verdict.OPEN:
        assert sight.reader.adult or work.rating in {Rating.GENERAL, Rating.TEEN}


@given(sights, standings)
def test_agreeing_to_a_works_warnings_does_not_agree_to_its_rating(sight: Sight, work: Standing) -> None:
    young = replace(sight, reader=replace(sight.reader, adult=False))
    agreed = replace(young, reader=replace(young.reader, agreed={1: at_stake(young, work)}))
    assert asking(agreed, work) == Asking(rating=work.rating.adult)


@given(sights, standings)
def test_the_rating_gate_tells_no_tags_and_its_answer_does_not_answer_for_them(sight: Sight, work: Standing) -> None:
    young = replace(sight, reader=replace(sight.reader, adult=False, agreed={}))
    if work.rating.adult:
        assert not asking(young, work).tags
        grown = replace(sight, reader=replace(sight.reader, adult=True, agreed={1: at_stake(young, work)}))
        assert asking(grown, work).tags == work.tags & sight.asked


@given(sights, standings, st.sampled_from(Rating), st.builds(ArchiveWarning, st.integers(1, 255)))
def test_an_agreement_given_for_other_stakes_does_not_hold(
    sight: Sight, work: Standing, rating: Rating, warnings: ArchiveWarning
) -> None:
    other = replace(sight, reader=replace(sight.reader, agreed={1: stakes(rating, warnings)}))
    if (rating, warnings) != (work.rating, work.warnings):
        assert asking(other, work) == asking(sight, work)


@given(sights, standings, tags)
def test_an_agreement_does_not_hold_when_other_tags_are_asked_about(
    sight: Sight, work: Standing, now: frozenset[int]
) -> None:
    sight = replace(sight, reader=replace(sight.reader, adult=True))
    then = replace(sight, reader=replace(sight.reader, agreed={1: at_stake(sight, work)}))
    later = replace(then, asked=now)
    if work.tags & now != work.tags & sight.asked:
        assert asking(later, work).tags == work.tags & now


def test_the_default_reader_is_the_least_trusted_and_sees_nothing() -> None:
    work = Standing(work=1, rating=Rating.GENERAL, warnings=ArchiveWarning.NONE_APPLY)
    assert verdict(Sight(Reader()), work) is Verdict.HIDDEN


@pytest.mark.parametrize("rating", [Rating.NOT_RATED, Rating.NOT_STATED, Rating.UNKNOWN])
def test_what_nobody_has_rated_counts_as_explicit_for_ceilings(rating: Rating) -> None:
    work = Standing(work=1, rating=rating, warnings=ArchiveWarning.NONE_APPLY)
    mature = Sight(Reader(welcome=True, ceiling=Rating.MATURE, adult=True))
    unlimited = Sight(Reader(welcome=True, ceiling=Rating.EXPLICIT, adult=True))
    assert verdict(mature, work) is Verdict.HIDDEN
    assert verdict(unlimited, work) is Verdict.OPEN


def whole_table() -> tuple[Tag, list[Standing]]:
    """A work for every row of the truth table, with what the rule must know of it; some carry the tag."""
    with changes.recorded() as recording:
        tag = Tag.everything.create(kind="freeform", name="Fog", key="fog", slug="fog")
        table = list(product(Rating, WARNINGS, [False, True], [False, True], [False, True]))
        works = Work.everything.bulk_create(
            row_of_work(number, rating=rating, warnings=warnings, held=held, binned=binned)
            for number, (rating, warnings, held, binned, _) in enumerate(table)
        )
        recording.works.update(work.pk for work in works)
        Tagging.everything.bulk_create(
            Tagging(tag=tag, content_object=work, spelling="Fog", position=0)
            for work, row in zip(works, table, strict=True)
            if row[-1]
        )
    standings = [
        Standing(work.pk, rating, warnings, frozenset({tag.pk} if tagged else ()), held, binned)
        for work, (rating, warnings, held, binned, tagged) in zip(works, table, strict=True)
    ]
    return tag, standings


@pytest.mark.django_db
def test_the_set_of_works_and_the_rule_for_one_agree_on_the_whole_truth_table() -> None:
    tag, standings = whole_table()
    for welcome, ceiling, adult, blocked in product([False, True], CEILINGS, [False, True], [False, True]):
        reader = Reader(welcome=welcome, ceiling=ceiling, adult=adult)
        sight = Sight(reader, blocked=frozenset({tag.pk} if blocked else ()))
        allowed = {one.work for one in standings if verdict(sight, one) is not Verdict.HIDDEN}
        on_shelf = {one.work for one in standings if listed(sight, one)}
        assert set(visible.visible(sight).values_list("pk", flat=True)) == allowed
        assert set(visible.listed(sight).values_list("pk", flat=True)) == on_shelf


@pytest.mark.django_db
def test_the_set_of_open_works_and_the_verdict_on_one_agree_on_the_whole_truth_table() -> None:
    tag, standings = whole_table()
    asks = [ArchiveWarning(0), ArchiveWarning.STATED, ArchiveWarning.NOT_STATED, ArchiveWarning(255)]
    for ceiling, adult, warnings, asked, agreeing in product(CEILINGS, [False, True], asks, [False, True], range(4)):
        reader = Reader(welcome=True, ceiling=ceiling, adult=adult, ask_warnings=warnings)
        sight = Sight(reader, asked=frozenset({tag.pk} if asked else ()))
        stakes = {one.work: at_stake(sight, one) for one in standings if one.work % 4 < agreeing}
        if agreeing == 3:
            stakes = {work: "of another day" if work % 2 else stake for work, stake in stakes.items()}
        sight = replace(sight, reader=replace(reader, agreed=stakes))
        opened = {one.work for one in standings if verdict(sight, one) is Verdict.OPEN}
        assert set(visible.open_to(sight).values_list("pk", flat=True)) == opened
        assert opened <= set(visible.listed(sight).values_list("pk", flat=True))
        assert visible.agreed(sight) <= opened
    assert not visible.open_to(Sight(Reader())).exists()
