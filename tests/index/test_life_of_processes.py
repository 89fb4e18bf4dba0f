"""The life of the index in many processes: each sees every change at once, whoever is killed and whatever is full."""

import json
import random
import re
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.conftest import new_library

__all__ = ["new_library"]

ROOT = Path(__file__).resolve().parents[2]
EVENTUALLY = 300.0


class Process:
    """A process of the library that does what it is told."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.lives"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __call__(self, what: str) -> Any:
        """What `tests.index.lives` makes of an expression."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


class House:
    """A library of its own with its processes."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**environment, "DJANGO_SETTINGS_MODULE": "reader.settings"}
        self.data = Path(environment["CARREL_DATA"])
        self.processes: list[Process] = []

    @property
    def snapshots(self) -> list[Path]:
        return sorted((self.data / "index").glob("*"))

    def begin(self, *command: str, **how: Any) -> "subprocess.Popen[str]":
        """A command of the house, running."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how,
        )  # fmt: skip

    def manage(self, *command: str, **how: Any) -> tuple[int, str]:
        """A command of the house: its exit code, and what it said."""
        process = self.begin(*command, **how)
        said, _ = process.communicate()
        return process.returncode, said

    def process(self) -> Process:
        self.processes.append(Process(self.environment))
        return self.processes[-1]


@pytest.fixture
def house(new_library: dict[str, str]) -> Iterator[House]:
    house = House(new_library)
    assert house.manage("migrate", "-v", "0") == (0, "")
    yield house
    for process in house.processes:
        process.end()


def test_every_process_and_thread_sees_a_change_at_its_next_question(house: House) -> None:
    keeper, one, other = house.process(), house.process(), house.process()
    keeper("make(0, 60)")
    assert one("found()") == keeper("works()"), "before there is an index"
    assert house.manage("rebuild_index")[0] == 0
    works = keeper("works()")
    assert one("by_index()")
    assert other("by_index()")
    for change in (
        f"rate({works[0]})",
        f"keeping.hold({works[1]}, 'a look')",
        f"keeping.bin({works[2:5]})",
        f"keeping.release({works[1]})",
        f"keeping.restore({works[2]})",
        f"keeping.remove({works[3]})",
        "make(100, 103)",
        f"wrangling.retag({{{works[9]}: {{'freeform': ['Tag 1', 'Never seen']}}}}) and None",
        "merge('Tag 1', 'Tag 2')",
        "merge('Tag 2', 'Never seen')",
        "make(200, 420)",
    ):
        keeper(change)
        assert one("found(child=True)") == keeper("shelf(child=True)")
        shelf = keeper("shelf()")
        assert all(found == shelf for found in other("in_threads(found)"))
        assert other("differs(1, 3)") == []
    assert house.manage("rebuild_index")[0] == 0
    keeper("make(500, 501)")
    assert one("found()") == other("found()") == keeper("shelf()")
    assert one("by_index()")


def test_threads_ask_while_works_come_and_snapshots_are_swapped(house: House) -> None:
    keeper, asker = house.process(), house.process()
    keeper("make(0, 300)")
    house.manage("rebuild_index")
    number = 1000
    for _ in range(3):
        building = house.begin("rebuild_index")
        while building.poll() is None:
            number += 5
            keeper(f"make({number}, {number + 5}) or keeping.bin(works()[{number % 300}])")
            before = keeper("len(shelf())")
            assert set(asker("in_threads(lambda: len(found()))")) == {before}
        assert (building.communicate(), building.returncode)[1] == 0
        assert asker("found()") == keeper("shelf()")
    assert asker("differs(2)") == []


def test_a_build_may_be_killed_at_any_moment(house: House) -> None:
    keeper, asker = house.process(), house.process()
    keeper("make(0, 400)")
    assert house.manage("rebuild_index")[0] == 0
    began = time.monotonic()
    assert house.manage("rebuild_index")[0] == 0
    whole = time.monotonic() - began
    for number in range(5):
        keeper(f"make({1000 + number}, {1001 + number})")
        building = house.begin("rebuild_index")
        time.sleep(random.uniform(0.4, 1) * whole)
        building.send_signal(signal.SIGKILL)
        building.communicate()
        assert asker("found()") == keeper("shelf()")
        assert asker("by_index()")
    assert asker("differs(3)") == []
    assert house.manage("rebuild_index")[0] == 0
    assert house.process()("found()") == keeper("shelf()")
    assert len(house.snapshots) == 2, "what was begun is swept"


def test_two_who_build_at_once_take_turns(house: House) -> None:
    keeper = house.process()
    keeper("make(0, 50)")
    building = [house.begin("rebuild_index") for _ in range(2)]
    assert [(process.communicate(), process.returncode)[1] for process in building] == [0, 0]
    assert keeper("by_index()")
    assert len(house.snapshots) == 2


def test_a_disk_without_room_costs_one_line_and_no_answer(house: House) -> None:
    keeper = house.process()
    keeper("make(0, 300)")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    code, said = house.manage("rebuild_index", preexec_fn=little_room)
    assert code == 1
    assert said.count("\n") == 1
    assert "could not be written" in said
    assert not house.snapshots
    assert keeper("found()") == keeper("works()")
    assert house.manage("rebuild_index")[0] == 0
    assert keeper("by_index()")


def test_pages_of_all_processes_change_at_once_and_the_worker_builds_the_index(house: House) -> None:
    keeper = house.process()
    serving = house.begin("start", "--no-samples", "--port", "0", start_new_session=True)
    try:
        address = _address(serving)
        keeper("make(0, 30)")
        _until(lambda: keeper("by_index()"))
        for number in range(3):
            keeper("rate(works()[0]) or keeping.bin(works()[-1])" if number else "make(900, 901)")
            expected = keeper("len(shelf(child=True))")
            assert {_total(address) for _ in range(12)} == {expected}
        keeper("make(2000, 3500)")
        _until(lambda: keeper("current.standing().changed") == 0)
        assert keeper("differs(4)") == []
        assert _total(address) == keeper("len(shelf(child=True))")
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.communicate()


def _address(serving: "subprocess.Popen[str]") -> str:
    assert serving.stdout
    for line in serving.stdout:
        if match := re.search(r"http://127\.0\.0\.1:\d+", line):
            return match[0]
    pytest.fail("it did not open")


def _total(address: str) -> int:
    with urllib.request.urlopen(address) as answer:
        page = answer.read().decode()
    match = re.search(r"([\d,]+) works?", page)
    assert match, page
    return int(match[1].replace(",", ""))


def _until(happened: Any) -> None:
    end = time.monotonic() + EVENTUALLY
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)
