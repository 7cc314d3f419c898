"""Embeddings by Voyage."""

from collections.abc import Sequence
from typing import Literal

import aiohttp
import numpy as np
import voyageai
from voyageai.error import VoyageError

from backend.errors import VendorUnavailable
from backend.ports import Vectors

_BATCH = 128
_REMEMBERED = 4_096


class VoyageEmbedder:
    """`floor` holds for the voyage-3 family, whose cosines sit higher than MiniLM's."""

    floor = 0.35

    def __init__(self, api_key: str, base_url: str | None, model: str, timeout: float, size: int = 1024) -> None:
        self.name, self.size = model, size
        self._base_url = f"{base_url.rstrip('/').removesuffix('/v1')}/v1" if base_url else None
        self._client = voyageai.AsyncClient(api_key=api_key, base_url=self._base_url, timeout=timeout, max_retries=2)  # type: ignore[attr-defined]
        self._session: aiohttp.ClientSession | None = None

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        if not texts:
            return np.zeros((0, self.size), dtype=np.float32)
        if self._session is None:
            self._session = aiohttp.ClientSession()
        voyageai.aiosession.set(self._session)  # else the SDK opens a connection per call
        vectors: list[Sequence[float]] = []
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            try:
                answer = await self._client.embed(batch, model=self.name, input_type=kind)
            # The SDK takes some 5xx for success and then fails on what is not there.
            except (VoyageError, aiohttp.ClientError, TimeoutError, AttributeError) as error:
                status = getattr(error, "http_status", None)
                why = f"HTTP {status}" if status else "no connection or no answer in time"
                raise VendorUnavailable(f"Voyage is not available ({why}). Try again in a minute.") from error
            vectors.extend(answer.embeddings)
        matrix: Vectors = np.array(vectors, dtype=np.float32)
        return matrix

    async def close(self) -> None:
        if self._session:
            await self._session.close()
