"""The embedded server itself; what it stores is the contract suites' business."""

import asyncio
from pathlib import Path

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.mongo import Mongo


async def test_it_closes_under_no_command(tmp_path: Path) -> None:
    """Closed while a thread reads, SQLite takes the whole process with it."""
    server = EmbeddedMongo(tmp_path)
    mongo = Mongo(await server.open(), "closing")
    lines = mongo.database.lines
    await lines.insert_many([{"n": n, "text": "x" * 200} for n in range(2_000)])
    reading = [asyncio.ensure_future(lines.find({"n": {"$gte": n}}).to_list(None)) for n in range(8)]
    await asyncio.sleep(0.05)
    await server.close()
    assert not server._handler._under_way
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    await mongo.close()


async def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    for expected in (1, 2):
        server = EmbeddedMongo(tmp_path)
        mongo = Mongo(await server.open(), "again")
        await mongo.database.lines.insert_one({"n": expected})
        assert await mongo.database.lines.count_documents({}) == expected
        await mongo.close()
        await server.close()
