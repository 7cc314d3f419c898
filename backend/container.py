"""The composition root: the only module that knows the adapters. It picks real or embedded by what the settings hold.

Vendor SDKs take seconds to import, so each is imported where it is chosen and nowhere else.
"""

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.adapters.system import SystemClock, SystemIds
from backend.container_runs import RunParts, RunServices, run_parts, run_services, working
from backend.container_vendors import Guards, make_telemetry
from backend.data import TOKENIZER, load_lexicon, load_sample
from backend.data.spelling import load_spelling
from backend.documents.job_pages import PageReader
from backend.documents.reading.sandbox import Sandbox
from backend.domain.audit import Speller
from backend.domain.grounding import Grounder
from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.errors import VendorUnavailable
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.pipeline.evidence_retriever import EvidenceRetriever
from backend.pipeline.metering import Budget
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.pipeline.voice_retriever import VoiceRetriever
from backend.ports import (
    AccountRepository,
    ApplicationRepository,
    ChangeRepository,
    ChunkIndex,
    ChunkRepository,
    Clock,
    Embedder,
    Ids,
    JobRepository,
    LanguageModel,
    LedgerRepository,
    PageFetcher,
    PersonalData,
    ResumeRepository,
    SessionRepository,
    ShareRepository,
    TailoringRepository,
    TokenIssuer,
    UsageRepository,
    VoiceRepository,
)
from backend.security.links import Links
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts
from backend.services.applications import Applications
from backend.services.audits import Audits, StoredAudits
from backend.services.changes import Changes
from backend.services.content_library import ContentLibrary
from backend.services.diffs import Diffs
from backend.services.exports import Exports
from backend.services.idempotency import Idempotency
from backend.services.jobs import Jobs, Postings
from backend.services.privacy import Privacy
from backend.services.requirement_extraction import RequirementExtraction
from backend.services.resumes import Resumes
from backend.services.run_progress import RunProgress
from backend.services.runs import Runs
from backend.services.shares import Shares
from backend.services.tailoring_edits import TailoringEdits
from backend.services.tailorings import Tailorings
from backend.services.usage import Usages
from backend.services.verifications import Verifications
from backend.services.voice import VoiceLoop
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.adapters.qdrant import QdrantIndex

log = logging.getLogger("tailor")


@dataclass(frozen=True)
class Dependency:
    """Something outside that we need: what it is, whether it is the embedded twin, and how to see that it answers."""

    name: str
    vendor: str
    embedded: bool
    check: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True)
class Parts:
    """What the application is made of, before it is put together. Tests replace any of these."""

    lexicon: Lexicon
    clock: Clock
    ids: Ids
    model: LanguageModel
    embedder: Embedder
    index: ChunkIndex
    resumes: ResumeRepository
    chunks: ChunkRepository
    tailorings: TailoringRepository
    accounts: AccountRepository
    sessions: SessionRepository
    applications: ApplicationRepository
    usage: UsageRepository
    ledger: LedgerRepository
    shares: ShareRepository
    changes: ChangeRepository
    personal: PersonalData
    sandbox: Sandbox
    jobs: JobRepository
    pages: PageFetcher
    page_reader: PageReader
    voices: VoiceRepository
    runs: RunParts
    issuer: TokenIssuer | None = None
    rules: LanguageModel | None = None
    telemetry: Telemetry = UNOBSERVED


@dataclass(frozen=True)
class Container:
    settings: Settings
    parts: Parts
    dependencies: tuple[Dependency, ...]
    pipeline: TailoringPipeline
    retriever: EvidenceRetriever
    resumes: Resumes
    content: ContentLibrary
    jobs: Jobs
    requirements: RequirementExtraction
    tailorings: Tailorings
    tailoring_edits: TailoringEdits
    voice: VoiceLoop
    exports: Exports
    audits: StoredAudits
    diffs: Diffs
    accounts: Accounts
    applications: Applications
    usages: Usages
    privacy: Privacy
    shares: Shares
    changes: Changes
    verifications: Verifications
    tokens: Tokens
    runs: Runs
    progress: RunProgress
    idempotency: Idempotency
    run_services: RunServices


Replace = Callable[[Parts], Parts]


def as_they_are(parts: Parts) -> Parts:
    return parts


@asynccontextmanager
async def open_container(settings: Settings, override: Replace = as_they_are) -> AsyncIterator[Container]:
    """Everything, opened; and closed again at the end."""
    async with AsyncExitStack() as stack:
        clock, ids, lexicon = SystemClock(), SystemIds(), load_lexicon()
        telemetry = make_telemetry(settings, stack)
        guards = Guards(settings, clock, telemetry)
        model, model_dependency = language_model(settings, lexicon, stack, guards)
        embedder, embedder_dependency = make_embedder(settings, stack, guards)
        index, index_dependency = _index(settings, embedder, stack, guards)
        mongo, mongo_dependency = await _mongo(settings, stack)
        from backend.adapters.mongo import (
            MongoAccounts,
            MongoApplications,
            MongoChanges,
            MongoChunks,
            MongoJobs,
            MongoLedger,
            MongoPersonalData,
            MongoResumes,
            MongoSessions,
            MongoShares,
            MongoTailorings,
            MongoUsage,
            MongoVault,
            MongoVoice,
        )
        from backend.adapters.page_fetcher import WebPageFetcher

        vault = MongoVault(mongo.database, settings.key_ring())
        parts = Parts(
            lexicon=lexicon,
            clock=clock,
            ids=ids,
            model=model,
            embedder=embedder,
            index=index,
            resumes=MongoResumes(mongo.database, clock, ids, vault),
            chunks=MongoChunks(mongo.database, vault),
            tailorings=MongoTailorings(mongo.database, vault),
            accounts=MongoAccounts(mongo.database, ids),
            sessions=MongoSessions(mongo.database, clock, timedelta(days=settings.refresh_token_days)),
            applications=MongoApplications(mongo.database, vault),
            usage=MongoUsage(mongo.database),
            ledger=MongoLedger(mongo.database, clock),
            shares=MongoShares(mongo.database),
            changes=MongoChanges(mongo.database),
            personal=MongoPersonalData(mongo.database, vault, clock, _scrubber(settings)),
            sandbox=_sandbox(stack),
            jobs=MongoJobs(mongo.database, clock, ids, vault),
            pages=WebPageFetcher(),
            page_reader=_page_reader(stack),
            voices=MongoVoice(mongo.database, vault),
            runs=run_parts(settings, mongo.database, vault, clock, stack),
            issuer=_issuer(settings, clock, stack),
            rules=_rules(settings, lexicon),
            telemetry=telemetry,
        )
        dependencies: tuple[Dependency, ...] = (
            model_dependency,
            embedder_dependency,
            index_dependency,
            mongo_dependency,
        )
        if parts.runs.check:
            dependencies = (*dependencies, Dependency("queue", "redis", embedded=False, check=parts.runs.check))
        container = assemble(settings, override(parts), dependencies)
        await _finish_erasures(container.privacy)
        async with working(settings, container.run_services):
            yield container


async def job_at(url: str) -> Job:
    """The advertisement at an address, for one run that keeps nothing."""
    from backend.adapters.page_fetcher import WebPageFetcher

    async with AsyncExitStack() as stack:
        postings = Postings(WebPageFetcher(), _page_reader(stack), SystemClock())
        return (await postings.extract(url=url)).job()


async def rewrap_keys(settings: Settings) -> int:
    """How many people's keys were wrapped with an earlier key than the current one."""
    async with AsyncExitStack() as stack:
        mongo, _ = await _mongo(settings, stack)
        from backend.adapters.mongo import MongoVault

        return await MongoVault(mongo.database, settings.key_ring()).rewrap()


def audits() -> Audits:
    """Auditing alone: no database, no model."""
    lexicon = load_lexicon()
    return Audits(lexicon, Speller(load_spelling(), lexicon), SystemClock())


def verifications() -> Verifications:
    """Checking alone: no database, no model."""
    return Verifications(Grounder(load_lexicon()), SystemClock())


@asynccontextmanager
async def open_pipeline(settings: Settings) -> AsyncIterator[TailoringPipeline]:
    """The pipeline alone, for one run that keeps nothing: no database, an index in memory."""
    from backend.adapters.embedded.memory_chunks import MemoryChunks
    from backend.adapters.embedded.memory_index import MemoryIndex

    async with AsyncExitStack() as stack:
        lexicon = load_lexicon()
        model, _ = language_model(settings, lexicon, stack)
        embedder, _ = make_embedder(settings, stack)
        clock, ids = SystemClock(), SystemIds()
        index, chunks = MemoryIndex(), MemoryChunks()
        rules = _rules(settings, lexicon)
        yield make_pipeline(
            settings, model, embedder, index, chunks, lexicon=lexicon, clock=clock, ids=ids, rules=rules
        )


def assemble(settings: Settings, parts: Parts, dependencies: tuple[Dependency, ...]) -> Container:
    changes = Changes(parts.changes, parts.clock, parts.ids)
    parts = _noted(parts, changes)
    pipeline = make_pipeline(
        settings,
        parts.model,
        parts.embedder,
        parts.index,
        parts.chunks,
        lexicon=parts.lexicon,
        clock=parts.clock,
        ids=parts.ids,
        voices=parts.voices,
        rules=parts.rules,
        telemetry=parts.telemetry,
    )
    retriever = pipeline.retriever
    secret = settings.jwt_secret.get_secret_value() if settings.jwt_secret else secrets.token_hex(32)
    accepted = (secret, *(old.get_secret_value() for old in settings.jwt_previous_secrets))
    tokens = Tokens(
        accepted,
        timedelta(minutes=settings.access_token_minutes),
        timedelta(days=settings.refresh_token_days),
        parts.clock,
    )
    resumes = Resumes(parts.resumes, retriever, parts.sandbox)
    usages = Usages(
        parts.usage, parts.ledger, parts.clock, parts.ids, settings.monthly_budget, settings.run_cost_budget
    )
    privacy = Privacy(parts.personal, parts.index, parts.clock)
    tailorings = Tailorings(pipeline, resumes, parts.tailorings, usages, privacy)
    exports = Exports(resumes, tailorings, parts.sandbox, load_sample())
    links = Links(accepted, parts.clock)
    heard = VoiceRetriever(parts.voices, parts.embedder, parts.index, parts.lexicon)
    voice = VoiceLoop(heard, tailorings, parts.clock)
    audited = Audits(parts.lexicon, Speller(load_spelling(), parts.lexicon), parts.clock)
    background = run_services(
        settings,
        parts.runs,
        pipeline=pipeline,
        resumes=resumes,
        tailorings=parts.tailorings,
        usages=usages,
        clock=parts.clock,
        ids=parts.ids,
    )
    return Container(
        settings=settings,
        parts=parts,
        dependencies=dependencies,
        pipeline=pipeline,
        retriever=retriever,
        resumes=resumes,
        content=ContentLibrary(retriever, resumes),
        jobs=Jobs(parts.jobs, Postings(parts.pages, parts.page_reader, parts.clock)),
        requirements=RequirementExtraction(parts.lexicon),
        tailorings=tailorings,
        tailoring_edits=TailoringEdits(tailorings, voice, parts.chunks, pipeline.grounder, parts.lexicon),
        voice=voice,
        exports=exports,
        audits=StoredAudits(audited, resumes),
        diffs=Diffs(tailorings),
        accounts=Accounts(parts.accounts, parts.sessions, tokens, parts.ids, parts.issuer, settings.admin_email),
        applications=Applications(parts.applications, tailorings, resumes, parts.clock, parts.ids),
        usages=usages,
        privacy=privacy,
        shares=Shares(parts.shares, tailorings, exports, links, parts.clock, parts.ids),
        changes=changes,
        verifications=Verifications(pipeline.grounder, parts.clock),
        tokens=tokens,
        runs=background.runs,
        progress=background.progress,
        idempotency=background.idempotency,
        run_services=background,
    )


def make_pipeline(
    settings: Settings,
    model: LanguageModel,
    embedder: Embedder,
    index: ChunkIndex,
    chunks: ChunkRepository,
    *,
    lexicon: Lexicon,
    clock: Clock,
    ids: Ids,
    voices: VoiceRepository | None = None,
    rules: LanguageModel | None = None,
    telemetry: Telemetry = UNOBSERVED,
) -> TailoringPipeline:
    return TailoringPipeline(
        model=model,
        embedder=embedder,
        index=index,
        chunks=chunks,
        lexicon=lexicon,
        grounder=Grounder(lexicon),
        clock=clock,
        ids=ids,
        budget=Budget(settings.run_token_budget, settings.run_cost_budget),
        concurrency=settings.writer_concurrency,
        voices=voices,
        rules=rules,
        telemetry=telemetry,
    )


def _rules(settings: Settings, lexicon: Lexicon) -> LanguageModel | None:
    """What may stand in for a vendor's model; None where it is the model already."""
    if not settings.has_language_model:
        return None
    from backend.adapters.embedded.rule_based import RuleBasedModel

    return RuleBasedModel(lexicon)


def language_model(
    settings: Settings, lexicon: Lexicon, stack: AsyncExitStack, guards: Guards | None = None
) -> tuple[LanguageModel, Dependency]:
    if not settings.has_language_model:
        from backend.adapters.embedded.rule_based import NAME, RuleBasedModel

        return RuleBasedModel(lexicon), Dependency("language_model", NAME, embedded=True)
    from backend.adapters.language_model import VendorLanguageModel, connect

    vendors = connect(
        anthropic_key=_secret(settings.anthropic_api_key),
        anthropic_url=settings.anthropic_base_url,
        openai_key=_secret(settings.openai_api_key),
        openai_url=settings.openai_base_url,
        timeout=settings.model_timeout,
        retries=0,  # the guard's business
    )
    model = VendorLanguageModel(vendors, settings.models)
    stack.push_async_callback(model.close)
    guarded = (guards or Guards(settings)).model(model)
    return guarded, Dependency("language_model", settings.writer_model, embedded=False)


def make_embedder(
    settings: Settings, stack: AsyncExitStack, guards: Guards | None = None
) -> tuple[Embedder, Dependency]:
    if settings.voyage_api_key is None:
        from backend.adapters.embedded.minilm import MiniLmEmbedder

        local = MiniLmEmbedder(TOKENIZER)
        stack.callback(local.close)
        return local, Dependency("embedder", local.name, embedded=True)
    from backend.adapters.voyage import VoyageEmbedder

    voyage = VoyageEmbedder(
        settings.voyage_api_key.get_secret_value(),
        settings.voyage_base_url,
        settings.voyage_model,
        settings.model_timeout,
        retries=0,  # the guard's business
    )
    stack.push_async_callback(voyage.close)
    return (guards or Guards(settings)).embedder(voyage), Dependency("embedder", settings.voyage_model, embedded=False)


def _index(
    settings: Settings, embedder: Embedder, stack: AsyncExitStack, guards: Guards
) -> tuple[ChunkIndex, Dependency]:
    def store(local: bool, **reached: Any) -> "QdrantIndex":
        from qdrant_client import AsyncQdrantClient

        from backend.adapters.qdrant import QdrantIndex

        client = AsyncQdrantClient(**reached)
        return QdrantIndex(client, settings.qdrant_collection, embedder.name, embedder.size, local=local)

    if settings.qdrant_url:
        remote = store(
            local=False,
            url=settings.qdrant_url,
            api_key=_secret(settings.qdrant_api_key),
            timeout=10,
            check_compatibility=False,  # it asks from a thread at start, and only warns
        )
        stack.push_async_callback(remote.close)
        return guards.index(remote), Dependency("vector_index", "qdrant", embedded=False, check=remote.check)
    from backend.adapters.embedded.local_index import LocalIndex

    folder = settings.data_dir / "qdrant"
    folder.mkdir(parents=True, exist_ok=True)
    local = LocalIndex(lambda: store(local=True, path=str(folder)))
    stack.push_async_callback(local.close)
    return local, Dependency("vector_index", "qdrant in a local folder", embedded=True, check=local.check)


async def _mongo(settings: Settings, stack: AsyncExitStack) -> tuple[Any, Dependency]:
    from backend.adapters.mongo import Mongo

    uri = _secret(settings.mongodb_uri)
    if uri is None:
        from backend.adapters.embedded.mongo_server import EmbeddedMongo

        folder = settings.data_dir / "mongo"
        folder.mkdir(parents=True, exist_ok=True)
        server = EmbeddedMongo(folder)
        uri = await server.open()
        stack.push_async_callback(server.close)
    mongo = Mongo(uri, settings.mongodb_database)
    stack.push_async_callback(mongo.close)
    embedded = settings.mongodb_uri is None
    try:
        await mongo.prepare()
    except VendorUnavailable as error:
        log.warning("The indexes of MongoDB could not be made: %s", error.detail)
    name = "nx-27017 in a local folder" if embedded else "mongodb"
    return mongo, Dependency("database", name, embedded=embedded, check=mongo.check)


def _noted(parts: Parts, changes: Changes) -> Parts:
    """The same repositories, around which every write is noted in the log of changes."""
    return replace(
        parts,
        resumes=changes.around("resume", parts.resumes),
        chunks=changes.around("content", parts.chunks),
        jobs=changes.around("job", parts.jobs),
        tailorings=changes.around("tailoring", parts.tailorings),
        applications=changes.around("application", parts.applications),
        shares=changes.around("share", parts.shares),
        accounts=changes.around("account", parts.accounts),
    )


def _scrubber(settings: Settings) -> Callable[[], Awaitable[None]]:
    """Takes what was deleted out of the files of those databases that are embedded."""
    from backend.adapters.embedded.scrubbing import Scrubber

    embedded = {"mongo": settings.mongodb_uri is None, "qdrant": settings.qdrant_url is None}
    return Scrubber([settings.data_dir / name for name, ours in embedded.items() if ours])


async def _finish_erasures(privacy: Privacy) -> None:
    try:
        if finished := await privacy.finish():
            log.warning("%d erasures that were cut short have been finished", finished)
    except VendorUnavailable as error:
        log.warning("Erasures that were cut short may not be finished: %s", error.detail)


def _sandbox(stack: AsyncExitStack) -> Sandbox:
    """Its process starts with the first file."""
    sandbox = Sandbox()
    stack.push_async_callback(sandbox.close)
    return sandbox


def _page_reader(stack: AsyncExitStack) -> PageReader:
    reader = PageReader()
    stack.push_async_callback(reader.close)
    return reader


def _issuer(settings: Settings, clock: Clock, stack: AsyncExitStack) -> TokenIssuer | None:
    if settings.oidc_issuer is None:
        return None
    from backend.adapters.oidc import OidcIssuer

    issuer = OidcIssuer(settings.oidc_issuer, settings.oidc_audience, clock, settings.oidc_jwks_url)
    stack.push_async_callback(issuer.close)
    return issuer


def _secret(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None
