"""What comes in is made safe and small, text that is right stays as it is, and cleaning twice changes nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import clean
from archive.parsed import ParsedPicture

ALLOWED = re.compile(
    r"</?(?:em|strong|i|b|u|s|sup|sub|code|ruby|rt|rp|blockquote|ul|li|table|caption|thead|tbody|tfoot|tr|pre|h[3-6])>"
    r"|<hr>|<br>|</?(?:p|div|span|td|th|ol|a|h[3-6]|blockquote|ul|li)>"
    r"|<(?:p|div|h[3-6]|td|th|span|blockquote|ul|ol|li|pre)"
    r'(?: class="align-(?:left|right|center|justify)")?(?: lang="[A-Za-z0-9-]+")?(?: dir="(?:ltr|rtl|auto)")?'
    r'(?: (?:start|colspan|rowspan)="[0-9]{1,3}")*>'
    r'|<a href="(?:https?://|mailto:)[^"<>\s]+" rel="noopener noreferrer nofollow">'
    r'|<a href="(?:#[^"<>\s&%]+|chapter:[0-9]{1,6}(?:#[^"<>\s&%]+)?)">|<span id="[^"<>\s&%]+"></span>'
    r'|<span class="picture">|<img src="picture:[0-9a-f]{64}" alt="[^"<>]*" width="[0-9]+" height="[0-9]+">'
    r'|<(?:em|strong|i|b|u|s|sup|sub|code|ruby|rt|rp)(?: lang="[A-Za-z0-9-]+")?(?: dir="(?:ltr|rtl|auto)")?>',
    re.IGNORECASE,
)

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://e.org/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<template><s><template><s><img src=x onerror=alert(1)>@shafigullin</s></template></s></template>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//e.org/x'>x</a>",
    "<a href='http://e.org/\" onclick=\"alert(1)'>x</a>",
    "<a href=\"http://e.org/'><script>alert(1)</script>\">x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=x><embed src=x></object>",
    "<base href=http://e.org/><a href=x>y</a>",
    "<meta http-equiv=refresh content='0;url=http://e.org'>",
    "<link rel=stylesheet href=http://e.org/x.css>",
    "<style>@import 'http://e.org/x.css';</style>",
    "<p style='background:url(http://e.org/x)'>x</p>",
    "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>x</p>",
    "<p style=\"text-align:center;behavior:url(x)\">x</p>",
    "<p id=p1 name=submit class='bar gate'>x</p>",
    "<form action=http://e.org><input name=password><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=http://e.org/x autoplay>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<table background=javascript:alert(1)><td background=x>y</table>",
    "<div><a href=http://e.org><div onmouseover=alert(1)>x</div></a></div>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<!--<img src=x --!><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><?php alert(1)?>",
    "<p lang='\"><script>'>x</p>",
    "<p dir='rtl\" onclick=\"x'>x</p>",
    "<ol start='1\" onclick=\"x'><li>x</ol>",
    "<span lang=en onclick=x>y</span>",
    "<xmp><p title=\"</xmp><script>alert(1)</script>\">",
    "<plaintext><script>alert(1)",
    "<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<a><p></a><script>x</script>",
    "<isindex action=javascript:alert(1) type=image>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<picture><source srcset=http://e.org/x><img src=http://e.org/y></picture>",
    "<form id=x></form><button form=x formaction=javascript:alert(1)>y</button>",
    "<math><mtext><table><mglyph><style><math><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<svg><foreignobject><p title='</foreignobject></svg><img src=x onerror=alert(1)>'>",
    "<svg><desc><table><thead><s></table></s><table></thead><p><span title='</desc><img onerror=alert(1)>'>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)>x</svg>",
    "<svg><title><a id='</title><img src=x onerror=alert(1)>'></svg>",
    "<option><style></option></select><b><img src=x onerror=alert(1)></style></option>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'></noembed>",
    "<noframes><p title='</noframes><script>alert(1)</script>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<table><td><form><table><tr><td><input onfocus=alert(1) autofocus>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<! --><img src=x onerror=alert(1)>",
    "</p/<img src=x onerror=alert(1)>",
    "<a/href=javascript&colon;alert(1)>x</a>",
    "<a href=\"java&Tab;script:alert(1)\">x</a>",
    "<a href='jAvAsCrIpT&#x3A;alert(1)'>x</a>",
    "<a href='chapter:1#\" onclick=\"alert(1)'>x</a>",
    "<a href='#\"><script>alert(1)</script>'>x</a>",
    "<a href='#x&quot; onclick=alert(1)'>x</a>",
    "<span id='x\" onclick=\"alert(1)'>y</span>",
    "<span id='\"><script>alert(1)</script>'>y</span>",
    "<img src='picture:\" onerror=\"alert(1)' width=1 height=2>",
    "<img src=picture:" + "a" * 64 + " alt='\"><script>alert(1)</script>' width=3 height=4 onerror=alert(1)>",
    "<img src=picture:" + "a" * 64 + " width='3\" onerror=\"alert(1)' height=4>",
    "<img src=x style='position:fixed;inset:0' usemap=#m><map name=m><area href=javascript:alert(1)></map>",
    "<img src=x srcset='http://e.org/x 2x' sizes=100vw lowsrc=javascript:alert(1) dynsrc=x longdesc=x>",
    "<image src=x onerror=alert(1)>",
    "<img src=x:x alt='&lt;img src=1 onerror=alert(1)&gt;'>",
    "<span class='picture bar gate'>x</span><span class=picture onclick=x>y</span>",
    "<a id=location href=http://e.org></a><a name=body></a><p id=cookie name=getElementById>x</p>",
    "<p id=__proto__>x</p><p id=attributes>y</p><a id=defaultView name=defaultView>z</a>",
    "<p class='align-center bar' style='text-align:center;}*{display:none'>x</p>",
    "<p style='text-align:center\" onclick=\"alert(1)'>x</p>",
    "<p style='font-style:italic;background:url(javascript:alert(1));-moz-binding:url(x)'>x</p>",
    "<div style='position:fixed;inset:0;z-index:9;opacity:0'><a href=http://e.org>x</a></div>",
    "<base target=_top><a href=http://e.org target=_blank ping=http://e.org>x</a>",
    "<link rel=prefetch href=http://e.org/x><link rel=import href=x>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<keygen autofocus onfocus=alert(1)><dialog open onclose=alert(1)>x</dialog>",
    "<portal src=http://e.org><fencedframe src=x></fencedframe>",
    "<x onclick=alert(1) style=x>y</x><custom-element onfocus=alert(1) tabindex=1>z</custom-element>",
    "<p>one</p><p onmouseover=alert(1)>two</p><p><em onclick=x>three</em></p>",
    "<p>one</p><p>two<script>alert(1)</script></p>",
    "<p>one &lt;img src=x onerror=alert(1)&gt; &#60;script&#62;alert(1)&#x3c;/script&#x3e;</p>",
    "<p>one</p/onclick=alert(1)><p>two",
    "<p>one<em>two</p><img src=x onerror=alert(1)></em>",
]  # fmt: skip


def assert_safe(cleaned: str) -> None:
    rest = ALLOWED.sub("", cleaned)
    assert "<" not in rest
    assert ">" not in rest


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_hostile_survives(attack: str) -> None:
    for markup in (attack, f"<p>before {attack} after</p>", f"<blockquote>{attack}<b>{attack}", attack * 3):
        cleaned = clean.html(markup)
        assert_safe(cleaned)
        assert clean.html(cleaned) == cleaned
    assert_safe(clean.paragraphs(attack))


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<div align=right>", "<center>", "</center>", "<blockquote>", "</blockquote>",
     "<ul>", "<ol start=3>", "</ul>", "</ol>", "<li>", "</li>", "<table>", "<tr>", "<td>", "<th colspan=2>", "</td>",
     "</table>", "<caption>", "<b>", "</b>", "<em>", "</em>", "<i>", "</i>", "<span lang=fr>", "<span>", "</span>",
     "<a href='http://e.org/?a=1&b=2'>", "<a href=x>", "</a>", "<br>", "<br/>", "<hr>", "<pre>", "</pre>", "<h1>",
     "</h1>", "<h4>", "</h4>", "<section>", "</section>", "<dl><dt>", "<dd>", "</dl>", "<ruby>漢<rt>kan</rt></ruby>",
     "<img src=x>", "<!-- x -->", "text", " ", "\n", "  two  words ", "&nbsp;", "\xa0", "&amp;", "&lt;b&gt;", "<", ">",
     "&", '"', "<3", "a < b", "é", "\xad", "“", "\u200b", "\t", "<p class=align-center>", "<p dir=rtl lang=he>",
     "<code>", "</code>", "<sup>", "</sup>", "<strike>", "<details><summary>", "<figure>", "<tt>", "<script>x</script>",
     "<span id=a>", "<a name=b>", "<p id=c class=x>", "<a href='#a'>", "<a href='2.xhtml#b'>",
     "<img src=p.png alt='p &lt;'>", "<img src='http://e.org/x.png' alt='say \"x\"'>", "<q>", "</q>", "<dt id=a>",
     "<i class=y>", "<b style='font-weight:normal'>", "<p style='text-align: right; font-style: italic'>",
     "<em lang=fr>", "</span></p>"]
)  # fmt: skip


BROUGHT = {"p.png": ParsedPicture("0f" * 32, b"", "image/png", 30, 40)}
PLACES = {"2.xhtml": 2}
CLASSES = {"x": "center i", "y": "b"}


@given(st.lists(PIECES, max_size=25))
def test_cleaning_what_is_clean_changes_nothing(pieces: list[str]) -> None:
    for asked in ({}, {"pictures": BROUGHT, "places": PLACES, "classes": CLASSES}):
        cleaned = clean.html("".join(pieces), **asked)
        assert_safe(cleaned)
        assert clean.html(cleaned) == cleaned == clean.html(cleaned, **asked)


@given(st.text(max_size=300))
def test_any_text_is_cleaned_to_something_safe(text: str) -> None:
    cleaned = clean.html(text)
    assert_safe(cleaned)
    assert clean.html(cleaned) == cleaned


@given(st.lists(PIECES, max_size=20))
def test_plain_text_is_written_in_the_same_form_as_markup(pieces: list[str]) -> None:
    written = clean.paragraphs("".join(pieces))
    assert_safe(written)
    assert clean.html(written) == written


@given(st.lists(PIECES, max_size=25))
def test_each_paragraph_has_one_number_and_one_digest(pieces: list[str]) -> None:
    cleaned = clean.html("".join(pieces))
    numbers = re.findall(r' id="(p[0-9]+)"', clean.numbered(cleaned))
    assert len(set(numbers)) == len(numbers) == len(clean.paragraph_digests(cleaned)) // 8
    assert re.sub(r' id="p[0-9]+"', "", clean.numbered(cleaned)) == cleaned


@given(st.lists(st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1), min_size=1, max_size=8))
def test_no_word_of_a_plain_text_is_lost(words: list[str]) -> None:
    text = " ".join(f"x{word}" for word in words).replace("&", "+").replace("<", "+")
    assert clean.plain(clean.paragraphs(text)).split() == text.split()


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("one", "<p>one</p>"),
        ("one<br><br>two<br>three", "<p>one</p>\n<p>two<br>three</p>"),
        ("<p><em>one<br> <br>two</em></p>", "<p><em>one</em></p>\n<p><em>two</em></p>"),
        ("<p>one</p>  <p>&nbsp;</p><p> two\n three </p>", "<p>one</p>\n<p>two three</p>"),
        ("<h1>One</h1><h2>Two</h2><h4>Four</h4>", "<h3>One</h3>\n<h3>Two</h3>\n<h4>Four</h4>"),
        ("<center>one</center>", '<div class="align-center"><p>one</p></div>'),
        ('<p style="text-align: right; color: red">one</p>', '<p class="align-right">one</p>'),
        ('<p align="justify">one</p>', '<p class="align-justify">one</p>'),
        ("<div><div>one</div>two</div>", "<p>one</p>\n<p>two</p>"),
        ("<section>one</section>two", "<p>one</p>\n<p>two</p>"),
        ("<em><p>one</p><p>two</p></em>", "<p><em>one</em></p>\n<p><em>two</em></p>"),
        ("<ul>one<li>two<p>three</ul>", "<ul><li>one</li>\n<li><p>two</p><p>three</p></li></ul>"),
        ("<blockquote>one<hr>two</blockquote>", "<blockquote><p>one</p>\n<hr>\n<p>two</p></blockquote>"),
        ('<p lang="fr" dir="RTL">un</p>', '<p lang="fr" dir="rtl">un</p>'),
        ("<strike>one</strike> <tt>two</tt> <font color=red>three</font>", "<p><s>one</s> <code>two</code> three</p>"),
        ("<pre>\none\n  two</pre>", "<pre>one\n  two</pre>"),
        ("one <em></em><b> </b>two<i><br></i>", "<p>one  two</p>"),
        ("AT&T &amp; a < b", "<p>AT&amp;T &amp; a &lt; b</p>"),
    ],
)
def test_markup_becomes_canonical(given_: str, expected: str) -> None:
    assert clean.html(given_).replace("  ", " ") == expected.replace("  ", " ")


def test_a_link_leads_away_without_telling_where_from() -> None:
    assert clean.html('<a href="https://e.org/?a=1&b=2" target="_blank">one</a>') == (
        '<p><a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">one</a></p>'
    )


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<span lang=en>"])
def test_deep_nesting_does_no_harm(tag: str) -> None:
    cleaned = clean.html(tag * 20_000 + "deep")
    assert_safe(cleaned)
    assert "deep" in cleaned


def test_formatting_that_is_never_closed_does_not_grow() -> None:
    cleaned = clean.html("".join(f"<p><b id={number}>one" for number in range(2_000)))
    assert len(cleaned) < 100_000


def test_signs_that_are_no_markup_stay_as_written() -> None:
    text = "a < b, <3, -> and <-, 5 > 4, R&D, <not a tag>, {x} \"y\" 'z' ‘ﬁ’"
    assert clean.plain(clean.paragraphs(text)) == text


def test_plain_text_keeps_line_breaks_and_forgets_tags() -> None:
    html = clean.html("<p>one<br>two <em>three</em></p><hr><ul><li>four &amp; five</ul>")
    assert clean.plain(html) == "one\ntwo three\n\nfour & five"


def test_a_digest_tells_of_the_words_and_not_of_their_dress() -> None:
    assert clean.paragraph_digests("<p>one <em>two</em></p>") == clean.paragraph_digests("<p>one <i>two</i></p>")
    assert clean.paragraph_digests("<p>one</p>") != clean.paragraph_digests("<p>two</p>")
    assert clean.paragraph_digests("<p>“o\xadne”\xa0–</p>") == clean.paragraph_digests('<p>"one" -</p>')


def test_a_paragraph_that_hardly_shows_anything_has_its_digest_too() -> None:
    assert len(clean.paragraph_digests("<p>one</p>\n<p>\xad</p>\n<p>two</p>")) == 3 * 8


@pytest.mark.parametrize("line", ["***", "* * *", "---", "~", "#", "~*~", "-x-", "oOo", "⁂", "* * * * *", "===", "•"])
def test_a_scene_break_is_a_rule(line: str) -> None:
    assert clean.paragraphs(f"one\n\n{line}\n\ntwo") == "<p>one</p>\n<hr>\n<p>two</p>"


@pytest.mark.parametrize(
    "line", ["...", "…", "-", "—", "?", "x", "X", "1", "- no -", "#tag", "* a note", "!!!", "3 * 4"]
)
def test_a_line_that_says_something_is_no_scene_break(line: str) -> None:
    assert "<hr>" not in clean.paragraphs(f"one\n\n{line}\n\ntwo")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("Ada’s well-kept lamp", 3),
        ("one—two -- three / four", 4),
        ("* * *", 0),
        ("“One,” she said… and then", 5),
        ("你好，世界。", 4),
        ("灯台の手紙 two", 6),
        ("한국어 문장", 2),
        ("Она считала ступени", 3),
        ("האור דלק כל הלילה", 4),
        ("one\xa0two\u3000three", 3),
    ],
)
def test_words_are_counted_as_readers_count_them(text: str, words: int) -> None:
    assert clean.count_words(text) == words


RIGHT = [
    "SÃO PAULO", "“IRMÃ”, disse ela", "O MAÇÃ… não", "AMANHÃ—DISSE", "« CAFÉ»", "„MENÜ“", "voilà…»", "Il est arrivé…»",
    "«Ñ»", "3×“", "„Ø“", "”NÄ”, »GÅ»", "JÄ…", "costs â€5", "the sign â€ itself", "É»", "RÜYÂ»", "là\xa0: oui",
    "à\xa0«\xa0moi\xa0»", "NOËL\xa0!", "naïve café – “so”", "Ελληνικά «Ω»", "Привет «мир»", "עברית", "你好…“", "é—è…»",
    "ﬁne ﬂow", "ＷＩＤＥ", "it's \"straight\"", "&amp; &eacute;", "one\r\ntwo\rthree", "e\u0301", "\x1b[31m", "™ © ®",
    "Рёбра и сёстры", "РІЧКА ТА СІЛЬ, РІК І СЄВЄР", "«СРЂЕ, РЉАВО, СЈАЈ»", "Р. С. Ђорђевић", "С «Рю» и Р…",
    "РЅ", "С°Р — С",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_text_that_is_right_stays_as_it_is(text: str) -> None:
    assert clean.mend(text) == text


LANGUAGES = [
    "fête “Truly.”", "don’t – ‘quote’ … —", "Zażółć gęślą jaźń", "Příliš žluťoučký kůň", "Привет, мир, и я",
    "Ελληνικά κείμενα", "שלום עולם", "مرحبا بالعالم", "你好，世界。她说", "こんにちは、世界", "안녕하세요", "😀 done",
    "café à la carte", "ñandú ¿qué?", "Ærø Åse Øl", "½ °C £5", "Íslenska Þór Ýr Á", "Nguyễn Việt Đức ở", "ภาษาไทย",
    "हिन्दी में", "À bientôt", "ÉTÉ", "L’ÉTÉ", "SÃO fête", "✨ star ♥", "“", "É",
]  # fmt: skip


def broken(text: str) -> str:
    """UTF-8 read as cp1252, with the five bytes it does not know taken for Latin-1, as browsers do."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", LANGUAGES)
def test_mojibake_is_mended_in_every_script(text: str) -> None:
    assert clean.mend(text) == text
    assert clean.mend(broken(text)) == text
    assert clean.mend(broken(broken(text))) == text
    assert clean.mend(text.encode().decode("latin-1")) == text


CYRILLIC = [
    "Привет, мир, и я", "ЁЖИК В ТУМАНЕ", "«Да», сказал Том — “нет”… № 5", "Її ґанок, європа й Їжак", "Љубав, џеп и ђак",
    "Роза. Россия, РОЗА", "Иней и Ирис, ИНЕЙ", "Она читала café 😀",
]  # fmt: skip


@pytest.mark.parametrize("text", CYRILLIC)
def test_cyrillic_that_was_read_as_its_own_old_code_page_is_mended(text: str) -> None:
    wrong = "".join(bytes([byte]).decode("cp1251", "ignore") or chr(byte) for byte in text.encode())
    assert wrong != text
    for shown in (wrong, wrong.replace("\xa0", " ")):
        assert clean.mend(shown) == text
        assert clean.mend(f"Рёбра, «да»\n{shown}\nСЁСТРЫ") == f"Рёбра, «да»\n{text}\nСЁСТРЫ"
    assert clean.mend(text) == text


@given(st.text(st.characters(max_codepoint=0x24F, blacklist_characters="\r", blacklist_categories=["Cc", "Cs"])))
def test_mending_keeps_every_plain_letter_and_line_and_is_done_at_once(text: str) -> None:
    mended = clean.mend(broken(text))
    assert [sign for sign in mended if sign.isascii() and sign != " "] == [
        sign for sign in text if sign.isascii() and sign != " "
    ]
    assert clean.mend(mended) == mended


def test_a_right_line_beside_a_broken_one_stays() -> None:
    assert clean.mend("“IRMÃ”\nfÃªte\n« CAFÉ»") == "“IRMÃ”\nfête\n« CAFÉ»"


def test_a_quote_that_lost_its_last_byte_is_mended_beside_others() -> None:
    assert clean.mend("fÃªte. â€œTruly.â€") == "fête. “Truly.”"
