"""Which model, embedder, index and identity provider: real or embedded, by what the settings hold."""

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from backend.container.guards import Guards
from backend.container.parts import Dependency
from backend.data import TOKENIZER
from backend.domain.lexicon import Lexicon
from backend.ports import (
    ChunkIndex,
    Clock,
    EconomyModels,
    Embedder,
    FileStore,
    LanguageModel,
    SignInProvider,
)
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.adapters.message_batches.vendor import Over
    from backend.adapters.mongo import MongoVault
    from backend.adapters.oidc import OidcIssuer
    from backend.adapters.qdrant import QdrantIndex

_BATCH_TIMEOUT = 300.0  # seconds; a batch may be many megabytes


def make_rules(settings: Settings, lexicon: Lexicon) -> LanguageModel | None:
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
        anthropic_key=secret_of(settings.anthropic_api_key),
        anthropic_url=settings.anthropic_base_url,
        openai_key=secret_of(settings.openai_api_key),
        openai_url=settings.openai_base_url,
        timeout=settings.model_timeout,
        retries=0,  # the guard's business
    )
    model = VendorLanguageModel(vendors, settings.models)
    stack.push_async_callback(model.close)
    guarded = (guards or Guards(settings)).model(model)
    return guarded, Dependency("language_model", settings.writer_model, embedded=False)


def economy_models(
    settings: Settings, direct: LanguageModel, guards: Guards, over: "Over", stack: AsyncExitStack
) -> EconomyModels | None:
    """Message Batches, where some role's model is Claude and there is a key; a client of their own, as they send more."""
    key = secret_of(settings.anthropic_api_key)
    if key is None or not any(name.startswith("anthropic:") for name in settings.models.values()):
        return None
    from backend.adapters.language_model import VendorLanguageModel, connect
    from backend.adapters.message_batches import BatchDesk, MessageBatches, Policy
    from backend.adapters.message_batches.vendor import BatchVendor

    seconds = max(settings.model_timeout, _BATCH_TIMEOUT)
    vendors = connect(
        anthropic_key=key,
        anthropic_url=settings.anthropic_base_url,
        openai_key=None,
        openai_url=None,
        timeout=seconds,
        retries=0,
    )
    if vendors.anthropic is None:
        return None
    models = VendorLanguageModel(vendors, settings.models)
    stack.push_async_callback(models.close)
    policy = Policy(settings.economy_quiet, settings.economy_patience, settings.economy_poll, settings.runs_at_once)
    desk = BatchDesk(BatchVendor(vendors.anthropic, guards.of("anthropic")), guards.clock, over, policy)
    stack.push_async_callback(desk.close)
    return MessageBatches(models, direct, desk)


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


def make_index(
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
            api_key=secret_of(settings.qdrant_api_key),
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


def make_issuer(settings: Settings, clock: Clock, stack: AsyncExitStack) -> "OidcIssuer | None":
    if settings.oidc_issuer is None:
        return None
    from backend.adapters.oidc import OidcIssuer

    issuer = OidcIssuer(settings.oidc_issuer, settings.oidc_audience, clock, settings.oidc_jwks_url)
    stack.push_async_callback(issuer.close)
    return issuer


def make_sign_in(settings: Settings, issuer: "OidcIssuer | None") -> SignInProvider | None:
    if issuer is None or settings.oidc_client_id is None or settings.missing_for_sign_in():
        return None
    from backend.adapters.oidc_sign_in import OidcSignIn

    callback = f"{settings.own_url}/auth/oidc/callback"
    return OidcSignIn(issuer, settings.oidc_client_id, secret_of(settings.oidc_client_secret), callback)


def make_files(settings: Settings, vault: "MongoVault") -> FileStore:
    """Uploads in MongoDB, or in a folder where that is embedded."""
    if settings.mongodb_uri is not None:
        from backend.adapters.mongo import MongoFiles

        return MongoFiles(vault.database, vault)
    from backend.adapters.embedded.local_files import LocalFiles

    return LocalFiles(settings.data_dir / "uploads", vault)


def secret_of(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None
