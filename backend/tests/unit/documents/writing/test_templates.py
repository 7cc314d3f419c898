import pytest

from backend.documents.writing.style import Style
from backend.documents.writing.templates import TEMPLATES, template, with_style
from backend.errors import InvalidInput


def test_there_are_four_and_all_suit_a_parser() -> None:
    assert list(TEMPLATES) == ["classic", "modern", "compact", "academic"]
    assert all(item.ats_safe and item.id == key for key, item in TEMPLATES.items())


def test_each_looks_different() -> None:
    styles = [item.style for item in TEMPLATES.values()]
    assert len({style.accent for style in styles}) == len({style.font for style in styles}) == len(styles)


def test_the_academic_one_puts_education_and_other_sections_first() -> None:
    order = template("academic").style.section_order
    assert order.index("education") < order.index("work_experience") < order.index("extras") < order.index("skills")


def test_an_unknown_one_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"'fancy'.*classic, modern, compact, academic"):
        template("fancy")


def test_a_style_is_merged_over_its_own() -> None:
    changed = with_style(template("modern"), {"font_size": 11})
    assert changed.style == template("modern").style.model_copy(update={"font_size": 11})
    assert changed.id == "modern"


def test_a_wrong_style_is_refused_by_field() -> None:
    with pytest.raises(InvalidInput, match=r"style\.margin_mm"):
        with_style(template("modern"), {"margin_mm": 100})


def test_what_a_style_does_not_say_has_a_default() -> None:
    assert Style().section_order[0] == "summary"
