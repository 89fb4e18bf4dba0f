"""The image and its composition: closed by default, nothing secret by default, the same two processes as anywhere."""

import re
from typing import Any

import pytest
import yaml

from tests.house.tree import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
WRITTEN = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSED: dict[str, Any] = yaml.safe_load(WRITTEN)
SERVICES: dict[str, Any] = COMPOSED["services"]


def test_without_a_profile_there_are_the_pages_and_the_worker() -> None:
    assert [name for name, service in SERVICES.items() if not service.get("profiles")] == ["web", "worker"]
    assert SERVICES["postgres"]["profiles"] == ["postgres"]
    assert SERVICES["web"]["image"] == SERVICES["worker"]["image"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_closed_and_looked_after(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert "privileged" not in service


@pytest.mark.parametrize("name", ["web", "worker"])
def test_what_is_kept_lies_in_one_volume_and_the_inbox_is_only_read(name: str) -> None:
    assert SERVICES[name]["volumes"] == ["library:/data", "./inbox:/inbox:ro"]
    assert "library" in COMPOSED["volumes"]
    assert (ROOT / "inbox").is_dir()


def test_only_the_pages_have_a_port_and_only_on_loopback() -> None:
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert not [name for name in ("worker", "postgres") if "ports" in SERVICES[name]]


def test_no_secret_has_a_default_and_no_variable_must_be_set() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", WRITTEN))
    assert "POSTGRES_PASSWORD" in defaults
    assert not [name for name, value in defaults.items() if re.search("PASSWORD|KEY|URL", name) and value]
    assert len(re.findall(r"\$\{", WRITTEN)) == len(re.findall(r"\$\{\w+:-", WRITTEN))


def test_a_database_is_waited_for_only_where_it_is_started() -> None:
    waiting = SERVICES["web"]["depends_on"]["postgres"]
    assert waiting == {"condition": "service_healthy", "required": False}


def test_every_volume_and_service_that_is_named_exists() -> None:
    for service in SERVICES.values():
        named = [volume.partition(":")[0] for volume in service["volumes"]]
        assert {name for name in named if not name.startswith(".")} <= set(COMPOSED["volumes"])
        assert set(service.get("depends_on", {})) <= set(SERVICES)


def test_the_image_takes_its_base_from_an_argument_and_runs_as_nobody_in_particular() -> None:
    assert DOCKERFILE.startswith("ARG PYTHON_IMAGE=python:3.13-slim-trixie\n")
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    user = re.search(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert int(user[1]) >= 10000
    assert "syntax=" not in DOCKERFILE
    assert "sha256" not in DOCKERFILE


def test_the_image_installs_what_is_locked_and_nothing_else() -> None:
    assert re.findall(r"\bapt\b|apt-get|curl|wget|npm", DOCKERFILE) == []
    assert "--require-hashes -r /requirements${EXTRA:+-$EXTRA}.lock" in DOCKERFILE
    assert COMPOSED["x-carrel"]["build"] == {"context": ".", "args": {"EXTRA": "${CARREL_EXTRA:-}"}}


def test_everything_the_image_copies_is_there_and_let_through() -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert copied == let_through
    assert not [name for name in copied if not (ROOT / name).exists()]
