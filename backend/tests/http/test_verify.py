"""POST /verify: any tailored resume against its original."""

from typing import Any

from backend.tests.http.service import Person, code_of


async def test_a_resume_is_true_to_itself(ada: Person, sample_document: dict[str, Any]) -> None:
    answer = await ada.ask("POST", "/verify", json={"original": sample_document, "tailored": sample_document})
    assert answer.json() == {"truthful": True, "claims": []}


async def test_what_was_made_up_is_named(ada: Person, sample_document: dict[str, Any]) -> None:
    tailored = {**sample_document, "summary": f"{sample_document['summary']} Holds a Secret clearance."}
    answer = (await ada.ask("POST", "/verify", json={"original": sample_document, "tailored": tailored})).json()
    assert answer["truthful"] is False
    assert {(c["path"], c["rule"]) for c in answer["claims"] if c["status"] == "unsupported"} >= {
        ("/summary", "credential-held")
    }


async def test_an_empty_original_is_refused(ada: Person, sample_document: dict[str, Any]) -> None:
    answer = await ada.ask("POST", "/verify", json={"original": {}, "tailored": sample_document})
    assert code_of(answer) == (422, "invalid_input")
