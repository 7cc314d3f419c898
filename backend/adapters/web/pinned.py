"""Connections that go to the very address that was checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore

from backend.adapters.web.refusals import INSTEAD, AddressRefused

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The numeric addresses of a host."""
IsPublic = Callable[[str], bool]
_MOST_TRIED = 4
_CONNECT_SECONDS = 5.0


async def resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Looks a host up once, refuses it unless every address it has is public, and connects to one of just those. The name
    is looked up nowhere else: TLS gets it to check the certificate against, the connection gets numbers."""

    def __init__(self, resolve: Resolve, is_public: IsPublic) -> None:
        self._resolve, self._is_public = resolve, is_public
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises AddressRefused; ConnectError when none of the addresses answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in await self._checked(host, port):
            try:
                return await self._sockets.connect_tcp(address, port, _CONNECT_SECONDS, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused(f"The address was not fetched. {INSTEAD}")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError):
            addresses = ()
        # One answer for names that do not exist and for those of an inner network, so that nobody can tell which do.
        if not addresses or not all(map(self._is_public, addresses)):
            raise AddressRefused(f"{host} is no site of the public web, or there is none of that name. {INSTEAD}")
        return list(dict.fromkeys(addresses))[:_MOST_TRIED]
