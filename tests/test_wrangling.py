"""Tag names become tags, each once; what hangs together is found together."""

import threading
from collections.abc import Iterable

import pytest
from django.db import connection

from archive import changes, wrangling
from archive.models import Change, Metatagging, Tag, Tagging
from archive.naming import key_of
from archive.vocabulary import TagKind
from archive.wrangling import CannotWrangle
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

FREEFORM, FANDOM = TagKind.FREEFORM.value, TagKind.FANDOM.value


def tags(*names: str, kind: str = FREEFORM) -> list[Tag]:
    ids = wrangling.tags_of((kind, name) for name in names)
    rows = {row.key: row for row in Tag.everything.filter(pk__in=ids.values())}
    return [rows[key_of(name)] for name in names]


def names(ids: Iterable[int]) -> set[str]:
    return set(Tag.everything.filter(pk__in=list(ids)).values_list("name", flat=True))


def test_spellings_of_one_name_are_one_tag() -> None:
    ids = wrangling.tags_of((FREEFORM, name) for name in ["Slow Burn", "slow  burn", "SLOW BURN", "Ｓｌｏｗ Burn"])
    assert len(ids) == 1
    assert Tag.everything.count() == 1


def test_accents_and_entities_of_one_name_are_one_tag() -> None:
    names = ["Café & Bar", "CAFE & bar", "Cafe\u0301 &amp; Bar", "Caf&eacute; &amp;amp; Bar", "Café\u00a0＆ Bar"]
    assert len(wrangling.tags_of((FREEFORM, name) for name in names)) == 1


def test_one_name_in_two_kinds_is_two_tags() -> None:
    assert len(wrangling.tags_of([(FREEFORM, "Lamps"), (FANDOM, "Lamps")])) == 2


def test_romance_and_friendship_are_two_tags_with_two_addresses() -> None:
    shelve(relationships=("Ada/Tom", "Ada & Tom", "AdaTom"))
    assert Tag.everything.count() == 3
    assert len(set(Tag.everything.values_list("slug", flat=True))) == 3


def test_a_name_without_latin_letters_has_an_address_that_stays() -> None:
    [tag] = tags("明灯")
    assert tag.slug
    assert tags("明灯", "明灯2")[0].slug == tag.slug


def test_names_beyond_the_limit_are_cut_and_stay_apart() -> None:
    one, other = tags("x" * 300 + "a", "x" * 300 + "b")
    assert one.pk != other.pk
    assert len(one.name) == 255
    assert tags("x" * 300 + "a")[0].pk == one.pk


def test_a_name_that_grows_when_folded_fits_all_the_same() -> None:
    [tag] = tags("\ufdfa" * 60)
    assert len(tag.key) <= 255


def test_a_work_carries_a_tag_once_as_it_first_spelled_it_in_its_own_order() -> None:
    work = shelve(freeforms=("Slow Burn", "Angst", "slow burn"), fandoms=("B", "A"))
    taggings = Tagging.everything.filter(content_object=work).order_by("position")
    assert [row.spelling for row in taggings] == ["B", "A", "Slow Burn", "Angst"]


def test_retagging_replaces_all_tags_of_a_work_and_is_recorded() -> None:
    work = shelve(freeforms=("Angst", "Fluff"))
    with changes.recorded():
        wrangling.retag({work: {FREEFORM: ["fluff"], FANDOM: ["Lamps"]}})
    assert list(Tagging.everything.order_by("position").values_list("spelling", flat=True)) == ["fluff", "Lamps"]
    assert work in Change.everything.order_by("-number")[0].works


def test_retagging_with_the_same_tags_writes_nothing() -> None:
    work = shelve(freeforms=("Angst",))
    before = list(Tagging.everything.values_list("pk", flat=True)), changes.latest()
    wrangling.retag({work: {FREEFORM: ["Angst"]}})
    assert (list(Tagging.everything.values_list("pk", flat=True)), changes.latest()) == before


def test_a_rule_means_a_name_in_every_kind_and_spelling() -> None:
    tags("Gore")
    tags("Gore", kind=FANDOM)
    assert len(wrangling.closed(["  GORE "])) == 2
    assert len(wrangling.closed(["Fandom: gore"])) == 1
    assert wrangling.closed(["nothing of the sort"]) == frozenset()


def test_a_rule_holds_for_a_tag_that_comes_later() -> None:
    assert not wrangling.closed(["gore"])
    [tag] = tags("Gore")
    assert wrangling.closed(["gore"]) == {tag.pk}


def test_a_colon_in_a_name_is_no_kind() -> None:
    [tag] = tags("Alternate Universe: Lighthouse")
    assert wrangling.closed(["alternate universe: lighthouse"]) == {tag.pk}


def test_a_rule_that_names_a_synonym_means_the_canonical_and_all_its_synonyms() -> None:
    canonical, one, other = tags("Gore", "Blood and Gore", "gorey")
    wrangling.make_synonym(one, canonical)
    wrangling.make_synonym(other, canonical)
    everything = {canonical.pk, one.pk, other.pk}
    assert wrangling.closed(["gorey"]) == wrangling.closed(["Gore"]) == everything


def test_a_metatag_means_all_below_it_at_any_depth_with_their_synonyms() -> None:
    top, middle, low, synonym = tags("Violence", "Gore", "Entrails", "Guts")
    wrangling.set_metatag(middle, top)
    wrangling.set_metatag(low, middle)
    wrangling.make_synonym(synonym, low)
    assert names(wrangling.closed(["violence"])) == {"Violence", "Gore", "Entrails", "Guts"}
    assert names(wrangling.closed(["guts"])) == {"Entrails", "Guts"}


def test_chains_of_synonyms_are_flattened() -> None:
    one, two, three = tags("One", "Two", "Three")
    wrangling.make_synonym(one, two)
    wrangling.make_synonym(two, three)
    one.refresh_from_db()
    assert one.canonical_id == three.pk


def test_a_synonym_of_a_synonym_goes_to_its_canonical() -> None:
    one, two, three = tags("One", "Two", "Three")
    wrangling.make_synonym(two, three)
    wrangling.make_synonym(one, two)
    one.refresh_from_db()
    assert one.canonical_id == three.pk


def test_metatags_move_to_the_canonical() -> None:
    merged, canonical, above, below = tags("Merged", "Canonical", "Above", "Below")
    wrangling.set_metatag(merged, above)
    wrangling.set_metatag(below, merged)
    wrangling.make_synonym(merged, canonical)
    pairs = set(Metatagging.everything.values_list("tag__name", "metatag__name"))
    assert pairs == {("Canonical", "Above"), ("Below", "Canonical")}


def test_merging_a_metatag_into_what_stands_under_it_leaves_no_circle() -> None:
    above, below = tags("Above", "Below")
    wrangling.set_metatag(below, above)
    wrangling.make_synonym(above, below)
    assert not Metatagging.everything.exists()


@pytest.mark.parametrize(("merged", "stays"), [("Top", "Low"), ("Low", "Top"), ("Middle", "Low"), ("Top", "Middle")])
def test_merging_within_a_family_of_several_levels_leaves_no_circle(merged: str, stays: str) -> None:
    top, middle, low, other = tags("Top", "Middle", "Low", "Other")
    for tag, metatag in ((middle, top), (low, middle), (other, low)):
        wrangling.set_metatag(tag, metatag)
    by_name = {tag.name: tag for tag in (top, middle, low)}
    wrangling.make_synonym(by_name[merged], by_name[stays])
    above: dict[int, set[int]] = {}
    for tag, metatag in Metatagging.everything.values_list("tag", "metatag"):
        assert not Tag.everything.filter(pk__in=(tag, metatag)).exclude(canonical=None).exists()
        above.setdefault(tag, set()).add(metatag)
    for start, over in above.items():
        level = over
        while level:
            assert start not in level
            level = {higher for one in level for higher in above.get(one, ())}
    assert other.pk in above, "what stood below the merged tags still stands below one of them"


def test_nothing_is_its_own_synonym_or_metatag_nor_goes_round() -> None:
    one, two, three = tags("One", "Two", "Three")
    with pytest.raises(CannotWrangle):
        wrangling.make_synonym(one, one)
    wrangling.set_metatag(one, two)
    wrangling.set_metatag(two, three)
    for tag, metatag in ((three, one), (two, one), (one, one)):
        with pytest.raises(CannotWrangle):
            wrangling.set_metatag(tag, metatag)


@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_move_different_tags_at_once_make_no_circle() -> None:
    one, two, three, four = tags("One", "Two", "Three", "Four")
    wrangling.set_metatag(one, two)
    wrangling.set_metatag(three, four)
    refused: list[str] = []

    def close_the_circle() -> None:
        try:
            wrangling.set_metatag(four, one)
        except CannotWrangle as error:
            refused.append(str(error))
        finally:
            connection.close()

    other = threading.Thread(target=close_the_circle)
    with changes.recorded():
        wrangling.set_metatag(two, three)
        other.start()
        other.join(1)  # whoever does not wait is done by now
        assert other.is_alive()
    other.join(30)
    assert refused == ["One stands under Four already; the two cannot go round"]


def test_tags_of_two_kinds_never_hang_together() -> None:
    [freeform], [fandom] = tags("Lamps"), tags("Lamps", kind=FANDOM)
    with pytest.raises(CannotWrangle):
        wrangling.make_synonym(freeform, fandom)
    with pytest.raises(CannotWrangle):
        wrangling.set_metatag(freeform, fandom)


@pytest.mark.django_db(transaction=True)
def test_two_importers_that_make_the_same_tags_at_once_both_get_them() -> None:
    both = threading.Barrier(2)
    made: list[dict[tuple[str, str], int]] = []

    def make(order: int) -> None:
        try:
            both.wait(5)
            made.append(wrangling.tags_of((FREEFORM, f"Tag {n}") for n in range(40)[::order]))
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(order,)) for order in (1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 2
    assert made[0] == made[1]
    assert Tag.everything.count() == 40


def test_a_slug_that_is_taken_gets_a_hash() -> None:
    one, other = tags("Lamp Post", "Lamp-Post")
    assert one.slug != other.slug
    assert other.slug.startswith("lamp-post")


def test_a_merged_tag_can_be_parted_again() -> None:
    synonym, canonical = tags("Slowburn", "Slow Burn")
    wrangling.make_synonym(synonym, canonical)
    wrangling.unmake_synonym(synonym)
    synonym.refresh_from_db()
    assert synonym.canonical_id is None
    assert {synonym.pk, canonical.pk} <= set(Change.everything.order_by("-number")[0].tags)
    with pytest.raises(CannotWrangle):
        wrangling.unmake_synonym(synonym)
