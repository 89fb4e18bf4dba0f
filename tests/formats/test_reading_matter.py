"""What a text without a header is: works of every shape are works, and what only looks like text is named."""

import pytest

from archive.formats import Source, recognise, unread
from archive.formats.texts.reading_matter import unfit

SPEECH = [
    "[10:32 PM] tom.hale: are you up",
    "[10:32 PM] ada_b: no",
    "[10:33 PM] tom.hale: 🙃🙃🙃",
    "[10:33 PM] ada_b: it is half past ten, tom, and the lamp wants oil!!!",
    "[10:34 PM] tom.hale: ok ok ok :) coming",
]
SCRIPT = ["INT. LIGHTHOUSE - NIGHT", "ADA", "(quietly)", "It is out.", "TOM", "Who let it go out?", "ADA", "You did."]
WORKS = {
    "chat": "\n".join(SPEECH * 4),
    "script": "\n\n".join(SCRIPT * 4),
    "letters": "Dear Tom,\n\nIt rained.\n\nYours,\nAda\n\n" * 8,
    "lists": "\n".join(f"{number}. Ada counted the ships again and wrote it down." for number in range(1, 9)),
    "numbers": "\n\n".join(f"Day {number}. {number * 7} ships. Wind 4, from the north." for number in range(1, 20)),
    "verse in columns": "the lamp, the oil, the wick\nthe sea, the shore, the stone\n" * 8,
    "semicolons": "the lamp is lit;\nthe boats come in;\n" * 8,
    "japanese": "灯台の階段を、アダは登った。「遅いね」とトムが言った。\n\n" * 4,
    "korean": "에이다는 등대의 계단을 올랐다. 톰은 아래에서 기다렸다.\n\n" * 4,
    "thai": "เอดาปีนบันไดประภาคารขึ้นไปช้าๆ ทอมรออยู่ข้างล่าง\n\n" * 4,
    "hindi": "अदा लाइटहाउस की सीढ़ियाँ चढ़ी। टॉम नीचे इंतज़ार कर रहा था।\n\n" * 4,
    "arabic": "صعدت آدا درج المنارة. انتظر توم في الأسفل ولم يقل شيئًا.\n\n" * 4,
    "with an address": "Ada wrote it all down, and Tom drew the picture of it, as ever.\n\n" * 5
    + "https://example.org/art",
    "about programmers": "She typed import antigravity, and nothing happened; then return, and it did.\n\n" * 6,
    "emails": "From: ada@shore.example\nTo: tom@shore.example\n\nThe lamp is out again, and I am not going up.\n\n" * 6,
}


@pytest.mark.parametrize("name", WORKS)
def test_works_of_every_shape_are_something_to_read(name: str) -> None:
    assert unfit(WORKS[name]) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n".join(["alpha"] * 150), "a list of words"),
        ("00:01:02,000 --> 00:01:04,000\nThe lamp is out.\n\n" * 8, "subtitles"),
        ("lamp.height = twenty metres or so\nlamp.colour = as white as it goes\n" * 4, "settings"),
        ("const lamp = require('lamp');\nlamp.on('lit', () => {\n  console.log('the lamp is lit again');\n});\n" * 3,
         "source code"),
        ("MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this lamp, to"
         " light it and to put it out as often as they like, and to sell it.", "a licence"),
        ("Run it with --verbose or with --lamp-only, see /usr/share/lamps/ and lamp.conf, then call light().\n" * 3,
         "a page about a program"),
        ("1 22 333 4444 55555 lamp\n" * 30, "more signs and numbers than words"),
        ("lamp\theight\nada\ttwenty\ntom\tthirty\n" * 5, "a table"),
    ],
)  # fmt: skip
def test_what_only_looks_like_text_is_named(text: str, reason: str) -> None:
    source = Source.from_bytes("a.txt", text.encode())
    assert recognise(source) is None
    assert str(unread(source)) == f"{reason}, and no work"
