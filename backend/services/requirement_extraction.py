"""What a job asks, with the place of each requirement in its text."""

from dataclasses import dataclass

from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.requirement_spans import ExtractedRequirement, extract_requirements
from backend.domain.text import words
from backend.errors import InvalidInput
from backend.pipeline.intake import read_job


@dataclass(frozen=True)
class RequirementExtraction:
    lexicon: Lexicon

    def extract(self, text: str) -> tuple[tuple[ExtractedRequirement, ...], list[str]]:
        """The requirements in a text, their spans counted in the text as it was given, and what seems odd about it.
        Raises InvalidInput."""
        job, warnings = read_job(Job(text=text))
        if not words(job.text):
            raise InvalidInput("Nothing of the text speaks to a person. Paste the text of the job advertisement.")
        return extract_requirements(text, self.lexicon), warnings
