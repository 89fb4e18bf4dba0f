"""Addresses of works: the same work has the same id, however its address was written down."""

import pytest

from archive.formats.addresses import id_in

UUID = "578de1cd-a8b4-7ff1-aa49-750426508b82"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://archiveofourown.org/works/2000101/chapters/55#workskin", "2000101"),
        ("https://www.fanfiction.net/s/1234/1/Some-Title", "1234"),
        ("https://www.fictionpress.com/s/1234", "1234"),
        ("https://www.royalroad.com/fiction/3056/some-title/chapter/77/a", "3056"),
        ("https://forums.spacebattles.com/threads/some-name.123456/reader/page-2", "123456"),
        ("https://forums.sufficientvelocity.com/threads/123456/", "123456"),
        ("https://forum.questionablequesting.com/threads/some-name.123456/#post-3", "123456"),
        ("https://www.the-sietch.com/index.php?threads/some-name.123456/", "123456"),
        ("https://www.wattpad.com/story/9999999-some-title", "9999999"),
        ("https://www.tthfanfic.org/Story-1234-3/author+title.htm", "1234"),
        ("https://www.scribblehub.com/series/1234/some-title/", "1234"),
        ("https://www.fimfiction.net/story/1234/1/some-title/chapter-1", "1234"),
        ("https://www.asianfanfics.com/story/view/123456", "123456"),
        (f"https://ficbook.net/readfic/{UUID}/94793742#part", UUID),
        ("https://www.fanfiktion.de/s/46ccbef30000616306614050/1", "46ccbef30000616306614050"),
        ("http://test1.com?sid=1000&chapter=2", "1000"),
        ("http://archive.example/viewstory.php?sid=0012&warning=3", "12"),
        ("http://shared.example/west/viewstory.php?sid=12", "west/12"),
        ("http://shared.example/east/viewstory.php?sid=12", "east/12"),
        ("https://site.example/series/12/a", "series/12/a"),
        ("https://site.example/s/some-title", "s/some-title"),
        ("https://site.example/", ""),
        ("http://[broken", ""),
    ],
)  # fmt: skip
def test_an_address_names_its_work(address: str, expected: str) -> None:
    assert id_in(address) == expected
