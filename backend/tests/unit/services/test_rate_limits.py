import pytest

from backend.adapters.embedded.memory_rates import MemoryRates
from backend.domain.rate import Rate
from backend.errors import TooManyRequests, VendorUnavailable
from backend.services.rate_limits import RateLimits
from backend.tests.doubles import FixedClock


class Gone:
    async def hit(self, name: str, who: str, rate: Rate) -> float:
        raise VendorUnavailable("Redis is not available.")


def limits(shared: MemoryRates | Gone) -> RateLimits:
    two = Rate.of("2/minute")
    return RateLimits(shared, MemoryRates(FixedClock()), {"tailor": two, "runs": two, "auth": two, "extract": two})


async def test_who_asks_too_often_is_told_the_limit_and_the_wait() -> None:
    counted = limits(MemoryRates(FixedClock()))
    for _ in range(2):
        await counted.count("auth", "login", "127.0.0.1")
    with pytest.raises(TooManyRequests, match=r"2 per minute.*60 seconds") as refused:
        await counted.count("auth", "login", "127.0.0.1")
    assert refused.value.retry_after == 60


@pytest.mark.parametrize("name", ["tailor", "runs"])
async def test_what_costs_money_is_refused_while_it_cannot_be_counted(name: str) -> None:
    with pytest.raises(VendorUnavailable):
        await limits(Gone()).count(name, "ana")  # type: ignore[arg-type]


async def test_logging_in_goes_on_without_redis_and_is_still_limited() -> None:
    counted = limits(Gone())
    for _ in range(2):
        await counted.count("auth", "login", "127.0.0.1")
    with pytest.raises(TooManyRequests):
        await counted.count("auth", "login", "127.0.0.1")
