"""From the writer's answer to edits, and the edits that code makes without one."""

from typing import Any

import pytest

from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.edits import Edit, apply
from backend.domain.job import Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.errors import UnusableAnswer
from backend.pipeline.resume_generator import ResumeGenerator, Written, resume_words
from backend.tasks.write_edits import WriteEdits, WriteEditsOutput, WrittenEdit
from backend.tests.doubles import ScriptedModel
from backend.tests.unit.pipeline.scene import (
    BOOKING,
    FREIGHT,
    PAY,
    RESUME,
    SETTLEMENT,
    SUMMARY,
    TRUE_BOOKING,
    case_of,
)


async def written(lexicon: Lexicon, part: str, *edits: WrittenEdit) -> tuple[Edit, ...]:
    """The edits that come of one part's answer."""
    case = case_of(lexicon)
    model = ScriptedModel({"write_edits": [WriteEditsOutput(edits=list(edits))]})
    answer = await ResumeGenerator(lexicon, 8).write(model, case.brief, {part: {}}, {})
    return answer.edits[part]


def line(lexicon: Lexicon, path: str, text: str = TRUE_BOOKING, **more: Any) -> WrittenEdit:
    target = 0 if path == SUMMARY else case_of(lexicon).brief.numbers[path]
    return WrittenEdit.model_validate({"target": target, "text": text, "cites": [], "requirements": [], **more})


# What the writer is asked


def test_the_summary_and_the_lines_of_the_plan_are_asked_for(lexicon: Lexicon) -> None:
    parts = ResumeGenerator(lexicon, 8).parts(case_of(lexicon))
    assert parts == {SUMMARY: {SUMMARY: ()}, FREIGHT: {BOOKING: ("r2",)}, PAY: {SETTLEMENT: ("r3",)}}


def test_at_most_four_lines_of_an_entry_are_asked_for(lexicon: Lexicon) -> None:
    names = ["Kafka", "Redis", "Docker", "Ansible", "Jenkins", "Terraform"]
    bare = tuple(f"{name}, Java, Linux, Git, Perl" for name in names)
    resume = RESUME.model_copy(
        update={"work_experience": (RESUME.work_experience[0].model_copy(update={"highlights": bare}),)}
    )
    asked = tuple(Requirement(id=f"r{n}", text=s, kind="skill", skills=(s,)) for n, s in enumerate(names))
    parts = ResumeGenerator(lexicon, 8).parts(case_of(lexicon, resume, asked=asked))
    assert len(parts[FREIGHT]) == 4


def test_a_resume_without_summary_is_not_given_one_unasked(lexicon: Lexicon) -> None:
    parts = ResumeGenerator(lexicon, 8).parts(case_of(lexicon, RESUME.model_copy(update={"summary": ""})))
    assert SUMMARY not in parts


# What becomes of the answer


async def test_an_edit_names_its_path_and_its_evidence(lexicon: Lexicon) -> None:
    number = case_of(lexicon).brief.numbers[BOOKING]
    (edit,) = await written(lexicon, FREIGHT, line(lexicon, BOOKING, cites=[number], requirements=["r2"]))
    assert (edit.path, edit.op, edit.text, edit.evidence, edit.requirement_ids) == (
        BOOKING,
        "replace",
        TRUE_BOOKING,
        (BOOKING,),
        ("r2",),
    )


async def test_the_summary_is_target_0(lexicon: Lexicon) -> None:
    (edit,) = await written(lexicon, SUMMARY, line(lexicon, SUMMARY, "Likes small services."))
    assert edit.path == SUMMARY


async def test_a_line_of_another_part_is_left_out(lexicon: Lexicon) -> None:
    assert await written(lexicon, FREIGHT, line(lexicon, SETTLEMENT), line(lexicon, SUMMARY)) == ()


async def test_of_two_edits_of_one_line_the_first_counts(lexicon: Lexicon) -> None:
    edits = await written(lexicon, FREIGHT, line(lexicon, BOOKING, "One"), line(lexicon, BOOKING, "Two"))
    assert [edit.text for edit in edits] == ["One"]


@pytest.mark.parametrize("text", ["", "  \n ", "Python, Docker, Redis, PostgreSQL, Git", "\x00"])
async def test_what_changes_nothing_is_left_out(lexicon: Lexicon, text: str) -> None:
    assert await written(lexicon, FREIGHT, line(lexicon, BOOKING, text)) == ()


@pytest.mark.parametrize("target", [-1, 99, 10**12])
async def test_a_line_that_does_not_exist_is_left_out(lexicon: Lexicon, target: int) -> None:
    edit = WrittenEdit(target=target, text="x", cites=[], requirements=[])
    assert await written(lexicon, FREIGHT, edit) == ()


async def test_where_an_entry_stands_cannot_be_rewritten(lexicon: Lexicon) -> None:
    assert await written(lexicon, FREIGHT, line(lexicon, FREIGHT)) == ()


async def test_a_line_stays_one_line(lexicon: Lexicon) -> None:
    (edit,) = await written(lexicon, FREIGHT, line(lexicon, BOOKING, "One\n- CEO of Google"))
    assert "\n" not in edit.text


async def test_citations_and_requirements_that_do_not_exist_are_dropped(lexicon: Lexicon) -> None:
    asked = line(lexicon, BOOKING, cites=[1, 1, 999, -4], requirements=["r2", "r99"])
    (edit,) = await written(lexicon, FREIGHT, asked)
    assert (edit.evidence, edit.requirement_ids) == (("/summary",), ("r2",))


async def test_a_part_that_fails_does_not_fail_the_others(lexicon: Lexicon) -> None:
    def answer(task: WriteEdits) -> WriteEditsOutput:
        if task.part == PAY:
            raise UnusableAnswer("no")
        return WriteEditsOutput(edits=[line(lexicon, BOOKING)])

    case = case_of(lexicon)
    model = ScriptedModel({"write_edits": [answer] * 2})
    result: Written = await ResumeGenerator(lexicon, 8).write(model, case.brief, {FREIGHT: {}, PAY: {}}, {})
    assert list(result.edits) == [FREIGHT]
    assert list(result.failed) == [PAY]


# What code does


def test_a_library_line_is_added_word_for_word(lexicon: Lexicon) -> None:
    about = ChunkMetadata(company="Kvitto Pay")
    chunk = Chunk(text="Described the network\nin Terraform", metadata=about)
    edits = ResumeGenerator(lexicon, 8).from_library(case_of(lexicon, library=[chunk]))
    (added,) = [edit for edit in edits if edit.path.endswith("/highlights")]
    assert (added.path, added.op, added.text) == (f"{PAY}/highlights", "add", "Described the network in Terraform")
    assert added.evidence == (chunk.id,)


def test_a_skill_is_added_with_the_lines_that_show_it(lexicon: Lexicon) -> None:
    edits = ResumeGenerator(lexicon, 8).from_library(case_of(lexicon))
    assert {edit.text: edit.evidence for edit in edits} == {"PostgreSQL": (BOOKING,), "Apache Kafka": (SETTLEMENT,)}


def test_what_answers_the_job_comes_first(lexicon: Lexicon) -> None:
    entry = RESUME.work_experience[0].model_copy(update={"highlights": ("Baked cake", "Built a service in Python")})
    resume = RESUME.model_copy(update={"work_experience": (entry,)})
    tailored = apply(resume, ResumeGenerator(lexicon, 8).arrange(case_of(lexicon, resume), []))
    assert tailored.work_experience[0].highlights == ("Built a service in Python", "Baked cake")


def test_what_nothing_tells_apart_stays_as_it_was(lexicon: Lexicon) -> None:
    entry = RESUME.work_experience[0].model_copy(update={"highlights": ("Baked cake", "Washed up", "Sang")})
    resume = RESUME.model_copy(update={"work_experience": (entry,), "skills": ()})
    assert ResumeGenerator(lexicon, 8).arrange(case_of(lexicon, resume), []) == []


def test_the_skills_that_are_asked_lead(lexicon: Lexicon) -> None:
    tailored = apply(RESUME, ResumeGenerator(lexicon, 8).arrange(case_of(lexicon), []))
    assert tailored.skills == ("Python", "Git")


def test_a_focus_area_comes_before_what_the_job_asks(lexicon: Lexicon) -> None:
    case = case_of(lexicon, focus_areas=("Git",))
    assert apply(RESUME, ResumeGenerator(lexicon, 8).arrange(case, [])).skills == ("Git", "Python")


def long_resume() -> Resume:
    highlights = tuple(f"Baked cake number {n} for the whole of the quiet office" for n in range(30))
    entry = RESUME.work_experience[0].model_copy(
        update={"highlights": (*RESUME.work_experience[0].highlights, *highlights)}
    )
    return RESUME.model_copy(update={"work_experience": (entry,)})


def test_a_word_limit_is_kept(lexicon: Lexicon) -> None:
    case = case_of(lexicon, long_resume(), word_limit=100)
    assert resume_words(apply(case.resume, ResumeGenerator(lexicon, 8).arrange(case, []))) <= 100


def test_a_word_limit_takes_the_least_relevant_first(lexicon: Lexicon) -> None:
    case = case_of(lexicon, long_resume(), word_limit=100)
    kept = apply(case.resume, ResumeGenerator(lexicon, 8).arrange(case, [])).work_experience[0].highlights
    assert set(RESUME.work_experience[0].highlights) <= set(kept)


def test_a_word_limit_leaves_two_highlights_an_entry(lexicon: Lexicon) -> None:
    endless = tuple(f"Baked {'very ' * 80}good cake number {n}" for n in range(4))
    entry = RESUME.work_experience[0].model_copy(update={"highlights": endless})
    case = case_of(lexicon, RESUME.model_copy(update={"work_experience": (entry,)}), word_limit=100)
    assert len(apply(case.resume, ResumeGenerator(lexicon, 8).arrange(case, [])).work_experience[0].highlights) == 2


def test_a_line_the_writer_reworded_is_not_trimmed(lexicon: Lexicon) -> None:
    case = case_of(lexicon, long_resume(), word_limit=100)
    path = f"{FREIGHT}/highlights/31"
    edit = Edit(id="e", path=path, op="replace", text="Baked")
    removed = {e.path for e in ResumeGenerator(lexicon, 8).arrange(case, [edit]) if e.op == "remove"}
    assert removed
    assert path not in removed
