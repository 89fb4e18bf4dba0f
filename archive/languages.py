"""Languages: what files call them, their BCP 47 codes, their own names and their direction."""

import re

from archive.vocabulary import fold

_TABLE = """
af Afrikaans | Afrikaans
am አማርኛ | Amharic
ar العربية | Arabic
arc ܐܪܡܝܐ | Aramaic
az Azərbaycanca | Azerbaijani
be беларуская | Belarusian
bg Български | Bulgarian
bn বাংলা | Bengali | Bangla
bs Bosanski | Bosnian
br Brezhoneg | Breton
ca Català | Catalan
ceb Binisaya | Cebuano
cs Čeština | Czech
cy Cymraeg | Welsh
da Dansk | Danish
de Deutsch | German
el Ελληνικά | Greek
en English | English | Inglés | Anglais
eo Esperanto | Esperanto
es Español | Spanish | Castellano
et eesti keel | Estonian | Eesti
eu Euskara | Basque
fa فارسی | Persian | Farsi
fi Suomi | Finnish
fil Filipino | Filipino
fr Français | French
fy Frysk | Frisian
ga Gaeilge | Irish
gd Gàidhlig | Scottish Gaelic | Scots Gaelic
gl Galego | Galician
got 𐌲𐌿𐍄𐌹𐍃𐌺𐌰 | Gothic
grc Ἑλληνικὴ | Ancient Greek
hau Hausa | Hausa
haw ʻŌlelo Hawaiʻi | Hawaiian | Olelo Hawaii
he עברית | Hebrew
hi हिन्दी | Hindi
hr Hrvatski | Croatian
hu Magyar | Hungarian
hy հայերեն | Armenian
ia Interlingua | Interlingua
id Bahasa Indonesia | Indonesian
is Íslenska | Icelandic
it Italiano | Italian
ja 日本語 | Japanese
jv Basa Jawa | Javanese
ka ქართული | Georgian
kk Қазақша | Kazakh
km ភាសាខ្មែរ | Khmer
ko 한국어 | Korean
ku Kurdî | Kurdish
kw Kernewek | Cornish
la Lingua latina | Latin | Latina
lb Lëtzebuergesch | Luxembourgish
lt Lietuvių kalba | Lithuanian | Lietuvių
lv Latviešu valoda | Latvian | Latviešu
mi te reo Māori | Maori
mk македонски | Macedonian
ml മലയാളം | Malayalam
mn ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌ | Mongolian | Монгол Кирилл үсэг
mr मराठी | Marathi
ms Bahasa Malaysia | Malay | Bahasa Melayu
my မြန်မာဘာသာ | Burmese
nah Nāhuatl | Nahuatl
nb Bokmål | Norwegian Bokmål
nl Nederlands | Dutch
nn Nynorsk | Norwegian Nynorsk
no Norsk | Norwegian
pa ਪੰਜਾਬੀ | Punjabi
pl Polski | Polish
ps پښتو | Pashto
pt Português | Portuguese
pt-BR Português brasileiro | Brazilian Portuguese | ptBR | Português do Brasil
pt-PT Português europeu | European Portuguese | ptPT | Português de Portugal
qu Quechua | Quechua | Runasimi
qya Quenya | Quenya
ro Română | Romanian
ru Русский | Russian
rup Armãneashti | Aromanian
sco Scots | Scots
si සිංහල | Sinhala
sjn Sindarin | Sindarin
sk Slovenčina | Slovak
sl Slovenščina | Slovene | Slovenian
so af Soomaali | Somali
sq Shqip | Albanian
sr српски | Serbian | Srpski
sux 𒅴𒂠 | Sumerian
sv Svenska | Swedish
sw Kiswahili | Swahili
ta தமிழ் | Tamil
te తెలుగు | Telugu
th ไทย | Thai
tl Tagalog | Tagalog
tlh tlhIngan-Hol | Klingon | tlhIngan Hol
tok toki pona | Toki Pona
tr Türkçe | Turkish
uk Українська | Ukrainian
ur اردو | Urdu
uz Oʻzbekcha | Uzbek
vi Tiếng Việt | Vietnamese
yue 中文-广东话 粵語 | Cantonese | 中文-广东话 | 粵語 | 广东话
nan 中文-闽南话 臺語 | Hokkien | Min Nan | 臺語
hak 中文-客家话 | Hakka | Khek
wuu 中文-吴语 | Wu
zh 中文-普通话 國語 | Chinese | 中文 | 汉语 | 漢語 | Mandarin | cmn | 中文-普通話 國語 | 普通话 | 國語
zh-Hans 简体中文 | Simplified Chinese | zh-CN
zh-Hant 繁體中文 | Traditional Chinese | zh-TW
vro Võro | Võro
xh isiXhosa | Xhosa
yi יידיש | Yiddish
zu isiZulu | Zulu
"""
"""One language a line: code, its own name, then other names. Own and English names as AO3 and other sites use them."""

_OWN: dict[str, str] = {}
_BY_NAME: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _code, _, _rest = _line.partition(" ")
    _names = [_name.strip() for _name in _rest.split("|")]
    _OWN[_code] = _names[0]
    for _name in (_code, *_names):
        _BY_NAME.setdefault(fold(_name), _code)

_THREE = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "por": "pt", "rus": "ru",
    "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ita": "it", "pol": "pl", "ara": "ar", "heb": "he",
    "ces": "cs", "cze": "cs", "nld": "nl", "dut": "nl", "swe": "sv", "fin": "fi", "dan": "da", "nor": "no",
    "tur": "tr", "ukr": "uk", "hun": "hu", "ell": "el", "gre": "el", "vie": "vi", "ind": "id", "tha": "th",
    "ron": "ro", "rum": "ro", "lat": "la", "fas": "fa", "per": "fa",
}  # fmt: skip

_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_RIGHT_TO_LEFT = {"ar", "arc", "he", "fa", "ur", "yi", "ps", "iw", "dv", "ckb", "sd", "ug", "syr"}


def code(stated: str) -> str:
    """The BCP 47 code of a language as a file names it, by name or by code; empty when it is not known.

    >>> code("Français"), code("中文-普通话 國語"), code("German"), code("en_US"), code("Wookiee")
    ('fr', 'zh', 'de', 'en-US', '')
    """
    known = _BY_NAME.get(fold(stated))
    if known:
        return known
    found = _CODE.fullmatch(stated.strip())
    if not found:
        return ""
    language = found[1].lower()
    language = _THREE.get(language, language)
    if language not in _OWN:
        return ""
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    return "-".join(filter(None, (language, script, region)))


def own_name(code: str) -> str:
    """What a language calls itself; for a code with a region that we have no name for, the language's; else empty."""
    return _OWN.get(code) or _OWN.get(code.split("-", maxsplit=1)[0], "")


def direction(code: str) -> str:
    """How a language is written: "rtl", "ltr", or "auto" when it is not known."""
    if not code:
        return "auto"
    language, *rest = code.split("-")
    if "Latn" in rest:
        return "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT or "Arab" in rest or "Hebr" in rest else "ltr"
