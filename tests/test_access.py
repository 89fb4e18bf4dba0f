"""The rule of access: one function for one work, one set for many, and both the same over the whole truth table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import changes, visible
from archive.access import (
    Asking,
    Kind,
    Reader,
    Sight,
    Standing,
    Verdict,
    asking,
    at_stake,
    avoided,
    listed,
    nameable,
    stakes,
    verdict,
)
from archive.blurbs import fetch
from archive.index import building, seeing
from archive.index.arrays import Sizes
from archive.models import Author, Byline, Tag, Tagging, Work
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
    avoided_warnings=st.builds(ArchiveWarning, st.sampled_from([0, 0, 4, 132])),
    avoided_works=st.frozensets(st.integers(1, 3), max_size=1),
    shows_avoided=st.booleans(),
    unattended=st.booleans(),
)
tags = st.frozensets(st.integers(1, 4))
sights = st.builds(Sight, reader=readers, blocked=tags, asked=tags, avoided=tags, avoided_authors=tags)
standings = st.builds(
    Standing,
    work=st.just(1),
    rating=st.sampled_from(Rating),
    warnings=st.builds(ArchiveWarning, st.integers(1, 255)),
    tags=tags,
    held=st.booleans(),
    binned=st.booleans(),
    restricted=st.booleans(),
    authors=tags,
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
        or (work.restricted and reader.kind is Kind.STRANGER)
    )
    agreed = replace(sight, reader=replace(reader, adult=True, agreed={1: at_stake(sight, work)}))
    assert (verdict(sight, work) is Verdict.HIDDEN) == never
    assert (verdict(agreed, work) is Verdict.HIDDEN) == never


@given(sights, standings)
def test_what_a_reader_avoids_leaves_their_shelves_and_still_opens_at_its_own_address(
    sight: Sight, work: Standing
) -> None:
    assert verdict(sight, work) is verdict(sight.unruled, work)
    assert nameable(sight, work) is listed(sight.unruled, work)
    assert listed(sight, work) is (nameable(sight, work) and not avoided(sight, work))


@given(sights, standings)
def test_asking_to_see_once_what_one_avoids_shows_nothing_that_is_hidden_or_not_agreed_to(
    sight: Sight, work: Standing
) -> None:
    shown = replace(sight, reader=replace(sight.reader, shows_avoided=True))
    assert not avoided(shown, work)
    assert not listed(shown, work) or verdict(sight, work) is not Verdict.HIDDEN
    assert not listed(shown, work) or sight.reader.adult or not work.rating.adult


@given(sights, standings)
def test_where_nobody_can_answer_a_gate_what_would_ask_is_hidden_and_all_else_as_it_was(
    sight: Sight, work: Standing
) -> None:
    by_hand = replace(sight, reader=replace(sight.reader, unattended=False, agreed={}))
    agreed = {1: at_stake(sight, work)}
    by_itself = replace(sight, reader=replace(sight.reader, unattended=True, agreed=agreed))
    asks = verdict(by_hand, work) is Verdict.ASK
    assert verdict(by_itself, work) is (Verdict.HIDDEN if asks else verdict(by_hand, work))
    assert listed(by_itself, work) is (listed(by_hand, work) and not asks)


@given(sights, standings)
def test_an_adult_work_is_open_only_to_those_who_agreed_to_see_adult_works(sight: Sight, work: Standing) -> None:
    if verdict(sight, work) is Verdict.OPEN:
        assert sight.reader.adult or work.rating in {Rating.GENERAL, Rating.TEEN}


@given(sights, standings)
def test_agreeing_to_a_works_warnings_does_not_agree_to_its_rating(sight: Sight, work: Standing) -> None:
    young = replace(sight, reader=replace(sight.reader, adult=False, unattended=False))
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


@dataclass(frozen=True)
class Table:
    """A work for every row of the truth table, with what the rule must know of it; some carry the tag, some have the
    author."""

    tag: int
    author: int
    standings: list[Standing]


def whole_table() -> Table:
    with changes.recorded() as recording:
        tag = Tag.everything.create(kind="freeform", name="Fog", key="fog", slug="fog")
        author = Author.everything.create(name="Ada", key="ada", slug="ada")
        table = list(product(Rating, WARNINGS, *([[False, True]] * 4)))
        works = Work.everything.bulk_create(
            row_of_work(number, rating=rating, warnings=warnings, held=held, binned=binned, restricted=restricted)
            for number, (rating, warnings, held, binned, restricted, _) in enumerate(table)
        )
        recording.works.update(work.pk for work in works)
        tagged = [work for work, row in zip(works, table, strict=True) if row[-1]]
        written = works[::3]
        Tagging.everything.bulk_create(
            Tagging(tag=tag, content_object=work, spelling="Fog", position=0) for work in tagged
        )
        Byline.everything.bulk_create(Byline(work=work, author=author, position=0) for work in written)
    by, carry = {work.pk for work in written}, {work.pk for work in tagged}
    standings = [
        Standing(
            work.pk,
            rating,
            warnings,
            frozenset({tag.pk} if work.pk in carry else ()),
            held,
            binned,
            restricted,
            frozenset({author.pk} if work.pk in by else ()),
        )
        for work, (rating, warnings, held, binned, restricted, _) in zip(works, table, strict=True)
    ]
    return Table(tag.pk, author.pk, standings)


def sights_of(table: Table) -> Iterator[Sight]:
    """Every sort of reader, with every sort of rule of their own."""
    tag, author = frozenset({table.tag}), frozenset({table.author})
    works = frozenset(one.work for one in table.standings[::5])
    own = [
        Sight(Reader()),
        Sight(Reader(), avoided=tag),
        Sight(Reader(), avoided_authors=author),
        Sight(Reader(avoided_works=works)),
        Sight(Reader(avoided_warnings=ArchiveWarning.DEATH)),
        Sight(Reader(avoided_works=works, avoided_warnings=ArchiveWarning.CHOSE_NOT), frozenset(), tag, tag, author),
        Sight(Reader(avoided_works=works, shows_avoided=True), avoided=tag, avoided_authors=author),
        Sight(Reader(unattended=True)),
        Sight(Reader(unattended=True, ask_warnings=ArchiveWarning.CHOSE_NOT | ArchiveWarning.NOT_STATED), asked=tag),
        Sight(Reader(unattended=True, ask_warnings=ArchiveWarning(0), avoided_works=works), avoided_authors=author),
    ]
    for welcome, kind, ceiling, adult in product([False, True], [Kind.STRANGER, Kind.MEMBER], CEILINGS, [False, True]):
        for one, blocked in product(own, [frozenset(), tag]):
            reader = replace(one.reader, welcome=welcome, kind=kind, ceiling=ceiling, adult=adult)
            yield replace(one, reader=reader, blocked=blocked)


@pytest.mark.django_db
def test_function_sql_and_bitmap_agree_on_the_whole_truth_table() -> None:
    table = whole_table()
    part = building.part({one.work for one in table.standings}, Sizes())
    for sight in sights_of(table):
        allowed = {one.work for one in table.standings if verdict(sight, one) is not Verdict.HIDDEN}
        on_shelf = {one.work for one in table.standings if listed(sight, one)}
        assert set(visible.visible(sight).values_list("pk", flat=True)) == allowed
        assert set(visible.listed(sight).values_list("pk", flat=True)) == on_shelf
        assert {int(part.ids[place]) for place in seeing.listed(part, sight)} == on_shelf


@pytest.mark.django_db
def test_what_is_read_of_works_for_the_rule_is_what_stands_in_the_database() -> None:
    table = whole_table()
    knowing = Sight(Reader(), avoided_authors=frozenset({table.author}))
    ids = [one.work for one in table.standings]
    assert sorted(visible.standings(knowing, ids), key=lambda one: one.work) == table.standings
    assert {pk: standing for pk, (standing, _) in fetch(ids).items()} == {one.work: one for one in table.standings}


@pytest.mark.django_db
def test_the_set_of_open_works_and_the_verdict_on_one_agree_on_the_whole_truth_table() -> None:
    table = whole_table()
    standings = table.standings
    asks = [ArchiveWarning(0), ArchiveWarning.STATED, ArchiveWarning.NOT_STATED, ArchiveWarning(255)]
    for ceiling, adult, warnings, asked, agreeing in product(CEILINGS, [False, True], asks, [False, True], range(4)):
        reader = Reader(welcome=True, ceiling=ceiling, adult=adult, ask_warnings=warnings)
        avoided = frozenset({table.author} if asked and adult else ())
        sight = Sight(reader, asked=frozenset({table.tag} if asked else ()), avoided_authors=avoided)
        stakes = {one.work: at_stake(sight, one) for one in standings if one.work % 4 < agreeing}
        if agreeing == 3:
            stakes = {work: "of another day" if work % 2 else stake for work, stake in stakes.items()}
        sight = replace(sight, reader=replace(reader, agreed=stakes))
        opened = {one.work for one in standings if verdict(sight, one) is Verdict.OPEN}
        on_shelf = {one.work for one in standings if listed(sight, one)}
        assert set(visible.open_to(sight).values_list("pk", flat=True)) == opened & on_shelf
        assert visible.agreed(sight) <= opened
    assert not visible.open_to(Sight(Reader())).exists()
