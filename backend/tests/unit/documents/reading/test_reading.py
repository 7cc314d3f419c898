"""What a file is shows in its bytes, and what cannot be read is refused with a word on what to do."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.documents.reading import read_resume_file
from backend.domain import stored_shape
from backend.errors import InvalidInput

STORED = {"contact": {"name": "Ada", "theirs": [1]}, "summary": "", "work_experience": [], "skills": ["Go"], "_id": "1"}


def test_a_stored_document_is_returned_as_it_is() -> None:
    assert read_resume_file(json.dumps(STORED).encode()) == STORED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_people_send(encoding: str) -> None:
    resume = stored_shape.read(read_resume_file("Zoë Müller\nzoe@example.com\n\nSkills\nCafé – Bar\n".encode(encoding)))
    assert (resume.contact.name, resume.skills) == ("Zoë Müller", ("Café – Bar",))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 \x00", "PDF"),
        (b"PK\x03\x04\x00\x00", "Word"),
        (b"\xd0\xcf\x11\xe0\x00", "old Word"),
        (b"{\\rtf1 Ada}", "RTF"),
        (b"<!DOCTYPE html><p>Ada", "web page"),
        (b"Ada\x00Lovelace", "zero byte at byte 3"),
        (b"\xff\xfeA", "UTF-16"),
        (b"Ada \x81\x8d", "byte 4"),
        (b"x" * (2 * 1024 * 1024 + 1), "2,097,153 bytes"),
        (b"[1, 2]", "list"),
        (b'{"contact": {"name": "Ada",}}', "line 1, column 28"),
        (b'{\n  "contact": {}\n  "skills": []}', "line 3, column 3"),
        (b'{"contact": ' + b'{"a": ' * 60 + b"1" + b"}" * 61, "50 levels"),
        (b'{"skills": [NaN]}', "NaN"),
        (b'{"skills": ["\\ud800"]}', "half of a character"),
        (b'{"skills": [' + b"1" * 5000 + b"]}", "too long"),
        (b'{"hobbies": ["chess"]}', "none of a resume's fields"),
        (b"{}", "none of a resume's fields"),
        (b"---\n\n***\n", "Nothing in the text"),
        (b"x\n" * 2001, "2,001 lines"),
        (b"Ada\n" + b"x" * 60_000, "Line 2"),
    ],
)
def test_what_is_no_resume_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_resume_file(data)
    assert said in refused.value.detail


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.text("# -*\n\t|,:()[]<>&\\`_0129abAB–•@./", max_size=80).map(str.encode),
    )
)
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_resume_file(data)
    except InvalidInput:
        return
    stored_shape.read(document)


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                """basics work name position highlights summary skills keywords education courses score profiles network url
                location volunteer awards title languages projects roles certificates interests references x""".split()
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@given(
    st.dictionaries(
        st.sampled_from(("basics", "work", "skills", "volunteer", "awards", "education", "projects", "x")), json_values
    )
)
@settings(deadline=None)
def test_any_json_object_is_read_or_refused(document: object) -> None:
    try:
        found = read_resume_file(json.dumps(document).encode())
    except InvalidInput:
        return
    stored_shape.read(found)


def test_the_bundled_sample_is_read() -> None:
    sample = Path(__file__).parents[4] / "data" / "samples" / "resume.json"
    assert stored_shape.read(read_resume_file(sample.read_bytes())).has_content


def test_a_document_is_sent_to_the_reader_of_documents() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_resume_file(b"%PDF-1.7")
    assert "`tailor parse FILE`" in refused.value.detail
    assert "`POST /resumes/upload`" in refused.value.detail
