"""Parts put together into services."""

import secrets
from dataclasses import replace
from datetime import timedelta

from backend.adapters.embedded.memory_rates import MemoryRates
from backend.container.parts import Container, Dependency, Parts
from backend.container.runs import run_services
from backend.data import load_sample
from backend.data.spelling import load_spelling
from backend.domain.audit import Speller
from backend.domain.grounding import Grounder
from backend.domain.lexicon import Lexicon
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.pipeline.metering import Budget
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.pipeline.voice_retriever import VoiceRetriever
from backend.ports import (
    ChunkIndex,
    ChunkRepository,
    Clock,
    Embedder,
    Ids,
    LanguageModel,
    VoiceRepository,
)
from backend.security.links import Links
from backend.security.tickets import Tickets
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts
from backend.services.applications import Applications
from backend.services.audits import Audits, StoredAudits
from backend.services.changes import Changes
from backend.services.content_library import ContentLibrary
from backend.services.diffs import Diffs
from backend.services.exports import Exports
from backend.services.jobs import Jobs, Postings
from backend.services.parsing import Parsing
from backend.services.privacy import Privacy
from backend.services.rate_limits import RateLimits
from backend.services.requirement_extraction import RequirementExtraction
from backend.services.resumes import Resumes
from backend.services.shares import Shares
from backend.services.sign_in import SignIn
from backend.services.tailoring_edits import TailoringEdits
from backend.services.tailorings import Tailorings
from backend.services.usage import Usages
from backend.services.verifications import Verifications
from backend.services.voice import VoiceLoop
from backend.settings import Settings


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
    secrets_taken = _secrets(settings)
    tokens = Tokens(
        secrets_taken,
        timedelta(minutes=settings.access_token_minutes),
        timedelta(days=settings.refresh_token_days),
        parts.clock,
    )
    accounts = Accounts(
        parts.accounts,
        parts.sessions,
        tokens,
        parts.ids,
        parts.issuer,
        settings.admin_email,
        settings.password_admin,
    )
    usages = Usages(
        parts.usage, parts.ledger, parts.clock, parts.ids, settings.monthly_budget, settings.run_cost_budget
    )
    reader = parts.model if settings.has_language_model else None  # by rule it has been read already
    parsing = Parsing(parts.sandbox, reader, parts.lexicon, parts.clock, parts.ids, usages=usages)
    resumes = Resumes(parts.resumes, retriever, parsing, parts.files)
    privacy = Privacy(parts.personal, parts.index, parts.clock, parts.runs.bus, parts.files)
    tailorings = Tailorings(pipeline, resumes, parts.tailorings, usages, privacy)
    exports = Exports(resumes, tailorings, parts.sandbox, load_sample())
    links = Links(secrets_taken, parts.clock)
    heard = VoiceRetriever(parts.voices, parts.embedder, parts.index, parts.lexicon)
    voice = VoiceLoop(heard, tailorings, parts.clock)
    audited = Audits(parts.lexicon, Speller(load_spelling(), parts.lexicon), parts.clock)
    jobs = Jobs(parts.jobs, Postings(parts.pages, parts.page_reader, parts.clock))
    background = run_services(
        settings,
        parts.runs,
        pipeline=pipeline,
        resumes=resumes,
        tailorings=parts.tailorings,
        usages=usages,
        jobs=jobs,
        privacy=privacy,
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
        jobs=jobs,
        requirements=RequirementExtraction(parts.lexicon),
        tailorings=tailorings,
        tailoring_edits=TailoringEdits(tailorings, voice, parts.chunks, pipeline.grounder, parts.lexicon),
        voice=voice,
        exports=exports,
        audits=StoredAudits(audited, resumes),
        diffs=Diffs(tailorings),
        accounts=accounts,
        sign_in=SignIn(
            parts.sign_in,
            accounts,
            Tickets(secrets_taken, parts.clock),
            parts.runs.keys,
            parts.ids,
            settings.missing_for_sign_in(),
        ),
        applications=Applications(parts.applications, tailorings, resumes, parts.clock, parts.ids),
        usages=usages,
        privacy=privacy,
        shares=Shares(parts.shares, tailorings, exports, links, parts.clock, parts.ids),
        changes=changes,
        verifications=Verifications(pipeline.grounder, parts.clock),
        tokens=tokens,
        runs=background.runs,
        progress=background.progress,
        batches=background.batches,
        batch_progress=background.batch_progress,
        idempotency=background.idempotency,
        run_services=background,
        limits=RateLimits(parts.runs.rates, MemoryRates(parts.clock), settings.rates),
    )


def _secrets(settings: Settings) -> tuple[str, ...]:
    """What tokens and links are signed with, and then what they were signed with before."""
    current = settings.jwt_secret.get_secret_value() if settings.jwt_secret else secrets.token_hex(32)
    return current, *(old.get_secret_value() for old in settings.jwt_previous_secrets)


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
        voices=changes.around("voice", parts.voices),
        accounts=changes.around("account", parts.accounts),
    )
