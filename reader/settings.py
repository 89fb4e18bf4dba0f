"""Settings, read from the environment once. Wrong values stop the start with one clear line."""

import os
import sys
from pathlib import Path
from typing import cast

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from reader import environment, mailbox, oidc
from reader.logs import LOGGING  # noqa: F401 - a setting
from reader.secret import kept_key

ROOT = Path(__file__).resolve().parent.parent
try:
    given = environment.read(os.environ, ROOT)
    environment.prepare(given.data)
    mail = mailbox.read(os.environ, given.urls)
    provider = oidc.read(os.environ)
except environment.Wrong as wrong:
    print(f"Carrel does not start. {wrong}", file=sys.stderr)  # noqa: T201 - there is no logging before the settings
    raise SystemExit(2) from None

DATA = given.data
DEBUG = given.debug
SECRET_KEY = given.secret_key or cast("str", SimpleLazyObject(lambda: kept_key(DATA)))
URLS = given.urls
PROXIES = given.proxies
ALLOWED_HOSTS = list(given.hosts)
CSRF_TRUSTED_ORIGINS = list(given.urls)
HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = given.https
_HOST = "__Host-" if HTTPS else ""  # a cookie so called belongs to this very host, and nobody beside it can set it
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}carrel_session", f"{_HOST}carrel_csrf"
CSRF_COOKIE_HTTPONLY = True  # our scripts read the token in the page
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS speaks for this host alone: whoever keeps a library may have other things beside it
    "security.W008",  # the proxy in front has the TLS and turns people to it; on this machine itself there is none
    "security.W021",  # nobody's domain is put on a list in browsers without being asked
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "reader.apps.ReaderConfig",
    "archive.apps.KeepersConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "taggit",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "reader.headers.Headers",
    "reader.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "reader.proxies.KnownHosts",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "reader.devices.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reader.middleware.ReaderMiddleware",
]
ROOT_URLCONF = "reader.urls"
WSGI_APPLICATION = "reader.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": given.database}

AUTH_USER_MODEL = "reader.User"
AUTHENTICATION_BACKENDS = ["reader.doorkeeper.Doorkeeper"]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = mail.host, mail.port, 30
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.tls, mail.ssl
DEFAULT_FROM_EMAIL = mail.sender
MAIL = bool(mail.host)  # whether any letters are sent at all

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "reader.static_storage.HashedStorage"
    },
}
MEDIA_ROOT = DATA / "tmp"  # nothing is stored or served through it: originals have a house of their own
FILE_UPLOAD_TEMP_DIR = DATA / "tmp"
FILE_UPLOAD_HANDLERS = ["archive.admin.arriving.Arriving"]  # files are taken from keepers on one page, else thrown away
DATA_UPLOAD_MAX_NUMBER_FILES = 50_000  # the page itself says sooner that it is enough; what is not taken costs nothing
UPLOAD_LIMIT = given.upload_limit
WATCH, WATCH_MOVES = given.watch, given.watch_moves

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
OIDC = provider  # who else says who somebody is; None: nobody, and nothing is fetched from anywhere
if provider:
    INSTALLED_APPS += oidc.APPS
    MIDDLEWARE.insert(MIDDLEWARE.index("reader.middleware.ReaderMiddleware"), oidc.MIDDLEWARE)
    SOCIALACCOUNT_ADAPTER, SOCIALACCOUNT_PROVIDERS = "reader.openid.Door", oidc.providers(provider)
    SOCIALACCOUNT_STORE_TOKENS, SOCIALACCOUNT_REQUESTS_TIMEOUT = False, 10
