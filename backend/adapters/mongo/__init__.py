"""Repositories on MongoDB, real or embedded. The only package that names the driver."""

from backend.adapters.mongo.accounts import MongoAccounts, MongoSessions
from backend.adapters.mongo.chunks import MongoChunks
from backend.adapters.mongo.connection import Mongo
from backend.adapters.mongo.resumes import MongoResumes
from backend.adapters.mongo.tailorings import MongoTailorings
from backend.adapters.mongo.vault import MongoVault

__all__ = ["Mongo", "MongoAccounts", "MongoChunks", "MongoResumes", "MongoSessions", "MongoTailorings", "MongoVault"]
