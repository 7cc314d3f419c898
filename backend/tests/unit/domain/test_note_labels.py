import pytest

from backend.domain.note_labels import InvalidNote, split_labels


def labels(front: str) -> dict[str, str | tuple[str, ...]]:
    return split_labels(f"---\n{front}\n---\nText")[0]


def test_known_fields_are_read_and_others_passed_over() -> None:
    assert labels("title: X\nsource: blog\nstart-date: 2019-01\ntags: [a, b]") == {
        "source": "blog",
        "start_date": "2019-01",
    }


@pytest.mark.parametrize(
    "front", ["technologies: [Go, 'C++']", "technologies: Go, C++", "technologies:\n  - Go\n  - C++"]
)
def test_a_list_may_be_written_in_three_ways(front: str) -> None:
    assert labels(front) == {"technologies": ("Go", "C++")}


def test_quotes_and_comments_are_no_part_of_a_value() -> None:
    assert labels('company: "Kvitto: Pay"  # the bank\nrole: Lead # since May') == {
        "company": "Kvitto: Pay",
        "role": "Lead",
    }


def test_the_note_follows_the_front_matter() -> None:
    assert split_labels("---\nlens: facts\n---\nText\n---\nMore") == ({"lens": "facts"}, "Text\n---\nMore")


@pytest.mark.parametrize("text", ["Text", "---\nlens: facts\nText", "\n---\nlens: facts\n---\nText", "---"])
def test_a_note_without_front_matter_is_all_text(text: str) -> None:
    assert split_labels(text) == ({}, text)


def test_an_alias_is_only_text() -> None:
    assert labels("company: &a [x, x]\nrole: *a") == {"company": "&a [x, x]", "role": "*a"}


@pytest.mark.parametrize("front", ["company: " + "x" * 201, "technologies: [" + "a, " * 101 + "]"])
def test_a_value_that_is_too_long_is_refused(front: str) -> None:
    with pytest.raises(InvalidNote):
        labels(front)
