"""Wrong values stop the start with one clear line; right ones mean what they say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import environment
from reader.environment import Wrong

ROOT = Path(__file__).resolve().parents[2]


def read(**given: str) -> environment.Environment:
    return environment.read(given, Path("/nowhere"))


def test_nothing_set_means_sqlite_in_the_library_folder_on_loopback_names() -> None:
    given = read()
    assert given.data == Path("/nowhere/library")
    assert given.database["NAME"] == "/nowhere/library/carrel.sqlite3"
    assert given.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert not given.debug
    assert not given.https


def test_a_relative_sqlite_file_lies_in_the_data_folder() -> None:
    assert read(DATABASE_URL="sqlite:///mine.sqlite3").database["NAME"] == "/nowhere/library/mine.sqlite3"
    assert read(DATABASE_URL="sqlite:////srv/mine.sqlite3").database["NAME"] == "/srv/mine.sqlite3"


def test_several_public_addresses_set_hosts_and_origins() -> None:
    given = read(CARREL_URL="https://books.example.org http://[fd00::1]:8000/")
    assert given.urls == ("https://books.example.org", "http://[fd00::1]:8000")
    assert given.hosts[3:] == ("books.example.org", "[fd00::1]")
    assert not given.https


def test_cookies_are_for_https_only_when_every_address_is() -> None:
    assert read(CARREL_URL="https://a.example, https://b.example").https


def test_postgres_connections_are_kept_and_looked_after() -> None:
    database = read(DATABASE_URL="postgres://keeper:p%40ss@db:5433/carrel").database
    assert database["ENGINE"] == "reader.postgres"
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db", 5433, "p@ss")
    assert database["CONN_HEALTH_CHECKS"] is True


def test_postgres_answers_in_one_process_and_without_compiling() -> None:
    told = read(DATABASE_URL="postgres://keeper@db/carrel").database["OPTIONS"]["options"]
    assert told == "-c jit=off -c max_parallel_workers_per_gather=0"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CARREL_DEBUG", "maybe"),
        ("CARREL_URL", "books.example.org"),
        ("CARREL_URL", "https://books.example.org/carrel"),
        ("CARREL_URL", "https://user:word@books.example.org"),
        ("CARREL_URL", "https://*.example.org"),
        ("CARREL_URL", "http://books.example.org:port"),
        ("CARREL_URL", "ftp://books.example.org"),
        ("CARREL_PROXIES", "10.0.0.0/99"),
        ("CARREL_PROXIES", "*"),
        ("CARREL_PROXIES", "10.0.0.1/8"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "carrel.sqlite3"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "postgres://name:word@host:port/carrel"),
        ("DATABASE_URL", "postgres://name:word@host"),
        ("CARREL_SECRET_KEY_FILE", "/nowhere/key"),
        ("CARREL_UPLOAD_LIMIT", "plenty"),
        ("CARREL_UPLOAD_LIMIT", "0"),
        ("CARREL_UPLOAD_LIMIT", "-5 MB"),
        ("CARREL_WATCH_AFTER", "delete"),
        ("CARREL_WATCH", "/nowhere/library"),
        ("CARREL_WATCH", "/nowhere/library/inbox"),
        ("CARREL_WATCH", "/nowhere"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(Wrong) as told:
        read(**{name: value})
    assert str(told.value).startswith(name)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("words", "size"), [("", 4 * 1024**3), ("500 MB", 500 * 1024**2), ("2g", 2 * 1024**3), ("1000", 1000)]
)
def test_an_upload_may_have_the_size_that_is_said(words: str, size: int) -> None:
    assert read(CARREL_UPLOAD_LIMIT=words).upload_limit == size


def test_no_folder_is_watched_unless_it_is_named_and_nothing_in_it_is_moved_unless_that_is_said() -> None:
    assert (read().watch, read().watch_moves) == (None, False)
    given = read(CARREL_WATCH="/srv/inbox", CARREL_WATCH_AFTER="move")
    assert (given.watch, given.watch_moves) == (Path("/srv/inbox"), True)


def test_no_message_repeats_a_password() -> None:
    with pytest.raises(Wrong) as told:
        read(DATABASE_URL="postgres://name:sesame@host:port/carrel")
    assert "sesame" not in str(told.value)


def test_a_secret_may_stand_in_a_file_but_not_in_two_places(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from a file\n")
    assert read(CARREL_SECRET_KEY_FILE=str(file)).secret_key == "from a file"
    with pytest.raises(Wrong):
        read(CARREL_SECRET_KEY_FILE=str(file), CARREL_SECRET_KEY="from a variable")
    file.write_text("\n")
    with pytest.raises(Wrong):
        read(CARREL_SECRET_KEY_FILE=str(file))


def test_a_wrong_value_stops_the_command_with_exit_2_and_no_traceback(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CARREL_DATA": str(tmp_path), "CARREL_URL": "books"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "CARREL_URL" in ended.stderr


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Wrong, match="cannot be made"):
        environment.prepare(tmp_path / "file" / "library")


def test_a_data_folder_that_cannot_be_written_to_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(Wrong, match="cannot be written to"):
        environment.prepare(tmp_path)


@pytest.mark.parametrize("given", [False, True], ids=["made by us", "given empty"])
def test_what_is_kept_is_closed_to_everybody_else(tmp_path: Path, given: bool) -> None:
    data = tmp_path / "library"
    if given:
        data.mkdir(mode=0o755)
    environment.prepare(data)
    assert {data.stat().st_mode & 0o777, *(room.stat().st_mode & 0o777 for room in data.iterdir())} == {0o700}
    assert {room.name for room in data.iterdir()} == {"tmp", "originals", "pictures", "runs", "uploads"}


def test_a_folder_that_holds_something_already_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "theirs").touch()
    environment.prepare(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
