"""What keepers do on their pages of works: saying, deciding, finding, taking away. A GET changes nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import changes, keeping
from archive.models import ImportRun, Tombstone, Work
from archive.vocabulary import ArchiveWarning, Category, Rating
from tests.shelving import shelve

pytestmark = pytest.mark.django_db

HOME = {"source": "archiveofourown.org", "source_id": "2000101"}


def room(name: str) -> str:
    return reverse(f"admin:archive_{name}_changelist")


def answers(client: Client, pk: int) -> dict[str, Any]:
    """The form of a work as a browser would send it back unchanged."""
    form = client.get(reverse("admin:archive_work_change", args=[pk])).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value not in (None, [], "")}


def save(client: Client, pk: int, **changed: Any) -> Work:
    answer = client.post(reverse("admin:archive_work_change", args=[pk]), {**answers(client, pk), **changed})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    work: Work = Work.everything.get(pk=pk)
    return work


def act(client: Client, queue: str, action: str, *pks: int, **more: Any) -> Any:
    return client.post(room(queue), {"action": action, "_selected_action": pks, **more}, follow=True)


def test_saving_a_form_unchanged_says_nothing(head: Client) -> None:
    pk = shelve(
        **HOME, fandoms=("A Fandom",), freeforms=("Storms", "Fluff"), categories=("Gen",), summary="<p>Words.</p>"
    )
    before = changes.latest()
    assert save(head, pk).kept == {}
    assert changes.latest() == before


def test_only_what_was_changed_becomes_the_keepers_word(head: Client) -> None:
    pk = shelve(freeforms=("Storms",), ratings=("Explicit",))
    work = save(head, pk, rating=str(Rating.TEEN.value), freeforms="Storms\nHarbours\n\nStorms")
    assert {name: work.kept[name] for name in work.kept if name != "overruled"} == {
        "rating": "Teen And Up Audiences",
        "freeforms": ["Storms", "Harbours"],
    }
    assert work.rating == Rating.TEEN
    assert list(work.taggings.order_by("position").values_list("spelling", flat=True)) == ["Storms", "Harbours"]


def test_warnings_and_categories_are_ticked(head: Client) -> None:
    pk = shelve(warnings=("Swearing",))
    ticked = [ArchiveWarning.DEATH.value, ArchiveWarning.OTHER.value]
    work = save(head, pk, warnings=ticked, categories=[Category.FF.value, Category.GEN.value], complete="true")
    assert work.warnings == ArchiveWarning.DEATH | ArchiveWarning.OTHER
    assert "Swearing" in work.warnings_stated
    assert work.categories == Category.FF | Category.GEN
    assert work.complete is True


def test_none_apply_cannot_stand_beside_a_warning(head: Client) -> None:
    pk = shelve()
    ticked = [ArchiveWarning.NONE_APPLY.value, ArchiveWarning.DEATH.value]
    answer = head.post(reverse("admin:archive_work_change", args=[pk]), {**answers(head, pk), "warnings": ticked})
    assert "cannot also say that no warnings apply" in answer.content.decode()


def test_a_keepers_summary_is_cleaned(head: Client) -> None:
    work = save(head, shelve(), summary="<p onclick='x()'>Calm <script>alert(1)</script>words</p>")
    assert work.summary == "<p>Calm words</p>"


def test_a_rating_can_be_made_not_stated(head: Client) -> None:
    work = save(head, shelve(ratings=("Explicit",)), rating=str(Rating.NOT_STATED.value))
    assert work.rating == Rating.NOT_STATED


def test_a_word_is_taken_back(head: Client) -> None:
    pk = shelve(ratings=("Explicit",))
    keeping.say(pk, {"rating": "Mature", "title": "Mine"})
    work = save(head, pk, forget=["rating"])
    assert work.rating == Rating.EXPLICIT
    assert work.title == "Mine"


def test_deleting_a_work_asks_first_and_bins(head: Client) -> None:
    pk = shelve()
    address = reverse("admin:archive_work_delete", args=[pk])
    assert head.get(address).status_code == 200
    assert Work.everything.get().binned_at is None
    assert head.post(address, {"confirmed": "yes"}).status_code == 302
    assert Work.everything.get().binned_at is not None


def test_no_page_can_be_asked_to_delete_rows_of_works(head: Client) -> None:
    pk = shelve()
    for name in ("work", "heldwork", "binnedwork", "puzzlingwork", "chapter", "tag"):
        act(head, name, "delete_selected", pk, post="yes")
        head.post(reverse(f"admin:archive_{name}_delete", args=[pk]), {"post": "yes"})
    assert Work.everything.filter(pk=pk).exists()


def test_held_works_are_released_after_a_question(head: Client) -> None:
    pk = shelve(warnings=("Underage Sex",))
    asked = act(head, "heldwork", "release", pk)
    assert "Release these works?" in asked.content.decode()
    assert Work.everything.get().held
    assert "1 released" in act(head, "heldwork", "release", pk, confirmed="yes").content.decode()
    assert not Work.everything.get().held


def test_a_held_work_is_decided_upon_where_it_is_looked_at(head: Client) -> None:
    pk = shelve(**HOME, warnings=("Underage Sex",))
    page = head.get(reverse("admin:archive_heldwork_change", args=[pk])).content.decode()
    assert f'action="{room("heldwork")}"' in page
    assert 'name="action" value="release"' in page


def test_a_keeper_who_may_only_look_is_offered_no_decision(keeper: Any) -> None:
    pk = shelve(**HOME, warnings=("Underage Sex",))
    page = keeper("view_heldwork").get(reverse("admin:archive_heldwork_change", args=[pk])).content.decode()
    assert 'name="action"' not in page


def test_all_works_of_a_queue_are_released_at_once(head: Client) -> None:
    pks = [shelve(title=f"Work {number}", warnings=("Underage Sex",)) for number in range(3)]
    act(head, "heldwork", "release", pks[0], confirmed="yes", select_across="1")
    assert not Work.everything.filter(held=True).exists()


def test_from_the_bin_works_come_back_or_go_for_good(head: Client) -> None:
    back, gone = shelve(title="Back"), shelve(title="Gone")
    act(head, "work", "bin_selected", back, gone, confirmed="yes")
    act(head, "binnedwork", "restore", back)
    act(head, "binnedwork", "remove", gone)
    assert Work.everything.count() == 2
    act(head, "binnedwork", "remove", gone, confirmed="yes")
    assert Work.everything.get().binned_at is None
    assert Tombstone.everything.get().title == "Gone"


def test_a_work_is_held_for_the_reason_given(head: Client) -> None:
    pk = shelve()
    act(head, "work", "hold_selected", pk, confirmed="yes", reason="Asked for by its author")
    assert Work.everything.get().hold_reason == "Asked for by its author"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", 1),
        ("HÁRBOUR cat", 1),
        ("wren", 1),
        ("2000101", 1),
        ("archiveofourown.org:2000101", 1),
        ("%", 0),
        ("_", 0),
    ],
)
def test_works_are_found_by_title_author_and_number(words: str, found: int, head: Client) -> None:
    shelve(title="Another Work")
    shelve(**HOME, title="The Harbour Cat", authors=("first", "A Wren"))
    assert head.get(room("work"), {"q": words}).context["cl"].result_count == found


def test_the_list_leaves_out_the_bin_until_it_is_asked_for(head: Client) -> None:
    shelve(title="Here")
    keeping.bin([shelve(title="There")])
    assert head.get(room("work")).context["cl"].result_count == 1
    assert head.get(room("work"), {"state": "bin"}).context["cl"].result_count == 1
    assert head.get(room("work"), {"state": "held"}).context["cl"].result_count == 0


@pytest.mark.parametrize(
    "asked",
    [{"language": "en"}, {"language": "none"}, {"format": "test"}, {"attention": "yes"}, {"rating__exact": "1"}],
)
def test_filters_answer(asked: dict[str, str], head: Client) -> None:
    shelve(language="English")
    shelve(title="Silent")
    expected = {"en": 1, "none": 1, "test": 2, "yes": 0, "1": 2}
    assert head.get(room("work"), asked).context["cl"].result_count == expected[next(iter(asked.values()))]


def test_a_long_list_says_that_it_goes_on(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.admin.lists.CappedPaginator.limit", 2)
    for number in range(3):
        shelve(title=f"Work {number}")
    assert "2 or more" in " ".join(head.get(room("work")).content.decode().split())


def test_a_report_is_taken_away_as_a_file(head: Client, data: Any) -> None:
    (data / "runs").mkdir(parents=True, exist_ok=True)
    (data / "runs" / "1.jsonl.gz").write_bytes(b"lines")
    (data / "secret").write_bytes(b"not a report")
    now = timezone.now()
    run = ImportRun.everything.create(started_at=now, beat_at=now, report="runs/1.jsonl.gz")
    address = reverse("admin:archive_importrun_report", args=[run.pk])
    answer = head.get(address)
    assert b"".join(answer) == b"lines"
    assert answer["Content-Disposition"].startswith("attachment")
    for elsewhere in ("../outside", "/etc/passwd", "runs/../secret", "runs", ""):
        ImportRun.everything.update(report=elsewhere)
        assert head.get(address).status_code == 404, elsewhere


def test_the_samples_are_taken_away_by_post_alone(head: Client) -> None:
    shelve(title="A Sample", source="carrel.samples", source_id="1")
    mine = shelve(title="My Own")
    address = reverse("admin:remove-samples")
    assert "Take the sample shelf away?" in head.get(address).content.decode()
    assert Work.everything.count() == 2
    assert head.post(address).status_code == 302
    assert [work.pk for work in Work.everything.all()] == [mine]
    assert not Tombstone.everything.exists()


def test_looking_changes_nothing(head: Client) -> None:
    pk = shelve(warnings=("Underage Sex",))
    before = changes.latest(), list(Work.everything.values())
    for query in ({"action": "release", "_selected_action": pk, "confirmed": "yes"}, {"confirmed": "yes"}):
        for name in ("work", "heldwork", "binnedwork", "tag"):
            head.get(room(name), query)
        head.get(reverse("admin:archive_work_delete", args=[pk]), query)
        head.get(reverse("admin:archive_work_change", args=[pk]), query)
        head.get(reverse("admin:remove-samples"), query)
    assert (changes.latest(), list(Work.everything.values())) == before
