"""`manage.py start`: the one way to open the house, for `script/server` and for containers."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from reader import first_keeper, serving, static_storage
from reader.environment import Wrong


class Command(BaseCommand):
    """Set the library up, take in what is given, open the doors."""

    help = "Set the library up, import the folders given, and serve until told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the options."""
        parser.add_argument("folders", nargs="*", metavar="FOLDER", help="folders or files to import first")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--lan", action="store_true", help="serve on the local network as well")
        parser.add_argument("--address", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
        parser.add_argument("--no-samples", action="store_true", help="leave an empty library empty")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the port first, so that a busy one is known before anything else happens.

        On the local network nothing is served before there is a keeper: whoever else is there could not be told from
        the one who is setting the library up. An address that is named is served, as in a container, where it says
        nothing of who can reach it: that is for whoever publishes the port to decide.
        """
        listener = _listen(options["address"], options["port"])
        try:
            self._set_up()
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).partition(chr(10))[0]}") from None
        self._take_in(options["folders"], samples=not options["no_samples"])
        port = listener.getsockname()[1]
        lan = options["lan"] and not first_keeper.wanted()
        if lan:
            listener.close()
            listener = _listen(serving.EVERYWHERE, port)
        around = [f"http://{found}:{port}" for found in serving.own_addresses()] if lan else []
        self._tell((*settings.URLS, f"http://127.0.0.1:{port}")[0], around, lan=options["lan"])
        environment = _environment(around)
        self.stdout.flush()
        connections.close_all()
        if options["no_worker"]:
            serving.become(serving.gunicorn(listener), environment)
        household = serving.Household()
        household.obey_signals()
        household.start(serving.gunicorn(listener), environment, keep=[listener.fileno()])
        listener.close()
        household.start(serving.worker(), environment)
        sys.exit(household.live())

    def _set_up(self) -> None:
        self.check(databases=["default"])
        self.stdout.write("Opening the library ...")
        self.stdout.flush()
        call_command("migrate", verbosity=0, interactive=False)
        if not settings.DEBUG:
            static_storage.collect()
        try:
            keeper = first_keeper.from_environment(os.environ)
        except Wrong as wrong:
            self.stderr.write(f"Carrel does not start. {wrong}")
            sys.exit(2)
        if keeper:
            self.stdout.write(f"{keeper.username} keeps this library now.")

    def _take_in(self, folders: list[str], *, samples: bool) -> None:
        """Import. What was refused has been told by then, and is no reason to stay closed."""
        try:
            if folders:
                call_command("import_works", *folders)
            elif samples:
                call_command("import_samples", "--if-empty")
        except CommandError as error:
            self.stderr.write(str(error))
            if error.returncode > 1:
                sys.exit(error.returncode)
        except SystemExit as ended:
            if ended.code not in {None, 0, 1}:
                raise

    def _tell(self, home: str, around: list[str], *, lan: bool) -> None:
        self.stdout.write(f"\nCarrel is open at  {home}/")
        if around:
            self.stdout.write(f"On your phone      {around[0]}/")
        if first_keeper.wanted():
            self.stdout.write("\nNobody keeps this library yet. Make its keeper here, within half an hour:")
            self.stdout.write(f"    {first_keeper.open_link(home)}")
            if lan:
                self.stdout.write("Until then it is open on this machine alone: start it with --lan again afterwards.")
        self.stdout.write("\nCtrl-C closes it.\n")


def _listen(address: str, port: int) -> Any:
    """The listening socket. Who cannot have the port is told which to try."""
    try:
        return serving.listen(address, port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"Port {port} cannot be had ({reason}); try --port {port % 65535 + 1}") from None


def _environment(around: list[str]) -> dict[str, str]:
    """What the processes are given: our own environment with whole paths and the addresses around, less a password."""
    given = {**os.environ, "CARREL_DATA": str(settings.DATA), "CARREL_URL": " ".join((*settings.URLS, *around))}
    if settings.WATCH:
        given["CARREL_WATCH"] = str(settings.WATCH)
    if "CARREL_SECRET_KEY_FILE" in given:
        given["CARREL_SECRET_KEY_FILE"] = str(Path(given["CARREL_SECRET_KEY_FILE"]).absolute())
    return {name: value for name, value in given.items() if not name.startswith("CARREL_KEEPER")}
