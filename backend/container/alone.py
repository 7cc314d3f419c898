"""Single services without the rest, for the command line."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from backend.adapters.system import SystemClock, SystemIds
from backend.container.assembling import make_pipeline
from backend.container.database import open_mongo
from backend.container.vendors import language_model, make_embedder, make_rules
from backend.data import load_lexicon
from backend.data.spelling import load_spelling
from backend.documents.job_pages import PageReader
from backend.documents.reading.sandbox import Sandbox
from backend.domain.audit import Speller
from backend.domain.grounding import Grounder
from backend.domain.job import Job
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.services.audits import Audits
from backend.services.jobs import Postings
from backend.services.parsing import Parsing
from backend.services.verifications import Verifications
from backend.settings import Settings


async def job_at(url: str) -> Job:
    """The advertisement at an address, for one run that keeps nothing."""
    from backend.adapters.page_fetcher import WebPageFetcher

    async with AsyncExitStack() as stack:
        reader = PageReader()
        stack.push_async_callback(reader.close)
        postings = Postings(WebPageFetcher(), reader, SystemClock())
        return (await postings.extract(url=url)).job()


async def rewrap_keys(settings: Settings) -> int:
    """How many people's keys were wrapped with an earlier key than the current one."""
    async with AsyncExitStack() as stack:
        mongo, _ = await open_mongo(settings, stack)
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
async def open_parsing(settings: Settings) -> AsyncIterator[Parsing]:
    """Reading files alone, with a model where the settings name one."""
    async with AsyncExitStack() as stack:
        lexicon, sandbox = load_lexicon(), Sandbox(at_once=1)
        stack.push_async_callback(sandbox.close)
        model = language_model(settings, lexicon, stack)[0] if settings.has_language_model else None
        yield Parsing(sandbox, model, lexicon, SystemClock(), SystemIds())


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
        rules = make_rules(settings, lexicon)
        yield make_pipeline(
            settings, model, embedder, index, chunks, lexicon=lexicon, clock=clock, ids=ids, rules=rules
        )
