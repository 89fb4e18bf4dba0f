"""What a header states, as the fields of a work; what no field can take is kept as it stands."""

import re
from typing import Any
from urllib.parse import urlsplit

from archive.formats import values
from archive.formats.addresses import id_in
from archive.formats.header import Entry, Header

AO3 = "archiveofourown.org"
_AO3_NAMES = {"archive of our own", "ao3", "archiveofourown", "archiveofourown.org", "an archive of our own"}
_WORK = re.compile(r"/works/(\d{1,12})(?:[/?#]|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20]{3,490}", re.IGNORECASE)
_SITE = re.compile(r"[\w.'-]+(?: [\w.'-]+){0,3}")
_ID = re.compile(r"#?0*(\d{1,12})(?:\.0)?")

_COMPLETE = {"completed", "complete", "finished", "done", "yes", "true", "已完结", "完结"}
_IN_PROGRESS = {
    "in progress", "in-progress", "work in progress", "wip", "ongoing", "on going", "incomplete", "unfinished",
    "updating", "not complete", "hiatus", "on hiatus", "abandoned", "no", "false", "连载中", "连载",
}  # fmt: skip
_LONGEST_ID = 150
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
        if self._site or not _SITE.fullmatch(words):
            return False
        self._site = AO3 if words.casefold() in _AO3_NAMES else words.casefold().removeprefix("www.")
        return True

    def _take_url(self, value: str) -> bool:
        address = values.line(value)
        if self._address or not _ADDRESS.fullmatch(address) or not _host(address):
            return False
        self._address = address
        return True

    def _settle_source(self) -> None:
        """A work id is one of the Archive of Our Own, unless another label names another source."""
        host = _host(self._address)
        site = host or self._site or (AO3 if self._work_id else "")
        number = _ID.fullmatch(self._work_id)
        source_id = number[1] if number else ""
        if site == AO3:
            source_id = source_id or _first(_WORK, self._address)
            address = f"https://{AO3}/works/{source_id}" if source_id else ""
        else:
            source_id = source_id or self._work_id or id_in(self._address)
            address = self._address
        if self._work_id and not source_id:
            self._keep(Entry("Work ID", "", self._work_id))
        if self._address and not address:
            self._keep(Entry("URL", "", self._address))
        if site and 0 < len(source_id) <= _LONGEST_ID:
            self.fields |= {"source": site[:100], "source_id": source_id, "source_url": address}
        elif site and (self._site or address):
            self.fields |= {"source_url": address}

    def _settle_completion(self) -> None:
        """Without a word on it, the chapters decide: all that are planned are posted, or not; of `?` there are more."""
        posted, planned = self.fields.get("chapters_posted"), self.fields.get("chapters_planned")
        if "complete" in self.fields or posted is None:
            return
        if planned is not None or self._open_ended:
            self.fields["complete"] = planned is not None and posted >= planned


def _host(address: str) -> str:
    """The name of the site an address leads to, in its shortest spelling."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.") if "." in host else ""


def _first(pattern: re.Pattern[str], address: str) -> str:
    found = pattern.search(address)
    return found[1] if found else ""
