"""Illustrating: which pictures a work has, as all its statements together bring them."""

from collections.abc import Mapping, Sequence

from archive.models import Picture
from archive.statements import Statement


def set_pictures(works: Mapping[int, Sequence[Statement]], here: Sequence[int]) -> None:
    """Give works the pictures that some statement of theirs brings, so that older versions have theirs too.

    Only works that are `here` have had any before.
    """
    wanted = {
        (work, picture.sha256): Picture(
            work_id=work, sha256=picture.sha256, media_type=picture.media_type, size=picture.size
        )
        for work, statements in works.items()
        for statement in statements
        for picture in statement.pictures
    }
    rows = Picture.everything.filter(work__in=here).values_list("work_id", "sha256", "pk")
    there = {(work, sha256): pk for work, sha256, pk in rows}
    if gone := [pk for key, pk in there.items() if key not in wanted]:
        Picture.everything.filter(pk__in=gone).delete()
    Picture.everything.bulk_create([row for key, row in wanted.items() if key not in there])
