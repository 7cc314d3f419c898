"""Language models at half the price: questions of many runs, sent together through Anthropic's Message Batches.

A question is parked; what is parked is sent as one batch; the batch is asked after until it has ended; then each answer goes
to whoever asked. The pipeline does not notice but for the time it takes, so it proceeds stage by stage.
"""

from backend.adapters.message_batches.desk import BatchDesk, Policy
from backend.adapters.message_batches.model import MessageBatches

__all__ = ["BatchDesk", "MessageBatches", "Policy"]
