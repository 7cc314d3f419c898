"""Files that people upload are kept, given back, and go with the resume that was read from them."""

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from docx import Document

from backend.container import Container, Parts
from backend.errors import VendorUnavailable
from backend.ports import ChunkIndex
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.security.histories import files_of, found_in
from backend.tests.security.making import docx, html, odt, pdf, rtf

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
CANARY = "zirconium-lighthouse"
JOB = "Python and PostgreSQL are required for this role."
LINES = (
    "Ada Berg",
    "ada@example.com",
    "Experience",
    "Kvitto Pay, Developer, 2018 - 2021",
    f"- Wrote {CANARY} in Python",
)
TEXT = ("\n\n".join(LINES) + "\n").encode()
JSON = b'{"contact": {"name": "Ada Berg"}, "skills": ["Python"]}'
OF_KINDS = {
    "pdf": (pdf, "application/pdf"),
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": (odt, "application/vnd.oasis.opendocument.text"),
    "rtf": (rtf, "application/rtf"),
    "html": (lambda: html("<script>alert(1)</script>"), "text/html; charset=utf-8"),
    "txt": (lambda: TEXT, "text/plain; charset=utf-8"),
    "md": (lambda: b"# Ada Berg\n\n## Skills\n\n- Python\n- **Git**\n", "text/markdown; charset=utf-8"),
    "json": (lambda: JSON, "application/json"),
    "yaml": (lambda: b"cv:\n  name: Ada Berg\n  sections:\n    skills:\n      - Python\n", "application/yaml"),
}


async def upload(person: Person, data: bytes, name: str = "resume") -> str:
    answer = await person.ask("POST", "/resumes/upload", files={"file": (name, data)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def original(person: Person, resume_id: str) -> httpx.Response:
    return await person.ask("GET", f"/resumes/{resume_id}/original")


async def kept(person: Person) -> list[str]:
    return list(await person.service.container.parts.files.list(person.id))


@pytest.mark.parametrize("ending", OF_KINDS)
async def test_the_file_comes_back_byte_for_byte_and_is_never_shown_as_a_page(ada: Person, ending: str) -> None:
    make, media_type = OF_KINDS[ending]
    data = make()
    answer = await original(ada, await upload(ada, data, "../../x\r\n.exe"))
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="resume-original.{ending}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_resume_that_was_typed_has_no_original(ada: Person, small: dict[str, Any]) -> None:
    assert code_of(await original(ada, await ada.keep(small))) == (404, "not_found")


async def test_a_file_that_is_refused_is_not_kept(ada: Person) -> None:
    answer = await ada.ask("POST", "/resumes/upload", files={"file": ("x.pdf", b"%PDF-1.7 broken")})
    assert code_of(answer) == (422, "invalid_input")
    assert await kept(ada) == []


async def test_the_file_goes_with_its_resume_and_stays_while_that_is_changed(
    ada: Person, small: dict[str, Any]
) -> None:
    first, second = await upload(ada, TEXT), await upload(ada, JSON)
    await ada.ask("PUT", f"/resumes/{first}", json=small)
    assert (await original(ada, first)).content == TEXT
    assert (await ada.ask("DELETE", f"/resumes/{first}")).status_code == 204
    assert code_of(await original(ada, first)) == (404, "not_found")
    assert await kept(ada) == [second]


async def test_another_persons_file_is_not_there_and_cannot_be_deleted(ada: Person, eve: Person) -> None:
    resume_id = await upload(ada, TEXT)
    assert code_of(await original(eve, resume_id)) == (404, "not_found")
    assert code_of(await eve.ask("DELETE", f"/resumes/{resume_id}")) == (404, "not_found")
    assert (await original(ada, resume_id)).content == TEXT


async def test_a_copy_of_everything_has_the_files(ada: Person, eve: Person) -> None:
    ids = {await upload(ada, TEXT): TEXT, await upload(ada, JSON): JSON}
    endings = dict(zip(ids, ("txt", "json"), strict=True))
    copy = ZipFile(io.BytesIO((await ada.ask("GET", "/auth/me/export")).content))
    assert {name for name in copy.namelist() if name.startswith("uploads/")} == {
        f"uploads/{id_}.{ending}" for id_, ending in endings.items()
    }
    assert all(copy.read(f"uploads/{id_}.{endings[id_]}") == data for id_, data in ids.items())
    assert "uploads/ (2)" in copy.read("README.txt").decode()
    theirs = ZipFile(io.BytesIO((await eve.ask("GET", "/auth/me/export")).content))
    assert not [name for name in theirs.namelist() if name.startswith("uploads/")]


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "sealed"])
async def test_an_erasure_leaves_nothing_of_a_file(tmp_path: Path, key: str) -> None:
    more = {"encryption_key": key} if key else {}
    async with serve(settings_for(tmp_path, **more)) as service:
        ada, eve = service.person(), service.person()
        resume_id, stays = await upload(ada, TEXT), await upload(eve, JSON)
        found = found_in(files_of(tmp_path / "uploads").values(), [CANARY])
        assert found == (set() if key else {CANARY})
        assert (await original(ada, resume_id)).content == TEXT
        answer = await ada.ask("DELETE", "/auth/me", json={"confirm": "delete everything"})
        assert answer.status_code == 204
        assert found_in(files_of(tmp_path).values(), [CANARY]) == set()
        assert len(files_of(tmp_path / "uploads")) == 1
        assert (await original(eve, stays)).content == JSON
    assert found_in(files_of(tmp_path).values(), [CANARY, ada.id]) == set()


async def test_what_is_uploaded_while_its_owner_is_erased_is_not_kept(ada: Person) -> None:
    uploaded, erased = await asyncio.gather(
        ada.ask("POST", "/resumes/upload", files={"file": ("r.txt", TEXT)}),
        ada.ask("DELETE", "/auth/me", json={"confirm": "delete everything"}),
    )
    assert erased.status_code == 204
    assert uploaded.status_code == 201
    assert await kept(ada) == []
    assert (await ada.ask("GET", "/resumes")).json()["items"] == []


async def test_a_file_that_was_altered_is_said_to_be_and_the_rest_is_exported(tmp_path: Path) -> None:
    async with serve(settings_for(tmp_path, encryption_key=KEY)) as service:
        ada = service.person()
        one, two = await upload(ada, TEXT), await upload(ada, JSON)
        spoil(tmp_path / "uploads", one)
        assert code_of(await original(ada, one)) == (500, "tampered")
        copy = ZipFile(io.BytesIO((await ada.ask("GET", "/auth/me/export")).content))
        assert copy.read(f"uploads/{two}.json") == JSON
        assert "altered" in copy.read(f"uploads/{one}.unreadable.txt").decode()


def spoil(folder: Path, name: str) -> None:
    (path,) = folder.rglob(name)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


# Audited


def two_columns() -> bytes:
    """A resume whose body is a table, which many parsers read across."""
    document, page = Document(), io.BytesIO()
    document.add_paragraph("Ada Berg")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Skills\nPython, Git"
    table.cell(0, 1).text = "Experience\nKvitto Pay, Developer, 2018 - 2021\n- Reduced query time by 45%"
    document.save(page)
    return page.getvalue()


async def codes(person: Person, resume_id: str) -> set[str]:
    audit = await person.ask("GET", f"/resumes/{resume_id}/audit")
    assert audit.status_code == 200
    return {issue["code"] for issue in audit.json()["findings"]}


async def test_an_audit_tells_how_the_kept_file_is_made(ada: Person) -> None:
    answer = await ada.ask("POST", "/resumes/upload", files={"file": ("r.docx", two_columns())})
    at_once = {issue["code"] for issue in answer.json()["audit"]["findings"]}
    resume_id, resume = answer.json()["id"], answer.json()["resume"]
    assert await codes(ada, resume_id) == at_once
    alone = await codes(ada, await ada.keep(resume))
    assert at_once - alone, "the file's making must show for this test to prove anything"
    for_job = await ada.ask("POST", f"/resumes/{resume_id}/audit", json={"text": JOB})
    assert {issue["code"] for issue in for_job.json()["findings"]} >= at_once - alone


async def test_a_resume_that_was_changed_is_audited_without_the_file_it_came_in(ada: Person) -> None:
    resume_id = await upload(ada, two_columns())
    resume = (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"] | {"skills": ["Python", "Kafka"]}
    await ada.ask("PUT", f"/resumes/{resume_id}", json=resume)
    assert await codes(ada, resume_id) == await codes(ada, await ada.keep(resume))


# What fails beside


class Failing:
    """An index, or a store, that cannot be written to for a while."""

    def __init__(self, store: Any) -> None:
        self._store, self.down = store, False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if name not in ("put", "drop", "missing"):
            return found

        async def tried(*args: Any, **named: Any) -> Any:
            if self.down:
                raise VendorUnavailable("It is not available.")
            return await found(*args, **named)

        return tried


async def test_a_resume_is_created_though_the_index_is_down_and_the_next_tailoring_repairs_it(
    tmp_path: Path, small: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    index: list[Failing] = []

    def unsteady(parts: Parts) -> Parts:
        index.append(Failing(parts.index))
        return replace(parts, index=index[0])

    async with serve(settings_for(tmp_path), unsteady) as service:
        ada = service.person()
        index[0].down = True
        resume_id = await ada.keep(small)
        uploaded = await upload(ada, TEXT)
        assert (await ada.ask("PUT", f"/resumes/{resume_id}", json=small)).status_code == 200
        assert "stored and not indexed" in caplog.text
        index[0].down = False
        assert await missing(service.container, ada, resume_id)
        answer = await ada.tailor(JOB, resume_id=resume_id)
        assert answer.status_code == 200
        assert await missing(service.container, ada, resume_id) == set()
        assert await missing(service.container, ada, uploaded)
        for stored in await service.container.resumes.list(ada.id, 9, None):  # as `tailor reindex` does
            await service.container.resumes.index(ada.id, stored)
        assert await missing(service.container, ada, uploaded) == set()


async def missing(container: Container, person: Person, resume_id: str) -> set[str]:
    """The lines of a resume that the index lacks."""
    from backend.domain.stored_shape import read
    from backend.pipeline.evidence_retriever import line_ids

    stored = await container.resumes.get(person.id, resume_id)
    index: ChunkIndex = container.parts.index
    return await index.missing(person.id, resume_id, sorted(line_ids(read(stored.document))))


async def test_an_upload_whose_file_cannot_be_kept_is_not_half_there(tmp_path: Path) -> None:
    def broken(parts: Parts) -> Parts:
        files = Failing(parts.files)
        files.down = True
        return replace(parts, files=files)

    async with serve(settings_for(tmp_path), broken) as service:
        ada = service.person()
        answer = await ada.ask("POST", "/resumes/upload", files={"file": ("r.txt", TEXT)})
        assert code_of(answer) == (503, "vendor_unavailable")
        assert (await ada.ask("GET", "/resumes")).json()["items"] == []


async def test_voice_is_in_the_log_of_changes(service: Service) -> None:
    ada = service.person()
    kept_ = await ada.ask("POST", "/voice/examples", json={"kind": "anchor", "text": "It took six weeks."})
    said = await ada.ask("POST", "/voice/feedback", json={"kind": "rejected", "text": "results-driven"})
    await ada.ask("DELETE", f"/voice/examples/{kept_.json()['id']}")
    items = (await ada.ask("GET", "/auth/me/changes")).json()["items"]
    assert [(item["kind"], item["action"], item["subject"]) for item in items] == [
        ("voice", "deleted", kept_.json()["id"]),
        ("voice", "created", said.json()["id"]),
        ("voice", "created", kept_.json()["id"]),
    ]
