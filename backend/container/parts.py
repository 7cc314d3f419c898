"""What the application is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.container.runs import RunParts, RunServices
from backend.documents.job_pages import PageReader
from backend.documents.reading.sandbox import Sandbox
from backend.domain.lexicon import Lexicon
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.pipeline.evidence_retriever import EvidenceRetriever
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.ports import (
    AccountRepository,
    ApplicationRepository,
    ChangeRepository,
    ChunkIndex,
    ChunkRepository,
    Clock,
    Embedder,
    FileStore,
    Ids,
    JobRepository,
    LanguageModel,
    LedgerRepository,
    PageFetcher,
    PersonalData,
    ResumeRepository,
    SessionRepository,
    ShareRepository,
    SignInProvider,
    TailoringRepository,
    TokenIssuer,
    UsageRepository,
    VoiceRepository,
)
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts
from backend.services.applications import Applications
from backend.services.audits import StoredAudits
from backend.services.batch_progress import BatchProgress
from backend.services.batches import Batches
from backend.services.changes import Changes
from backend.services.content_library import ContentLibrary
from backend.services.diffs import Diffs
from backend.services.exports import Exports
from backend.services.idempotency import Idempotency
from backend.services.jobs import Jobs
from backend.services.privacy import Privacy
from backend.services.rate_limits import RateLimits
from backend.services.requirement_extraction import RequirementExtraction
from backend.services.resumes import Resumes
from backend.services.run_progress import RunProgress
from backend.services.runs import Runs
from backend.services.shares import Shares
from backend.services.sign_in import SignIn
from backend.services.tailoring_edits import TailoringEdits
from backend.services.tailorings import Tailorings
from backend.services.usage import Usages
from backend.services.verifications import Verifications
from backend.services.voice import VoiceLoop
from backend.settings import Settings


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
    files: FileStore
    runs: RunParts
    issuer: TokenIssuer | None = None
    sign_in: SignInProvider | None = None
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
    sign_in: SignIn
    applications: Applications
    usages: Usages
    privacy: Privacy
    shares: Shares
    changes: Changes
    verifications: Verifications
    tokens: Tokens
    runs: Runs
    progress: RunProgress
    batches: Batches
    batch_progress: BatchProgress
    idempotency: Idempotency
    run_services: RunServices
    limits: RateLimits


Replace = Callable[[Parts], Parts]


def as_they_are(parts: Parts) -> Parts:
    return parts
