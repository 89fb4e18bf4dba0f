"""How an import run stands at this moment, in words and figures, for its page and for the script that refreshes it."""

from typing import Any

from archive.admin.waiting import interrupted
from archive.importing import stored_report
from archive.importing.closing import duration, seconds_left
from archive.models import ImportRun

State = ImportRun.State


def standing(run: ImportRun) -> dict[str, Any]:
    """As plain data: `live` is whether to look again; `quarter` changes seldom, for those who listen to the page."""
    state = State.INTERRUPTED if interrupted(run) else State(run.state)
    lines = stored_report(run) if run.done or state not in (State.QUEUED, State.RUNNING) else []
    return {
        "state": state.value,
        "live": state in (State.QUEUED, State.RUNNING),
        "words": _words(run, state),
        "files": f"{run.done:,} of {run.total:,} {'file' if run.total == 1 else 'files'}",
        "done": run.done,
        "total": max(run.total, run.done, 1),
        "left": _left(run),
        "quarter": 4 * run.done // max(run.total, run.done, 1),
        "lines": lines,
    }


def _words(run: ImportRun, state: ImportRun.State) -> str:
    if state == State.QUEUED:
        return "Waiting for the worker."
    if state == State.RUNNING:
        return "Stopping after the works in hand." if run.stop_asked else "Under way."
    said = {State.FINISHED: "Finished", State.CANCELLED: "Cancelled; what was in by then stays"}
    words = said.get(state, "Interrupted; what was in by then stays")
    return f"{words}: {run.error}." if run.error else f"{words}."


def _left(run: ImportRun) -> str:
    seconds = seconds_left(run)
    if seconds is None:
        return ""
    return f"about {duration(seconds if seconds < 90 else 60 * round(seconds / 60))} left"
