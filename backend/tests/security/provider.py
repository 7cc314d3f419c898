"""An OpenID Connect provider that is not ours, as a process on loopback: discovery, keys, and the authorization code flow."""

import asyncio
import socket
import sys
from collections.abc import Mapping
from typing import Any

import httpx

HOST, CALLBACK = "127.0.0.1", "http://127.0.0.1/callback"


class Provider:
    """Its keys are new with every `start`; its address stays."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://{HOST}:{self._port}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        command = (sys.executable, "-m", "oidc_provider_mock", "--host", HOST, "--port", str(self._port))
        quiet = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
        async with httpx.AsyncClient(base_url=self.url) as http:
            for _ in range(200):
                try:
                    await http.get("/jwks")
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                else:
                    return
        raise RuntimeError("The identity provider did not answer in 20 s.")

    async def stop(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def sign_in(self, subject: str, claims: Mapping[str, Any], client: str = "tailor") -> str:
        """What the provider gives the client when somebody has signed in."""
        asked = {"client_id": client, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid email"}
        async with httpx.AsyncClient(base_url=self.url) as http:
            await http.put(f"/users/{subject}", json=dict(claims))
            allowed = await http.post("/oauth2/authorize", params=asked, data={"sub": subject})
            code = httpx.URL(allowed.headers["location"]).params["code"]
            exchange = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
            answer = await http.post("/oauth2/token", data=exchange | {"client_id": client, "client_secret": "any"})
        return str(answer.json()["id_token"])
