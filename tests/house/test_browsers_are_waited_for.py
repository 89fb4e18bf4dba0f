"""Tests in a browser wait for what they look for: a page that is still on its way is no page yet."""

import ast

from tests.house.tree import modules, name_of, parse

LOOKS = {
    "all_inner_texts", "all_text_contents", "content", "count", "get_attribute", "inner_html", "inner_text",
    "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible", "text_content",
    "title", "url",
}  # fmt: skip
"""What tells how things are at this moment; `expect` waits until they are so."""
PAUSES = {"sleep", "wait_for_timeout"}


def at_this_moment(tree: ast.Module) -> list[int]:
    """The lines on which something is asserted of a page without waiting, or on which time is let pass."""
    asserted = [node.test for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    looked = [node for test in asserted for node in ast.walk(test) if isinstance(node, ast.Attribute)]
    paused = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in PAUSES]
    return [node.lineno for node in looked if node.attr in LOOKS and not _of_rows(node)] + [
        one.lineno for one in paused
    ]


def _of_rows(node: ast.Attribute) -> bool:
    """Whether it is rows of the database that are counted: `Work.everything.filter(...).count()`."""
    return any(isinstance(one, ast.Attribute) and one.attr in {"everything", "objects"} for one in ast.walk(node))


def test_what_does_not_wait_is_seen() -> None:
    for hasty in ('assert "Finished." in page.content()', 'assert page.url.endswith("/")', "page.wait_for_timeout(1)"):
        assert at_this_moment(ast.parse(hasty))
    assert not at_this_moment(ast.parse("assert Work.everything.count() == 2"))


def test_no_test_in_a_browser_asserts_what_it_has_not_waited_for() -> None:
    rooms = modules("tests/browser")
    assert len(rooms) > 5
    assert [f"{name_of(path)}:{line}" for path in rooms for line in at_this_moment(parse(path))] == []
