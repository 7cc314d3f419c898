"""A loopback server that stands in for the vendors of language models and embeddings.

The real SDKs talk to it: `anthropic` at `StandIn.url`, `openai` and `voyageai` at `StandIn.v1`.
"""

from backend.tests.standin.answers import Answer, RecordedRequest, Responder, Script
from backend.tests.standin.app import VoyageResponder
from backend.tests.standin.faults import (
    Cut,
    Drop,
    Fault,
    Garbled,
    Hang,
    InvalidJson,
    MaxTokens,
    Refusal,
    Stall,
    Status,
    Unrun,
    VoyageFault,
)
from backend.tests.standin.latency import Latencies, Latency
from backend.tests.standin.server import StandIn, refused_url, serve_forever

__all__ = [
    "Answer",
    "Cut",
    "Drop",
    "Fault",
    "Garbled",
    "Hang",
    "InvalidJson",
    "Latencies",
    "Latency",
    "MaxTokens",
    "RecordedRequest",
    "Refusal",
    "Responder",
    "Script",
    "Stall",
    "StandIn",
    "Status",
    "Unrun",
    "VoyageFault",
    "VoyageResponder",
    "refused_url",
    "serve_forever",
]
