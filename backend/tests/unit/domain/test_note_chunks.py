import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.note_chunks import FEWEST, MAX_CHARACTERS, MOST, note_chunks
from backend.domain.note_labels import InvalidNote
from backend.domain.text import words

BLANK = Chunk(text="", source="blog", chunk_type="skill_context")
SENTENCES = [
    f"In week {n} I moved the tills of {n} more shops to the new ledger, and all of them stayed open."
    for n in range(40)
]


def texts(note: str) -> list[str]:
    return [chunk.text for chunk in note_chunks(note, BLANK).chunks]


def sizes(note: str) -> list[int]:
    return [len(words(text)) for text in texts(note)]


def test_labels_come_from_the_front_matter_and_else_from_the_defaults() -> None:
    note = "---\nlens: personality\ncompany: Kvitto Pay\n---\nI like plain words."
    defaults = BLANK.model_copy(update={"metadata": ChunkMetadata(company="Acme", role="Lead")})
    (chunk,) = note_chunks(note, defaults).chunks
    assert (chunk.lens, chunk.source, chunk.chunk_type) == ("personality", "blog", "skill_context")
    assert (chunk.metadata.company, chunk.metadata.role) == ("Kvitto Pay", "Lead")


@pytest.mark.parametrize("label", ["lens: truth", "source: rumour", "chunk_type: lie"])
def test_a_label_that_is_none_is_refused_by_its_name(label: str) -> None:
    with pytest.raises(InvalidNote, match=label.partition(":")[0]):
        note_chunks(f"---\n{label}\n---\nText.", BLANK)


def test_a_chunk_never_reaches_over_a_heading() -> None:
    assert texts("# One\n\nFirst.\n\n## Two\n\nSecond.\n\nThird\n=====\n\nThird.") == ["First.", "Second.", "Third."]


def test_short_paragraphs_are_put_together_and_long_ones_cut_between_sentences() -> None:
    short = "\n\n".join(SENTENCES)
    long = " ".join(SENTENCES)
    for note in (short, long):
        found = sizes(note)
        assert all(FEWEST <= size <= MOST for size in found)
        assert all(text.endswith("open.") for text in texts(note))


def test_nothing_is_lost_between_chunks() -> None:
    together = " ".join(texts(" ".join(SENTENCES))).split()
    assert together == " ".join(SENTENCES).split()


def test_what_announces_a_list_stays_with_it() -> None:
    opening = " ".join(SENTENCES[:3]) + " In that year I did three more things:"
    found = texts(f"{opening}\n\n- Wrote the runbook\n- Taught two colleagues")
    assert found == [f"{opening}\nWrote the runbook\nTaught two colleagues"]


def test_equal_chunks_come_once() -> None:
    assert texts("# A\n\nThe same.\n\n# B\n\nThe same.") == ["The same."]


def test_a_sentence_is_never_cut_however_long() -> None:
    sentence = "I moved " + ", ".join(f"till {n}" for n in range(300))
    assert texts(sentence) == [sentence]


def test_a_sentence_that_no_chunk_can_hold_is_left_out_and_told() -> None:
    found = note_chunks("word " * MAX_CHARACTERS, BLANK)
    assert (found.chunks, found.left_out) == ((), {"sentence without an end": 1})


def test_writing_without_spaces_is_measured_by_its_length() -> None:
    found = texts("私は決済システムを新しい台帳に移行しました。" * 200)
    assert len(found) > 1
    assert all(len(text) < 2_000 for text in found)


@given(st.text(alphabet="ab \n#-*>`~|[]()!_.:1<", max_size=300))
def test_no_note_is_a_fault(note: str) -> None:
    found = note_chunks(note, BLANK)
    assert all(chunk.text == chunk.text.strip() and words(chunk.text) for chunk in found.chunks)
