"""What machines ask, what is said of the state of the house, and what is said when something is wrong."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from archive.models import WorkerBeat
from tests.shelving import shelve


def test_the_house_is_well_when_its_database_answers(stranger: Client) -> None:
    response = stranger.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.cookies == {}


def test_the_house_is_not_well_when_its_database_does_not(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", gone)
        assert stranger.get("/healthz").status_code == 503


def test_nothing_here_is_for_search_engines(stranger: Client) -> None:
    assert stranger.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_house_without_a_keeper_says_how_to_make_one(stranger: Client) -> None:
    assert "Nobody keeps this library yet." in stranger.get("/").content.decode()


def test_a_house_with_a_keeper_does_not(keeper: Client) -> None:
    assert "Nobody keeps this library yet." not in Client().get("/").content.decode()


def test_only_the_keeper_hears_that_no_worker_is_running(keeper: Client) -> None:
    assert "No worker is running" in keeper.get("/").content.decode()
    assert "No worker is running" not in Client().get("/").content.decode()
    WorkerBeat.everything.update_or_create(defaults={"at": timezone.now()})
    assert "No worker is running" not in keeper.get("/").content.decode()


def test_the_sample_shelf_says_that_it_is_one(stranger: Client) -> None:
    shelve(source="carrel.samples", source_id="1")
    assert "This is the sample shelf" in stranger.get("/").content.decode()


def test_what_is_not_there_is_said_calmly(stranger: Client) -> None:
    response = stranger.get("/nothing/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_what_goes_wrong_is_said_without_a_word_of_why(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def wrong(*_: object) -> None:
        raise RuntimeError("the-secret-reason")

    monkeypatch.setattr("archive.catalogue.browse", wrong)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    assert "the-secret-reason" not in response.content.decode()


def test_every_page_forbids_what_is_inline_and_what_is_elsewhere(stranger: Client) -> None:
    for address in ("/", "/settings/", "/agreement/", "/login/", "/nothing/"):
        policy = stranger.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
