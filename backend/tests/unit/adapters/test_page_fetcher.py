"""What is taken of a page, and what is not."""

import asyncio
import gzip
import time
import zlib
from typing import Any

import pytest

from backend.adapters.page_fetcher import USER_AGENT, WebPageFetcher
from backend.adapters.web.refusals import AddressRefused, PageUnavailable, PageUnreadable
from backend.ports import Page
from backend.tests.unit.adapters.web.sites import answer, asyncio_server, certificate, resolver, site

LIMIT = 100_000


def fetcher(port: int, **more: Any) -> WebPageFetcher:
    hosts = resolver(job_example=["127.0.0.1"], other_example=["127.0.0.1"], job_test_example=["127.0.0.1"])
    known: dict[str, Any] = {
        "resolve": hosts,
        "is_public": lambda _: True,
        "ports": frozenset((port,)),
        "at_most": LIMIT,
    }
    return WebPageFetcher(**(known | more))


async def fetched(reply: bytes, **more: Any) -> Page:
    async with site(reply) as here:
        return await fetcher(here.port, **more).fetch(f"http://job.example:{here.port}/a?b=c")


async def test_a_page_comes_with_its_address_its_type_and_its_bytes() -> None:
    page = await fetched(answer("<p>Köchin</p>".encode()))
    assert page.url.endswith("/a?b=c")
    assert page.content_type == "text/html; charset=utf-8"
    assert page.body.decode() == "<p>Köchin</p>"


async def test_a_site_is_told_its_name_and_who_we_are_and_nothing_more() -> None:
    async with site(answer(set_cookie="a=b; Path=/")) as here:
        for _ in range(2):
            await fetcher(here.port).fetch(f"http://job.example:{here.port}/a")
    for head in here.requests:
        names = {line.partition(":")[0].lower() for line in head.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}
        assert f"Host: job.example:{here.port}\r\n" in head
        assert f"User-Agent: {USER_AGENT}\r\n" in head


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_followed(status: str) -> None:
    def reply(target: str) -> bytes:
        return answer() if target == "/new/k%C3%B6ln" else answer(b"", status, location="new/köln")

    async with site(reply) as here:
        page = await fetcher(here.port).fetch(f"http://job.example:{here.port}/old")
    assert page.url == f"http://job.example:{here.port}/new/k%C3%B6ln"


async def test_redirects_without_end_are_given_up() -> None:
    async with site(answer(b"", "302 Found", location="/again")) as here:
        with pytest.raises(PageUnreadable, match="more than 5 times"):
            await fetcher(here.port).fetch(f"http://job.example:{here.port}/")
    assert len(here.requests) == 6


async def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    server, client = certificate("job.example")
    async with (
        site(answer()) as plain,
        site(answer(b"", "302 Found", location=f"http://job.example:{plain.port}/"), tls=server) as here,
    ):
        ports = frozenset((plain.port, here.port))
        with pytest.raises(AddressRefused, match="from https to http"):
            await fetcher(0, ports=ports, tls=client).fetch(f"https://job.example:{here.port}/")
    assert plain.requests == []


async def test_a_certificate_is_checked_against_the_name_and_not_the_number() -> None:
    server, client = certificate("job.example")
    async with site(answer(), tls=server) as here:
        page = await fetcher(here.port, tls=client).fetch(f"https://job.example:{here.port}/")
    assert page.body
    assert here.names == ["job.example"]
    assert f"Host: job.example:{here.port}" in here.requests[0]


async def test_a_certificate_of_another_name_is_refused() -> None:
    server, client = certificate("other.example")
    async with site(answer(), tls=server) as here:
        with pytest.raises(PageUnavailable, match="certificate"):
            await fetcher(here.port, tls=client).fetch(f"https://job.example:{here.port}/")
    assert here.requests == []


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    server, _ = certificate("job.example")
    async with site(answer(), tls=server) as here:
        with pytest.raises(PageUnavailable, match="certificate"):
            await fetcher(here.port).fetch(f"https://job.example:{here.port}/")


@pytest.mark.parametrize(
    "kind",
    ["text/html", "TEXT/HTML; charset=x", "application/xhtml+xml", "application/json; charset=utf-8", "text/plain"],
)
async def test_pages_json_and_text_are_taken(kind: str) -> None:
    assert (await fetched(answer(content_type=kind))).content_type == kind


@pytest.mark.parametrize(
    "kind", ["", "application/pdf", "image/png", "application/octet-stream", "text/htmlx", "video/mp4", "html", ";"]
)
async def test_other_types_are_not(kind: str) -> None:
    with pytest.raises(PageUnreadable, match="not to a web page"):
        await fetched(answer(content_type=kind))


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "401 Unauthorized", "403 Forbidden", "204 No", "206 Part", "999 No"]
)
async def test_what_is_no_page_is_said_so(status: str) -> None:
    with pytest.raises(PageUnreadable, match="Paste the text"):
        await fetched(answer(status=status))


@pytest.mark.parametrize("status", ["429 Too Many", "500 Oops", "503 Busy"])
async def test_what_may_pass_is_worth_trying_again(status: str) -> None:
    with pytest.raises(PageUnavailable) as refusal:
        await fetched(answer(status=status))
    assert refusal.value.retryable


async def test_a_page_as_large_as_allowed_is_taken() -> None:
    assert len((await fetched(answer(b"x" * LIMIT))).body) == LIMIT


async def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(PageUnreadable, match=r"larger than 0\.1 MB"):
        await fetched(answer(b"x" * (LIMIT + 1)))


async def test_a_page_without_end_is_hung_up_on() -> None:
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x" * 50_000)
            sent += 50_000
            await writer.drain()

    async with asyncio_server(endless) as port:
        with pytest.raises(PageUnreadable, match="larger"):
            await fetcher(port).fetch(f"http://job.example:{port}/")
    assert sent < 100 * LIMIT  # the buffers of two sockets, not more and more


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "deflate"])
async def test_a_packed_page_is_unpacked(encoding: str) -> None:
    body = b"<p>A job</p>" * 500
    packed = zlib.compress(body) if encoding == "deflate" else gzip.compress(body)
    assert (await fetched(answer(packed, content_encoding=encoding))).body == body


async def test_a_page_packed_without_a_head_is_unpacked() -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"<p>A job</p>" * 500) + packer.flush()
    assert (await fetched(answer(packed, content_encoding="deflate"))).body == b"<p>A job</p>" * 500


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_is_not_unpacked(encoding: str) -> None:
    bomb = b"\0" * 90_000_000
    packed = zlib.compress(bomb, 9) if encoding == "deflate" else gzip.compress(bomb, 9)
    assert len(packed) < LIMIT
    began = time.perf_counter()
    with pytest.raises(PageUnreadable, match="larger"):
        await fetched(answer(packed, content_encoding=encoding))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 100])
async def test_a_page_packed_in_another_way_is_refused(encoding: str) -> None:
    with pytest.raises(PageUnreadable, match="packed as"):
        await fetched(answer(gzip.compress(gzip.compress(b"x")), content_encoding=encoding))


@pytest.mark.parametrize(
    "packed",
    [b"no gzip at all", gzip.compress(b"x" * 5_000, mtime=0)[:20], gzip.compress(b"abc", mtime=0)[:-6]],
    ids=["none", "short", "cut"],
)
async def test_a_page_that_cannot_be_unpacked_is_refused(packed: bytes) -> None:
    with pytest.raises(PageUnreadable):
        await fetched(answer(packed, content_encoding="gzip"))


async def test_a_site_that_drips_is_not_waited_for() -> None:
    async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with asyncio_server(dripping) as port:
        began = time.perf_counter()
        with pytest.raises(PageUnavailable, match=r"longer than 0\.3 s"):
            await fetcher(port, seconds=0.3).fetch(f"http://job.example:{port}/")
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\nx",
    ],
)
async def test_a_site_that_does_not_speak_http_is_said_so(said: bytes) -> None:
    with pytest.raises(PageUnavailable, match="could not be reached"):
        await fetched(said)


async def test_a_head_without_end_is_refused() -> None:
    with pytest.raises(PageUnavailable):
        await fetched(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 500_000)
