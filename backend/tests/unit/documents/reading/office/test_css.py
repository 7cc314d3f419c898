import pytest
from lxml import etree

from backend.documents.reading.office.css import Sheet, declared

PAGE = "<html><body><div id='a' class='x y'><p class='z' data-k='v'><b>t</b></p></div></body></html>"


def style(rules: str, path: str = ".//b") -> dict[str, str]:
    sheet = Sheet()
    sheet.add(rules)
    return sheet.of(etree.fromstring(PAGE, etree.HTMLParser()).find(path))


@pytest.mark.parametrize(
    "selector", ["b", "*", "p b", "p > b", "#a b", ".x.y b", "div.x > p.z > b", "[data-k] b", "[data-k=v] b", "h1, b", "body div b", "html b"]
)  # fmt: skip
def test_a_rule_that_means_the_element_counts(selector: str) -> None:
    assert style(f"{selector} {{ color: RED }}") == {"color": "red"}


@pytest.mark.parametrize(
    "selector", ["i", "div > b", "#b b", ".x.q b", "b:hover", "b::before", "p + b", "[data-k=w] b", ".z", "> b", ""]
)
def test_a_rule_that_does_not_mean_it_does_not(selector: str) -> None:
    assert style(f"{selector} {{ color: red }}") == {}


def test_the_heavier_rule_then_the_later_then_the_element_itself_counts() -> None:
    assert style("#a b { color: red } p b { color: blue } b { top: 1px } b { top: 2px }") == {
        "color": "red",
        "top": "2px",
    }
    assert style("p { color: red !important } .z { color: blue }", ".//p") == {"color": "red"}


def test_conditions_other_than_screens_are_not_met() -> None:
    rules = "@media print { b { color: red } } @media screen { b { top: 1px } } @import 'x'; @font-face { left: 1px } b { right: 1px }"
    assert style(rules) == {"top": "1px", "right": "1px"}


def test_variables_are_put_in_and_have_a_way_out() -> None:
    found = style(":root { --a: red; --b: var(--a) } b { color: var(--b); fill: var(--c, blue) }")
    assert (found["color"], found["fill"]) == ("red", "blue")


def test_a_semicolon_in_brackets_ends_nothing() -> None:
    assert list(declared("background: url(data:a;b,c); top: 1px ! important;;x")) == [
        ("background", "url(data:a;b,c)", False), ("top", "1px", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "broken", ["b {", "b { color: red", "} b { color: red }", "/* b {", "@media screen {", "{}", "b"]
)
def test_broken_rules_break_nothing(broken: str) -> None:
    style(broken)


def test_a_long_row_of_semicolons_takes_no_time() -> None:
    assert list(declared(";" * 500_000)) == []
