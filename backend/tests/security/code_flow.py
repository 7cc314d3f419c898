"""Browsers that sign in, and an identity provider whose every answer a test can spoil."""

import base64
import hashlib
import json
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from backend.tests.http.service import Service
from backend.tests.security.issuing import Issuer

CLIENT, CLIENT_SECRET = "tailor-web", "client-secret-for-tests-0123456789"
SUBJECT = "ada"


@dataclass
class Browser:
    """Keeps cookies by their paths, and follows nothing by itself."""

    service: Service
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name: the value and the path."""

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        where = urlsplit(path).path
        sent = "; ".join(f"{name}={value}" for name, (value, under) in self.cookies.items() if where.startswith(under))
        headers = ({"Cookie": sent} if sent else {}) | more.pop("headers", {})
        self.service.http.cookies.clear()  # the client's own, which all browsers would share
        answer = await self.service.http.request(method, path, headers=headers, **more)
        self.service.http.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = (morsel.value, morsel["path"])
        return answer

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.ask("GET", path, **more)

    async def begin(self, next_: str = "/") -> str:
        """The address of the provider that the browser is sent to."""
        answer = await self.ask("GET", "/auth/oidc/login", params={"next": next_})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


def local(url: str) -> str:
    """An address of ours, without the host."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


class CodeIssuer(Issuer):
    """Gives a code to whoever asks, and an ID token for each code once, to whoever proves with PKCE that it asked.

    `spoil` changes the claims of the token; `sign` makes the token; `answer` is what the token endpoint says instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spoil: Callable[[dict[str, Any]], Mapping[str, Any]] = dict
        self.sign: Callable[[Mapping[str, Any]], Any] = self.token
        self.answer: tuple[str, bytes] | None = None
        self.extra: dict[str, Any] = {}
        self.exchanges: list[tuple[str, dict[str, str]]] = []
        """What was sent to exchange codes: the Authorization header and the form."""
        self._codes: dict[str, dict[str, str]] = {}

    def allow(self, url: str) -> str:
        """Somebody allows it: the path that the browser is sent back to."""
        wanted = asked(url)
        code = f"code-{len(self._codes)}"
        self._codes[code] = wanted
        return f"{local(wanted['redirect_uri']).rstrip('?')}?code={code}&state={wanted['state']}"

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split(" ", 2)[1]
        headers = {line.partition(": ")[0].lower(): line.partition(": ")[2] for line in head.split("\r\n")[1:]}
        sent = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        self.asked[path] += 1
        status, body = "200 OK", b""
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token"}
            body = json.dumps({"issuer": self.url, "jwks_uri": f"{self.url}/keys", **ends, **self.extra}).encode()
        elif path == "/token":
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self.exchanges.append((headers.get("authorization", ""), form))
            status, body = self.answer or self._exchange(form)
        else:
            body = json.dumps({"keys": self.published}).encode()
        writer.write(f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n".encode())
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    def _exchange(self, form: Mapping[str, str]) -> tuple[str, bytes]:
        wanted = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if wanted is None or wanted["code_challenge"] != challenge or wanted["redirect_uri"] != form["redirect_uri"]:
            return "400 Bad Request", b'{"error": "invalid_grant"}'
        claims = {
            "iss": self.url,
            "aud": wanted["client_id"],
            "sub": SUBJECT,
            "exp": int(time.time()) + 600,
            "nonce": wanted["nonce"],
        }
        told = {"access_token": "opaque", "token_type": "Bearer", "id_token": self.sign(self.spoil(claims))}
        return "200 OK", json.dumps(told).encode()
