"""Splicing: what was read of a few works put in the place of what was known of them, without reading the others."""

import numpy as np

from archive.index.arrays import Array
from archive.index.graph import Graph, graph
from archive.index.reading import Rows


def spliced(before: Rows, gone: Array, read: Rows) -> Rows:
    """The rows without the works `gone` (ids), and with those that were read: none of them may still be there."""
    ids = before.numbers["id"]
    kept = np.flatnonzero(~np.isin(ids, gone))
    order = np.argsort(np.concatenate([ids[kept], read.numbers["id"]]), kind="stable")
    numbers = {name: np.concatenate([before.numbers[name][kept], read.numbers[name]])[order] for name in read.numbers}
    words = {name: _reordered([before.words[name][at] for at in kept], read.words[name], order) for name in read.words}
    taggings, bylines, entries = (
        np.concatenate([old[~np.isin(old[:, 0], gone)], new])
        for old, new in (
            (before.taggings, read.taggings),
            (before.bylines, read.bylines),
            (before.entries, read.entries),
        )
    )
    return Rows(numbers, words, taggings, bylines, entries)


def _reordered(kept: list[str], read: list[str], order: Array) -> list[str]:
    together = kept + read
    return [together[at] for at in order.tolist()]


def extended(known: Graph, tags: Array) -> Graph:
    """What is known of some tags, and of these too (ascending); only those that are missing are looked up."""
    missing = np.setdiff1d(tags, known.tags, assume_unique=True)
    return _joined(known, graph(missing, whole=False)) if len(missing) else known


def _joined(one: Graph, other: Graph) -> Graph:
    """Two graphs of different tags as one."""
    tags = np.concatenate([one.tags, other.tags])
    order = np.argsort(tags)
    at = np.empty(len(tags), np.int64)
    at[order] = np.arange(len(tags))
    return Graph(
        tags[order],
        np.concatenate([one.kinds, other.kinds])[order],
        at[np.concatenate([one.places, other.places + len(one.tags)])],
        np.concatenate([one.heads, other.heads])[order],
        np.concatenate([one.folded, other.folded]),
    )
