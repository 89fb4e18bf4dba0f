"""An address in the search box leads to the work that it names."""

import pytest

from archive.browse import work_address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://archiveofourown.org/works/2000101", ("archiveofourown.org", "2000101")),
        (" http://www.archiveofourown.org/works/2000101/chapters/3?a=b#main ", ("archiveofourown.org", "2000101")),
        ("https://archiveofourown.org/collections/a/works/2000101", ("archiveofourown.org", "2000101")),
        ("archiveofourown.org/works/2000101", ("archiveofourown.org", "2000101")),
        ("https://ao3.org/works/12", ("archiveofourown.org", "12")),
        ("https://www.fanfiction.net/s/1234/5/A-Title", ("fanfiction.net", "1234")),
        ("https://archiveofourown.org/users/quillfeather", None),
        ("candle light", None),
        ("Ada Brook/Tom Hale", None),
        ("either/or", None),
        ("", None),
        ("https://", None),
        ("https://[", None),
        ("javascript:alert(1)", None),
        ("https://archiveofourown.org/works/\0", None),
        ("https://archiveofourown.org/works/" + "9" * 1000, None),
    ],
)  # fmt: skip
def test_an_address_names_a_work(text: str, found: tuple[str, str] | None) -> None:
    assert work_address(text) == found
