"""Repositories on MongoDB, real or embedded. The only package that names the driver."""

from backend.adapters.mongo.accounts import MongoAccounts, MongoSessions
from backend.adapters.mongo.applications import MongoApplications
from backend.adapters.mongo.changes import MongoChanges
from backend.adapters.mongo.chunks import MongoChunks
from backend.adapters.mongo.connection import Mongo
from backend.adapters.mongo.erasure import MongoPersonalData
from backend.adapters.mongo.jobs import MongoJobs
from backend.adapters.mongo.resumes import MongoResumes
from backend.adapters.mongo.shares import MongoShares
from backend.adapters.mongo.tailorings import MongoTailorings
from backend.adapters.mongo.uploads import MongoFiles
from backend.adapters.mongo.usage import MongoLedger, MongoUsage
from backend.adapters.mongo.vault import MongoVault
from backend.adapters.mongo.voice import MongoVoice

__all__ = [
    "Mongo",
    "MongoAccounts",
    "MongoApplications",
    "MongoChanges",
    "MongoChunks",
    "MongoFiles",
    "MongoJobs",
    "MongoLedger",
    "MongoPersonalData",
    "MongoResumes",
    "MongoSessions",
    "MongoShares",
    "MongoTailorings",
    "MongoUsage",
    "MongoVault",
    "MongoVoice",
]
