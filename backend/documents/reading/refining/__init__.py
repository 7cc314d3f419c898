"""What the rules are unsure of, and putting somebody else's answers to it in place, if they are in the source's own words."""

from backend.documents.reading.refining.doubts import Doubts, Known, doubts_of
from backend.documents.reading.refining.placing import Refined, refined
from backend.documents.reading.refining.proposals import Placement, Refusal

__all__ = ["Doubts", "Known", "Placement", "Refined", "Refusal", "doubts_of", "refined"]
