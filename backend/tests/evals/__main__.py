"""`make eval`: measures the truth rules, the skill vocabulary, the readers of files and the audit, and prints tables."""

from pathlib import Path

from backend.tests.evals import (
    audit_eval,
    grounding_eval,
    hostile_eval,
    injection_eval,
    job_pages_eval,
    parsing_eval,
    requirements_eval,
    skills_eval,
    small_model_eval,
)

DATA = Path(__file__).parents[4] / "shared" / "data"

if __name__ == "__main__":
    grounding_eval.main(DATA)
    skills_eval.main(DATA)
    requirements_eval.main(DATA)
    job_pages_eval.main(DATA)
    injection_eval.main()
    parsing_eval.main(DATA)
    audit_eval.main()
    hostile_eval.main()
    small_model_eval.main(DATA)
