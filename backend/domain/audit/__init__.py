"""What stands in a resume's way: with parsers, with hurried readers and, given a job, with what it asks."""

from backend.domain.audit.auditor import Auditor, AuditReport
from backend.domain.audit.issue import RULES, Area, Issue, Severity
from backend.domain.audit.keywords import Keyword, overused
from backend.domain.audit.points import AreaScore, Mode, ats_compatibility
from backend.domain.audit.source import Heading, Source
from backend.domain.audit.spelling import Speller
from backend.domain.audit.structure import audit

__all__ = [
    "RULES",
    "Area",
    "AreaScore",
    "AuditReport",
    "Auditor",
    "Heading",
    "Issue",
    "Keyword",
    "Mode",
    "Severity",
    "Source",
    "Speller",
    "ats_compatibility",
    "audit",
    "overused",
]
