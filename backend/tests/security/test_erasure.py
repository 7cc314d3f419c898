"""Of somebody who is erased nothing is left: in no file of the databases or the index, in no log."""

from pathlib import Path

import pytest

from backend.tests.http.service import serve, settings_for
from backend.tests.security.histories import CANARIES, History, files_of, found_in

HISTORIES = 3
"""`erasure_eval` does a hundred."""
KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "sealed"])
async def test_of_random_histories_nothing_is_left(tmp_path: Path, caplog: pytest.LogCaptureFixture, key: str) -> None:
    caplog.set_level("DEBUG")
    settings = settings_for(tmp_path, **({"encryption_key": key} if key else {}))
    count = 1 if key else HISTORIES
    async with serve(settings) as service:
        stays = History(service, 0)
        await stays.run()
        gone = [History(service, seed) for seed in range(1, count + 1)]
        for history in gone:
            await history.run()
            assert len(history.canaries) == CANARIES
            before = found_in(files_of(tmp_path).values(), history.canaries)
            assert bool(key) or len(before) > CANARIES * 0.9, "the histories write too little to prove anything"
            assert found_in(files_of(tmp_path).values(), [history.person.id])
            answer = await history.person.ask("DELETE", "/auth/me", json={"confirm": "delete everything"})
            assert answer.status_code == 204
        words = [word for history in gone for word in (*history.canaries, history.person.id)]
        assert found_in(files_of(tmp_path).values(), words) == set()
        assert (await stays.person.ask("GET", "/resumes")).json()["items"]
        assert (await stays.person.ask("GET", "/auth/me")).json()["email"].startswith("zq")
    assert found_in(files_of(tmp_path).values(), words) == set()
    assert bool(key) or found_in(files_of(tmp_path).values(), stays.canaries)
    logged = "\n".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    assert logged
    assert found_in([logged.encode()], [word for history in gone for word in history.canaries]) == set()
