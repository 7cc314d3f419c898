"""The language model that a run in the economy lane is given."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from pydantic_ai.exceptions import UserError
from pydantic_ai.models.batch import BatchRequest, BatchResult

from backend.adapters.language_model import UNREACHED, UNREADABLE, Question, VendorLanguageModel, answer_of, unavailable
from backend.adapters.message_batches.desk import BatchDesk
from backend.adapters.message_batches.seats import Seat
from backend.adapters.message_batches.vendor import Sheet
from backend.domain.model import Model
from backend.errors import InvalidInput, SpendLimitReached, UnusableAnswer, VendorRefuses
from backend.ports import LanguageModel, RunSteps
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
log = logging.getLogger("tailor")


@dataclass(frozen=True)
class MessageBatches:
    """EconomyModels. `direct` answers what cannot go with a batch, at the usual price."""

    models: VendorLanguageModel
    direct: LanguageModel
    desk: BatchDesk

    @asynccontextmanager
    async def of_run(self, steps: RunSteps) -> AsyncIterator[LanguageModel]:
        async with self.desk.seats.one() as seat:
            yield ParkingModel(self.models, self.direct, self.desk, steps, seat)

    async def close(self) -> None:
        await self.desk.close()


@dataclass(frozen=True)
class ParkingModel:
    """Asks in a batch whatever Claude can be asked in one, the rest directly. A question that the batch left without an answer
    is asked directly, once."""

    models: VendorLanguageModel
    direct: LanguageModel
    desk: BatchDesk
    steps: RunSteps
    seat: Seat

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        if not task.essential:
            raise UnusableAnswer(f"{task.name} is of no use in a batch, where everything is asked at once.")
        if not self.models.name_of(task, model).startswith("anthropic:"):
            return await self.direct.run(task, model)
        asked = self.models.question(task, model, cached="1h")
        request = BatchRequest(
            custom_id=_custom_id(self.steps, self.steps.asking(task, model)),
            messages=asked.messages,
            model_settings=asked.settings,
            model_request_parameters=asked.parameters,
        )
        try:
            sheet = Sheet(asked.name, asked.model, await asked.model.batch_encode(request))
        except UserError as error:
            raise InvalidInput(f"The model {asked.name!r} cannot answer to a JSON schema. Name another.") from error
        async with self.seat.waiting():
            result = await self.desk.answer(sheet, self.steps)
        if result is not None and result.status in ("succeeded", "errored"):
            answer = self._read(task, asked, request, result)
            if answer is not None:
                return answer
        log.info("A question of %s was left without an answer by its batch, and is asked directly", task.name)
        return await self.direct.run(task, model)

    def _read(
        self, task: Task[Output], asked: Question, request: BatchRequest, result: BatchResult
    ) -> Answer[Output] | None:
        """None if the vendor failed. Raises UnusableAnswer, and what asking again cannot help: SpendLimitReached."""
        try:
            response = asked.model.batch_decode(result, request)
        except UNREACHED as error:
            failure = unavailable(asked.name, error)
            if isinstance(failure, SpendLimitReached | VendorRefuses):
                raise failure from error
            return None
        except UNREADABLE as error:
            raise UnusableAnswer(f"{asked.name} answered {task.name} with something unexpected. Try again.") from error
        return answer_of(task, asked, response)


def _custom_id(steps: RunSteps, key: str) -> str:
    """Letters, digits, "-" and "_" alone, 64 at most."""
    return f"{steps.run_id}-{key.replace('.', '-')}"
