"""YAML is read without types and aliases, and what is wrong with it is named."""

import pytest

from backend.documents.reading.yaml_file import is_resume_yaml, yaml_object
from backend.errors import InvalidInput


def test_scalars_stay_as_they_are_written_and_empty_ones_are_left_out() -> None:
    assert yaml_object("a: 2020-01\nb: yes\nc:\nd: null\ne: [1, ~]\n") == {"a": "2020-01", "b": "yes", "e": ["1"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x\n", "alias (*name) at line 2"),
        ("a: [1\nb: 2\n", "line"),
        ("- 1\n", "no mapping"),
        ("a: \x07\n", "character"),
        ("a: " + "[" * 60 + "]" * 60, "50 levels"),
        ("a: !!python/object/apply:os.system [ls]\n", ""),
        ("x" * 500_001, "500,001"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, said: str) -> None:
    if not said:  # a tag is no more than a mark to a reader without types
        assert yaml_object(text) == {"a": ["ls"]}
        return
    with pytest.raises(InvalidInput) as refused:
        yaml_object(text)
    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cv:\n  name: Ada\n", True),
        ("# mine\n\ncv: # all of it\n\n  # me\n  name: Ada\n", True),
        ("Ada Lovelace\ncv: see below\n", False),
        ("CV:\n  Ada Lovelace\n", False),
        ("cv:\nname: Ada\n", False),
    ],
)
def test_a_rendercv_file_is_known_by_its_top(text: str, expected: bool) -> None:
    assert is_resume_yaml(text) is expected
