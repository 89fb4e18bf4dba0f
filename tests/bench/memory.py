"""Memory of this process that no other shares."""

from pathlib import Path


def private_mb() -> float:
    """What this process has written, in megabytes; 0 where the system does not say.

    Pages of a snapshot that it has only read belong to the file, and are shared by all who read it.
    """
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return 0
    lines = [line.split() for line in rollup.read_text().splitlines() if line.startswith("Private_Dirty")]
    return round(sum(int(line[1]) for line in lines) / 1024, 1)
