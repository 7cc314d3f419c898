"""The sandbox with readers that misbehave in every way we could think of. One zygote serves all tests."""

import asyncio
import os
import platform
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.documents.reading.sandbox import Sandbox
from backend.errors import InvalidInput, TailorError, TooLarge
from backend.tests.unit.documents.reading.sandbox import misbehaving

filtered = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="there is no filter of system calls here",
)


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(jobs=misbehaving.HERE)
    yield sandbox
    await sandbox.close()


@pytest.fixture(autouse=True)
async def still_works(sandbox: Sandbox) -> AsyncIterator[None]:
    yield
    assert (await sandbox.run("reverse", b"abc")).result == b"cba"


async def _refusal(sandbox: Sandbox, name: str, data: bytes = b"") -> str:
    with pytest.raises(InvalidInput) as refused:
        await sandbox.run(name, data)
    return refused.value.detail


async def test_a_job_gets_bytes_and_gives_bytes(sandbox: Sandbox) -> None:
    data = bytes(range(256)) * 40_000
    assert (await sandbox.run("reverse", data)).result == data[::-1]


async def test_a_job_may_have_several_parts_or_none(sandbox: Sandbox) -> None:
    assert (await sandbox.run("join", b"template", b"", b"{}")).result == b"template++{}"
    assert (await sandbox.run("join")).result == b""


async def test_a_long_answer_arrives_whole(sandbox: Sandbox) -> None:
    assert len((await sandbox.run("long_answer", b"")).result) == 20 * 1024 * 1024


async def test_what_a_job_took_is_told(sandbox: Sandbox) -> None:
    outcome = await sandbox.run("reverse", b"x")
    assert 0 < outcome.cpu < outcome.seconds + 0.1 < 1
    assert 10 < outcome.peak < 256


async def test_a_refusal_keeps_its_words_and_its_kind(sandbox: Sandbox) -> None:
    assert await _refusal(sandbox, "refuse") == "The file is not to my liking."
    with pytest.raises(TooLarge):
        await sandbox.run("too_large", b"")


async def test_an_error_in_a_reader_shows_nothing_of_the_file(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    detail = await _refusal(sandbox, "fail", b"my phone number")
    assert "broke off" in detail
    assert "ValueError at backend.tests" in caplog.text
    assert "phone" not in detail + caplog.text


async def test_a_job_that_computes_for_ever_is_ended(sandbox: Sandbox) -> None:
    began = time.monotonic()
    assert "longer than 1 s" in await _refusal(sandbox, "spin")
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("name", ["sleep", "deaf_sleep"])
async def test_a_job_that_waits_for_ever_is_ended(sandbox: Sandbox, name: str) -> None:
    began = time.monotonic()
    assert "longer than 0.5 s" in await _refusal(sandbox, name)
    assert time.monotonic() - began < 1.5


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
@pytest.mark.parametrize("name", ["eat", "eat_natively"])
async def test_a_job_that_eats_memory_is_ended(sandbox: Sandbox, name: str) -> None:
    assert "more than the 256 MB of memory" in await _refusal(sandbox, name)


async def test_a_job_that_recurses_without_end_is_refused(sandbox: Sandbox) -> None:
    assert "nested too deeply" in await _refusal(sandbox, "recurse")


@pytest.mark.parametrize("name", ["crash", "vanish", "babble"])
async def test_a_reader_that_breaks_off_is_told_as_such(sandbox: Sandbox, name: str) -> None:
    assert "broke off" in await _refusal(sandbox, name)


@filtered
async def test_a_reader_has_no_network(sandbox: Sandbox) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        port = str(server.sockets[0].getsockname()[1]).encode()
        for job in ("connect", "connect_with_programs"):
            assert (await sandbox.run(job, port)).result == b"PermissionError"


@filtered
@pytest.mark.parametrize("name", ["run_program", "fork", "kill_parent"])
async def test_a_reader_starts_and_ends_no_process(sandbox: Sandbox, name: str) -> None:
    assert (await sandbox.run(name, b"")).result == b"PermissionError"


@filtered
async def test_a_reader_starts_no_thread(sandbox: Sandbox) -> None:
    assert (await sandbox.run("thread", b"")).result == b"refused"


async def test_a_job_may_be_allowed_programs(sandbox: Sandbox) -> None:
    assert (await sandbox.run("run_program_allowed", b"")).result == b"done"


@filtered
async def test_a_reader_changes_no_file(sandbox: Sandbox, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("kept")
    for job, path in (("write", mine), ("delete", mine), ("write", tmp_path / "new")):
        assert (await sandbox.run(job, str(path).encode())).result == b"PermissionError"
    assert mine.read_text() == "kept"
    assert not (tmp_path / "new").exists()


async def test_a_reader_has_no_environment_of_ours(sandbox: Sandbox) -> None:
    names = set((await sandbox.run("environment", b"")).result.decode().split())
    assert names <= {"PATH", "LANG", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}


async def test_a_reader_holds_one_descriptor(sandbox: Sandbox) -> None:
    assert (await sandbox.run("descriptors", b"")).result == b"1"


async def test_a_zygote_that_died_is_started_anew(sandbox: Sandbox) -> None:
    first = int((await sandbox.run("zygote", b"")).result)
    os.kill(first, signal.SIGKILL)
    await asyncio.sleep(0.05)
    assert int((await sandbox.run("zygote", b"")).result) != first


async def test_a_zygote_that_dies_over_a_file_is_tried_once_more(sandbox: Sandbox) -> None:
    first = int((await sandbox.run("zygote", b"")).result)
    running = asyncio.create_task(sandbox.run("sleep", b""))
    await asyncio.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    with pytest.raises(InvalidInput, match="longer than"):
        await running


async def test_no_more_run_at_once_than_allowed(sandbox: Sandbox) -> None:
    began = time.monotonic()
    await asyncio.gather(*(_refusal(sandbox, "sleep") for _ in range(4)))
    assert 1.0 <= time.monotonic() - began < 2.5


async def test_many_requests_are_all_answered_each_with_its_own(sandbox: Sandbox) -> None:
    datas = [str(number).encode() * 100 for number in range(40)]
    outcomes = await asyncio.gather(*(sandbox.run("reverse", data) for data in datas))
    assert [outcome.result for outcome in outcomes] == [data[::-1] for data in datas]


async def test_a_cancelled_request_ends_its_reader(sandbox: Sandbox) -> None:
    first = int((await sandbox.run("zygote", b"")).result)
    running = asyncio.create_task(sandbox.run("long_sleep", b""))
    await asyncio.sleep(0.2)
    assert _children(first) == 1
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.sleep(0.2)
    assert _children(first) == 0


def _children(pid: int) -> int:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    if not listing.exists():
        pytest.skip("the system does not list children")
    return len(listing.read_text().split())


async def test_an_unknown_job_is_our_mistake(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError):
        await sandbox.run("no such job", b"")


async def test_a_sandbox_that_cannot_start_says_so(sandbox: Sandbox) -> None:
    broken = Sandbox(jobs="backend.errors")
    with pytest.raises(TailorError, match="could not be started"):
        await broken.start()
    await broken.close()


async def test_closing_ends_the_zygote(sandbox: Sandbox) -> None:
    other = Sandbox(jobs=misbehaving.HERE)
    pid = int((await other.run("zygote", b"")).result)
    await other.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
