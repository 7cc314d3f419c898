from datetime import date
from typing import Any

import pytest

from backend.domain.comparison import Comparer, Comparison
from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.grounding import Grounder
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume, WorkEntry


@pytest.fixture(scope="module")
def comparer(lexicon: Lexicon) -> Comparer:
    return Comparer(Grounder(lexicon), date(2026, 11, 1))


def with_first(resume: Resume, **values: Any) -> Resume:
    first, *rest = resume.work_experience
    return resume.model_copy(update={"work_experience": (first.model_copy(update=values), *rest)})


def bad(result: Comparison) -> list[tuple[str, str]]:
    return [(claim.path, claim.rule) for claim in result.claims if claim.status == "unsupported"]


def test_a_resume_is_true_to_itself(comparer: Comparer, sample_resume: Resume) -> None:
    assert comparer.compare(sample_resume, sample_resume) == Comparison(truthful=True)


def test_order_does_not_matter(comparer: Comparer, sample_resume: Resume) -> None:
    turned = sample_resume.model_copy(
        update={"work_experience": sample_resume.work_experience[::-1], "skills": sample_resume.skills[::-1]}
    )
    assert comparer.compare(sample_resume, turned).truthful


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Chief Technology Officer"), ("company", "Globex"), ("start_date", "2015-01"), ("end_date", "2030-01")],
)
def test_a_changed_fact_is_untrue(comparer: Comparer, sample_resume: Resume, field: str, value: str) -> None:
    result = comparer.compare(sample_resume, with_first(sample_resume, **{field: value}))
    assert (f"/work_experience/0/{field}", "fact-kept") in bad(result)


def test_a_position_that_never_was_is_untrue(comparer: Comparer, sample_resume: Resume) -> None:
    more = (*sample_resume.work_experience, WorkEntry(company="NASA", title="Astronaut"))
    result = comparer.compare(sample_resume, sample_resume.model_copy(update={"work_experience": more}))
    assert bad(result) == [(f"/work_experience/{len(more) - 1}", "entry-kept")]


def test_a_highlight_of_another_employer_is_untrue(comparer: Comparer, sample_resume: Resume) -> None:
    moved = sample_resume.work_experience[1].highlights[2]
    result = comparer.compare(sample_resume, with_first(sample_resume, highlights=(moved,)))
    assert not result.truthful


def test_the_library_supports_its_own_employer(comparer: Comparer, sample_resume: Resume) -> None:
    line = "Instrumented the booking services with Prometheus metrics"
    chunk = Chunk(text=line, metadata=ChunkMetadata(company=sample_resume.work_experience[0].company))
    tailored = with_first(sample_resume, highlights=(line,))
    assert not comparer.compare(sample_resume, tailored).truthful
    assert comparer.compare(sample_resume, tailored, [chunk]).truthful


def test_another_name_or_degree_is_untrue(comparer: Comparer, sample_resume: Resume) -> None:
    other = sample_resume.model_copy(
        update={
            "contact": sample_resume.contact.model_copy(update={"name": "Somebody Else"}),
            "education": (sample_resume.education[0].model_copy(update={"degree": "PhD"}),),
        }
    )
    assert bad(comparer.compare(sample_resume, other)) == [
        ("/contact/name", "fact-kept"),
        ("/education/0/degree", "fact-kept"),
    ]
