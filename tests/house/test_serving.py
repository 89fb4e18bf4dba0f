"""The processes of a running house start together, end together, and say plainly when the port is taken."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import serving

ROOT = Path(__file__).resolve().parents[2]


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "start", "--no-samples", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else has."""
    listener = serving.listen("127.0.0.1", 0)
    yield listener.getsockname()[1]
    listener.close()


def test_a_port_that_is_taken_is_one_clear_line(new_library: dict[str, str], taken: int) -> None:
    process = start(new_library, "--port", str(taken))
    told, _ = process.communicate()
    assert process.returncode == 1
    assert told.count("\n") == 1
    assert str(taken) in told


def test_a_port_can_be_taken_once(taken: int) -> None:
    with pytest.raises(OSError, match="in use"):
        serving.listen("127.0.0.1", taken)


def test_own_addresses_are_not_loopback() -> None:
    assert not [address for address in serving.own_addresses() if address.startswith("127.")]


def test_no_proxy_is_believed_by_the_server_itself() -> None:
    with socket.socket() as listener:
        command = serving.gunicorn(listener)
    assert command[command.index("--forwarded-allow-ips") + 1] == ""


def test_when_one_ends_all_end_and_the_code_tells() -> None:
    household = serving.Household()
    household.start([sys.executable, "-c", "import time; time.sleep(600)"], dict(os.environ))
    household.start([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    assert household.live() == 3
    assert all(member.returncode is not None for member in household.members)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed: members outlive a kill")
def test_when_the_first_is_killed_the_others_do_not_stay_behind() -> None:
    member = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"  # it tells once it is tied
    program = (
        "import os, sys; from reader.serving import Household; household = Household();"
        f"household.start([sys.executable, '-c', {member!r}], dict(os.environ)); household.live()"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        tied = int(first.stdout.readline())
        first.kill()
        first.wait()
    for _ in range(100):
        if not running(tied):
            return
        time.sleep(0.1)
    os.kill(tied, signal.SIGKILL)
    pytest.fail("it stayed behind")


def running(process: int) -> bool:
    """Whether a process is there and not only waiting to be collected."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_house_opens_prints_its_link_answers_and_closes(new_library: dict[str, str]) -> None:
    process = start(new_library, "--port", "0")
    assert process.stdout is not None
    told = ""
    while "Ctrl-C" not in told:
        line = process.stdout.readline()
        assert line, told
        told += line
    home = re.search(r"http://127\.0\.0\.1:\d+/", told)
    assert home, told
    assert re.search(r"/welcome/[\w-]{30,}/", told)
    with pytest.raises(urllib.error.HTTPError) as unknown:
        urllib.request.urlopen(urllib.request.Request(home[0], headers={"Host": "elsewhere.example"}))
    assert unknown.value.code == 400
    assert b"Opened as elsewhere.example; add it to CARREL_URL" in unknown.value.read()
    with urllib.request.urlopen(f"{home[0]}admin/login/") as page:
        assert re.search(rb"/static/admin/css/base\.[0-9a-f]{12}\.css", page.read())
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 0
