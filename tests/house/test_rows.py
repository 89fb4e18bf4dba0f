"""The walls that stand in the schema: one manager, no way back to works, references that cannot be followed."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from archive.models import Author, Chapter, Series, Tag, Text, Work
from archive.workref import WorkRef

OF_THE_LIBRARY = list(apps.get_app_config("archive").get_models())
OF_THE_READING_ROOM = list(apps.get_app_config("reader").get_models())


@pytest.mark.parametrize("model", [Work, Chapter])
def test_works_and_chapters_have_one_manager_and_its_name_is_a_warning(model: type[models.Model]) -> None:
    assert [manager.name for manager in model._meta.managers] == ["everything"]
    assert model._default_manager.name == "everything"
    assert not hasattr(model, "objects")


@pytest.mark.parametrize("model", OF_THE_LIBRARY)
def test_no_row_of_the_library_has_objects(model: type[models.Model]) -> None:
    assert getattr(model, "objects", None) is None


@pytest.mark.parametrize("model", [Tag, Author, Series, Text])
def test_nothing_leads_from_what_stands_beside_works_back_to_them(model: type[models.Model]) -> None:
    own = {Tag.__name__, "Metatagging"}
    back = [
        relation.get_accessor_name()
        for relation in model._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.many_to_many or relation.one_to_one)
        and relation.auto_created
        and relation.related_model.__name__ not in own
    ]
    assert not [name for name in back if name and not name.endswith("+")]


@pytest.mark.parametrize("model", OF_THE_READING_ROOM)
def test_the_reading_room_refers_to_works_by_workref_and_to_nothing_else_of_the_library(
    model: type[models.Model],
) -> None:
    for field in model._meta.get_fields():
        related = field.related_model
        if isinstance(related, type) and related._meta.app_label == "archive":
            assert isinstance(field, WorkRef), f"{model.__name__}.{field.name}"
            assert related is Work


def test_works_know_nothing_of_the_reading_room() -> None:
    relations = Work._meta.get_fields(include_hidden=True)
    back = [relation for relation in relations if relation.auto_created and relation.is_relation]
    assert back
    assert not [
        relation.get_accessor_name()
        for relation in back
        if relation.related_model._meta.app_label == "reader" and not relation.hidden
    ]


@isolate_apps("reader")
def test_a_workref_gives_the_id_and_cannot_be_followed() -> None:
    class Place(models.Model):
        work = WorkRef()

        class Meta:
            app_label = "reader"

        def __str__(self) -> str:
            return str(self.work_id)

    place = Place(work_id=7)
    assert place.work_id == 7
    with pytest.raises(AttributeError, match="ask archive"):
        _ = place.work
    with pytest.raises(AttributeError, match="ask archive"):
        getattr(Place(work_id=None), "work")  # noqa: B009 - what a template does
    assert Place._meta.get_field("work").remote_field.related_name == "+"


@pytest.mark.django_db
def test_migrations_are_up_to_date() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
