"""Voyage's embeddings and reranking, from hashed words: texts that share words are near to each other."""

import base64
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.tests.standin.answers import RecordedRequest
from backend.tests.standin.prompt_cache import tokens_in

_WORD = re.compile(r"[\w+#]+")


def embed(text: str, dimension: int) -> NDArray[np.float32]:
    """The unit vector of a text: always the same, and on its own axis when the text has no words."""
    words = _WORD.findall(text.lower()) or [""]
    numbers = np.concatenate([_features(word) for word in words])
    # Sixteen places for a word, each with a sign, so that two words hardly ever look alike.
    signs = np.where(numbers & 1, 1.0, -1.0)
    vector = np.bincount((numbers >> 1) % dimension, weights=signs, minlength=dimension)
    if not vector.any():  # the signs can cancel out in a very small dimension
        vector[0] = 1.0
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@lru_cache(maxsize=65_536)
def _features(word: str) -> NDArray[np.int64]:
    return np.frombuffer(blake2b(word.encode(), digest_size=64).digest(), dtype="<u4").astype(np.int64)


def embeddings(request: RecordedRequest, dimension: int) -> dict[str, Any]:
    """The body of an answer to an embeddings request, which may ask for a dimension of its own."""
    given = request.body.get("input") or []
    texts = [given] if isinstance(given, str) else given
    size = request.body.get("output_dimension") or dimension
    packed = request.body.get("encoding_format") == "base64"
    vectors = (embed(text, size) for text in texts)
    data = [
        {"object": "embedding", "index": index, "embedding": _packed(vector) if packed else vector.tolist()}
        for index, vector in enumerate(vectors)
    ]
    return {"object": "list", "data": data, "model": request.model, "usage": _usage(texts)}


def ranking(request: RecordedRequest, dimension: int) -> dict[str, Any]:
    """The body of an answer to a rerank request: the cosine to the query, no less than 0, best first."""
    query: str = request.body["query"]
    documents: list[str] = request.body["documents"]
    wanted = embed(query, dimension)
    scores = [max(0.0, float(wanted @ embed(document, dimension))) for document in documents]
    best = sorted(range(len(documents)), key=lambda index: -scores[index])[: request.body.get("top_k")]
    data = [{"index": index, "relevance_score": scores[index]} for index in best]
    # The query is read again with each document, and counted as often.
    usage = _usage([*documents, *[query] * len(documents)])
    return {"object": "list", "data": data, "model": request.model, "usage": usage}


def _packed(vector: NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def _usage(texts: Sequence[str]) -> dict[str, int]:
    return {"total_tokens": sum(tokens_in(len(text)) for text in texts)}
