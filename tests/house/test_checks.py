"""The system check says what is wrong with the house before anything fails in the middle."""

from types import SimpleNamespace

import pytest

from archive import checks


def test_a_sound_house_has_nothing_to_say(db: None) -> None:
    assert not checks.postgres_version(databases=["default"])


@pytest.mark.parametrize(("version", "errors"), [(140012, ["carrel.E001"]), (150004, []), (170000, [])])
def test_an_old_postgres_is_an_error(monkeypatch: pytest.MonkeyPatch, version: int, errors: list[str]) -> None:
    monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(pg_version=version)})
    assert [error.id for error in checks.postgres_version(databases=["default"])] == errors


def test_without_a_database_in_question_none_is_asked() -> None:
    assert not checks.postgres_version()
