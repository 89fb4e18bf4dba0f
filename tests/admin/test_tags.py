"""Keepers part merged tags and see how tags stand over and under each other; others may do neither."""

from collections.abc import Callable
from itertools import pairwise

from django.test import Client
from django.urls import reverse

from archive import wrangling
from archive.models import Tag
from tests.admin.test_what_keepers_do import act
from tests.shelving import shelve


def merged() -> tuple[Tag, Tag]:
    """A tag and its synonym."""
    shelve(freeforms=("Slow Burn", "slowburn"))
    stays, synonym = Tag.everything.get(name="Slow Burn"), Tag.everything.get(name="slowburn")
    wrangling.make_synonym(synonym, stays)
    return stays, synonym


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
