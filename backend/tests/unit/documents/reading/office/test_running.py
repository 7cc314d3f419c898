from backend.documents.reading.office.flow import Block, Paragraph, Run
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.running import Running, fonts_in, with_running


def block(text: str, look: Look | None = None) -> Paragraph:
    return Paragraph(runs=[Run(text, look or Look())])


def read(*parts: Running) -> list[str]:
    blocks: list[Block] = with_running([block("Jane Doe"), block("Engineer")], parts)
    return [block.runs[0].text for block in blocks if isinstance(block, Paragraph) and block.runs]


def test_the_first_header_leads() -> None:
    assert read(Running((block("jane@example.com"),), leads=True)) == ["jane@example.com", "Jane Doe", "Engineer"]


def test_a_header_that_says_what_the_body_begins_with_is_not_said_twice() -> None:
    assert read(Running((block("JANE DOE"),), leads=True)) == ["Jane Doe", "Engineer"]
    assert read(Running((block("Jane Doe"), block("+44 20 7946 0000")), leads=True))[0] == "+44 20 7946 0000"


def test_a_footer_comes_in_only_with_a_way_to_reach_the_person_that_is_new() -> None:
    header = Running((block("jane@example.com"),), leads=True)
    assert read(header, Running((block("Confidential"),))) == ["jane@example.com", "Jane Doe", "Engineer"]
    assert read(header, Running((block("jane@example.com"),))) == ["jane@example.com", "Jane Doe", "Engineer"]
    assert read(Running((block("jane@example.com"),))) == ["jane@example.com", "Jane Doe", "Engineer"]


def test_fonts_are_those_of_text_that_is_seen_the_most_used_first() -> None:
    blocks = [
        block("ab", Look(font="Lato")),
        block("abcd", Look(font="Inter")),
        block("abcdef", Look(font="Gone", hidden="hidden_run")),
    ]
    assert fonts_in(blocks) == ("Inter", "Lato")
