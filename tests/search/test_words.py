"""Words for searching are folded alike whatever their case, accents and script."""

from archive.search.words import phrases, words


def test_words_stand_between_single_spaces() -> None:
    assert words("Ada Brook/Tom Hale:  Fête_de\u00a0nuit") == " ada brook tom hale fete de nuit "
    assert words("") == "  "


def test_chinese_is_split_into_characters_so_that_any_run_of_them_is_found() -> None:
    assert words("守灯塔的人") == " 守 灯 塔 的 人 "
    assert phrases("灯塔")[0] in words("守灯塔的人")


def test_each_word_is_looked_for_as_the_beginning_of_a_word() -> None:
    (lamp,) = phrases("LAMP")
    assert lamp in words("The Lamplighter's Ledger")
    assert lamp not in words("Clamp")


def test_a_quoted_phrase_is_looked_for_as_it_stands() -> None:
    (phrase,) = phrases('"slow burn"')
    assert phrase in words("Slow Burn, Pining")
    assert phrase not in words("Slow Burning")


def test_what_holds_no_words_looks_for_nothing() -> None:
    assert phrases('"" % * -- (') == []
