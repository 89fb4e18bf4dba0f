"""What a start serves and says: this machine alone until there is a keeper, and the link that makes one."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from reader import serving
from reader.management.commands.start import Command
from reader.models import User

pytestmark = pytest.mark.django_db
LINK = "http://127.0.0.1:8123/welcome/"


class Listener:
    """Stands for a port that was taken."""

    def getsockname(self) -> tuple[str, int]:
        return "", 8123

    def fileno(self) -> int:
        return 9

    def close(self) -> None:
        pass


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[list[str], str]]:
    """Starts the house with these options, and tells on which addresses it listened, and what it said."""

    def run(*options: str) -> tuple[list[str], str]:
        addresses: list[str] = []

        def listen(address: str, port: int) -> Listener:
            addresses.append(address)
            return Listener()

        monkeypatch.setattr(serving, "listen", listen)
        monkeypatch.setattr(serving, "gunicorn", lambda listener: [])
        monkeypatch.setattr(serving, "become", lambda command, environment: None)
        monkeypatch.setattr(serving, "own_addresses", lambda: ["192.0.2.7"])
        monkeypatch.setattr(serving.Household, "start", lambda *_, **__: None)
        monkeypatch.setattr(serving.Household, "obey_signals", lambda *_: None)
        monkeypatch.setattr(serving.Household, "live", lambda *_: 0)
        monkeypatch.setattr(Command, "_set_up", lambda *_: None)
        monkeypatch.setattr("django.db.connections.close_all", lambda: None)
        with pytest.raises(SystemExit) as ended:
            call_command("start", "--no-samples", "--port", "8123", *options)
        assert ended.value.code == 0
        return addresses, capsys.readouterr().out

    return run


def test_every_start_without_a_keeper_prints_a_link(start: Callable[..., tuple[list[str], str]]) -> None:
    said = [start()[1] for _ in range(2)]
    links = [line.strip() for words in said for line in words.splitlines() if LINK in line]
    assert len(set(links)) == 2
    User.objects.create_superuser("wren", password="x")
    assert LINK not in start()[1]


def test_without_a_keeper_this_machine_alone_is_served_even_where_more_was_asked_for(
    start: Callable[..., tuple[list[str], str]],
) -> None:
    addresses, said = start("--lan")
    assert addresses == ["127.0.0.1"]
    assert "open on this machine alone" in said
    assert "192.0.2.7" not in said


def test_with_a_keeper_the_local_network_is_served_where_that_was_asked_for(
    start: Callable[..., tuple[list[str], str]],
) -> None:
    User.objects.create_superuser("wren", password="x")
    assert start()[0] == ["127.0.0.1"]
    addresses, said = start("--lan")
    assert addresses == ["127.0.0.1", "0.0.0.0"]
    assert "http://192.0.2.7:8123/" in said


def test_a_member_is_no_keeper(start: Callable[..., tuple[list[str], str]]) -> None:
    User.objects.create_user("finch", password="x")
    assert start("--lan")[0] == ["127.0.0.1"]


def test_an_address_that_is_named_is_served_as_in_a_container(start: Callable[..., tuple[list[str], str]]) -> None:
    assert start("--address", "0.0.0.0")[0] == ["0.0.0.0"]
