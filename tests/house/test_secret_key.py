"""The secret key is made once, however many processes start at the same moment."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.secret import kept_key

ROOT = Path(__file__).resolve().parents[2]


def test_a_key_is_kept_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = kept_key(tmp_path)
    assert len(key) >= 50
    assert kept_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_end_with_the_same_key(tmp_path: Path) -> None:
    program = f"from pathlib import Path; from reader.secret import kept_key; print(kept_key(Path({str(tmp_path)!r})))"
    with ThreadPoolExecutor(6) as pool:
        keys = list(
            pool.map(lambda _: subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True), range(6))
        )
    assert len(set(keys)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_the_loser_reads_what_the_first_has_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret-key").write_text("the first one's")
    exists = iter([False])
    monkeypatch.setattr(Path, "exists", lambda self: next(exists))
    assert kept_key(tmp_path) == "the first one's"


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(RuntimeError, match="secret-key"):
        kept_key(tmp_path)
