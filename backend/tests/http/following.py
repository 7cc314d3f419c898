"""A reader of server-sent events."""

import json
from typing import Any, NamedTuple

from backend.tests.http.service import Person


class Heard(NamedTuple):
    id: str
    name: str
    data: dict[str, Any]


async def heard(person: Person, what: str, after: str = "", most: int = 1_000) -> list[Heard]:
    """What a reader of a run's events (its id) or a batch's ("batch/" and its id) hears, until the end or so much of it."""
    found: list[Heard] = []
    headers = person.headers | ({"Last-Event-ID": after} if after else {})
    async with person.service.http.stream("GET", f"/tailorings/{what}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if line and name:
                fields[name] = value
            elif "data" in fields:
                found.append(Heard(fields.get("id", ""), fields["event"], json.loads(fields["data"])))
                fields = {}
                if len(found) == most:
                    return found
    return found
