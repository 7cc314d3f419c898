import re
from typing import Any

from hypothesis import given, settings

from backend.documents.writing.docx import values
from backend.documents.writing.docx.values import values_of
from backend.domain.resume import Resume
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE


def test_what_is_documented_is_what_there_is() -> None:
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", values.__doc__ or "", re.MULTILINE)
    documented = {
        name: re.findall(r"`(\w+)`", meaning) for names, meaning in rows for name in re.findall(r"`(\w+)`", names)
    }
    found = values_of(WHOLE)
    assert set(documented) == set(found)
    for name, fields in documented.items():
        if fields:
            assert set(fields) == set(found[name][0])


def test_dates_are_ready_to_print() -> None:
    job = values_of(WHOLE)["experience"][0]
    assert (job["start"], job["end"], job["period"]) == ("Jan 2020", "Present", "Jan 2020 – Present")


def test_the_headline_is_no_section() -> None:
    found = values_of(WHOLE)
    assert found["headline"] == "Analyst"
    assert [extra["title"] for extra in found["extras"]] == ["Hobbies"]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    return [leaf for item in value for leaf in _leaves(item)] if isinstance(value, list) else [value]


@given(whole_resumes)
@settings(max_examples=15, deadline=None)
def test_values_are_plain_data(resume: Resume) -> None:
    assert {type(leaf) for leaf in _leaves(values_of(resume))} <= {str}
