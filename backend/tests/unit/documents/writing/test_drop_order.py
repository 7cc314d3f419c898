from hypothesis import given, settings

from backend.documents.writing.drop_order import droppable
from backend.domain.resume import Project, Resume, WorkEntry
from backend.tests.unit.documents.strategies import whole_resumes


def job(end: str, *highlights: str, start: str = "2020") -> WorkEntry:
    return WorkEntry(company="A", start_date=start if end == "Present" else "", end_date=end, highlights=highlights)


def paths(resume: Resume, **relevance: float) -> list[str]:
    return [line.path for line in droppable(resume, relevance)]


def test_older_and_unmeasured_highlights_go_first() -> None:
    resume = Resume(
        work_experience=(job("Present", "Cut cost by 5%", "Met people", "Ate"), job("2001", "Made 40 things", "Slept"))
    )
    assert [line.text for line in droppable(resume, {})] == ["Slept", "Ate", "Met people", "Made 40 things"]


def test_what_is_least_relevant_goes_first() -> None:
    resume = Resume(work_experience=(job("Present", "a", "b", "c"),))
    relevance = {f"/work_experience/0/highlights/{n}": score for n, score in enumerate((0.1, 0.9, 0.5))}
    found = droppable(resume, relevance)
    assert [line.text for line in found] == ["a", "c"]
    assert found[0].why == "relevance 0.10"


def test_the_newest_entry_keeps_its_best_highlight_wherever_it_stands() -> None:
    resume = Resume(work_experience=(job("2001", "old"), job("Present", "new", "8% more")))
    assert [line.text for line in droppable(resume, {})] == ["old", "new"]


def test_entries_of_the_last_ten_years_keep_one_each() -> None:
    resume = Resume(work_experience=(job("Present", "a"), job("2014", "b"), job("2009", "c")))
    assert [line.text for line in droppable(resume, {})] == ["c"]


def test_projects_without_a_date_may_lose_theirs() -> None:
    resume = Resume(work_experience=(job("2020", "a"),), projects=(Project(name="P", highlights=("b",)),))
    assert paths(resume) == ["/projects/0/highlights/0"]


def test_a_year_is_no_measure() -> None:
    resume = Resume(work_experience=(job("2020", "Saved 5 days", "Began in 2019"),))
    assert paths(resume) == ["/work_experience/0/highlights/1"]


@given(whole_resumes)
@settings(max_examples=60, deadline=None)
def test_every_one_is_a_highlight_and_one_at_least_stays(resume: Resume) -> None:
    found = droppable(resume, {})
    known = {
        f"{path}/highlights/{n}": text for path, entry in resume.entries() for n, text in enumerate(entry.highlights)
    }
    assert {line.path: line.text for line in found}.items() <= known.items()
    assert len({line.path for line in found}) == len(found)
