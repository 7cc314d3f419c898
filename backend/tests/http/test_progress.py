"""Following a run: server-sent events and WebSockets, against a server on a port."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.container import Parts
from backend.domain.lexicon import Lexicon
from backend.tests.http.following import Heard, heard
from backend.tests.http.live import Live, live
from backend.tests.http.service import Person, settings_for
from backend.tests.slow_model import SlowModel

JOB = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and know Terraform."
LIFETIME = 1.0


@pytest.fixture(scope="module")
def model(lexicon: Lexicon) -> SlowModel:
    return SlowModel(RuleBasedModel(lexicon), seconds=0.05)


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory, model: SlowModel) -> AsyncIterator[Live]:
    settings = settings_for(tmp_path_factory.mktemp("live"), runs_rate_limit="1000/minute", stream_lifetime=LIFETIME)

    def slow(parts: Parts) -> Parts:
        return replace(parts, model=model)

    async with live(settings, slow) as opened:
        yield opened


@pytest.fixture
async def ann(server: Live, small: dict[str, Any]) -> Person:
    person = server.service.person()
    await person.keep(small)
    return person


async def start(person: Person, **body: Any) -> str:
    answer = await person.ask("POST", "/tailorings", json={"job_description": JOB} | body)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


async def test_a_run_tells_its_story_from_the_beginning(ann: Person) -> None:
    story = await heard(ann, await start(ann))
    states = [event.data["state"] for event in story if event.name == "state"]
    stages = [event.data["stage"] for event in story if event.name == "stage" and event.data["status"] == "finished"]
    assert states == ["queued", "running", "succeeded"]
    assert stages[:6] == ["analyze", "retrieve", "plan", "generate", "verify", "evaluate"]
    assert all(event.data["sentence"] for event in story)


async def test_percent_never_falls_and_ends_at_100(ann: Person) -> None:
    percents = [event.data["percent"] for event in await heard(ann, await start(ann))]
    assert percents == sorted(percents)
    assert percents[-1] == 100


async def test_the_text_of_edits_comes_as_it_is_written(
    server: Live, sample_document: dict[str, Any], sample_job: Any
) -> None:
    ann = server.service.person()
    await ann.keep(sample_document)
    story = await heard(ann, await start(ann, job_description=sample_job.text))
    texts = [event.data for event in story if event.name == "text"]
    assert texts
    assert all(text["path"] and text["text"] for text in texts)


async def test_who_comes_late_hears_the_same(ann: Person) -> None:
    run_id = await start(ann)
    first = await heard(ann, run_id)
    assert await heard(ann, run_id) == first


async def test_who_hangs_up_and_comes_back_misses_nothing_and_hears_nothing_twice(ann: Person) -> None:
    run_id = await start(ann)
    story: list[Heard] = []
    while not story or story[-1].data["state"] != "succeeded":
        story += await heard(ann, run_id, after=story[-1].id if story else "", most=2)
    assert story == await heard(ann, run_id)


async def test_who_has_heard_all_of_it_need_not_come_again(ann: Person) -> None:
    run_id = await start(ann)
    last = (await heard(ann, run_id))[-1].id
    answer = await ann.ask("GET", f"/tailorings/{run_id}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 204


async def test_an_event_id_that_is_none_gives_everything(ann: Person) -> None:
    run_id = await start(ann)
    assert await heard(ann, run_id, after="never; was") == await heard(ann, run_id)


async def test_a_stream_ends_before_its_lifetime_with_a_hint(tmp_path: Path, lexicon: Lexicon, small: Any) -> None:
    held = SlowModel(RuleBasedModel(lexicon), held=("analyze_job",))
    settings = settings_for(tmp_path, stream_lifetime=0.3)
    async with live(settings, lambda parts: replace(parts, model=held)) as server:
        ann = server.service.person()
        await ann.keep(small)
        run_id = await start(ann)
        story = await heard(ann, run_id)
        assert (story[-1].name, story[-1].data, story[-1].id) == ("reconnect", {"after_ms": 2000}, "")
        held.let_go()
        rest = await heard(ann, run_id, after=story[-2].id)
        assert rest[-1].data["state"] == "succeeded"


async def test_what_was_made_without_a_run_has_only_an_end(ann: Person) -> None:
    made = (await ann.tailor(JOB)).json()["id"]
    assert [event.data["state"] for event in await heard(ann, made)] == ["succeeded"]


async def test_another_persons_run_cannot_be_followed(ann: Person, server: Live) -> None:
    run_id = await start(ann)
    answer = await server.service.person().ask("GET", f"/tailorings/{run_id}/events")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_without_a_token_nothing_is_told(ann: Person) -> None:
    answer = await ann.service.http.get(f"/tailorings/{await start(ann)}/events")
    assert answer.status_code == 401


async def test_a_cancelled_run_says_so(server: Live, small: dict[str, Any], ann: Person) -> None:
    run_id = await start(ann)
    following = asyncio.create_task(heard(ann, run_id))
    await asyncio.sleep(0.05)
    await ann.ask("DELETE", f"/tailorings/{run_id}")
    assert (await following)[-1].data["state"] == "cancelled"


# WebSocket


async def told(socket: ClientConnection) -> list[dict[str, Any]]:
    """Every message until the server closes."""
    found: list[dict[str, Any]] = []
    try:
        async for text in socket:
            found.append(json.loads(text))  # noqa: PERF401 - what came before it was closed is kept
    except ConnectionClosed:
        pass
    return found


async def test_a_socket_tells_the_same_story(ann: Person, server: Live) -> None:
    run_id = await start(ann)
    async with connect(f"{server.ws}/tailorings/{run_id}/progress") as socket:
        await socket.send(json.dumps({"token": ann.token}))
        messages = await told(socket)
    story = await heard(ann, run_id)
    assert [(m["id"], m["event"]) for m in messages if m["type"] == "event"] == [(e.id, e.data) for e in story]
    assert socket.close_code == 1000


async def test_the_token_may_be_a_subprotocol(ann: Person, server: Live) -> None:
    run_id = await start(ann)
    protocols: Any = ["tailor.progress", f"bearer.{ann.token}"]
    async with connect(f"{server.ws}/tailorings/{run_id}/progress", subprotocols=protocols) as socket:
        assert socket.subprotocol == "tailor.progress"
        assert (await told(socket))[-1]["event"]["state"] == "succeeded"


async def test_a_socket_goes_on_where_it_left_off(ann: Person, server: Live) -> None:
    run_id = await start(ann)
    story = await heard(ann, run_id)
    async with connect(f"{server.ws}/tailorings/{run_id}/progress") as socket:
        await socket.send(json.dumps({"token": ann.token, "last_event_id": story[3].id}))
        assert [m["id"] for m in await told(socket)] == [event.id for event in story[4:]]


async def test_a_ping_is_answered(ann: Person, server: Live) -> None:
    run_id = await start(ann)
    async with connect(f"{server.ws}/tailorings/{run_id}/progress") as socket:
        await socket.send(json.dumps({"token": ann.token}))
        await socket.send('{"type": "ping"}')
        await socket.send("no JSON at all")
        assert {"type": "pong"} in await told(socket)


@pytest.mark.parametrize("first", ['{"token": "nobody"}', "{}", "[]", "what", "😀"])
async def test_a_socket_without_a_good_token_is_closed(ann: Person, server: Live, first: str) -> None:
    async with connect(f"{server.ws}/tailorings/{await start(ann)}/progress") as socket:
        await socket.send(first)
        messages = await told(socket)
    assert [message["code"] for message in messages] == ["unauthenticated"]
    assert socket.close_code == 4401


async def test_a_socket_to_another_persons_run_is_closed(ann: Person, server: Live) -> None:
    eve = server.service.person()
    async with connect(f"{server.ws}/tailorings/{await start(ann)}/progress") as socket:
        await socket.send(json.dumps({"token": eve.token}))
        assert [message["code"] for message in await told(socket)] == ["not_found"]
    assert socket.close_code == 4404


async def test_a_token_in_the_address_opens_nothing(ann: Person, server: Live) -> None:
    async with connect(f"{server.ws}/tailorings/{await start(ann)}/progress?token={ann.token}") as socket:
        await socket.send("{}")
        await told(socket)
    assert socket.close_code == 4401


async def test_the_first_event_comes_at_once(ann: Person) -> None:
    run_id = await start(ann)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await heard(ann, run_id, most=1)
    assert loop.time() - began < 0.5
