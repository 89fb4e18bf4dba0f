"""Pictures come in with their works, are kept once each, and go out and in again with the export."""

import json
import os
import zlib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from lxml import html

from archive import clean, exporting, importing, keeping, originals, pictures
from archive.formats.pictures import picture_of
from archive.models import Picture, SourceFile, Text, VersionChapter
from archive.parsed import ParsedChapter, ParsedPicture
from archive.preparing import illustrated
from archive.statements import load
from tests.cast import enter
from tests.shelving import bring, parsed, shelve
from tests.test_exporting import again

pytestmark = pytest.mark.django_db


def drawing(name: str) -> ParsedPicture:
    found = picture_of(b"GIF89a\x40\x01\xf0\0\0\0\0" + name.encode())
    assert found
    return found


def body(*shown: ParsedPicture, words: str = "The lamp was lit.") -> str:
    images = "".join(f'<img src="{one.sha256}" alt="A lamp">' for one in shown)
    return clean.html(f"<p>{words}</p><p>{images}</p>", pictures={one.sha256: one for one in shown})


def test_only_the_pictures_that_a_text_shows_are_brought() -> None:
    shown, unshown = drawing("shown"), drawing("a cover")
    work = parsed(body=body(shown), pictures=(shown, unshown, shown))
    assert illustrated(work).pictures == (shown,)
    noted = parsed(summary=body(unshown), pictures=(shown, unshown))
    assert illustrated(noted).pictures == (unshown,)


def test_a_picture_stands_in_the_page_with_its_size_and_its_address() -> None:
    lamp = drawing("lamp")
    pk = shelve(body=body(lamp), notes=body(lamp), pictures=(lamp,))
    client = enter("stranger")
    tree = html.document_fromstring(client.get(reverse("work", args=[pk])).content)
    [note, image] = tree.xpath("//main//img")
    assert image.get("src") == note.get("src") == reverse("picture", args=[pk, lamp.sha256])
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A lamp", "320", "240")
    assert client.get(image.get("src")).content == lamp.data


def test_two_works_with_one_picture_keep_it_once() -> None:
    lamp = drawing("lamp in two works")
    works = [shelve(title=title, body=body(lamp), pictures=(lamp,)) for title in ("One", "Two")]
    assert sorted(Picture.everything.values_list("work_id", flat=True)) == sorted(works)
    assert len([path for path in pictures.folder().rglob("*") if path.name.startswith(lamp.sha256)]) == 1
    assert pictures.read(lamp.sha256) == lamp.data


def test_the_pictures_of_an_older_version_stay_with_the_work() -> None:
    home = {"source": "archiveofourown.org", "source_id": "31"}
    old, new = drawing("old"), drawing("new")
    pk = shelve(**home, body=body(old), pictures=(old,))
    both = (ParsedChapter(1, body(new)), ParsedChapter(2, "<p>More.</p>"))
    assert [told.work for told in bring(parsed(**home, chapters=both, pictures=(new,)))] == [pk]
    assert set(Picture.everything.values_list("sha256", flat=True)) == {old.sha256, new.sha256}
    [older] = VersionChapter.everything.select_related("text")
    assert old.sha256 in zlib.decompress(older.text.body).decode()


def test_a_work_that_is_settled_anew_keeps_its_pictures_without_their_bytes() -> None:
    lamp = drawing("settled")
    pk = shelve(body=body(lamp), pictures=(lamp,))
    [stated] = load(SourceFile.everything.get().stated).pictures
    assert (stated.sha256, stated.media_type, stated.size) == (lamp.sha256, "image/gif", len(lamp.data))
    before = list(Picture.everything.values())
    keeping.say(pk, {"title": "Another"})
    importing.settle([pk])
    assert list(Picture.everything.values()) == before


def test_pictures_that_no_work_shows_are_swept_after_a_day() -> None:
    kept, left = drawing("kept"), drawing("left")
    pk = shelve(body=body(kept), pictures=(kept,))
    shelve(title="Gone", body=body(left), pictures=(left,))
    Picture.everything.exclude(work=pk).delete()
    assert pictures.sweep() == 0
    for path in pictures.folder().rglob("*"):
        os.utime(path, (0, 0))
    assert pictures.sweep() >= 1
    assert pictures.read(kept.sha256) == kept.data
    with pytest.raises(FileNotFoundError):
        pictures.read(left.sha256)


def test_a_picture_whose_file_is_lost_is_not_found_and_not_exported() -> None:
    lamp = drawing("lost")
    pk = shelve(body=body(lamp), pictures=(lamp,))
    next(pictures.folder().rglob(lamp.sha256)).unlink()
    assert enter("stranger").get(reverse("picture", args=[pk, lamp.sha256])).status_code == 404
    assert "pictures" not in next(exporting.works())


def test_an_export_takes_the_pictures_along(tmp_path: Path) -> None:
    lamp, ship = drawing("exported"), drawing("exported, too")
    pk = shelve(body=body(lamp, ship), pictures=(lamp, ship))
    shelve(title="Without any")
    first = "".join(exporting.lines())
    for path in pictures.folder().rglob("*"):
        if path.name in (lamp.sha256, ship.sha256):
            path.unlink()
    file = tmp_path / "before.jsonl"
    file.write_text(first)
    Picture.everything.all().delete()
    call_command("import_works", file, jobs=0, verbosity=0)
    assert pictures.read(lamp.sha256) == lamp.data
    before, after = again(tmp_path)
    assert before == after == first
    assert [len(json.loads(line).get("pictures", ())) for line in after.splitlines()] == [2, 0]
    assert enter("stranger").get(reverse("picture", args=[pk, ship.sha256])).content == ship.data


def test_a_dry_run_keeps_no_picture(tmp_path: Path) -> None:
    lamp = drawing("dry")
    shelve(body=body(lamp), pictures=(lamp,))
    file = tmp_path / "library.jsonl"
    file.write_text("".join(exporting.lines()).replace("quillfeather", "somebody else"))
    next(pictures.folder().rglob(lamp.sha256)).unlink()
    call_command("import_works", file, jobs=0, verbosity=0, dry_run=True)
    assert not [path for path in pictures.folder().rglob("*") if path.is_file() and lamp.sha256[:2] == path.parent.name]
    assert Text.everything.count() == 1
    assert originals.folder().parent == pictures.folder().parent
