"""What the suites share: the servers of the repositories, and the models of the vendors."""

from collections.abc import AsyncIterator, Iterator
from secrets import token_hex

import pytest

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.adapters.language_model import VendorLanguageModel
from backend.adapters.mongo import Mongo
from backend.adapters.redis import RedisConnection
from backend.domain.content import resume_evidence
from backend.domain.job import Job, JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.tailoring import Options
from backend.ports import LanguageModel
from backend.tasks.analyze_job import AnalyzeJob
from backend.tasks.judge_relevance import JudgeRelevance
from backend.tasks.write_edits import Brief, WriteEdits
from backend.tests.contract.servers import REAL, SERVERS
from backend.tests.contract.vendor_models import as_told, reached
from backend.tests.doubles import FixedClock
from backend.tests.redis_server import PROGRAM, WHY_NOT, RedisServer, redis_server
from backend.tests.standin import StandIn


@pytest.fixture(scope="module")
async def uris() -> AsyncIterator[dict[str, str]]:
    server = EmbeddedMongo(None)
    yield {"embedded": await server.open(), "mongodb": REAL or ""}
    await server.close()


@pytest.fixture(params=SERVERS)
async def mongo(request: pytest.FixtureRequest, uris: dict[str, str]) -> AsyncIterator[Mongo]:
    connection = Mongo(uris[request.param], f"test-{token_hex(6)}")
    await connection.prepare()
    yield connection
    await connection.database.client.drop_database(connection.database.name)
    await connection.close()


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer | None]:
    if PROGRAM is None:
        yield None
        return
    with redis_server() as server:
        yield server


@pytest.fixture
async def connection(redis: RedisServer | None) -> AsyncIterator[RedisConnection]:
    if redis is None:
        pytest.skip(WHY_NOT)
    opened = RedisConnection(redis.url)
    await opened.client.flushdb()
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="module")
def analysis() -> JobAnalysis:
    asks = Requirement(id="r1", text="Python in production", kind="skill", skills=("Python",))
    return JobAnalysis(required_skills=("Python",), requirements=(asks,))


@pytest.fixture(scope="module")
def analyze(sample_job: Job) -> AnalyzeJob:
    return AnalyzeJob(job=sample_job, marker="m1")


@pytest.fixture(scope="module")
def write(sample_resume: Resume, analysis: JobAnalysis) -> WriteEdits:
    brief = Brief(sample_resume, tuple(resume_evidence(sample_resume)), analysis, Options(), "m1")
    return WriteEdits(brief=brief, part="/summary", targets=(("/summary", ("r1",)),))


@pytest.fixture(scope="module")
def judge(sample_resume: Resume, analysis: JobAnalysis) -> JudgeRelevance:
    return JudgeRelevance(resume=sample_resume, analysis=analysis, marker="m1")


@pytest.fixture(params=["anthropic", "openai"])
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def model(protocol: str, vendor: StandIn) -> AsyncIterator[VendorLanguageModel]:
    vendor.responder = as_told
    async with reached(protocol, vendor.url) as found:
        yield found


@pytest.fixture
async def claude(vendor: StandIn) -> AsyncIterator[VendorLanguageModel]:
    vendor.responder = as_told
    async with reached("anthropic", vendor.url) as found:
        yield found


@pytest.fixture(params=["rule-based", "anthropic", "openai"])
async def any_model(request: pytest.FixtureRequest, vendor: StandIn, lexicon: Lexicon) -> AsyncIterator[LanguageModel]:
    if request.param == "rule-based":
        yield RuleBasedModel(lexicon)
        return
    vendor.responder = as_told
    async with reached(request.param, vendor.url) as found:
        yield found
