"""The bytes of a page -> the job advertisement on it: the page's own data first, then what it shows."""

import re
from typing import Final

from backend.documents.job_pages.boards import board_of, posting_from
from backend.documents.job_pages.json_ld import posting_in
from backend.documents.job_pages.markup import decoded, parsed
from backend.documents.job_pages.readable import posting_on
from backend.domain.posting import Posting, posting_of, shortened
from backend.domain.text import stems, words
from backend.errors import InvalidInput

_INSTEAD: Final = "Paste the text of the job advertisement instead."
_FULLER: Final = 3
"""A page that shows so many times what its data says has more to say."""
_SHORT: Final = 400
_ALIKE, _COMPARED = 0.5, 60
_FEW_WORDS: Final = 15
_CLOSED = re.compile(
    r"no longer (?:accepting applications|available|open)|(?:position|job|role|vacancy) (?:has been filled|(?:is|has) (?:been )?(?:closed|expired))|"
    r"applications? (?:are|is) (?:now )?closed",
    re.IGNORECASE,
)


def read_page(body: bytes, content_type: str, url: str, asked: str = "") -> Posting:
    """The posting on a page. `asked` is the address that somebody gave, where `url` is that of the board's data. Raises
    InvalidInput when there is none on it."""
    kind = content_type.partition(";")[0].strip().lower()
    text = decoded(body, content_type)
    if board := board_of(asked):
        posting = posting_from(board, text) if kind.endswith("json") else None
        if posting is None and kind.endswith("json"):
            raise InvalidInput(f"The board has no such job; it may be closed. {_INSTEAD}")
    elif kind.endswith("json"):
        raise InvalidInput(f"The address leads to data, not to a page with a job on it. {_INSTEAD}")
    else:
        posting = None
    if posting is None:
        posting = posting_of(text) if kind == "text/plain" else _from_html(text, url)
    return _finished(posting, url)


def _from_html(text: str, url: str) -> Posting:
    root = parsed(text)
    if root is None:
        raise InvalidInput(f"The page is empty. {_INSTEAD}")
    given = posting_in(root, url)
    shown = posting_on(root, url)
    if given is None:
        return shown
    if len(shown.text) >= _FULLER * len(given.text) and len(given.text) < _SHORT:
        given = given.model_copy(update={"text": shown.text})
    elif _differs(given.text, shown.text):
        given = given.warned("What the page says to machines differs from what it shows to people. Check the text.")
    closed = [given.text, shown.text]
    if any(map(_CLOSED.search, closed)):
        given = given.warned(_closed())
    blanks = ("title", "company", "location")
    filled = {name: getattr(given, name) or getattr(shown, name) for name in blanks}
    return given.model_copy(update=filled)


def _finished(posting: Posting, url: str) -> Posting:
    text, cut = shortened(posting.text)
    if len(words(text)) < _FEW_WORDS:
        raise InvalidInput(
            f"The page shows no job advertisement; perhaps a script fills it in, or one must be logged in. {_INSTEAD}"
        )
    posting = posting.model_copy(update={"text": text, "url": posting.url or url})
    if cut:
        posting = posting.warned("The page is very long; only its beginning was taken. Check that the job is in it.")
    return posting.warned(_closed()) if _CLOSED.search(posting.text) else posting


def _closed() -> str:
    return "The page says that this job is closed."


def _differs(given: str, shown: str) -> bool:
    """Whether a page that shows enough to compare shows less than half of what its data says."""
    told, visible = set(stems(given)), set(stems(shown))
    return len(told) >= _COMPARED and len(visible) >= _COMPARED and len(told & visible) < _ALIKE * len(told)
