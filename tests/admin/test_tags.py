"""Keepers merge tags and part them, put them under others, and see how they stand; others may do none of it."""

from collections.abc import Callable
from itertools import pairwise

from django.test import Client
from django.urls import reverse

from archive import wrangling
from archive.models import Metatagging, Tag
from tests.admin.test_what_keepers_do import act, room
from tests.shelving import shelve


def merged() -> tuple[Tag, Tag]:
    """A tag and its synonym."""
    shelve(freeforms=("Slow Burn", "slowburn"))
    stays, synonym = Tag.everything.get(name="Slow Burn"), Tag.everything.get(name="slowburn")
    wrangling.make_synonym(synonym, stays)
    return stays, synonym


def test_tags_are_merged_after_a_question(head: Client) -> None:
    shelve(freeforms=("Slow Burn", "slowburn", "Sloow Burn"))
    tags = {tag.name: tag for tag in Tag.everything.all()}
    wrong = [tags["slowburn"].pk, tags["Sloow Burn"].pk]
    assert "Which tag" in act(head, "tag", "make_synonyms", *wrong).content.decode()
    act(head, "tag", "make_synonyms", *wrong, confirmed="yes", name="SLOW burn")
    assert set(Tag.everything.filter(canonical=tags["Slow Burn"]).values_list("name", flat=True)) == {
        "slowburn",
        "Sloow Burn",
    }


def test_a_tag_cannot_be_merged_into_what_is_not_there(head: Client) -> None:
    shelve(freeforms=("Slow Burn",), characters=("Ada",))
    tag = Tag.everything.get(name="Slow Burn")
    page = act(head, "tag", "make_synonyms", tag.pk, confirmed="yes", name="Ada").content.decode()
    assert "There is no freeform named" in page
    assert not Tag.everything.exclude(canonical=None).exists()


def test_merged_tags_are_parted_only_after_asking(head: Client) -> None:
    stays, synonym = merged()
    assert "Part these tags?" in act(head, "tag", "part_synonyms", synonym.pk).content.decode()
    assert Tag.everything.get(pk=synonym.pk).canonical == stays
    page = act(head, "tag", "part_synonyms", synonym.pk, stays.pk, confirmed="yes").content.decode()
    assert "stands for itself again" in page
    assert Tag.everything.get(pk=synonym.pk).canonical is None


def test_who_may_only_look_at_tags_parts_none(keeper: Callable[..., Client]) -> None:
    stays, synonym = merged()
    client = keeper("view_tag")
    act(client, "tag", "part_synonyms", synonym.pk, confirmed="yes")
    client.post(reverse("admin:archive_tag_change", args=[synonym.pk]), {"synonym_of": ""})
    assert Tag.everything.get(pk=synonym.pk).canonical == stays


def test_all_levels_over_and_under_a_tag_are_shown(keeper: Callable[..., Client]) -> None:
    shelve(freeforms=("Embers", "Slow Burn", "Romance", "Feelings"))
    tags = [Tag.everything.get(name=name) for name in ("Embers", "Slow Burn", "Romance", "Feelings")]
    for tag, metatag in pairwise(tags):
        wrangling.set_metatag(tag, metatag)
    client = keeper("view_tag")
    for tag, levels in ((tags[0], "Slow Burn; Romance; Feelings"), (tags[3], "Romance; Slow Burn; Embers")):
        assert levels in client.get(reverse("admin:archive_tag_change", args=[tag.pk])).content.decode()


def test_tags_are_put_under_others_and_never_in_a_circle(head: Client) -> None:
    shelve(freeforms=("Slow Burn", "Romance"))
    burn, romance = Tag.everything.get(name="Slow Burn"), Tag.everything.get(name="Romance")
    address = reverse("admin:archive_tag_change", args=[burn.pk])
    assert head.post(address, {"metatags": "romance"}).status_code == 302
    assert Metatagging.everything.get().metatag == romance
    around = head.post(reverse("admin:archive_tag_change", args=[romance.pk]), {"metatags": "Slow Burn"}, follow=True)
    assert "go round" in around.content.decode()
    assert Metatagging.everything.count() == 1
    head.post(address, {"metatags": ""})
    assert not Metatagging.everything.exists()


def test_tags_are_searched_by_the_beginning_of_their_key(head: Client) -> None:
    shelve(freeforms=("Étude in Rain", "Rain"))
    assert head.get(room("tag"), {"q": "etude"}).context["cl"].result_count == 1
    assert head.get(room("tag"), {"q": "rain"}).context["cl"].result_count == 1
