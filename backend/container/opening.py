"""Everything, opened, and closed again at the end."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from backend.adapters.system import SystemClock, SystemIds
from backend.container.assembling import assemble
from backend.container.database import make_scrubber, open_mongo
from backend.container.guards import Guards, make_telemetry
from backend.container.parts import Container, Dependency, Parts, Replace, as_they_are
from backend.container.runs import run_parts, with_economy, working
from backend.container.vendors import (
    economy_models,
    language_model,
    make_embedder,
    make_files,
    make_index,
    make_issuer,
    make_rules,
    make_sign_in,
)
from backend.data import load_lexicon
from backend.documents.job_pages import PageReader
from backend.documents.reading.sandbox import Sandbox
from backend.errors import VendorUnavailable
from backend.services.privacy import Privacy
from backend.settings import Settings

log = logging.getLogger("tailor")


@asynccontextmanager
async def open_container(settings: Settings, override: Replace = as_they_are) -> AsyncIterator[Container]:
    """The whole application. `override` may replace any of its parts."""
    async with AsyncExitStack() as stack:
        parts, dependencies = await _open_parts(settings, stack)
        container = assemble(settings, override(parts), dependencies)
        await _finish_erasures(container.privacy)
        async with working(settings, container.run_services):
            yield container


async def _open_parts(settings: Settings, stack: AsyncExitStack) -> tuple[Parts, tuple[Dependency, ...]]:
    clock, ids, lexicon = SystemClock(), SystemIds(), load_lexicon()
    issuer = make_issuer(settings, clock, stack)
    telemetry = make_telemetry(settings, stack)
    guards = Guards(settings, clock, telemetry)
    model, model_dependency = language_model(settings, lexicon, stack, guards)
    embedder, embedder_dependency = make_embedder(settings, stack, guards)
    index, index_dependency = make_index(settings, embedder, stack, guards)
    mongo, mongo_dependency = await open_mongo(settings, stack)
    from backend.adapters import mongo as stores
    from backend.adapters.page_fetcher import WebPageFetcher

    database, vault = mongo.database, stores.MongoVault(mongo.database, settings.key_ring())
    sandbox, page_reader = Sandbox(), PageReader()  # their processes start with the first file
    stack.push_async_callback(sandbox.close)
    stack.push_async_callback(page_reader.close)
    runs = run_parts(settings, database, vault, clock, stack)
    runs = with_economy(runs, lambda over: economy_models(settings, model, guards, over, stack))
    parts = Parts(
        lexicon=lexicon,
        clock=clock,
        ids=ids,
        model=model,
        embedder=embedder,
        index=index,
        resumes=stores.MongoResumes(database, clock, ids, vault),
        chunks=stores.MongoChunks(database, vault),
        tailorings=stores.MongoTailorings(database, vault),
        accounts=stores.MongoAccounts(database, ids),
        sessions=stores.MongoSessions(database, clock, timedelta(days=settings.refresh_token_days)),
        applications=stores.MongoApplications(database, vault),
        usage=stores.MongoUsage(database),
        ledger=stores.MongoLedger(database, clock),
        shares=stores.MongoShares(database),
        changes=stores.MongoChanges(database),
        personal=stores.MongoPersonalData(database, vault, clock, make_scrubber(settings)),
        sandbox=sandbox,
        jobs=stores.MongoJobs(database, clock, ids, vault),
        pages=WebPageFetcher(),
        page_reader=page_reader,
        voices=stores.MongoVoice(database, vault),
        files=make_files(settings, vault),
        runs=runs,
        issuer=issuer,
        sign_in=make_sign_in(settings, issuer),
        rules=make_rules(settings, lexicon),
        telemetry=telemetry,
    )
    dependencies: tuple[Dependency, ...] = (model_dependency, embedder_dependency, index_dependency, mongo_dependency)
    if parts.runs.check:
        dependencies = (*dependencies, Dependency("queue", "redis", embedded=False, check=parts.runs.check))
    return parts, dependencies


async def _finish_erasures(privacy: Privacy) -> None:
    try:
        if finished := await privacy.finish():
            log.warning("%d erasures that were cut short have been finished", finished)
    except VendorUnavailable as error:
        log.warning("Erasures that were cut short may not be finished: %s", error.detail)
