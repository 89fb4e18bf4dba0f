"""Works brought in a browser: with scripts and without, by keyboard, as folders, dropped, and too many of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from archive import worker
from archive.models import ImportRun, RunEntry, Work
from archive.worker import Worker
from tests.browser.conftest import PHONE
from tests.cast import enter
from tests.importing.exports import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bringing(look_in: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """The page on which a keeper brings works."""
    session = enter("keeper").cookies[settings.SESSION_COOKIE_NAME].value

    def opened(**window: object) -> Page:
        page = look_in(**window)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.goto("/admin/upload/")
        return page

    return opened


def work_off() -> None:
    Worker(pause=0, chores=()).step()


def test_files_are_brought_by_keyboard_and_the_run_keeps_itself_up_to_date(
    bringing: Callable[..., Page], tmp_path: Path
) -> None:
    page = bringing()
    expect(page.get_by_text("No worker is running")).to_be_visible()
    page.locator("#files").set_input_files([write(tmp_path, number) for number in (1, 2)])
    expect(page.locator("#chosen")).to_contain_text("2 files")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.locator("#bring").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/importrun/*/change/")
    expect(page.locator("#standing")).to_have_text("Waiting for the worker.")
    expect(page.locator("#look")).to_be_hidden()
    worker.beat()
    work_off()
    expect(page.locator("#standing")).to_have_text("Finished.")
    expect(page.locator("#lines")).to_contain_text("2 new")
    expect(page.get_by_text("Take the full report")).to_be_visible()
    assert Work.everything.count() == 2


def test_without_scripts_everything_is_there(bringing: Callable[..., Page], tmp_path: Path) -> None:
    page = bringing(size=PHONE, scripts=False)
    page.locator("#files").set_input_files([write(tmp_path, 1)])
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.get_by_text("What is so of all these works").click()
    page.get_by_label("Fandoms").fill("Night Ferry")
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url("**/importrun/*/change/")
    expect(page.get_by_text("Waiting for the worker.")).to_be_visible()
    work_off()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Finished.")).to_be_visible()
    assert Work.everything.get().ruled == {"fandoms": ["Night Ferry"]}


def test_a_folder_comes_with_the_names_of_its_folders(bringing: Callable[..., Page], tmp_path: Path) -> None:
    write(tmp_path / "mine" / "Night Ferry", 1)
    (tmp_path / "mine" / "Night Ferry" / "empty.txt").touch()
    page = bringing()
    page.locator("#folder").set_input_files(tmp_path / "mine")
    page.get_by_text("What is so of all these works").click()
    page.get_by_label("Each folder is named").check()
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url("**/importrun/*/change/")
    work_off()
    assert RunEntry.everything.get().path == "mine/Night Ferry/empty.txt"
    assert Work.everything.get().ruled == {"fandoms": ["Night Ferry"]}


def test_files_are_dropped(bringing: Callable[..., Page]) -> None:
    page = bringing()
    expect(page.get_by_text("You can also drop")).to_be_visible()
    page.evaluate(
        """() => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([""], "empty.txt"));
            for (const kind of ["dragover", "drop"])
                document.getElementById("drop").dispatchEvent(
                    new DragEvent(kind, { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("#chosen")).to_contain_text("1 file")
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url("**/importrun/*/change/")
    work_off()
    assert RunEntry.everything.get().path == "empty.txt"


def test_what_is_too_much_is_said_before_it_is_sent(
    bringing: Callable[..., Page], tmp_path: Path, settings: object
) -> None:
    settings.UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    page = bringing()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("alert")).to_have_text("Choose files or a folder first.")
    page.locator("#files").set_input_files([write(tmp_path, 1)])
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("alert")).to_contain_text("Too much at once: one upload may have 100 bytes")
    assert not ImportRun.everything.exists()
