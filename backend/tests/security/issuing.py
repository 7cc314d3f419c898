"""An identity provider whose private keys a test holds: it can make any token, the valid ones included."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm


class Issuer:
    """Publishes `keys` while it is entered. `asked` counts the requests for each path."""

    def __init__(self) -> None:
        self.rsa = rsa.generate_private_key(65537, 2048)
        self.ec = ec.generate_private_key(ec.SECP256R1())
        self.published = [
            RSAAlgorithm.to_jwk(self.rsa.public_key(), as_dict=True) | {"kid": "rsa-1", "use": "sig"},
            ECAlgorithm.to_jwk(self.ec.public_key(), as_dict=True) | {"kid": "ec-1", "use": "sig"},
        ]
        self.asked: Counter[str] = Counter()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def token(self, claims: Mapping[str, Any], algorithm: str = "RS256", **header: Any) -> str:
        key = self.ec if algorithm.startswith("ES") else self.rsa
        kid = "ec-1" if algorithm.startswith("ES") else "rsa-1"
        return jwt.encode(dict(claims), key, algorithm, headers={"kid": kid} | header)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split(" ", 2)[1]
        self.asked[path] += 1
        if path == "/.well-known/openid-configuration":
            found: dict[str, Any] = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        else:
            found = {"keys": self.published}
        body = json.dumps(found).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()
