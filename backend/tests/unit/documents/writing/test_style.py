import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.documents.writing.style import FONTS, SECTION_KEYS, Style, changed
from backend.errors import InvalidInput


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("font_size", 9.4, "9.5"),
        ("font_size", 12.5, "12"),
        ("margin_mm", 9, "10"),
        ("margin_mm", "wide", "number"),
        ("line_height", 1, "1.1"),
        ("spacing", 3, "1.5"),
        ("accent", "red", "#rrggbb"),
        ("accent", "#ffff00", "too pale"),
        ("accent", "#123456; } body { display: none", "#rrggbb"),
        ("font", "Comic Sans", "Source Serif 4"),
        ("paper", "a5", "letter"),
        ("section_order", ["skills", "skills"], "twice"),
        ("section_order", ["hobbies"], "skills"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(field: str, value: object, says: str) -> None:
    with pytest.raises(InvalidInput, match=rf"^style\.{field}.*{says}"):
        changed(Style(), {field: value})


def test_an_unknown_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"style\.colour: .*accent"):
        changed(Style(), {"colour": "#000000"})


def test_the_limits_hold_however_a_style_is_made() -> None:
    with pytest.raises(ValidationError):
        Style(font_size=8)


def test_a_font_is_found_in_any_case() -> None:
    assert changed(Style(), {"font": "ibm plex sans"}).font == "IBM Plex Sans"
    assert all(Style(font=name).font == name for name in FONTS)


def test_only_what_is_named_changes() -> None:
    assert changed(Style(font_size=11), {"accent": "#AA0000"}) == Style(font_size=11, accent="#aa0000")


@given(st.lists(st.sampled_from(SECTION_KEYS), unique=True))
def test_no_section_is_lost_by_an_order(order: list[str]) -> None:
    complete = changed(Style(), {"section_order": order}).section_order
    assert list(complete[: len(order)]) == order
    assert sorted(complete) == sorted(SECTION_KEYS)
