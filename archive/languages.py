"""Languages: the names that files state as BCP 47 tags, and what pages write of them."""

from archive.vocabulary import fold

_NAMES: dict[str, tuple[str, ...]] = {
    "af": ("Afrikaans",),
    "ar": ("العربية", "Arabic"),
    "be": ("беларуская", "Belarusian"),
    "bg": ("Български", "Bulgarian"),
    "bn": ("বাংলা", "Bengali"),
    "ca": ("Català", "Catalan"),
    "cs": ("Čeština", "Czech"),
    "cy": ("Cymraeg", "Welsh"),
    "da": ("Dansk", "Danish"),
    "de": ("Deutsch", "German"),
    "el": ("Ελληνικά", "Greek"),
    "en": ("English",),
    "eo": ("Esperanto",),
    "es": ("Español", "Spanish", "Castellano"),
    "et": ("eesti keel", "Estonian"),
    "eu": ("Euskara", "Basque"),
    "fa": ("فارسی", "Persian", "Farsi"),
    "fi": ("Suomi", "Finnish"),
    "fil": ("Filipino", "Wikang Filipino", "Tagalog"),
    "fr": ("Français", "French"),
    "ga": ("Gaeilge", "Irish"),
    "gd": ("Gàidhlig", "Scottish Gaelic"),
    "gl": ("Galego", "Galician"),
    "he": ("עברית", "Hebrew"),
    "hi": ("हिन्दी", "Hindi"),
    "hr": ("Hrvatski", "Croatian"),
    "hu": ("Magyar", "Hungarian"),
    "hy": ("հայերեն", "Armenian"),
    "id": ("Bahasa Indonesia", "Indonesian"),
    "is": ("Íslenska", "Icelandic"),
    "it": ("Italiano", "Italian"),
    "ja": ("日本語", "Japanese"),
    "ka": ("ქართული", "Georgian"),
    "ko": ("한국어", "Korean"),
    "la": ("Lingua latina", "Latin"),
    "lt": ("Lietuvių kalba", "Lithuanian"),
    "lv": ("Latviešu valoda", "Latvian"),
    "mk": ("македонски", "Macedonian"),
    "ms": ("Bahasa Malaysia", "Malay"),
    "nl": ("Nederlands", "Dutch"),
    "no": ("Norsk", "Norwegian"),
    "pl": ("Polski", "Polish"),
    "pt-BR": ("Português brasileiro", "Brazilian Portuguese", "ptBR"),
    "pt": ("Português europeu", "Português", "Portuguese", "European Portuguese"),
    "ro": ("Română", "Romanian"),
    "ru": ("Русский", "Russian"),
    "sk": ("Slovenčina", "Slovak"),
    "sl": ("Slovenščina", "Slovenian"),
    "sq": ("Shqip", "Albanian"),
    "sr": ("српски", "Serbian"),
    "sv": ("Svenska", "Swedish"),
    "th": ("ไทย", "Thai"),
    "tr": ("Türkçe", "Turkish"),
    "uk": ("Українська", "Ukrainian"),
    "ur": ("اُردُو", "Urdu"),
    "vi": ("Tiếng Việt", "Vietnamese"),
    "yi": ("יידיש", "Yiddish"),
    "yue": ("中文-广东话 粵語", "Cantonese"),
    "zh": ("中文-普通话 國語", "中文", "Chinese", "Mandarin", "普通话", "国语", "國語"),
}
_FROM_THE_RIGHT = {"ar", "fa", "he", "ur", "yi"}
_CODES = {fold(name): code for code, names in _NAMES.items() for name in (code, *names)}


def code_of(stated: str) -> str:
    """The BCP 47 tag of a stated language, empty when it is not known.

    >>> code_of("Français"), code_of("en_US"), code_of("Tengwar")
    ('fr', 'en', '')
    """
    key = fold(stated)
    return _CODES.get(key) or _CODES.get(key.replace("_", "-").partition("-")[0], "")


def own_name(code: str) -> str:
    """The language's own name, empty when the tag is not known."""
    return _NAMES[code][0] if code in _NAMES else ""


def direction(code: str) -> str:
    """Which way the language is written: "rtl" or "ltr"; "auto" when it is not known.

    >>> direction("he"), direction("en"), direction("")
    ('rtl', 'ltr', 'auto')
    """
    if not code:
        return "auto"
    return "rtl" if code.partition("-")[0] in _FROM_THE_RIGHT else "ltr"
