"""What is found of a person's own lines, for whom, and what it costs to find it."""

from typing import Any

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.job import Job, JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.pipeline.evidence_retriever import EvidenceMatrix, EvidenceRetriever, line_ids
from backend.tests.unit.pipeline.scene import DOCUMENT, FREIGHT, JOB, USER, WordEmbedder

RESUME = read(DOCUMENT)
ASKED = JobAnalysis(requirements=(Requirement(id="r1", text="PostgreSQL booking service", kind="experience"),))


def retriever_of(lexicon: Lexicon) -> EvidenceRetriever:
    return EvidenceRetriever(WordEmbedder(), MemoryIndex(), MemoryChunks(), lexicon)


def embedded(retriever: EvidenceRetriever) -> list[tuple[str, str]]:
    assert isinstance(retriever.embedder, WordEmbedder)
    return retriever.embedder.embedded


async def matrix_of(
    retriever: EvidenceRetriever,
    *library: Chunk,
    user: str = USER,
    resume: Resume = RESUME,
    job: Job = JOB,
    analysis: JobAnalysis = ASKED,
) -> EvidenceMatrix:
    await retriever.chunks.put(user, library)
    await retriever.index_chunks(user, library)
    indexed = await retriever.index_resume(USER, "resume-1", resume)
    return await retriever.for_requirements(indexed, await retriever.for_job(indexed, job), analysis)


def chunk(text: str, **more: Any) -> Chunk:
    return Chunk(text=text, **more)


async def test_an_unchanged_resume_is_embedded_once(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    await retriever.index_resume(USER, "resume-1", RESUME)
    first = len(embedded(retriever))
    await retriever.index_resume(USER, "resume-1", RESUME)
    assert len(embedded(retriever)) == first > 0


async def test_only_a_changed_line_is_embedded_again(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    await retriever.index_resume(USER, "resume-1", RESUME)
    first = len(embedded(retriever))
    await retriever.index_resume(USER, "resume-1", RESUME.model_copy(update={"summary": "A new one."}))
    assert embedded(retriever)[first:] == [("document", "A new one.")]


async def test_equal_lines_share_one_vector_and_are_both_evidence(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    entry = DOCUMENT["work_experience"][0]
    resume = read({"work_experience": [entry, entry]})
    matrix = await matrix_of(retriever, resume=resume)
    texts = [text for kind, text in embedded(retriever) if kind == "document"]
    assert len(texts) == len(set(texts))
    assert {"/work_experience/0/highlights/0", "/work_experience/1/highlights/0"} <= {
        match.evidence for match in matrix.matches["r1"]
    }


async def test_all_requirements_are_embedded_in_one_call(lexicon: Lexicon) -> None:
    class Counting(WordEmbedder):
        calls = 0

        async def embed(self, texts: Any, kind: Any) -> Any:
            self.calls += kind == "query"
            return await super().embed(texts, kind)

    embedder = Counting()
    retriever = EvidenceRetriever(embedder, MemoryIndex(), MemoryChunks(), lexicon)
    many = tuple(Requirement(id=f"r{n}", text=f"skill {n}", kind="skill") for n in range(20))
    await matrix_of(retriever, analysis=JobAnalysis(requirements=many))
    assert embedder.calls == 2  # the job, and all requirements together


async def test_the_line_that_says_it_comes_first(lexicon: Lexicon) -> None:
    matrix = await matrix_of(retriever_of(lexicon))
    assert matrix.matches["r1"][0].evidence.startswith(FREIGHT)


async def test_scores_are_between_0_and_1(lexicon: Lexicon) -> None:
    matrix = await matrix_of(retriever_of(lexicon), chunk("Ran the PostgreSQL booking service"))
    scores = [match.score for matches in matrix.matches.values() for match in matches] + list(matrix.for_job.values())
    assert all(0 < score <= 1 for score in scores)


async def test_what_has_nothing_to_do_with_the_job_is_not_offered(lexicon: Lexicon) -> None:
    cake = chunk("Baked sourdough bread every Sunday")
    matrix = await matrix_of(retriever_of(lexicon), cake)
    assert cake.id not in matrix.evidence


async def test_a_library_line_belongs_to_the_entry_of_its_employer(lexicon: Lexicon) -> None:
    line = chunk("Tuned PostgreSQL for the booking service", metadata=ChunkMetadata(company="harborline freight"))
    matrix = await matrix_of(retriever_of(lexicon), line)
    assert matrix.evidence[line.id].entry == FREIGHT
    assert line.id in {item.id for item in matrix.evidence.values() if item.entry == FREIGHT}


async def test_a_library_line_of_an_unknown_employer_belongs_to_no_entry(lexicon: Lexicon) -> None:
    line = chunk("Tuned PostgreSQL for the booking service", metadata=ChunkMetadata(company="Initech"))
    matrix = await matrix_of(retriever_of(lexicon), line)
    assert matrix.evidence[line.id].entry == ""


async def test_voice_and_rules_are_no_evidence(lexicon: Lexicon) -> None:
    voice = chunk("PostgreSQL booking service", lens="personality")
    rule = chunk("PostgreSQL booking service!", lens="strategy")
    matrix = await matrix_of(retriever_of(lexicon), voice, rule)
    assert {voice.id, rule.id}.isdisjoint(matrix.evidence)


async def test_another_persons_library_is_never_found(lexicon: Lexicon) -> None:
    theirs = chunk("Tuned PostgreSQL for the booking service")
    matrix = await matrix_of(retriever_of(lexicon), theirs, user="eve")
    assert theirs.id not in matrix.evidence


async def test_another_resume_of_the_same_person_is_no_evidence(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    await retriever.index_resume(USER, "resume-2", Resume(summary="PostgreSQL booking service of another life"))
    matrix = await matrix_of(retriever)
    assert "another life" not in " ".join(item.text for item in matrix.evidence.values())


async def test_a_chunk_that_is_indexed_but_was_deleted_is_left_out(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    gone = chunk("Tuned PostgreSQL for the booking service")
    await retriever.index_chunks(USER, [gone])
    matrix = await matrix_of(retriever)
    assert gone.id not in matrix.evidence


async def test_a_job_that_asks_nothing_has_no_matches(lexicon: Lexicon) -> None:
    matrix = await matrix_of(retriever_of(lexicon), analysis=JobAnalysis())
    assert matrix.matches == {}


async def test_the_ids_of_a_resume_are_those_it_is_indexed_under(lexicon: Lexicon) -> None:
    retriever = retriever_of(lexicon)
    await retriever.index_resume(USER, "resume-1", RESUME)
    assert await retriever.index.missing(USER, "resume-1", sorted(line_ids(RESUME))) == set()
