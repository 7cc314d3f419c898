from backend.domain.content import ChunkMetadata, chunk_evidence
from backend.domain.resume import Resume
from backend.domain.resume_chunks import resume_chunks
from backend.domain.stored_shape import read

RESUME = read(
    {
        "summary": "An engineer.",
        "work_experience": [
            {
                "company": "Kvitto Pay",
                "title": "Developer",
                "start_date": "2018",
                "description": "Two of us kept the tills alive.\n- Cut query time by 45%",
            }
        ],
        "projects": [{"name": "Tide", "description": "A clock for tides\n- Shows 40 harbours"}],
        "education": [{"institution": "Chalmers", "degree": "BSc", "end_date": "2016"}],
        "skills": ["Python", "Git"],
        "achievements": ["Won the 2019 hackathon"],
    }
)


def test_everything_has_its_kind_and_its_place() -> None:
    found = {chunk.text: (chunk.chunk_type, chunk.metadata.company) for chunk in resume_chunks(RESUME)}
    assert found == {
        "Two of us kept the tills alive.": ("role_summary", "Kvitto Pay"),
        "Cut query time by 45%": ("achievement", "Kvitto Pay"),
        "A clock for tides": ("project", "Tide"),
        "Shows 40 harbours": ("project", "Tide"),
        "Won the 2019 hackathon": ("achievement", ""),
        "Python, Git": ("skill_context", ""),
        "BSc, Chalmers": ("education", ""),
    }
    assert {chunk.source for chunk in resume_chunks(RESUME)} == {"resume"}


def test_labels_are_those_of_the_entry() -> None:
    (chunk,) = [c for c in resume_chunks(RESUME) if c.text.startswith("Cut")]
    assert chunk.metadata == ChunkMetadata(company="Kvitto Pay", role="Developer", start_date="2018")


def test_as_evidence_a_chunk_finds_its_way_back_to_its_entry() -> None:
    entries = {item.text: item.entry for item in chunk_evidence(resume_chunks(RESUME), RESUME)}
    assert entries["Cut query time by 45%"] == "/work_experience/0"
    assert entries["Shows 40 harbours"] == "/projects/0"


def test_an_empty_resume_gives_nothing() -> None:
    assert resume_chunks(Resume()) == ()
