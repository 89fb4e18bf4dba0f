"""Browsers in which each of the cast is at home."""

import pytest
from django.test import Client

from tests.cast import enter


@pytest.fixture
def stranger(db: None) -> Client:
    return enter("stranger")


@pytest.fixture
def teen(db: None) -> Client:
    return enter("teen")


@pytest.fixture
def adult(db: None) -> Client:
    return enter("adult")


@pytest.fixture
def agreed(db: None) -> Client:
    return enter("agreed")


@pytest.fixture
def keeper(db: None) -> Client:
    return enter("keeper")
