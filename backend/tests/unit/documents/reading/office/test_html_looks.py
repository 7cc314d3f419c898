import pytest
from lxml import etree

from backend.documents.reading.office.html_looks import Computed, computed, points
from backend.documents.reading.office.looks import Look


def look(style: dict[str, str], name: str = "span", above: Computed | None = None) -> Computed:
    return computed(etree.Element(name), style, above or Computed(Look(size=12.0)), "inline")


@pytest.mark.parametrize(
    ("text", "found"), [("16px", 12), ("12pt", 12), ("1.5em", 15), ("150%", 15), ("2rem", 24), ("0", 0), ("12", None), ("auto", None), (".5in", 36)]
)  # fmt: skip
def test_lengths_in_points(text: str, found: float | None) -> None:
    assert points(text, 10, 10) == found


def test_sizes_are_counted_from_the_size_around() -> None:
    outer = look({"font-size": "10px"})
    assert look({"font-size": "50%"}, above=outer).look.size == pytest.approx(3.75)
    assert look({"font-size": "larger"}, above=outer).look.size > outer.look.size
    assert look({"font-size": "nonsense"}, above=outer).look.size == outer.look.size


def test_what_hides_a_whole_cannot_be_undone_inside_and_visibility_can() -> None:
    gone = look({"display": "none"})
    assert look({"display": "block"}, above=gone).seen.hidden == "hidden_run"
    unseen = look({"visibility": "hidden"})
    assert unseen.seen.hidden == "invisible"
    assert look({"visibility": "visible"}, above=unseen).seen.hidden is None


def test_a_clear_ground_lets_the_one_behind_through() -> None:
    assert look({"background": "rgba(0,0,0,.5)"}).look.ground == "808080"
    assert look({"background-color": "transparent"}).look.ground == "ffffff"
    assert look({"background": "url(x.png) #fff"}).look.ground is None


def test_a_row_of_boxes_and_a_column_of_them() -> None:
    assert look({"display": "flex"}).row
    assert not look({"display": "flex", "flex-direction": "column"}).row
    assert not look({"display": "flex", "flex-flow": "column wrap"}).row
