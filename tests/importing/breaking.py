"""Processes of the crew that do not do as they should."""

import os
import pickle
import time
from multiprocessing.connection import Connection
from pathlib import Path

from archive import crew


def process(pipe: Connection, house: Path | None) -> None:
    """As in `archive.crew`, but a file named `crash` ends the process, and one named `hang` is never done."""
    pipe.send_bytes(b"r")
    while True:
        job = pipe.recv()
        if "crash" in job.path:
            os._exit(1)
        if "hang" in job.path:
            time.sleep(600)
        for read in crew._read(job, house):  # noqa: SLF001 (it stands in for the process around it)
            pipe.send_bytes((b"e" if read.ends else b"w") + pickle.dumps(read))


def stillborn(pipe: Connection, house: Path | None) -> None:
    """Ends before it has said that it is there."""
    os._exit(1)
