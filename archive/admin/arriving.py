"""Arriving: files on their way from a keeper's browser into the spool. Anybody else's are thrown away unread."""

from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from archive import spool
from archive.originals import cannot_write
from archive.spool import Tray

FILES = 20_000
"""The most files of one upload."""
POWER = "archive.add_work"
PAGE = "admin:upload"


def may_bring(request: HttpRequest) -> bool:
    """Whether who asks is a keeper who may add works."""
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.is_staff and user.has_perm(POWER))


class Arriving(FileUploadHandler):
    """Writes files to the spool while they arrive: none is held in memory, none has a name of its own on the disk.

    It is asked before any view is, even before the token is looked for, so it decides by itself whom it listens to.
    `trouble` says in one line why nothing of the upload was kept.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.tray: Tray | None = None
        self.trouble = ""
        self.size = 0
        self._listening = False
        self._writing: BinaryIO | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Judge the whole by what it says of itself."""
        self._listening = _is_here(self.request)
        if self._listening and content_length > settings.UPLOAD_LIMIT:
            self._refuse(too_large())
        elif self._listening and not spool.room_for(content_length):
            self._refuse("The disk that holds the library has too little room for this.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, under its number."""
        super().new_file(*args, **kwargs)
        self._close()
        if not self._listening or self.trouble:
            raise SkipFile
        try:
            self.tray = self.tray or Tray()
            if len(self.tray.names) >= FILES:
                self._refuse(f"More than {FILES:,} files at once; bring them in several goes, or as a zip.")
                raise SkipFile
            self._writing = self.tray.begin(self.file_name or "")
        except OSError as error:
            self._refuse(f"Not kept: {cannot_write(error)}.")
            raise SkipFile from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece of it."""
        self.size += len(raw_data)
        try:
            if self.size > settings.UPLOAD_LIMIT:
                self._refuse(too_large())
                raise SkipFile
            if self._writing:
                self._writing.write(raw_data)
        except OSError as error:
            self._refuse(f"Not kept: {cannot_write(error)}.")
            raise SkipFile from error

    def file_complete(self, file_size: int) -> UploadedFile | None:  # type: ignore[type-arg]
        """It is in the spool. Django is given one thing to close, by which all is dropped that nobody has put away."""
        try:
            self._close()
        except OSError as error:
            self._refuse(f"Not kept: {cannot_write(error)}.")
        return _Leash(self.tray) if self.tray and len(self.tray.names) == 1 else None

    def upload_interrupted(self) -> None:
        """The last file has no end: what has arrived is not what was sent."""
        if self._listening and self._writing:
            self._refuse("The upload broke off before its end. Nothing of it was kept; send it again.")

    def _refuse(self, trouble: str) -> None:
        self.trouble = trouble
        writing, self._writing = self._writing, None
        try:
            if writing:
                writing.close()
        except OSError:
            pass  # what could not be written is thrown away
        if self.tray:
            self.tray.drop()

    def _close(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.close()


class _Leash(UploadedFile):  # type: ignore[type-arg]
    """Stands for everything that has arrived, and is closed with the request."""

    def __init__(self, tray: Tray) -> None:
        super().__init__(name="spool")
        self._tray = tray

    def close(self) -> None:
        self._tray.drop()


def too_large() -> str:
    """What is said of an upload beyond the limit."""
    limit = filesizeformat(settings.UPLOAD_LIMIT)
    return f"Too much at once: one upload may have {limit}. Bring the files in several goes."


def _is_here(request: HttpRequest | None) -> bool:
    match = getattr(request, "resolver_match", None)
    return bool(request and match and match.view_name == PAGE and may_bring(request))
