"""Stylesheets and scripts under names that carry their digest, so that browsers may keep them for good."""

import hashlib
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Rewrites imports between modules as well, so that a changed module is fetched by those who import it."""

    support_js_module_import_aggregation = True


def collect() -> bool:
    """Collect the static files unless those that are collected are these. Says whether there was anything to do."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    digest = _digest()
    if stamp.is_file() and stamp.read_text("ascii") == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest, "ascii")
    return True


def _digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=itemgetter(0)):
            digest.update(name.encode() + b"\0" + Path(storage.path(name)).read_bytes())
    return digest.hexdigest()
