"""The crew: processes that read files while this one stores them. One that breaks down or hangs costs only its file."""

import copyreg
import multiprocessing
import os
import pickle
import queue
import select
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from typing import Any

from archive import bounds
from archive.accompanying import accompanied
from archive.finding import Companion, Found
from archive.formats import Source
from archive.originals import CannotKeep
from archive.parsed import ParsedSeries, ParsedWork, Refused
from archive.preparing import File, Prepared, PreparedText, works_of
from archive.statements import StatedChapter, StatedPicture, Statement

AHEAD = 64
"""Files waiting for each process, so that none is idle while a batch is stored."""
BUDGET = 48 * 1024 * 1024
"""Bytes that may wait to be stored, and as many that may wait to be read."""

_YIELDING = 10
"""Readers give way to pages, and to the one that stores: who holds the database must not wait for a processor."""

_TURN = 0.0005
"""Seconds after which this process lets another of its threads go on, ten times as often as by itself: a hand that
waits for its turn has a process that waits for a file."""

_READY, _WORK, _END = b"r", b"w", b"e"


@dataclass(frozen=True, slots=True)
class Read:
    """What the reading of a file brought: a work, a reason in its place, or (with neither) the end of the file."""

    number: int
    work: Prepared | None = None
    refused: str = ""
    title: str = ""
    """Of the work that is refused."""
    fatal: str = ""
    """Why nothing more can be kept at all."""

    @property
    def ends(self) -> bool:
        """Whether the file has come to its end."""
        return not (self.work or self.refused or self.fatal)


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    path: str
    on_disk: str
    """Where the file lies, empty when its bytes are here."""
    data: bytes | None
    beside: tuple[Companion, ...]

    @property
    def weight(self) -> int:
        """Bytes that it holds while it waits."""
        return len(self.data or b"") + sum(len(each.data) for each in self.beside)

    def opened(self) -> Source:
        if not self.on_disk:
            return Source.from_bytes(self.path, self.data or b"")
        source = Source.open(Path(self.on_disk))
        source.path = self.path
        return source


def _pickle_by_parts(kind: type[Any]) -> None:
    """Have a dataclass pickled as its class and its parts; by itself a frozen one with slots takes far longer."""
    parts = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda one: (kind, parts(one)))


for _kind in (
    _Job, Companion, Read, Prepared, PreparedText, File,
    Statement, StatedChapter, StatedPicture, ParsedWork, ParsedSeries,
):  # fmt: skip
    _pickle_by_parts(_kind)


def read_all(files: Iterable[tuple[int, Found]], house: Path | None, jobs: int) -> Iterator[Read]:
    """Read files, each known by a number, in so many processes; with none, in this process and without bounds."""
    work = (_Job(number, found.path, str(found.on_disk or ""), found.data, found.beside) for number, found in files)
    if jobs <= 0:
        for job in work:
            yield from _read(job, house)
        return
    yield from _read_by_many(work, house, jobs)


def _read(job: _Job, house: Path | None) -> Iterator[Read]:
    """One file from its opening to its end. Whatever goes wrong in it is a reason, never a traceback."""
    number = job.number
    try:
        works = works_of(job.opened(), house)
        for work in accompanied(works, job.beside, house) if job.beside else works:
            yield _refusal(number, work) if isinstance(work, Refused) else Read(number, work=work)
    except CannotKeep as stop:
        yield Read(number, fatal=str(stop))
    except Refused as refused:
        yield _refusal(number, refused)
    except MemoryError:
        yield Read(number, refused="needs too much memory to be read")
    except Exception as error:
        yield Read(number, refused=f"the reader failed on it ({type(error).__name__})")
    yield Read(number)


def _refusal(number: int, refused: Refused) -> Read:
    return Read(number, refused=str(refused), title=refused.title)


def _process(pipe: Connection, house: Path | None) -> None:
    """What each process of the crew does."""
    _work(pipe, house)


def _work(pipe: Connection, house: Path | None) -> None:
    """Say that this process is there, then read file after file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_YIELDING)
    try:
        pipe.send_bytes(_READY)
        while True:
            job = pickle.loads(pipe.recv_bytes())  # noqa: S301 (it was written by the process that began this one)
            with bounds.memory_bounded():
                for read in _read(job, house):
                    pipe.send_bytes(_END if read.ends else _WORK + pickle.dumps(read, pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        return  # the run is over


class _Hand(threading.Thread):
    """One process, and the thread that gives it files and waits for what it reads in them."""

    def __init__(self, jobs: "queue.SimpleQueue[_Job | None]", results: "_Tray", house: Path | None) -> None:
        super().__init__(name="crew", daemon=True)
        self._jobs, self._results, self._house = jobs, results, house
        self._process: BaseProcess | None = None
        self._pipe: Connection
        self._signs = select.poll()
        self.start()

    def run(self) -> None:
        while (job := self._jobs.get()) is not None and not self._results.closed:
            if self._process is None and not self._begin():
                self._results.put(Read(job.number, fatal="no process can be started to read files"))
                return
            if broken := self._one(job):
                self.end()
                self._results.put(Read(job.number, refused=broken))
                self._results.put(Read(job.number))
        self.end()

    def dismiss(self) -> None:
        """Let the process go when the run is over; the thread ends with it."""
        if process := self._process:
            process.kill()
        self.join()

    def end(self) -> None:
        """Let the process go, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._signs.unregister(self._pipe)
            self._pipe.close()
            self._process = None

    def _begin(self) -> bool:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_process, args=(theirs, self._house), daemon=True)
        self._process.start()
        self._signs.register(self._pipe, select.POLLIN)
        theirs.close()
        try:
            return self._pipe.poll(bounds.PATIENCE) and self._pipe.recv_bytes() == _READY
        except (EOFError, OSError):
            return False

    def _one(self, job: _Job) -> str:
        """Have one file read to its end; returns what went wrong with the process itself, if anything did."""
        patience, began = bounds.Patience(), time.monotonic()
        try:
            self._pipe.send_bytes(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
            while self._signs.poll(patience.left * 1000):
                data = self._pipe.recv_bytes()
                if data == _END:
                    self._results.put(Read(job.number))
                    return ""
                patience.sign(time.monotonic() - began)
                self._results.put(data)
                began = time.monotonic()
        except (EOFError, OSError):
            return "the reader broke down on it"
        return "the reader took too long over it"


class _Tray:
    """What was read and waits to be stored: so many bytes at most, then whoever brings more has to wait."""

    def __init__(self) -> None:
        self._items: deque[bytes | Read] = deque()
        self._size = 0
        self._change = threading.Condition()
        self.closed = False

    def put(self, item: bytes | Read) -> None:
        size = len(item) if isinstance(item, bytes) else 0
        with self._change:
            self._change.wait_for(lambda: self.closed or not self._items or self._size + size <= BUDGET)
            self._items.append(item)
            self._size += size
            self._change.notify_all()

    def get(self) -> Read:
        with self._change:
            self._change.wait_for(lambda: bool(self._items))
            item = self._items.popleft()
            if isinstance(item, Read):
                return item
            self._size -= len(item)
            self._change.notify_all()
        read = pickle.loads(item[1:])  # noqa: S301 (it was written by a process of our own)
        assert isinstance(read, Read)  # noqa: S101
        return read

    def close(self) -> None:
        with self._change:
            self.closed = True
            self._change.notify_all()


def _read_by_many(work: Iterator[_Job], house: Path | None, size: int) -> Iterator[Read]:
    """Hand out files as they are found, never more than are soon needed, and give what is read as it comes."""
    jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
    tray, pending, hands = _Tray(), dict[int, int](), list[_Hand]()
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        for job in work:
            while len(pending) >= size * AHEAD or (pending and sum(pending.values()) + job.weight > BUDGET):
                yield _given(tray, pending)
            pending[job.number] = job.weight
            jobs.put(job)
            if len(hands) < min(size, len(pending)):
                hands.append(_Hand(jobs, tray, house))
        while pending:
            yield _given(tray, pending)
    finally:
        sys.setswitchinterval(turn)
        tray.close()
        for _ in hands:
            jobs.put(None)
        for hand in hands:
            hand.dismiss()


def _given(tray: _Tray, pending: dict[int, int]) -> Read:
    read = tray.get()
    if read.ends:
        del pending[read.number]
    return read
