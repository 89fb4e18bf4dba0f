"""The cast: everybody who may stand before the door."""

from django.test import Client

from archive.vocabulary import Rating
from reader.models import User

CAST = ("stranger", "teen", "adult", "agreed", "keeper")


def enter(role: str) -> Client:
    """A browser in which one of the cast is at home.

    The teen has the ceiling Teen; the adult has an account and has not agreed to anything; the agreed one has agreed
    for good; the keeper has agreed to nothing, being a reader like any other on this side of the house.
    """
    client = Client()
    if role != "stranger":
        user = User.objects.create_user(
            username=role,
            password="an-invented-password",
            is_staff=role == "keeper",
            is_superuser=role == "keeper",
            ceiling=Rating.TEEN if role == "teen" else Rating.EXPLICIT,
            adult_agreed=role == "agreed",
        )
        client.force_login(user)
    return client
