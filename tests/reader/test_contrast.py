"""Every pair of colours that text is set in can be told apart by people who see less well (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.ROOT) / "static/css/tokens.css").read_text("utf-8")
TEXT_ON_GROUND = [
    (text, ground) for text in ("ink", "soft", "accent", "warn") for ground in ("paper", "sheet", "wash")
] + [
    ("accent", "accent-wash"),
    ("ink", "accent-wash"),
    ("warn", "warn-wash"),
    ("paper", "accent"),
    *((sign, ground) for sign in ("general", "teen", "mature", "explicit", "unrated") for ground in ("wash", "sheet")),
]
SHAPE_ON_GROUND = [(shape, ground) for shape in ("edge", "focus") for ground in ("paper", "sheet")]


def block(selector: str) -> dict[str, str]:
    body = CSS[CSS.index(selector + " {") :].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", body))


LIGHT = block(":root")
THEMES = {"light": LIGHT, **{theme: LIGHT | block(f'[data-theme="{theme}"]') for theme in ("sepia", "dark", "black")}}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_as_far_apart_as_can_be() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON_GROUND)
def test_what_shows_where_to_press_stands_out_too(theme: str, shape: str, ground: str) -> None:
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


def test_a_device_that_prefers_dark_gets_the_dark_theme() -> None:
    assert block(":root:not([data-theme])") == block('[data-theme="dark"]')


def test_every_theme_names_every_colour() -> None:
    for theme in ("sepia", "dark", "black"):
        assert set(block(f'[data-theme="{theme}"]')) == set(LIGHT)


def test_the_swatches_in_the_settings_are_the_themes_own_colours() -> None:
    css = (Path(settings.ROOT) / "static/css/carrel.css").read_text("utf-8")
    for theme, colours in THEMES.items():
        swatch = re.search(rf"\.theme-{theme} span {{ background: (#\w+) !important; color: (#\w+)", css)
        assert swatch is not None
        assert swatch.groups() == (colours["paper"], colours["ink"])
