"""Languages are known by the names that files use."""

import pytest

from archive import languages


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("English", "en"), ("english ", "en"), ("en", "en"), ("en_US", "en-US"), ("eng", "en"), ("Français", "fr"),
        ("Francais", "fr"), ("French", "fr"), ("中文-普通话 國語", "zh"), ("中文-广东话 粵語", "yue"),
        ("العربية", "ar"),
        ("עברית", "he"), ("Español", "es"), ("Deutsch", "de"), ("Русский", "ru"), ("Português brasileiro", "pt-BR"),
        ("ptBR", "pt-BR"), ("Português europeu", "pt-PT"), ("Polski", "pl"), ("日本語", "ja"),
        ("한국어", "ko"),
        ("Tiếng Việt", "vi"),
        ("Bahasa Indonesia", "id"), ("Türkçe", "tr"), ("Українська", "uk"), ("zh-Hant", "zh-Hant"),
        ("", ""), ("Wookiee", ""), ("xx", ""), ("no such language", ""), ("<script>", ""),
    ],
)  # fmt: skip
def test_a_stated_language_has_a_code(stated: str, code: str) -> None:
    assert languages.code(stated) == code


@pytest.mark.parametrize(
    ("code", "direction"),
    [("en", "ltr"), ("he", "rtl"), ("ar", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl"), ("zh", "ltr"), ("ar-Latn", "ltr"),
     ("az-Arab", "rtl"), ("", "auto")],
)  # fmt: skip
def test_a_language_has_a_direction(code: str, direction: str) -> None:
    assert languages.direction(code) == direction


@pytest.mark.parametrize(
    ("code", "name"),
    [("fr", "Français"), ("en-US", "English"), ("pt-BR", "Português brasileiro"), ("zh", "中文-普通话 國語"),
     ("xx", ""),
     ("", "")],
)  # fmt: skip
def test_a_language_has_its_own_name(code: str, name: str) -> None:
    assert languages.own_name(code) == name


def test_every_own_name_leads_back_to_its_code() -> None:
    for code in ("en", "fr", "ar", "he", "yue", "pt-BR", "pt-PT", "zh", "zh-Hans", "zh-Hant", "sjn", "tlh"):
        assert languages.code(languages.own_name(code)) == code
