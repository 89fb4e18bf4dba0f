"""Logs tell what went wrong, and neither what anybody reads nor what is hidden."""

import io

import pytest
from django.test import Client

from archive import catalogue
from tests.cast import CAST, enter
from tests.leaks.works import stock

pytestmark = pytest.mark.django_db


def breaks(*args: object, **kwargs: object) -> None:
    raise RuntimeError("out of order")


@pytest.mark.parametrize("role", CAST)
def test_no_log_holds_a_title_a_tag_or_the_number_of_a_work(
    role: str, journal: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = stock()
    client = enter(role)
    client.raise_request_exception = False
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    visits = [f"/works/{work.pk}/" for work in works]
    visits += [f"/{kind}/{work.addresses(name)['slug']}/" for work in works
               for kind, name in (("tags/fandom", "tag"), ("authors", "author"))]  # fmt: skip
    visits += [f"/?q=title-{work.name}" for work in works]
    for address in visits:
        client.get(address)
        strict.post(address, {"title": "title-explicit"})
        strict.post(f"{address}agree/")
    for door in ("work", "browse", "tag", "author"):
        monkeypatch.setattr(catalogue, door, breaks)
    for address in visits:
        client.get(address)
    logged = journal.getvalue()
    assert "out of order" in logged
    assert "/works/<number:number>/" in logged
    assert [mark for work in works for mark in work.marks if mark in logged] == []
    assert [work.pk for work in works if f"works/{work.pk}/" in logged] == []
