"""What a shelf calls its tags: by their names of now, and only those of which the reader may know."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import changes, wrangling
from archive.models import Tag
from tests.shelving import shelve

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    return Tag.everything.get(name=name)


def page(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_a_tag_that_is_renamed_has_its_new_name_on_the_next_page(stranger: Client) -> None:
    shelve(freeforms=("Slow Burn",))
    assert "<bdi>Slow Burn</bdi>" in page(stranger)
    renamed = tag("Slow Burn")
    renamed.name = "Slow, Slow Burn"
    with changes.recorded():
        renamed.save()
    assert "<bdi>Slow, Slow Burn</bdi>" in page(stranger)


def test_a_metatag_has_its_name_although_no_work_carries_it_by_itself(stranger: Client) -> None:
    shelve(freeforms=("Slow Burn",))
    romance = wrangling.tags_of([("freeform", "Romance")])["freeform", "romance"]
    wrangling.set_metatag(tag("Slow Burn"), Tag.everything.get(pk=romance))
    assert "<em><bdi>Romance</bdi></em>" in page(stranger, "/?freeform=romance")


def test_the_name_of_a_tag_that_only_hidden_works_carry_is_not_told(stranger: Client) -> None:
    shelve(title="Shown")
    shelve(title="Unseen", ratings=("Explicit",), freeforms=("Lantern, Lantern",))
    assert "Lantern, Lantern" not in page(stranger, "/?freeform=lantern-lantern")
    assert "Lantern, Lantern" not in page(stranger, "/?tag=lantern-lantern")


def test_a_synonym_that_only_hidden_works_carry_keeps_its_spelling_to_itself(stranger: Client) -> None:
    shelve(title="Shown", freeforms=("Slow Burn",))
    shelve(title="Unseen", ratings=("Explicit",), freeforms=("Slow Blaze!",))
    wrangling.make_synonym(tag("Slow Blaze!"), tag("Slow Burn"))
    assert "Slow Blaze!" not in page(stranger, "/?freeform=slow-blaze")
    assert "Slow Burn" in page(stranger, "/?freeform=slow-burn")


def test_a_shelf_whose_answer_is_known_costs_few_queries(stranger: Client) -> None:
    for number in range(20):
        shelve(title=f"Work {number}", freeforms=("Slow Burn", f"Tag {number}"))
    page(stranger)
    with CaptureQueriesContext(connection) as queries:
        page(stranger)
    assert len(queries) <= 12
