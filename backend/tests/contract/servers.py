"""Which MongoDB servers the contracts run on."""

import os

REAL = os.environ.get("TEST_MONGODB_URI")
SERVERS = ["embedded", *(["mongodb"] if REAL else [])]
