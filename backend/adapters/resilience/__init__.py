"""What stands between us and a vendor that fails: deadlines, retries, a circuit breaker, another model in its place."""

from backend.adapters.resilience.backoff import Backoff
from backend.adapters.resilience.breaker import Breaker, Resting
from backend.adapters.resilience.embedder import GuardedEmbedder
from backend.adapters.resilience.guard import Guard, Policy
from backend.adapters.resilience.index import GuardedIndex
from backend.adapters.resilience.model import GuardedModel

__all__ = ["Backoff", "Breaker", "Guard", "GuardedEmbedder", "GuardedIndex", "GuardedModel", "Policy", "Resting"]
