"""Texts that calibre cut are sewn together where they were cut, and nowhere else."""

import pytest

from archive.formats.epub.sewing import sew
from archive.formats.markup import Element, inner, parse


def body(markup: str) -> Element:
    return next(parse(f"<body>{markup}</body>").iter("body"))


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("<p>1</p>", "<p>2</p>", "<p>1</p><p>2</p>"),
        ("<p>1</p>", "<p><br>2</p>", "<p>1<br>2</p>"),
        ("<p><em>1</em></p>", "<p><em><br>2</em> 3</p>", "<p><em>1<br>2</em> 3</p>"),
        ("<ul><li>1</li></ul>", "<ul><li>2</li></ul>x", "<ul><li>1</li><li>2</li></ul>x"),
        ("<div>1</div>", "<div>2</div>", "<div>1</div><div>2</div>"),
        ("<div><p>1</p></div>", "<div><p>2</p></div><p>3</p>", "<div><p>1</p><p>2</p></div><p>3</p>"),
        ("<blockquote></blockquote>", "<blockquote><p>2</p></blockquote>", "<blockquote><p>2</p></blockquote>"),
        ('<ul class="a"></ul>', '<ul class="b"></ul>', '<ul class="a"></ul><ul class="b"></ul>'),
        ("<ul><li>1</li></ul> x", "<ul><li>2</li></ul>", "<ul><li>1</li></ul> x<ul><li>2</li></ul>"),
        ("", "1<p>2</p>", "1<p>2</p>"),
        ("<p>1</p>", "", "<p>1</p>"),
    ],
)  # fmt: skip
def test_halves_of_one_element_are_one_again(left: str, right: str, whole: str) -> None:
    one = body(left)
    sew(one, body(right))
    assert inner(one) == whole


def test_a_cut_through_very_many_blocks_is_healed() -> None:
    deep = "<blockquote>" * 1500 + "<p>{}</p>" + "</blockquote>" * 1500
    one = body(deep.format(1))
    sew(one, body(deep.format(2)))
    assert len(list(one.iter("blockquote"))) == 1500
    assert "<p>1</p><p>2</p>" in inner(one)
