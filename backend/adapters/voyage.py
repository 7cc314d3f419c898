"""Embeddings by Voyage."""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import aiohttp
import numpy as np
import voyageai
from voyageai.error import VoyageError

from backend.errors import SpendLimitReached, VendorLimits, VendorRefuses, VendorUnavailable
from backend.ports import Vectors

_BATCH = 128


class VoyageEmbedder:
    """`floor` holds for the voyage-3 family, whose cosines sit higher than MiniLM's."""

    floor = 0.35

    def __init__(
        self, api_key: str, base_url: str | None, model: str, timeout: float, retries: int = 2, size: int = 1024
    ) -> None:
        logging.getLogger("voyage").setLevel(logging.WARNING)  # at DEBUG it quotes what is sent
        self.name, self.size = model, size
        self._base_url = f"{base_url.rstrip('/').removesuffix('/v1')}/v1" if base_url else None
        self._client = voyageai.AsyncClient(  # type: ignore[attr-defined]
            api_key=api_key,
            base_url=self._base_url,
            timeout=timeout,
            max_retries=retries + 1,  # it counts attempts
        )
        self._session: aiohttp.ClientSession | None = None

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        if not texts:
            return np.zeros((0, self.size), dtype=np.float32)
        if self._session is None:
            self._session = aiohttp.ClientSession()
        voyageai.aiosession.set(self._session)  # else the SDK opens a connection per call
        starts = range(0, len(texts), _BATCH)
        return np.concatenate([await self._batch(list(texts[start : start + _BATCH]), kind) for start in starts])

    async def _batch(self, texts: list[str], kind: Literal["query", "document"]) -> Vectors:
        try:
            answer = await self._client.embed(texts, model=self.name, input_type=kind)
            vectors: Vectors = np.array(answer.embeddings, dtype=np.float32)
        except (VoyageError, aiohttp.ClientError, TimeoutError) as error:
            raise _unavailable(getattr(error, "http_status", None), getattr(error, "headers", {})) from error
        # The SDK takes some 5xx for success and then fails on what is not there.
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise VendorUnavailable("Voyage answered with something unexpected. Try again in a minute.") from error
        if vectors.shape != (len(texts), self.size):
            raise VendorUnavailable(
                f"{self.name} gave vectors of another size or number than asked for. Set VOYAGE_MODEL to a model whose "
                f"vectors have {self.size} numbers."
            )
        return vectors

    async def close(self) -> None:
        if self._session:
            await self._session.close()


def _unavailable(status: int | None, headers: Mapping[str, str]) -> VendorUnavailable:
    if status in (401, 403):
        return VendorRefuses(f"Voyage refuses our key (HTTP {status}). Check VOYAGE_API_KEY.")
    if status == 402:
        return SpendLimitReached("What may be spent at Voyage is spent (HTTP 402). Raise its limit.")
    why = f"HTTP {status}" if status else "no connection or no answer in time"
    told = f"Voyage is not available ({why}). Try again in a minute."
    if status == 429:
        return VendorLimits(told, retry_after=_seconds(headers))
    if status is not None and status < 500 and status != 408:
        return VendorRefuses(f"Voyage did not accept the request ({why}). Check VOYAGE_MODEL.")
    return VendorUnavailable(told, retry_after=_seconds(headers))


def _seconds(headers: Mapping[str, str]) -> float | None:
    """How long the vendor wants to be left alone, if it says so in seconds."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(said) if re.fullmatch(r"\d{1,5}(\.\d+)?", said) else None
