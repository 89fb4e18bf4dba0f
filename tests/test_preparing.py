"""Preparing: what needs no database is done before there is a transaction."""

from tests.shelving import parsed, prepared


def test_words_are_counted_in_the_text_and_not_in_its_markup() -> None:
    [text] = prepared(parsed(body="<p>Ada <em>climbed</em> up.</p>\n<hr>\n<p>The lamp burned.</p>")).texts
    assert text.words == 6
