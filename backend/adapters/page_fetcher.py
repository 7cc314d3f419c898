"""Fetches one page of the open web for somebody who typed its address."""

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin

import httpcore

from backend.adapters.web.address import WebAddress, parsed_address
from backend.adapters.web.body import ACCEPTED, MAX_BYTES, Body
from backend.adapters.web.pinned import IsPublic, PinnedBackend, Resolve, resolve
from backend.adapters.web.public import is_public
from backend.adapters.web.refusals import INSTEAD, AddressRefused, PageUnavailable, PageUnreadable
from backend.adapters.web.tls import trusted
from backend.ports import Page

USER_AGENT: Final = "Tailor/0.1 (reads one job advertisement at the request of a person)"
_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (408, 425, 429, 500, 502, 503, 504)
_TYPES: Final = ("text/html", "application/xhtml+xml", "application/json", "text/json", "text/plain")
_FAILURES = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)


class WebPageFetcher:
    """Every address on the way is read strictly, looked up once, and connected to only if all that it stands for is
    public. Nothing is kept between two fetches: no cookies, no connections. Other resolvers, predicates, ports and
    certificates than the defaults are for tests."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        is_public: IsPublic = is_public,
        ports: frozenset[int] = frozenset((80, 443)),
        tls: ssl.SSLContext | None = None,
        seconds: float = 15.0,
        at_most: int = MAX_BYTES,
    ) -> None:
        self._backend = PinnedBackend(resolve, is_public)
        self._ports, self._seconds, self._at_most = ports, seconds, at_most
        self._tls = tls or trusted()

    async def fetch(self, url: str) -> Page:
        """The page at an address, at the end of its redirects. Raises AddressRefused, PageUnreadable, PageUnavailable."""
        address = parsed_address(url, self._ports)
        try:
            async with asyncio.timeout(self._seconds):
                for _ in range(_MOST_REDIRECTS + 1):
                    found = await self._ask(address)
                    if isinstance(found, Page):
                        return found
                    address = self._next(address, found)
        except TimeoutError:
            raise PageUnavailable(
                f"{address.host} took longer than {self._seconds:g} s to answer. Try again in a minute. {INSTEAD}"
            ) from None
        except _FAILURES as error:
            raise PageUnavailable(
                f"{address.host} could not be reached ({_why(error)}). Check the address. {INSTEAD}"
            ) from error
        raise PageUnreadable(f"The address leads on to another more than {_MOST_REDIRECTS} times. {INSTEAD}")

    async def _ask(self, address: WebAddress) -> Page | str:
        """The page, or where it is now."""
        async with AsyncExitStack() as stack:
            pool = await stack.enter_async_context(
                httpcore.AsyncConnectionPool(
                    ssl_context=self._tls,
                    max_connections=1,
                    max_keepalive_connections=0,
                    network_backend=self._backend,
                )
            )
            request = httpcore.Request(
                "GET",
                httpcore.URL(
                    scheme=address.scheme.encode(),
                    host=address.host.encode(),
                    port=address.port,
                    target=address.target.encode(),
                ),
                headers={
                    "Host": address.authority,
                    "User-Agent": USER_AGENT,
                    "Accept": "text/html, application/xhtml+xml, application/json, text/plain;q=0.8",
                    "Accept-Language": "en, *;q=0.5",
                    "Accept-Encoding": ACCEPTED,
                    "Connection": "close",
                },
            )
            response = await pool.handle_async_request(request)
            stack.push_async_callback(response.aclose)
            headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and headers.get("location"):
                return headers["location"]
            _check_status(response.status, address.host)
            kind = _checked_kind(headers)
            body = Body(headers.get("content-encoding", ""), self._at_most)
            async for piece in response.aiter_stream():
                body.take(piece)
            return Page(url=str(address), content_type=kind, body=body.content())

    def _next(self, address: WebAddress, location: str) -> WebAddress:
        # Servers write it in UTF-8; a header is read as Latin-1.
        location = location.encode("latin-1").decode("utf-8", "replace").strip()
        if any(char < " " or char == "\\" for char in location):
            raise AddressRefused(f"{address.host} sends on to an address that cannot be read. {INSTEAD}")
        try:
            following = urljoin(str(address), location)
        except ValueError:
            raise AddressRefused(f"{address.host} sends on to an address that cannot be read. {INSTEAD}") from None
        following_address = parsed_address(following, self._ports)
        if address.scheme == "https" and following_address.scheme == "http":
            raise AddressRefused(f"{address.host} sends on from https to http, which is not followed. {INSTEAD}")
        return following_address


def _check_status(status: int, host: str) -> None:
    if status == HTTPStatus.OK:
        return
    if status in _BUSY:
        raise PageUnavailable(f"{host} answers {status}, which may pass. Try again in a minute. {INSTEAD}")
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise PageUnreadable(f"{host} has no page at this address ({status}); the job may be closed. {INSTEAD}")
    raise PageUnreadable(f"{host} does not show this page to us (it answers {status}). {INSTEAD}")


def _checked_kind(headers: Mapping[str, str]) -> str:
    """The content type as sent, with its charset."""
    kind = headers.get("content-type", "").strip()
    named = kind.partition(";")[0].strip().lower()
    if named not in _TYPES:
        raise PageUnreadable(
            f"The address leads to {named[:60] or 'something of no stated type'}, not to a web page. {INSTEAD}"
        )
    return kind[:200]


def _why(error: Exception) -> str:
    """In a few words, with nothing of the network in it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its certificate is not valid"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.ProtocolError):
        return "it does not speak HTTP"
    return "no connection"
