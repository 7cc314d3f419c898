"""What a document lacks of its source is counted, and put beside the rest."""

from backend.documents.reading.lines import Line
from backend.documents.reading.placed import kept, with_rest


def lines(*texts: str) -> list[Line]:
    return [Line(text) for text in texts]


def test_words_are_counted_as_often_as_they_occur() -> None:
    share, missing = kept(lines("Go Go Python Rust"), (), {"skills": ["Go", "Python"]})
    assert (share, missing) == (0.5, ("go", "rust"))


def test_headings_labels_and_dates_became_structure() -> None:
    source = lines("EXPERIENCE", "Company: Acme", "Jan 2020 – Present")
    document = {"work_experience": [{"company": "Acme", "start_date": "2020-01", "end_date": "Present"}]}
    assert kept(source, (0,), document).share == 1.0


def test_what_is_lacking_is_added_line_by_line() -> None:
    document = with_rest(lines("Acme", "Fond of tea and rain", "Acme (on leave)"), (), {"skills": ["Acme", "Acme"]})
    assert document["Other"] == ["Fond of tea and rain", "leave)"]
    assert kept(lines("Acme", "Fond of tea and rain", "Acme (on leave)"), (), document).share == 1.0


def test_what_was_there_stays() -> None:
    assert with_rest(lines("tea", "rain"), (), {"Other": ["tea"]})["Other"] == ["tea", "rain"]


def test_a_whole_document_is_left_as_it_is() -> None:
    assert with_rest(lines("tea"), (), {"skills": ["tea"]}) == {"skills": ["tea"]}
