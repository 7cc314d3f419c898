import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.posting import one_line, posting_of, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senior Cook\nKvitto Pay, Oslo\n\nWe cook.", ("Senior Cook", "", "")),
        ("# Senior Cook\nWe cook.", ("Senior Cook", "", "")),
        ("Job Title: Senior Cook\nCompany: Kvitto Pay\nLocation: Oslo, Norway\n\nWe cook.", ("Senior Cook", "Kvitto Pay", "Oslo, Norway")),
        ("**Position:** Senior Cook\n- Employer: Kvitto", ("Senior Cook", "Kvitto", "")),
        ("We are looking for a cook who likes soup.\nMore.", ("", "", "")),
        ("Requirements\n- Python", ("", "", "")),
        ("- Senior Cook", ("", "", "")),
        ("", ("", "", "")),
    ],
)  # fmt: skip
def test_the_first_lines_name_title_company_and_place(text: str, expected: tuple[str, str, str]) -> None:
    found = posting_of(text)
    assert (found.title, found.company, found.location) == expected
    assert found.text == text


@given(st.text(alphabet="ab \n", min_size=1, max_size=90), st.integers(MAX_JOB_CHARACTERS - 5, MAX_JOB_CHARACTERS + 50))
def test_a_text_is_cut_at_a_line_and_only_where_it_must_be(line: str, length: int) -> None:
    text = (line * length)[:length]
    short, cut = shortened(text)
    assert len(short) <= MAX_JOB_CHARACTERS
    assert text.startswith(short)
    assert cut == (len(text) > MAX_JOB_CHARACTERS)
    assert cut or short == text


@given(st.text(max_size=500))
def test_a_fields_value_is_one_short_line(text: str) -> None:
    value = one_line(text)
    assert len(value) <= 300
    assert value == value.strip()
    assert "\n" not in value


def test_a_warning_is_said_once() -> None:
    assert posting_of("x").warned("a", "b").warned("a").warnings == ("a", "b")
