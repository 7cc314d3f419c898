import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.office.colours import alpha, colour, is_lost, mixed

COLOURS = st.from_regex(r"[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#FFF", "ffffff"), ("1F3864", "1f3864"), ("#11223380", "112233"), ("rgb(255, 0, 10)", "ff000a"), ("rgb(100% 0% 0%)", "ff0000"),
        ("hsl(120, 100%, 25%)", "008000"), ("hsla(0deg 0% 100% / .5)", "ffffff"), ("white", "ffffff"), ("auto", ""), ("", ""),
        ("url(x)", ""),
    ],
)  # fmt: skip
def test_colours_in_every_way_of_writing_them(text: str, found: str) -> None:
    assert colour(text) == found


@pytest.mark.parametrize(
    ("text", "share"),
    [("transparent", 0), ("#fff0", 0), ("rgba(0,0,0,.5)", 0.5), ("rgb(0 0 0 / 25%)", 0.25), ("red", 1)],
)
def test_how_solid_a_colour_is(text: str, share: float) -> None:
    assert alpha(text) == share


@pytest.mark.parametrize(
    ("text", "ground", "lost"),
    [("ffffff", "ffffff", True), ("fafafa", "ffffff", True), ("f0f0f0", "ffffff", True), ("d9d9d9", "ffffff", False),
     ("ffff00", "ffffff", False), ("ff0000", "008000", False), ("111111", "000000", True), ("ffffff", "1f3864", False)],
)  # fmt: skip
def test_text_is_lost_only_where_nobody_could_read_it(text: str, ground: str, lost: bool) -> None:
    assert is_lost(text, ground) is lost


@given(COLOURS, COLOURS)
def test_whether_text_is_lost_is_the_same_both_ways_round(one: str, other: str) -> None:
    assert is_lost(one, other) == is_lost(other, one)
    assert is_lost(one, one)
    assert mixed(one, other, 1) == one
    assert mixed(one, other, 0) == other
