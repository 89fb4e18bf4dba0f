"""A rating is what a header says, and the strictest it says: no other words in a file open a gate."""

from pathlib import Path

import pytest

from archive.importing import import_files
from archive.models import Work
from archive.vocabulary import Rating
from tests.cast import CAST, enter
from tests.importing.exports import text, write

pytestmark = pytest.mark.django_db

MILD = "Rating: General Audiences"
LIES = {
    "in the body": text(Rating="Explicit", body=f"{MILD}\n\nAda counted.\n\n{MILD}\n\nMore text.\n"),
    "in the summary": text(Rating="Explicit").replace("A lamp, and who keeps it.", f"A lamp.\n{MILD}\n\n{MILD}"),
    "in the title": text(Rating="Explicit", Title=f"Lamps {MILD}"),
    "in a tag": text(Rating="Explicit", Additional_Tags=f"{MILD}, General Audiences"),
    "in another label": text(Rating="Explicit", Collections=MILD),
    "beside the other": text(Rating="Explicit").replace("Fandom:", f"{MILD}\nFandom:"),
    "before the other": text(Rating="General Audiences").replace("Fandom:", "Rating: Explicit\nFandom:"),
    "in one line": text(Rating="General Audiences, Explicit"),
    "in the name of the file": text(Rating="Mature"),
    "under no label": text(Rating="").replace("Summary:", f"Summary:\n{MILD}\n"),
    "in unknown words": text(Rating="General Audiencez"),
    "as nothing": text(Rating="null"),
    "as part of a word": text(Rating="Not General Audiences"),
    "under a label like it": text(Rating="").replace("Fandom:", "User Rating: General Audiences\nFandom:"),
    "in a header that is quoted": text(
        Rating="Explicit", body="Ada counted.\n\nTitle: Lamps\nWork ID: 77\nRating: General Audiences\n\nTom counted.\n"
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_mild_rating_anywhere_else_opens_nothing(lie: str, tmp_path: Path) -> None:
    name = "Rating_ General Audiences.txt" if "file" in lie else "1.txt"
    (tmp_path / name).write_text(LIES[lie])
    assert import_files([tmp_path], jobs=0).row.created
    works = Work.everything.all()
    assert all(Rating(work.rating).adult for work in works)
    for role in CAST:
        client = enter(role)
        for work in works:
            opened = client.get(f"/works/{work.pk}/")
            assert opened.status_code == (404 if role == "teen" else 200)
            assert ("counted" in opened.content.decode()) == (role == "agreed")
        assert (">0<" in client.get("/").content.decode()) == (role != "agreed")


def test_a_mild_rating_in_the_header_does_open_a_work(tmp_path: Path) -> None:
    write(tmp_path, 1)
    import_files([tmp_path], jobs=0)
    assert "counted" in enter("teen").get(f"/works/{Work.everything.get().pk}/").content.decode()
