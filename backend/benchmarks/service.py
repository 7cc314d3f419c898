"""The API as a process: how soon it answers, how much memory it holds; and the embedded index."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np

from backend.adapters.embedded.local_index import LocalIndex
from backend.adapters.qdrant import QdrantIndex
from backend.benchmarks import workload
from backend.domain.bm25 import Bm25
from backend.ports import Point, Query

_PORT = 8765


def cold_start() -> tuple[float, float]:
    """Seconds from the start of the process to the first 200 of /health, and resident MB once a resume was tailored and the
    service is idle again."""
    with tempfile.TemporaryDirectory() as folder:
        hidden = ("ANTHROPIC", "VOYAGE", "MONGODB", "QDRANT", "OPENAI")
        env = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "backend", "serve", "--port", str(_PORT)],
            env={**env, "DATA_DIR": folder, "JWT_SECRET": "b" * 40},
            stderr=subprocess.DEVNULL,
        )
        try:
            while True:
                try:
                    _call("GET", "/health")
                    break
                except OSError:
                    time.sleep(0.01)
            seconds = time.perf_counter() - started
            account = {"email": "bench@example.com", "password": "a long passphrase"}
            _call("POST", "/auth/register", account)
            token = _call("POST", "/auth/login", account)["access_token"]
            _call("POST", "/resumes", workload.resume(), token)
            _call("POST", "/tailor", {"job_description": workload.job().text}, token)
            time.sleep(1)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            return seconds, int(status.split("VmRSS:")[1].split()[0]) / 1024
        finally:
            process.terminate()
            process.wait()


def _call(method: str, path: str, body: object = None, token: str = "") -> dict[str, str]:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"http://127.0.0.1:{_PORT}{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        result: dict[str, str] = json.loads(answer.read())
        return result


async def retrieval(bm25: Bm25, chunks: int = 1_000, rounds: int = 300) -> list[float]:
    """Seconds per hybrid search, filtered by user, group and lens, among this many chunks of one user."""
    from qdrant_client import AsyncQdrantClient

    random = np.random.default_rng(7)
    common = list(bm25.idf)[:6_000]

    def text() -> str:
        return " ".join(random.choice(common, size=18))

    def vector() -> np.ndarray:
        v = random.normal(size=384).astype(np.float32)
        return v / np.linalg.norm(v)

    with tempfile.TemporaryDirectory() as folder:
        index = LocalIndex(lambda: QdrantIndex(AsyncQdrantClient(path=folder), "bench", "bench", 384, local=True))
        points = [Point(f"c{n}", "library", "facts", vector(), bm25.vector(text())) for n in range(chunks)]
        await index.put("u", points)
        seconds = []
        for _ in range(rounds):
            query = Query(vector(), bm25.vector(text()))
            started = time.perf_counter()
            await index.search("u", [query], groups=("r", "library"), lens="facts", limit=15)
            seconds.append(time.perf_counter() - started)
        await index.close()
        return seconds
