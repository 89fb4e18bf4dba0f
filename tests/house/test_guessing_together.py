"""Many who guess at once share one count, in threads and in processes of a server."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from reader.models import Guessing, User
from tests.house.tree import ROOT

GUESS = """
import django
django.setup()
from django.test import RequestFactory
from django.contrib.auth import authenticate
from reader import doorkeeper
waited = 0
for _ in range(4):
    request = RequestFactory().post("/login/")
    assert authenticate(request, username="ada", password="wrong") is None
    waited += bool(doorkeeper.waits(request))
print(waited)
"""


@pytest.mark.django_db(transaction=True)
def test_guesses_that_come_at_the_same_moment_are_all_counted() -> None:
    User.objects.create_user("ada", password="the harbour cat is staying")

    def guess(_: int) -> int:
        try:
            return Client().post("/login/", {"username": "ada", "password": "wrong"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        said = list(crowd.map(guess, range(12)))
    assert sorted(said) == [200] * 5 + [429] * 7
    assert set(Guessing.objects.values_list("wrong", flat=True)) == {5}


def test_two_processes_share_one_count(new_library: dict[str, str]) -> None:
    environment = {**new_library, "DJANGO_SETTINGS_MODULE": "reader.settings", "PYTHONPATH": str(ROOT)}
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
    both = [
        subprocess.Popen([sys.executable, "-c", GUESS], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sum(int(one.communicate()[0]) for one in both) == 3
