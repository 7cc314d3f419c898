"""The errors we raise, each with a stable code, an HTTP status and whether trying again may help."""

from typing import ClassVar

from backend.domain.spent import Spent


class TailorError(Exception):
    """The base. The message says what happened, where, and what to do next; it is safe to show."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        """Seconds to wait before trying again, where known."""


class InvalidInput(TailorError):
    code = "invalid_input"
    status = 422
    title = "The request cannot be understood"


class BudgetTooSmall(TailorError):
    code = "budget_too_small"
    status = 422
    title = "The run's budget does not cover its first step"


class BudgetExhausted(TailorError):
    """What a person may spend in a month is spent, or held for runs under way."""

    code = "budget_exhausted"
    status = 402
    title = "This month's budget is spent"


class Unauthenticated(TailorError):
    code = "unauthenticated"
    status = 401
    title = "A valid bearer token is required"


class Forbidden(TailorError):
    code = "forbidden"
    status = 403
    title = "You may not do this"


class NotFound(TailorError):
    code = "not_found"
    status = 404
    title = "There is no such thing"


class NoResume(TailorError):
    code = "no_resume"
    status = 404
    title = "There is no resume to tailor"


class Conflict(TailorError):
    code = "conflict"
    status = 409
    title = "That already exists"


class Tampered(TailorError):
    code = "tampered"
    status = 500
    title = "What is stored cannot be trusted"


class TooLarge(TailorError):
    code = "too_large"
    status = 413
    title = "The request is too large"


class TooManyRequests(TailorError):
    code = "too_many_requests"
    status = 429
    title = "Too many requests"
    retryable = True


class NotConfigured(TailorError):
    code = "not_configured"
    status = 503
    title = "The service is not configured"


class VendorUnavailable(TailorError):
    """A vendor is down, overloaded, too slow, or refuses us."""

    code = "vendor_unavailable"
    status = 503
    title = "A service that Tailor depends on is not available"
    retryable = True


class StoreUnavailable(VendorUnavailable):
    """MongoDB or Redis does not answer: nothing is wrong with the work itself, and it can go on where it was."""


class VendorLimits(VendorUnavailable):
    """A vendor is up, and says that we ask too often."""


class VendorRefuses(VendorUnavailable):
    """A vendor refuses our key or our account. Asking it again at once cannot help."""


class SpendLimitReached(VendorRefuses):
    """What may be spent at a vendor is spent. Never asked again by itself: somebody has to raise the limit or pay."""

    code = "vendor_spend_limit"
    title = "The limit of what may be spent at a vendor is reached"
    retryable = False


class UnusableAnswer(TailorError):
    """A model answered, but not with what the task asks: no JSON, the wrong shape, a refusal, or cut off. `spent` is what
    that cost all the same, where known."""

    def __init__(self, detail: str, *, spent: Spent | None = None) -> None:
        super().__init__(detail)
        self.spent = spent

    code = "unusable_answer"
    status = 503
    title = "The language model gave no usable answer"
    retryable = True


class BudgetSpent(TailorError):
    """The next call could exceed the run's budget. The pipeline stops and keeps its best attempt."""

    code = "budget_spent"
    status = 422
    title = "The run's budget is spent"


class DeadlineExceeded(TailorError):
    """A run took longer than it was allowed to."""

    code = "deadline_exceeded"
    status = 504
    title = "The run took too long"
    retryable = True


class KeyReused(TailorError):
    code = "idempotency_key_reused"
    status = 422
    title = "The idempotency key belongs to another request"


class StillRunning(TailorError):
    code = "still_running"
    status = 409
    title = "The first request with this key is still under way"
    retryable = True
