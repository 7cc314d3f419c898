import pytest

from backend.documents.reading.office.glyphs import is_ornament, plain, without_bullet


@pytest.mark.parametrize("text", ["• x", "•x", "- x", "– x", "▪\tx", "12. x", "3) x", "* x", "✓ x"])
def test_a_typed_bullet_is_taken_off(text: str) -> None:
    assert without_bullet(text) == "x"


@pytest.mark.parametrize("text", ["x", "-x", "2019 x", "3.5 x", "C++"])
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert without_bullet(text) is None


@pytest.mark.parametrize("text", ["-----", "_ _ _", "Page 1", "page 2 of 3", "Page /", "Page of", "- Page 1/2 -", "•"])
def test_rules_and_page_numbers_are_ornaments(text: str) -> None:
    assert is_ornament(text)


@pytest.mark.parametrize("text", ["Pages", "C", "- a -", "Page layout"])
def test_words_are_none(text: str) -> None:
    assert not is_ornament(text)


def test_signs_of_symbol_fonts_and_private_ones() -> None:
    assert plain("§", "Wingdings") == "•"
    assert plain("·", "Symbol") == "•"
    assert plain("§ 5", "Arial") == "§ 5"
    assert plain("\uf0b7 a \uf095 b", "Calibri") == "• a   b"
