"""`make eval`: measures the truth rules and the skill vocabulary on labelled sets, and prints tables."""

from pathlib import Path

from backend.tests.evals import grounding_eval, injection_eval, skills_eval, small_model_eval

DATA = Path(__file__).parents[4] / "shared" / "data"

if __name__ == "__main__":
    grounding_eval.main(DATA)
    skills_eval.main(DATA)
    injection_eval.main()
    small_model_eval.main(DATA)
