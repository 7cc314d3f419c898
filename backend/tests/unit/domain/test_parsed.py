"""What was read from a file, field by field."""

import pytest
from pydantic import ValidationError

from backend.domain.parsed import Field, ParsedResume

PARSED = ParsedResume(
    kind="text", document={}, text="Ada", fields=(Field(path="/contact/name", start=0, end=3, confidence=0.9),)
)


def test_a_field_is_found_by_its_path() -> None:
    field = PARSED.field("/contact/name")
    assert field is not None and PARSED.text[field.start : field.end] == "Ada"
    assert PARSED.field("/contact/email") is None


def test_it_travels_as_json_and_back() -> None:
    assert ParsedResume.model_validate_json(PARSED.model_dump_json()) == PARSED


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        ParsedResume.model_validate({**PARSED.model_dump(), "extra": 1})
