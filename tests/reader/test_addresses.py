"""Addresses: no way out of the house, and the address of a question taken apart and put together."""

import pytest

from reader.addresses import fields, home_page, safe_next, turned


@pytest.mark.parametrize("address", ["/", "/works/3/", "/works/3/chapters/2/?a=b&c=d#p4", "/?q=%2F%2Fevil"])
def test_a_path_in_this_house_is_followed(address: str) -> None:
    assert safe_next(address, "/otherwise/") == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "works/3/",
        "//evil.example",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "/works/\\evil",
        "https://evil.example/",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\0",
        "https:evil.example",
        "data:text/html,x",
    ],
)
def test_a_way_out_of_the_house_is_not_followed(address: str | None) -> None:
    assert safe_next(address, "/otherwise/") == "/otherwise/"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", "", "x"]
)
def test_a_home_that_is_no_web_page_is_not_linked(address: str) -> None:
    assert home_page(address) == ""


def test_a_form_that_adds_to_a_question_carries_all_of_it_but_the_page() -> None:
    assert fields("?fandom=x&q=lamp&page=3", ["q"]) == [("fandom", "x")]


def test_another_order_keeps_the_question_and_begins_on_its_first_page() -> None:
    assert turned("?fandom=x&sort=words&order=asc&page=3", sort="title", order="") == "?fandom=x&sort=title"
