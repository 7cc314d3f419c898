"""Why a page is not fetched. All are the caller's to solve, and all have the same way out."""

from backend.errors import InvalidInput

INSTEAD = "Paste the text of the job advertisement instead."


class AddressRefused(InvalidInput):
    """The address is none that we go to."""

    code = "address_refused"
    title = "This address is not fetched"


class PageUnreadable(InvalidInput):
    """There is an answer, but no page in it that we read."""

    code = "page_unreadable"
    title = "There is no readable page at this address"


class PageUnavailable(InvalidInput):
    """The site does not answer, or not now."""

    code = "page_unavailable"
    title = "The site does not answer"
    retryable = True
