"""verify, where the rules cannot decide: what a judge may settle, and what it may not."""

import json

from backend.errors import VendorUnavailable
from backend.tasks.judge_claims import ClaimVerdict, JudgeClaimsOutput
from backend.tests.doubles import Scripted, ScriptedModel
from backend.tests.unit.pipeline.scene import (
    ANALYSIS,
    BOOKING,
    FALSE_BOOKING,
    Scene,
    judges,
    scripted,
    writes,
)


def doubted(*verdicts: Scripted) -> ScriptedModel:
    outputs = {
        "analyze_job": [ANALYSIS],
        "write_edits": writes(
            {BOOKING: "Built the booking service in Python with PostgreSQL, a pleasure for 40 clerks"}
        ),
        "judge_relevance": judges(90),
        **({"judge_claims": verdicts} if verdicts else {}),
    }
    return ScriptedModel(outputs)


async def test_a_judge_settles_what_the_rules_cannot_decide() -> None:
    model = doubted(JudgeClaimsOutput(verdicts=[ClaimVerdict(line=1, entailed=True, reason="")]))
    tailoring = await Scene(model).tailor(max_attempts=1)
    assert [verdict.status for verdict in tailoring.verification.verdicts if verdict.path == BOOKING] == ["supported"]


async def test_a_judge_may_refuse_what_the_rules_let_through() -> None:
    model = doubted(
        JudgeClaimsOutput(verdicts=[ClaimVerdict(line=1, entailed=False, reason="No line speaks of pleasure.")])
    )
    tailoring = await Scene(model).tailor(max_attempts=1)
    (verdict,) = [verdict for verdict in tailoring.verification.verdicts if verdict.path == BOOKING]
    assert (verdict.status, verdict.reasons[-1]) == ("reverted", "No line speaks of pleasure.")
    assert "pleasure" not in json.dumps(tailoring.tailored_resume)


async def test_what_the_judge_says_nothing_of_stays_flagged() -> None:
    tailoring = await Scene(doubted(JudgeClaimsOutput(verdicts=[]))).tailor(max_attempts=1)
    assert [verdict.status for verdict in tailoring.verification.verdicts if verdict.path == BOOKING] == ["flagged"]


async def test_a_judge_that_fails_leaves_the_doubt_and_a_warning() -> None:
    tailoring = await Scene(doubted(VendorUnavailable("gone"))).tailor(max_attempts=1)
    assert [verdict.status for verdict in tailoring.verification.verdicts if verdict.path == BOOKING] == ["flagged"]
    assert any("stays flagged" in warning for warning in tailoring.warnings)


async def test_a_judge_is_never_asked_about_what_the_rules_refused() -> None:
    model = scripted(writes({BOOKING: FALSE_BOOKING}))
    await Scene(model).tailor(max_attempts=1)
    assert "judge_claims" not in {task.name for task in model.tasks}
