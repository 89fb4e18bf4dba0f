"""Serving: gunicorn for the pages with the worker beside it, started together and ended together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from django.conf import settings

GRACE = 20.0
"""Seconds that requests and tasks have to end in."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only when asked for


def listen(address: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a busy one is known at once. Raises OSError."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def own_addresses() -> list[str]:
    """The addresses of this machine in its local network, the likeliest first. Nothing is sent to find them."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # an address that nobody has; connecting UDP only chooses a way out
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [address for address in dict.fromkeys(found) if not address.startswith(("127.", "0."))]


def gunicorn(listener: socket.socket) -> list[str]:
    """The command that serves the pages on a listening socket."""
    processes = min(os.cpu_count() or 1, 4)
    memory = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108 - heartbeats only
    return [
        *(sys.executable, "-m", "gunicorn", "reader.wsgi", "--bind", f"fd://{listener.fileno()}", "--preload"),
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", "8"),
        *("--timeout", "120", "--graceful-timeout", str(int(GRACE)), "--keep-alive", "5"),
        *("--limit-request-line", "8190", "--log-level", "warning", "--no-control-socket"),
        *("--forwarded-allow-ips", ""),  # who is believed is decided in one place, reader.proxies
        *memory,
    ]


def worker() -> list[str]:
    """The command that runs the worker."""
    return [sys.executable, str(Path(settings.ROOT) / "manage.py"), "worker"]


def become(command: Sequence[str], environment: dict[str, str]) -> NoReturn:
    """Be that command from now on."""
    os.chdir(settings.ROOT)
    os.execve(command[0], list(command), environment)  # noqa: S606 - the command is ours


class Household:
    """Processes that live and end together."""

    def __init__(self) -> None:
        self.told_to_end = False
        self.members: list[subprocess.Popen[bytes]] = []

    def start(self, command: Sequence[str], environment: dict[str, str], *, keep: Sequence[int] = ()) -> None:
        """Add a member. It gets a session of its own, so that Ctrl-C reaches it once, through us."""
        leash = shutil.which("setpriv")  # with it a member ends even when we are killed
        tied = [leash, "--pdeathsig", "TERM", "--", *command] if leash else command
        self.members.append(
            subprocess.Popen(tied, cwd=settings.ROOT, env=environment, pass_fds=keep, start_new_session=True)
        )

    def live(self) -> int:
        """Wait until one ends or all are told to; end the others. The exit code is 0 when that was what was asked."""
        while not self.told_to_end and all(member.poll() is None for member in self.members):
            time.sleep(0.2)
        codes = [member.poll() for member in self.members]
        self.end()
        return 0 if self.told_to_end else next((code or 1 for code in codes if code is not None), 1)

    def obey_signals(self) -> None:
        """End on Ctrl-C and on being told to."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._told)

    def end(self) -> None:
        """Ask every member to end; after the grace, end it."""
        for member in self.members:
            if member.poll() is None:
                member.terminate()
        deadline = time.monotonic() + GRACE + 5
        for member in self.members:
            try:
                member.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                member.kill()
                member.wait()

    def _told(self, signum: int, frame: FrameType | None) -> None:
        self.told_to_end = True
