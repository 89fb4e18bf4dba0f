"""What a header states, as the fields of a work; what no field can take is kept as it stands."""

from dataclasses import asdict
from typing import Any

from archive.formats import homes, values
from archive.formats.texts.header import Entry, Header

_COMPLETE = {"completed", "complete", "finished", "done", "yes", "true", "已完结", "完结"}
_IN_PROGRESS = {
    "in progress", "in-progress", "work in progress", "wip", "ongoing", "on going", "incomplete", "unfinished",
    "updating", "not complete", "hiatus", "on hiatus", "abandoned", "no", "false", "连载中", "连载",
}  # fmt: skip
_LISTS = ("authors", "ratings", "warnings", "categories", "fandoms", "relationships", "characters", "freeforms")


class Statement:
    """Reads entries into the fields of a `ParsedWork`, and keeps the rest in `extra`."""

    def __init__(self, header: Header) -> None:
        self.fields: dict[str, Any] = {}
        self.extra: dict[str, str] = {}
        self.sections: dict[str, list[str]] = {}
        self._lists: dict[str, dict[Any, None]] = {}
        self._others: dict[str, dict[str, None]] = {}
        self._work_id = ""
        self._open_ended = False
        self._site = ""
        self._address = ""
        for entry in header.entries:
            if not self._take(entry):
                self._keep(entry)
        self._settle_source()
        self._settle_completion()
        self.fields |= {name: tuple(found) for name, found in self._lists.items()}
        self.extra = {label: "; ".join(found) for label, found in self._others.items()}

    def title_or(self, name: str) -> str:
        """The title; of a work without one its id, else the name that is given, such as that of its file."""
        if title := self.fields.get("title"):
            return str(title)
        return f"Work {self.fields['source_id']}" if "source_id" in self.fields else name or "Untitled"

    def _take(self, entry: Entry) -> bool:
        """Whether the entry has found its field."""
        name, value = entry.field, entry.value
        if name in {"summary", "notes", "end_notes"}:
            if values.stated(value):
                self.sections.setdefault(name, []).append(value)
            return True
        if not name:
            return False
        if not values.stated(value) and name != "title":
            return True
        if name in _LISTS:
            self._lists.setdefault(name, {}).update(dict.fromkeys(values.names(value)))
            return True
        taken: bool = getattr(self, f"_take_{name}")(value)
        return taken

    def _keep(self, entry: Entry) -> None:
        if value := values.line(entry.value):
            self._others.setdefault(values.line(entry.label), {})[value] = None

    def _once(self, name: str, value: Any) -> bool:
        """The first statement of a field stands; a second one is kept beside it."""
        if value is None or value == "":
            return False
        if name in self.fields:
            return bool(self.fields[name] == value)
        self.fields[name] = value
        return True

    def _take_title(self, value: str) -> bool:
        return not value or self._once("title", values.line(value))

    def _take_language(self, value: str) -> bool:
        return self._once("language", values.line(value))

    def _take_series(self, value: str) -> bool:
        self._lists.setdefault("series", {}).update(dict.fromkeys(values.series(value)))
        return True

    def _take_published(self, value: str) -> bool:
        return self._once("published", values.day(value))

    def _take_updated(self, value: str) -> bool:
        return self._once("updated", values.day(value))

    def _take_completed(self, value: str) -> bool:
        if day := values.day(value):
            self.fields.setdefault("updated", day)
            return self._once("complete", True)
        return self._take_status(value)

    def _take_status(self, value: str) -> bool:
        words = values.line(value).casefold()
        complete = True if words in _COMPLETE else False if words in _IN_PROGRESS else None
        return self._once("complete", complete)

    def _take_words(self, value: str) -> bool:
        return self._once("words", values.number(value))

    def _take_kudos(self, value: str) -> bool:
        return self._once("kudos", values.number(value))

    def _take_hits(self, value: str) -> bool:
        return self._once("hits", values.number(value))

    def _take_bookmarks(self, value: str) -> bool:
        return self._once("bookmarks", values.number(value))

    def _take_comments(self, value: str) -> bool:
        return self._once("comments", values.number(value))

    def _take_chapters(self, value: str) -> bool:
        posted, planned = values.chapters(value)
        if posted is None or "chapters_posted" in self.fields:
            return False
        self.fields["chapters_posted"], self.fields["chapters_planned"] = posted, planned
        self._open_ended = "?" in value
        return True

    def _take_work_id(self, value: str) -> bool:
        if self._work_id:
            return False
        self._work_id = values.line(value)
        return True

    def _take_site(self, value: str) -> bool:
        words = values.line(value)
        if words.lower().startswith(("http://", "https://")):
            return self._take_url(words)
        if self._site or not (site := homes.site_of(words)):
            return False
        self._site = site
        return True

    def _take_url(self, value: str) -> bool:
        address = values.line(value)
        if self._address or not homes.is_address(address):
            return False
        self._address = address
        return True

    def _settle_source(self) -> None:
        """A work id is one of the Archive of Our Own, unless another label names another source."""
        home = homes.home(address=self._address, site=self._site, work_id=self._work_id)
        if self._work_id and not home.source_id:
            self._keep(Entry("Work ID", "", self._work_id))
        if self._address and not home.source_url:
            self._keep(Entry("URL", "", self._address))
        self.fields |= {name: value for name, value in asdict(home).items() if value}

    def _settle_completion(self) -> None:
        """Without a word on it, the chapters decide: all that are planned are posted, or not; of `?` there are more."""
        posted, planned = self.fields.get("chapters_posted"), self.fields.get("chapters_planned")
        if "complete" in self.fields or posted is None:
            return
        if planned is not None or self._open_ended:
            self.fields["complete"] = planned is not None and posted >= planned
