"""The settings under test: a data folder for each process, quick passwords, plain names for static files."""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix=f"carrel-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)

# What the machine's own environment says about a real library must not reach the tests.
for name in [name for name in os.environ if name.startswith("CARREL_") and name != "CARREL_REQUIRE_ALL"]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
os.environ["CARREL_DATA"] = folder
os.environ["CARREL_SECRET_KEY"] = "only-for-tests-" + "0" * 40
# Every table of addresses is tried with the ones that exist only where a keeper names a provider. Nobody listens there;
# tests/elsewhere has a provider of its own.
os.environ |= {
    "CARREL_OIDC_ISSUER": "http://127.0.0.1:9/provider",
    "CARREL_OIDC_CLIENT_ID": "carrel",
    "CARREL_OIDC_SECRET": "only-for-tests",
    "CARREL_OIDC_NAME": "Tidewater",
    "CARREL_OIDC_MEMBERS": "readers",
    "CARREL_OIDC_KEEPERS": "keepers",
    "CARREL_OIDC_CEILINGS": "teens=teen, kids=general",
}

from reader.settings import *  # noqa: E402, F403
from reader.settings import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS += ["testserver"]
DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a live server must not outlast the test database
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True  # static files are found where they lie, without collecting them first
