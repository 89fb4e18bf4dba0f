"""Overlay: what import rules imply and keepers say, laid over what files state. Keeper beats rule beats file.

Both are plain data by field, in the words of the export: `title`, `authors`, `rating`, `warnings`, `categories`,
`fandoms`, `relationships`, `characters`, `freeforms`, `language`, `published`, `updated`, `complete`,
`chapters_planned`, `restricted`, `summary`, `notes`, `end_notes`, `source_url`. What keepers say has one more entry,
`overruled`: the rating, warnings and restriction that stood when the keeper spoke.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from archive.merging import Facts, read_ratings
from archive.vocabulary import ArchiveWarning, Rating, rating_of, strictest, warnings_of

LISTS = ("authors", "warnings", "categories", "fandoms", "relationships", "characters", "freeforms")
_DATES = ("published", "updated")
_FIELDS = {field.name for field in fields(Facts)}


def overlaid(facts: Facts, ruled: Mapping[str, Any], kept: Mapping[str, Any]) -> Facts:
    """The facts as the shelf shows them."""
    by_rule = with_rules(facts, ruled)
    return _with_keeper(by_rule, kept) if kept else by_rule


def with_rules(facts: Facts, ruled: Mapping[str, Any]) -> Facts:
    """The facts with what rules imply. A rule may fill in a rating or a warning, or make it stricter, never weaker."""
    if not ruled:
        return facts
    changed = _changes(ruled)
    if "ratings" in changed and facts.rating != Rating.NOT_STATED:
        rule = read_ratings(changed["ratings"])
        if strictest([facts.rating, rule]) == facts.rating:
            del changed["ratings"]
    if "warnings" in changed and facts.warning_bits != ArchiveWarning.NOT_STATED:
        changed["warnings"] = tuple(dict.fromkeys((*facts.warnings, *changed["warnings"])))
    return replace(facts, **changed)


def overruled(facts: Facts, ruled: Mapping[str, Any]) -> dict[str, int]:
    """What a keeper overrules at this moment: to be kept under `overruled` beside what they say."""
    by_rule = with_rules(facts, ruled)
    return {
        "rating": int(by_rule.rating),
        "warnings": int(by_rule.warning_bits),
        "restricted": int(by_rule.restricted),
    }


def _with_keeper(facts: Facts, kept: Mapping[str, Any]) -> Facts:
    """The keeper's word, but for a stricter rating or a further warning that came after it: those apply at once."""
    changed = _changes(kept)
    before = kept.get("overruled", overruled(facts, {}))
    attention: list[str] = []
    if "ratings" in changed and _rises(facts.rating, Rating(before["rating"]), read_ratings(changed["ratings"])):
        attention.append(f"a newer file rates it {', '.join(facts.ratings)}, stricter than the keeper's rating")
        del changed["ratings"]
    if "warnings" in changed:
        said = warnings_of(changed["warnings"])
        new = facts.warning_bits & ArchiveWarning.STATED & ~ArchiveWarning(before["warnings"]) & ~said
        if new:
            words = [stated for stated in facts.warnings if warnings_of([stated]) & new]
            changed["warnings"] = (*changed["warnings"], *words)
            attention.append(f"a newer file warns of {', '.join(words)}")
    if facts.restricted and not changed.get("restricted", True) and not before.get("restricted", 1):
        attention.append("a newer file restricts it to registered users")
        del changed["restricted"]
    reason = "; ".join(attention)
    return replace(facts, **changed, attention=reason[:1].upper() + reason[1:])


def _rises(now: Rating, before: Rating, said: Rating) -> bool:
    """Whether the files now state something stricter than what the keeper overruled, and than what they said."""
    if now in (before, Rating.NOT_STATED) or now.level <= said.level:
        return False
    return before > Rating.EXPLICIT or now.level > before.level


def _changes(said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of plain data as fields of facts; names that are not facts are passed over."""
    changed: dict[str, Any] = {}
    for name, value in said.items():
        if name == "rating":
            changed["ratings"] = (value,) if value and rating_of(value) != Rating.NOT_STATED else ()
        elif name in LISTS:
            changed[name] = tuple(value)
        elif name in _DATES:
            changed[name] = date.fromisoformat(value) if value else None
        elif name in _FIELDS and name not in ("chapters", "series", "extra", "sha256", "format", "attention"):
            changed[name] = value
    return changed
