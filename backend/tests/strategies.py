"""Hypothesis strategies for domain values."""

from hypothesis import strategies as st

from backend.domain.edits import Edit
from backend.domain.resume import Contact, Education, Project, Resume, WorkEntry

line = st.text(st.characters(categories=("L", "N", "P"), max_codepoint=0x2FFF), min_size=1, max_size=20).map(str.strip)
line = line.filter(bool)
lines = st.lists(line, max_size=5).map(tuple)
entries = st.builds(WorkEntry, company=line, title=line, start_date=st.just("2020-01"), highlights=lines)
projects = st.builds(Project, name=line, highlights=lines)
resumes = st.builds(
    Resume,
    contact=st.builds(Contact, name=line, email=line),
    summary=st.one_of(st.just(""), line),
    work_experience=st.lists(entries, max_size=3).map(tuple),
    education=st.lists(st.builds(Education, institution=line, degree=line), max_size=2).map(tuple),
    skills=lines,
    achievements=lines,
    projects=st.lists(projects, max_size=3).map(tuple),
)


@st.composite
def edit_sets(draw: st.DrawFn, resume: Resume) -> list[Edit]:
    """A set of edits that can be applied to the resume together."""
    edits: list[Edit] = []

    def put(path: str, op: str, **values: object) -> None:
        edits.append(Edit.model_validate({"id": f"e{len(edits)}", "path": path, "op": op, **values}))

    if draw(st.booleans()):
        put("/summary", "replace", text=draw(line))
    lists = [(f"{path}/highlights", entry.highlights, True) for path, entry in resume.entries()]
    for path, items, rewritable in [*lists, ("/skills", resume.skills, False)]:
        for place in range(len(items)):
            op = draw(st.sampled_from(["keep", "remove", *(["replace"] if rewritable else [])]))
            if op != "keep":
                put(f"{path}/{place}", op, **({"text": draw(line)} if op == "replace" else {}))
        for _ in range(draw(st.integers(0, 2))):
            put(path, "add", text=draw(line), position=draw(st.one_of(st.none(), st.integers(0, 4))))
        if draw(st.booleans()):
            put(path, "reorder", order=draw(st.permutations(range(len(items)))))
    for path, items in (("/projects", resume.projects), ("/achievements", resume.achievements)):
        if items and draw(st.booleans()):
            put(path, "reorder", order=draw(st.permutations(range(len(items)))))
    return edits


resumes_with_edits = resumes.flatmap(lambda resume: st.tuples(st.just(resume), edit_sets(resume)))
