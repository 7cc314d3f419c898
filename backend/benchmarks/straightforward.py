"""The straightforward design, done faithfully: what one writes first, and what ours is measured against.

Synchronous SDK clients in threads; analyze, then embed, then search; the writer returns the whole resume as JSON; the judge
scores it; nothing is cached and nothing overlaps. Its vector search is Qdrant's client in memory.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import anthropic
import voyageai
from qdrant_client import QdrantClient, models

from backend.benchmarks import workload

_ANALYZE = "STRAIGHTFORWARD ANALYZE. Read the job description and return JSON with required_skills, preferred_skills, seniority, domain, culture_signals and key_requirements."
_GENERATE = "STRAIGHTFORWARD GENERATE. Rewrite the resume for the job. Return the whole resume as JSON of the same shape. Do not invent anything."
_EVALUATE = "STRAIGHTFORWARD EVALUATE. Score the tailored resume: keyword_coverage, relevance_ranking, ats_compatibility, overall, issues, as JSON."


@dataclass
class Straightforward:
    url: str
    threshold: float = 0.8
    attempts: int = 3

    def __post_init__(self) -> None:
        self.claude = anthropic.Anthropic(api_key="bench", base_url=self.url)
        self.voyage = voyageai.Client(api_key="bench", base_url=f"{self.url}/v1")  # type: ignore[attr-defined]
        self.qdrant = QdrantClient(":memory:")
        self.output_tokens = 0

    async def prepare(self) -> None:
        texts = [chunk.text for chunk in workload.library()]
        vectors = (
            await asyncio.to_thread(self.voyage.embed, texts, model="voyage-3.5", input_type="document")
        ).embeddings
        size = models.VectorParams(size=len(vectors[0]), distance=models.Distance.COSINE)
        self.qdrant.create_collection("chunks", size)
        points = [
            models.PointStruct(id=n, vector=v, payload={"user_id": "u", "text": t})
            for n, (v, t) in enumerate(zip(vectors, texts, strict=True))
        ]
        self.qdrant.upsert("chunks", points)

    async def tailor(self, resume: dict[str, Any], job: str) -> dict[str, Any]:
        analysis = await self._ask("claude-haiku-4-5", _ANALYZE, job)
        embedded = await asyncio.to_thread(self.voyage.embed, [job], model="voyage-3.5", input_type="query")
        mine = models.Filter(must=[models.FieldCondition(key="user_id", match=models.MatchValue(value="u"))])
        found = await asyncio.to_thread(
            self.qdrant.query_points, "chunks", embedded.embeddings[0], query_filter=mine, limit=15
        )
        context = "\n".join(str((point.payload or {})["text"]) for point in found.points)
        best: dict[str, Any] = {}
        for _ in range(self.attempts):
            prompt = f"Job:\n{job}\n\nAnalysis:\n{json.dumps(analysis)}\n\nContext:\n{context}\n\nResume:\n{json.dumps(resume)}"
            best = await self._ask("claude-sonnet-4-6", _GENERATE, prompt)
            verdict = await self._ask("claude-haiku-4-5", _EVALUATE, f"{json.dumps(analysis)}\n\n{json.dumps(best)}")
            if verdict["overall"] >= self.threshold:
                break
        return best

    async def _ask(self, model: str, system: str, prompt: str) -> dict[str, Any]:
        message = await asyncio.to_thread(
            self.claude.messages.create,
            model=model,
            max_tokens=8_000,
            system=system,
            messages=[{"role": "user", "content": prompt}],
        )
        self.output_tokens += message.usage.output_tokens
        block = message.content[0]
        assert block.type == "text"
        answer: dict[str, Any] = json.loads(block.text)
        return answer
