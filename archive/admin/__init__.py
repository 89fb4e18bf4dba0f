"""The keepers' pages: a room for each subject, below /admin/. Django finds them here by itself."""

from archive.admin import auditing, chapters, duplicates, people, policy, queues, runs, stones, tags, works

__all__ = ["auditing", "chapters", "duplicates", "people", "policy", "queues", "runs", "stones", "tags", "works"]
