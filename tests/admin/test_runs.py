"""Import runs, as keepers see them: how far they are, what came of them, and what can be done about it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import intake
from archive.formats import text_export
from archive.importing import import_files
from archive.importing.closing import seconds_left
from archive.models import ImportRun, SourceFile, Work
from archive.worker import Worker
from tests.admin.test_uploads import newest, sent, work_off
from tests.importing.exports import text, write

pytestmark = pytest.mark.django_db(transaction=True)


def page(run: ImportRun) -> str:
    return reverse("admin:archive_importrun_change", args=[run.pk])


def shown(client: Client, run: ImportRun) -> str:
    return " ".join(client.get(page(run)).content.decode().split())


def standing(client: Client, run: ImportRun) -> dict[str, Any]:
    answer = client.get(reverse("admin:archive_importrun_standing", args=[run.pk]))
    assert "no-store" in answer["Cache-Control"]
    told: dict[str, Any] = answer.json()
    return told


def act(client: Client, run: ImportRun, what: str) -> str:
    answer = client.post(reverse(f"admin:archive_importrun_{what}", args=[run.pk]))
    assert answer.status_code == 302
    return str(answer["Location"])


def running(**facts: object) -> ImportRun:
    now = timezone.now()
    facts = {"state": "running", "started_at": now - timedelta(minutes=1), "beat_at": now, **facts}
    return ImportRun.everything.create(**facts)


def test_a_run_under_way_says_how_far_it_is_and_how_long_it_may_take(head: Client) -> None:
    run = running(done=250, total=1000, created=240, unchanged=10)
    told = standing(head, run)
    assert (told["done"], told["total"], told["live"], told["quarter"]) == (250, 1000, True, 1)
    assert told["files"] == "250 of 1,000 files"
    assert told["left"] == "about 3 min left"
    seen = shown(head, run)
    assert '<progress id="progress" max="1000" value="250"' in seen
    assert "Look again" in seen
    assert "250 works in 1 min" in seen


def test_nothing_is_said_of_the_time_left_while_nobody_can_know() -> None:
    now = timezone.now()
    assert seconds_left(running(done=0, total=10)) is None
    assert seconds_left(running(done=10, total=10)) is None
    assert seconds_left(running(done=5, total=10, started_at=now)) is None
    assert seconds_left(running(done=5, total=10, state="finished")) is None


def test_a_run_that_has_ended_closes_in_the_words_of_the_house(head: Client, tmp_path: Path) -> None:
    write(tmp_path, 1, Rating="")
    write(tmp_path, 2, Archive_Warning="Underage Sex")
    for name in "abc":
        (tmp_path / f"{name}.txt").touch()
    (tmp_path / "page.html").write_text("<html><body>Nothing of a work</body></html>")
    (tmp_path / "cover.gif").write_bytes(b"GIF89a" + bytes(20))
    run = import_files([tmp_path], jobs=0).row
    lines = standing(head, run)["lines"]
    assert lines[0].endswith(": 1 new, 0 updated (older text kept), 0 unchanged, 1 held")
    assert lines[1:3] == ["Waiting for you: 1 held (Underage Sex)", "Not stated: rating 1 (treated as adult)."]
    assert lines[3].startswith(f"Could not read {run.refused}: the file is empty (3); ")
    assert lines[4] == "Left alone: 1 cover and metadata file"
    seen = shown(head, run)
    assert "Look again" not in seen
    assert all(line in seen for line in lines)
    held = Work.everything.get(held=True)
    assert reverse("admin:archive_work_change", args=[held.pk]) in seen
    assert reverse("admin:archive_importrun_report", args=[run.pk]) in seen


def test_what_has_failed_is_tried_again_from_where_it_lies(head: Client, tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "later.txt").touch()
    run = import_files([tmp_path], jobs=0).row
    write(tmp_path, 2, "later.txt")
    assert "Try again what has failed" in shown(head, run)
    again = ImportRun.everything.get(pk=act(head, run, "again").rstrip("/").split("/")[-2])
    assert (again.follows, again.paths, again.state, again.asked_by) == (
        run,
        [str(tmp_path / "later.txt")],
        "queued",
        "head",
    )
    assert "Try again" not in shown(head, run)
    work_off()
    again.refresh_from_db()
    assert (again.created, again.total, again.state) == (1, 1, "finished")
    assert f'href="{page(again)}"' in shown(head, run)
    assert f'href="{page(run)}"' in shown(head, again)


def test_what_has_failed_of_an_upload_is_tried_again_from_what_was_kept(head: Client) -> None:
    head.post("/admin/upload/", sent(("good.txt", text(1)), ("bad.txt", "")))
    work_off()
    run = newest()
    act(head, run, "again")
    again = newest()
    assert again.options["only"] == [2]
    work_off()
    again.refresh_from_db()
    assert (again.refused, again.unchanged, again.total) == (1, 0, 1)


def test_relative_paths_of_the_command_are_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: Client
) -> None:
    (tmp_path / "works").mkdir()
    (tmp_path / "works" / "bad.txt").touch()
    monkeypatch.chdir(tmp_path)
    run = import_files([Path("works")], jobs=0).row
    monkeypatch.chdir("/")
    again = intake.queue_again(run, by="head")
    assert again
    assert again.paths == [str(tmp_path / "works" / "bad.txt")]


def test_folders_name_fandoms_in_another_try_as_well(tmp_path: Path) -> None:
    (tmp_path / "Night Ferry").mkdir()
    bad = tmp_path / "Night Ferry" / "bad.txt"
    bad.touch()
    run = import_files([tmp_path], jobs=0, fandom_from_folder=True, rules={"language": "English"}).row
    write(bad.parent, 1, "bad.txt", Fandom="")
    intake.queue_again(run, by="head")
    work_off()
    work = Work.everything.get()
    assert (work.ruled, work.language) == ({"fandoms": ["Night Ferry"], "language": "English"}, "en")


def test_nothing_is_queued_when_nothing_is_left(head: Client, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.touch()
    run = import_files([tmp_path], jobs=0).row
    bad.unlink()
    assert act(head, run, "again") == page(run)
    assert "Nothing of it is left" in shown(head, run)
    assert ImportRun.everything.count() == 1


def test_a_run_that_was_cut_off_goes_on_with_all_of_it(head: Client, tmp_path: Path) -> None:
    write(tmp_path, 1)
    run = running(state="interrupted", paths=[str(tmp_path)], finished_at=timezone.now())
    assert "Go on with it" in shown(head, run)
    act(head, run, "again")
    work_off()
    assert newest().created == 1


def test_how_a_run_stands_is_in_the_first_columns_that_a_phone_shows(head: Client) -> None:
    page = head.get(reverse("admin:archive_importrun_changelist"))
    assert list(page.context["cl"].list_display[:2]) == ["begun", "standing"]


def test_a_run_in_the_queue_is_cancelled_and_never_begun(head: Client) -> None:
    head.post("/admin/upload/", sent(("one.txt", text(1))))
    run = newest()
    assert "Cancel it" in shown(head, run)
    act(head, run, "cancel")
    work_off()
    run.refresh_from_db()
    assert (run.state, run.created) == ("cancelled", 0)
    assert not Work.everything.exists()
    assert "Go on with it" in shown(head, run)
    act(head, run, "again")
    work_off()
    assert Work.everything.count() == 1


def test_a_run_under_way_stops_between_two_batches_and_what_is_in_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: Client
) -> None:
    monkeypatch.setattr("archive.importing.runs.BEAT", 0)
    for number in range(300):
        write(tmp_path, number)
    run = running(state="queued", paths=[str(tmp_path)])
    intake.carry_out.enqueue(run.pk)
    watch = intake.watch

    def cancel_soon(one: object) -> None:
        watch(one)  # type: ignore[arg-type]
        if Work.everything.count() >= 25:
            act(head, run, "cancel")

    monkeypatch.setattr(intake, "watch", cancel_soon)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.error) == ("cancelled", "")
    assert 25 <= run.created == Work.everything.count() < 300
    assert "Cancelled; what was in by then stays." in shown(head, run)


def test_a_keeper_who_may_only_look_is_offered_nothing_and_may_do_nothing(keeper: Callable[..., Client]) -> None:
    client = keeper("view_importrun")
    run = running()
    assert "Cancel it" not in shown(client, run)
    for what in ("cancel", "again"):
        assert client.post(reverse(f"admin:archive_importrun_{what}", args=[run.pk])).status_code == 403
    run.refresh_from_db()
    assert not run.stop_asked


@pytest.mark.parametrize("what", ["cancel", "again"])
def test_looking_at_what_changes_things_changes_nothing(what: str, head: Client) -> None:
    run = running()
    assert head.get(reverse(f"admin:archive_importrun_{what}", args=[run.pk])).status_code == 405


def test_a_run_that_is_not_there_is_not_found(head: Client) -> None:
    for what in ("standing", "report"):
        assert head.get(reverse(f"admin:archive_importrun_{what}", args=[77])).status_code == 404
    assert head.get("/admin/archive/importrun/nothing/change/").status_code == 302


def test_the_desk_says_what_could_be_read_better_and_a_button_queues_it(head: Client, tmp_path: Path) -> None:
    write(tmp_path, 1)
    import_files([tmp_path], jobs=0)
    desk, asked = "/admin/", "/admin/reread/"
    assert asked not in head.get(desk).content.decode()
    SourceFile.everything.update(format_version=text_export.FORMAT.version - 1)
    assert f'<a href="{asked}"><b>1</b> work could be read better now</a>' in head.get(desk).content.decode()
    assert "1</b> work was read by older readers" in head.get(asked).content.decode()
    assert not ImportRun.everything.filter(way="reread").exists()
    assert head.post(asked).status_code == 302
    work_off()
    run = newest()
    assert (run.way, run.state, run.unchanged) == ("reread", "finished", 1)
    [line] = standing(head, run)["lines"]
    assert line.startswith("1 work read again in ")
    assert line.endswith(": 0 say something better or otherwise now, 1 as before")
    assert asked not in head.get(desk).content.decode()


def test_rereading_asks_for_powers(keeper: Callable[..., Client]) -> None:
    assert keeper("view_work").post("/admin/reread/").status_code == 403
    assert not ImportRun.everything.exists()


def test_a_worker_that_is_told_to_end_leaves_the_import_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.importing.runs.BEAT", 0)
    for number in range(300):
        write(tmp_path, number)
    run = running(state="queued", paths=[str(tmp_path)])
    intake.carry_out.enqueue(run.pk)
    working, watch = Worker(pause=0, chores=()), intake.watch

    def stop_soon(one: object) -> None:
        if Work.everything.count() >= 25:
            working.stop()
        watch(one)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(intake, "watch", stop_soon)
        working.step()
    run.refresh_from_db()
    assert run.state == "interrupted"
    assert Work.everything.count() < 300
    work_off()
    after = newest()
    assert (after.follows, after.state, after.created + after.unchanged) == (run, "finished", 300)
    assert Work.everything.count() == 300


def test_a_rereading_that_was_cut_off_goes_on_once_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, 1)
    import_files([tmp_path], jobs=0)
    cut = running(state="interrupted", way="reread", options={"format": "text-export"}, finished_at=timezone.now())
    for _ in range(3):
        intake.carry_out.call(cut.pk)
    [after] = cut.followed_by.all()
    assert (after.state, after.way, after.unchanged) == ("finished", "reread", 1)
    assert (after.options["resumed"], after.options["format"]) == (True, "text-export")


def test_a_run_that_is_over_is_not_begun_again_by_its_task(tmp_path: Path) -> None:
    for state in ("finished", "cancelled"):
        over = running(state=state, paths=[str(tmp_path)], finished_at=timezone.now())
        intake.carry_out.call(over.pk)
    intake.carry_out.call(over.pk + 1000)
    assert ImportRun.everything.count() == 2
