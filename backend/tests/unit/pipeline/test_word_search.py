"""Finding lines by words alone."""

from backend.domain.lexicon import Lexicon
from backend.pipeline.word_search import WordSearch

TEXTS = {"a": "Built the booking service in Python", "b": "Baked bread", "c": "Python and PostgreSQL in production"}


async def test_lines_that_share_words_are_found_the_nearest_first(lexicon: Lexicon) -> None:
    search = await WordSearch.over(lexicon.bm25, TEXTS)
    (found,) = search.search(["PostgreSQL with Python"], 5)
    assert found.dense == ()
    assert [hit.id for hit in found.sparse] == ["c", "a"]
    assert 1 >= found.sparse[0].score > found.sparse[1].score > 0


async def test_no_more_are_found_than_asked_for(lexicon: Lexicon) -> None:
    search = await WordSearch.over(lexicon.bm25, TEXTS)
    assert [len(found.sparse) for found in search.search(["Python", "Rust"], 1)] == [1, 0]


async def test_many_lines_leave_the_event_loop_free(lexicon: Lexicon) -> None:
    import asyncio

    work = asyncio.ensure_future(WordSearch.over(lexicon.bm25, {str(n): f"Line number {n}" for n in range(500)}))
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns >= 10
    assert len((await work).texts) == 500
