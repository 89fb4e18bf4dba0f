"""What every test stands on: both databases, a data folder of its own for each process, a browser if there is one."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from archive.models import SitePolicy

# Playwright keeps an event loop in the thread of the test, which otherwise forbids the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

hypothesis_settings.register_profile(
    "house",
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


ASKING = {"db", "transactional_db", "live_server", "new_library"}
"""Fixtures behind which there is a database."""


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test asks a database; whoever brings one of its own by other ways says so with the marker."""
    kind = getattr(item, "cls", None)
    asks = item.get_closest_marker("django_db") or ASKING & set(getattr(item, "fixturenames", ()))
    return bool(asks) or (kind is not None and issubclass(kind, TransactionTestCase))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database: nothing else need be seen on both.

    Skip what needs a browser where there is none, saying so; where everything is required, let it fail.
    """
    for item in filter(asks_a_database, items):
        item.add_marker(pytest.mark.database)
    if CHROMIUM or os.environ.get("CARREL_REQUIRE_ALL"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed: the browser tests did not run"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was asked in the leak table, if it was."""
    parts = [
        (report.nodeid.partition("[")[0], *value)
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "leak table"
    ]
    if parts:
        _, routes, readers, works, *_ = parts[0]
        manners = {part[0]: part[-2] for part in parts}
        asked = sum(part[-1] for part in parts)
        terminalreporter.write_line(
            f"The leak table: {routes} addresses, {readers} readers, {works} works,"
            f" {sum(manners.values())} manners; {asked:,} requests."
        )


@pytest.fixture
def data() -> Path:
    """The data folder of this process."""
    return Path(settings.DATA)


@pytest.fixture
def on_postgres(db: None) -> bool:
    """Whether this run is the Postgres half."""
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that Playwright drives."""
    assert CHROMIUM, "Chromium is not installed"
    return CHROMIUM


@pytest.fixture(autouse=True)
def site_policy_of_a_new_library(request: pytest.FixtureRequest) -> None:
    """Give tests with real transactions the policy that migrations made: the one before has emptied every table."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    if transactional or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        SitePolicy.everything.get_or_create()
