"""What people teach the writer, over HTTP."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from backend.data import SAMPLES
from backend.security.encryption import new_key
from backend.tests.http.service import Person, code_of, serve, settings_for

ANCHOR = "I moved billing to Kafka. It took six weeks."
JOB = (SAMPLES / "job.txt").read_text(encoding="utf-8")


async def teach(person: Person, text: str, kind: str = "anchor") -> dict[str, Any]:
    answer = await person.ask("POST", "/voice/examples", json={"kind": kind, "text": text})
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/voice/examples/{answer.json()['id']}"
    kept: dict[str, Any] = answer.json()
    return kept


async def say(person: Person, kind: str, text: str, **more: Any) -> dict[str, Any]:
    answer = await person.ask("POST", "/voice/feedback", json={"kind": kind, "text": text, **more})
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def listed(person: Person, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await person.ask("GET", path)).json()["items"]
    return found


async def test_examples_come_back_newest_first(ada: Person) -> None:
    first, second = await teach(ada, ANCHOR), await teach(ada, "Ran 40 shops' tills.", "approved")
    assert {item["id"] for item in await listed(ada, "/voice/examples")} == {first["id"], second["id"]}
    page = (await ada.ask("GET", "/voice/examples", params={"limit": 1})).json()
    rest = (await ada.ask("GET", "/voice/examples", params={"cursor": page["next_cursor"]})).json()
    assert (page["items"][0]["id"], rest["items"][0]["id"], rest["next_cursor"]) == (second["id"], first["id"], None)


async def test_saying_it_again_says_it_once(ada: Person) -> None:
    assert (await teach(ada, ANCHOR))["id"] == (await teach(ada, ANCHOR))["id"]
    assert (await say(ada, "rejected", "synergy"))["id"] == (await say(ada, "rejected", "synergy"))["id"]
    assert len(await listed(ada, "/voice/examples")) == len(await listed(ada, "/voice/feedback")) == 1


async def test_a_deleted_example_is_gone(ada: Person) -> None:
    kept = await teach(ada, ANCHOR)
    path = f"/voice/examples/{kept['id']}"
    assert (await ada.ask("DELETE", path)).status_code == 204
    assert await listed(ada, "/voice/examples") == []
    assert code_of(await ada.ask("DELETE", path)) == (404, "not_found")


async def test_another_persons_voice_is_not_theirs(ada: Person, eve: Person) -> None:
    example, said = await teach(ada, ANCHOR), await say(ada, "rejected", "results-driven")
    assert await listed(eve, "/voice/examples") == [] == await listed(eve, "/voice/feedback")
    assert (await eve.ask("GET", "/voice/feedback", params={"cursor": said["id"]})).json()["items"] == []
    assert code_of(await eve.ask("DELETE", f"/voice/examples/{example['id']}")) == (404, "not_found")
    assert code_of(await eve.ask("DELETE", f"/voice/feedback/{said['id']}")) == (404, "not_found")
    assert len(await listed(ada, "/voice/feedback")) == 1


async def test_feedback_is_no_example_and_the_other_way_round(ada: Person) -> None:
    example, said = await teach(ada, ANCHOR), await say(ada, "rejected", "results-driven")
    assert code_of(await ada.ask("DELETE", f"/voice/examples/{said['id']}")) == (404, "not_found")
    assert code_of(await ada.ask("DELETE", f"/voice/feedback/{example['id']}")) == (404, "not_found")


async def test_what_is_said_of_an_edit_is_kept_with_it(ada: Person, sample_document: dict[str, Any]) -> None:
    await ada.keep(sample_document)
    tailoring = (await ada.tailor(JOB)).json()
    edit = next(e for e in tailoring["edits"] if e["text"])
    said = await say(ada, "approved", edit["text"], tailoring_id=tailoring["id"], edit_id=edit["id"])
    assert (said["tailoring_id"], said["edit_id"]) == (tailoring["id"], edit["id"])
    assert await listed(ada, "/voice/feedback") == [said]


async def test_feedback_on_anothers_tailoring_is_refused(
    ada: Person, eve: Person, sample_document: dict[str, Any]
) -> None:
    await ada.keep(sample_document)
    tailoring = (await ada.tailor(JOB)).json()
    body = {"kind": "approved", "text": "x y", "tailoring_id": tailoring["id"]}
    assert code_of(await eve.ask("POST", "/voice/feedback", json=body)) == (404, "not_found")
    assert code_of(await ada.ask("POST", "/voice/feedback", json=body | {"edit_id": "e999"})) == (404, "not_found")


async def test_a_rejected_wording_does_not_come_back_from_the_rules_either(
    ada: Person, sample_document: dict[str, Any]
) -> None:
    await ada.keep(sample_document)
    first = (await ada.tailor(JOB)).json()
    edit = next(e for e in first["edits"] if e["path"] == "/summary" and e["status"] == "supported")
    said = await say(ada, "rejected", edit["text"], tailoring_id=first["id"], edit_id=edit["id"], reason="Too long")
    second = (await ada.tailor(JOB)).json()
    assert second["tailored_resume"]["summary"] == sample_document["summary"] != first["tailored_resume"]["summary"]
    (again,) = [e for e in second["edits"] if e["path"] == "/summary"]
    assert again["status"] == "reverted"
    reasons = json.dumps(second["verification"]["verdicts"], ensure_ascii=False)
    assert "You rejected this wording" in reasons and "Too long" in reasons
    # Taken back, it may be written again.
    assert (await ada.ask("DELETE", f"/voice/feedback/{said['id']}")).status_code == 204
    third = (await ada.tailor(JOB)).json()
    assert third["tailored_resume"]["summary"] == first["tailored_resume"]["summary"]


async def test_the_match_of_voices_is_told_and_is_no_part_of_the_score(
    ada: Person, sample_document: dict[str, Any]
) -> None:
    await ada.keep(sample_document)
    before = (await ada.tailor(JOB)).json()["evaluation"]
    await teach(ada, ANCHOR)
    after = (await ada.tailor(JOB)).json()["evaluation"]
    assert before["voice_match"] is None
    assert 0 <= after["voice_match"] <= 1
    assert after["overall"] == before["overall"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/voice/examples", {"kind": "anchor", "text": " "}),
        ("/voice/examples", {"kind": "rejected", "text": "x y"}),
        ("/voice/examples", {"text": "a " * 1_001}),
        ("/voice/feedback", {"kind": "liked", "text": "x y"}),
        ("/voice/feedback", {"kind": "rejected", "text": "?!"}),
        ("/voice/feedback", {"kind": "edited", "text": "x y"}),
        ("/voice/feedback", {"kind": "approved", "text": "x y", "replacement": "z"}),
        ("/voice/feedback", {"kind": "edited", "text": "x y", "replacement": "…"}),
        ("/voice/feedback", {"kind": "approved", "text": "x y", "edit_id": "e1"}),
    ],
    ids=range(9),
)
async def test_what_says_nothing_is_refused(ada: Person, path: str, body: dict[str, Any]) -> None:
    assert code_of(await ada.ask("POST", path, json=body)) == (422, "invalid_input")
    assert await listed(ada, path) == []


async def test_what_people_say_is_sealed(tmp_path: Path) -> None:
    key = b64encode(new_key()).decode()
    async with serve(settings_for(tmp_path, encryption_key=key)) as service:
        ada = service.person()
        await teach(ada, ANCHOR)
        await say(ada, "edited", "Leveraged Kafka", replacement="Used Kafka daily")
        voices: Any = service.container.parts.voices
        rows = await voices._entries.find({"user_id": ada.id}).to_list(None)
        assert len(rows) == 2
        assert not any(word in str(row) for row in rows for word in ("billing", "Leveraged", "daily"))
        assert [item["text"] for item in await listed(ada, "/voice/examples")] == [ANCHOR]
