"""Signing in elsewhere is there only where a keeper sets it up; what is missing or not meant is said in a line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.vocabulary import Rating
from reader import oidc
from reader.environment import Wrong
from tests.house.tree import ROOT

SET = {
    "CARREL_OIDC_ISSUER": "https://id.example.org/realms/house/",
    "CARREL_OIDC_CLIENT_ID": "carrel",
    "CARREL_OIDC_SECRET": "sesame",
    "CARREL_OIDC_MEMBERS": "readers, keepers",
}
THERE = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1:]))  # as if they were not installed
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "reader.settings"
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver
call_command("check")
routes = [str(one.pattern) for one in get_resolver().url_patterns if "elsewhere" in str(one.pattern)]
named = [name for name in (*settings.INSTALLED_APPS, *settings.MIDDLEWARE) if "allauth" in name]
loaded = sorted(name for name in ("allauth", "requests", "jwt", "cryptography") if sys.modules.get(name))
print(routes, named, loaded)
"""


def house(folder: Path, *blocked: str, **given: str) -> subprocess.CompletedProcess[str]:
    """What is there in a house that is set up so, where these packages are not installed."""
    return subprocess.run(
        [sys.executable, "-c", THERE, *blocked],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CARREL_DATA": str(folder), **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_nothing_is_set_there_is_no_address_no_application_and_no_package(tmp_path: Path) -> None:
    done = house(tmp_path, "allauth", "requests", "jwt", "cryptography", "oauthlib")
    assert done.stderr == ""
    assert done.stdout.endswith("(0 silenced).\n[] [] []\n")


def test_where_it_is_set_up_there_are_three_addresses_and_none_of_allauths(tmp_path: Path) -> None:
    done = house(tmp_path, **SET)
    assert done.stderr == ""
    routes = "['login/elsewhere/', 'login/elsewhere/back/', 'account/elsewhere/']"
    assert done.stdout.startswith("System check identified no issues (0 silenced).\n" + routes)
    assert "'allauth.account.middleware.AccountMiddleware'" in done.stdout


def test_without_its_packages_it_is_said_which_are_missing(tmp_path: Path) -> None:
    done = house(tmp_path, "allauth", **SET)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "the extra sso brings is not installed" in done.stderr
    assert "allauth" in done.stderr


def test_what_is_set_means_what_it_says(tmp_path: Path) -> None:
    assert oidc.read({"CARREL_OIDC_ISSUER": " ", "CARREL_URL": "https://books.example.org"}) is None
    (tmp_path / "secret").write_text("from a file\n")
    given = {**SET, "CARREL_OIDC_SECRET": "", "CARREL_OIDC_SECRET_FILE": str(tmp_path / "secret")}
    read = oidc.read({**given, "CARREL_OIDC_CEILINGS": "cn=teens=Teen, kids = general", "CARREL_OIDC_SCOPES": "groups"})
    assert read is not None
    assert (read.issuer, read.name, read.secret) == (
        "https://id.example.org/realms/house",
        "id.example.org",
        "from a file",
    )
    assert (read.members, read.keepers, read.claim) == ({"readers", "keepers"}, frozenset(), "groups")
    assert read.scopes == ("openid", "groups")
    assert read.ceilings == {"cn=teens": Rating.TEEN, "kids": Rating.GENERAL}
    everybody = oidc.read({**SET, "CARREL_OIDC_MEMBERS": "*"})
    assert everybody is not None
    assert everybody.members == frozenset()


@pytest.mark.parametrize("name", SET)
def test_what_has_no_default_must_be_set(name: str) -> None:
    with pytest.raises(Wrong) as told:
        oidc.read({**SET, name: ""})
    assert str(told.value).startswith(f"{name} is not set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CARREL_OIDC_ISSUER", "http://id.example.org"),
        ("CARREL_OIDC_ISSUER", "id.example.org"),
        ("CARREL_OIDC_ISSUER", "https://"),
        ("CARREL_OIDC_ISSUER", "https://name:word@id.example.org"),
        ("CARREL_OIDC_ISSUER", "https://id.example.org:port"),
        ("CARREL_OIDC_ISSUER", "https://id.example.org?x=y"),
        ("CARREL_OIDC_CEILINGS", "teens"),
        ("CARREL_OIDC_CEILINGS", "teens=young"),
        ("CARREL_OIDC_CEILINGS", "=teen"),
        ("CARREL_OIDC_CEILINGS", "adults=not_rated"),
        ("CARREL_OIDC_MEMBERS", ","),
        ("CARREL_OIDC_SECRET_FILE", "/nowhere/secret"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(Wrong) as told:
        oidc.read({**SET, name: value})
    assert str(told.value).startswith(name.removesuffix("_FILE"))
    assert "\n" not in str(told.value)
    assert "sesame" not in str(told.value)
