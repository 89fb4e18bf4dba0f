"""Keepers and their browsers."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from reader.models import User


@pytest.fixture
def head(db: None) -> Client:
    """The browser of a keeper who may do everything."""
    return _enter(User.objects.create_superuser("head", password="an-invented-password"))


@pytest.fixture
def keeper(db: None) -> Callable[..., Client]:
    """Makes a keeper who may do just these things ("view_work"), and gives their browser."""

    def make(*powers: str) -> Client:
        user = User.objects.create_user("-".join(("keeper", *powers)), password="an-invented-password", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=powers))
        return _enter(user)

    return make


def _enter(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
