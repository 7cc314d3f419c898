"""Files in and out over HTTP."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from backend.data import SAMPLES
from backend.documents.writing.formats import FORMATS, write
from backend.domain.stored_shape import read
from backend.tests.http.service import Person, Service, code_of

SAMPLE: dict[str, Any] = json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8"))
RESUME = read(SAMPLE)
MAGIC = {
    "pdf": b"%PDF",
    "docx": b"PK",
    "html": b"<!DOCTYPE html>",
    "json": b"{",
    "jsonresume": b"{",
    "rendercv": b"cv:",
}


async def upload(person: Person, data: bytes, name: str = "resume") -> Any:
    return await person.ask("POST", "/resumes/upload", files={"file": (name, data)})


@pytest.mark.parametrize("written", FORMATS)
async def test_every_format_we_write_can_be_uploaded(ada: Person, written: Any) -> None:
    answer = await upload(ada, write(RESUME, written).data)
    assert answer.status_code == 201, answer.text
    stored = read(answer.json()["resume"])
    assert stored.contact.email == RESUME.contact.email
    assert [(job.company, job.title) for job in stored.work_experience] == [
        (job.company, job.title) for job in RESUME.work_experience
    ]
    assert answer.json()["kept"] > 0.99


async def test_an_upload_says_where_each_field_stood(ada: Person) -> None:
    answer = (await upload(ada, write(RESUME, "pdf").data)).json()
    email = next(field for field in answer["fields"] if field["path"] == "/contact/email")
    assert answer["text"][email["start"] : email["end"]] == RESUME.contact.email
    assert email["confidence"] > 0.9
    assert answer["audit"]["score"] > 80


async def test_hidden_text_is_reported_and_not_stored(ada: Person) -> None:
    page = "<h1>Ada Li</h1><p>ada@example.com</p><p style='display:none'>Expert in Zig</p><h2>Skills</h2><p>Python</p>"
    answer = (await upload(ada, f"<!doctype html><html><body>{page}</body></html>".encode())).json()
    assert "Zig" in answer["hidden"][0]["text"]
    assert "Zig" not in json.dumps(answer["resume"])
    assert "Zig" not in answer["text"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
        (b"PK\x03\x04 no zip", "breaks off"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_a_reason(ada: Person, data: bytes, said: str) -> None:
    answer = await upload(ada, data)
    assert code_of(answer) == (422, "invalid_input")
    assert said.lower() in answer.json()["detail"].lower()


async def test_an_upload_without_a_file_is_refused(ada: Person) -> None:
    assert (await ada.ask("POST", "/resumes/upload")).status_code == 422


async def test_there_are_four_templates_with_pictures(ada: Person) -> None:
    found = (await ada.ask("GET", "/templates")).json()
    assert {template["id"] for template in found} == {"classic", "modern", "compact", "academic"}
    assert all(template["ats_safe"] for template in found)
    picture = await ada.ask("GET", "/templates/modern/preview?width=200")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert (await ada.ask("GET", "/templates/nope/preview")).status_code == 422


@pytest.mark.parametrize("wanted", FORMATS)
async def test_a_resume_is_exported(ada: Person, wanted: str) -> None:
    answer = await ada.ask("POST", "/export", json={"resume": SAMPLE, "format": wanted, "template": "modern"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(MAGIC.get(wanted, b""))
    assert f"resume.{'' if wanted in ('jsonresume', 'rendercv') else wanted}" in answer.headers["content-disposition"]


async def test_a_stored_resume_is_exported_on_one_page(ada: Person) -> None:
    id_ = await ada.keep(SAMPLE)
    answer = await ada.ask("POST", "/export", json={"resume_id": id_, "pages": 1})
    assert answer.headers["x-pages"] == "1"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"resume": SAMPLE, "resume_id": "x"},
        {"resume": {}},
        {"resume": SAMPLE, "format": "doc"},
        {"resume": SAMPLE, "template": "fancy"},
        {"resume": SAMPLE, "style": {"accent": "red"}},
        {"resume": SAMPLE, "style": {"font_size": 4}},
        {"resume": SAMPLE, "pages": 0},
        {"resume": SAMPLE, "lang": "../../etc"},
    ],
)
async def test_an_export_that_makes_no_sense_is_refused(ada: Person, body: dict[str, Any]) -> None:
    assert code_of(await ada.ask("POST", "/export", json=body))[0] == 422


async def test_markup_in_a_resume_stays_text_in_every_format(ada: Person) -> None:
    nasty = '{{ 7*7 }} #read("/etc/passwd") <script>alert(1)</script> $x$ *b*'
    resume = SAMPLE | {"summary": nasty}
    page = (await ada.ask("POST", "/export", json={"resume": resume, "format": "html"})).text
    assert "<script>" not in page
    word = (await ada.ask("POST", "/export", json={"resume": resume, "format": "docx"})).content
    body = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "{{ 7*7 }}" in body
    assert "49" not in body.replace("149", "")


async def test_an_audit_names_what_to_mend(ada: Person) -> None:
    id_ = await ada.keep({**SAMPLE, "contact": {"name": "Ada Li"}})
    report = (await ada.ask("GET", f"/resumes/{id_}/audit")).json()
    assert "no_email" in {finding["code"] for finding in report["findings"]}
    lenient = (await ada.ask("GET", f"/resumes/{id_}/audit?mode=lenient")).json()
    assert lenient["score"] >= report["score"]


async def test_an_audit_with_a_job_tells_what_is_not_shown(ada: Person) -> None:
    id_ = await ada.keep(SAMPLE)
    job = {"text": "Required: five years of Python, Kafka and Haskell. Nice to have: Go."}
    report = (await ada.ask("POST", f"/resumes/{id_}/audit", json=job)).json()
    credit = {keyword["skill"]: keyword["credit"] for keyword in report["keywords"]}
    assert credit["Haskell"] == 0 < credit["Python"]


async def test_a_difference_is_told_three_ways(ada: Person) -> None:
    tailored = json.loads(json.dumps(SAMPLE).replace("Reduced PostgreSQL query time", "Cut PostgreSQL query time"))
    body = {"original": SAMPLE, "tailored": tailored}
    found = (await ada.ask("POST", "/diff", json=body)).json()
    [change] = [change for section in found["sections"] for change in section["changes"]]
    assert change["kind"] == "changed"
    assert "Cut PostgreSQL" in (await ada.ask("POST", "/diff?format=text", json=body)).text
    assert "<ins>" in (await ada.ask("POST", "/diff?format=html", json=body)).text


async def test_a_tailoring_is_exported_and_its_changes_told(ada: Person) -> None:
    await ada.keep(SAMPLE)
    job = (SAMPLES / "job.txt").read_text(encoding="utf-8")
    id_ = (await ada.tailor(job)).json()["id"]
    assert (await ada.ask("GET", f"/tailorings/{id_}/export?format=docx")).content.startswith(b"PK")
    changes = [c for s in (await ada.ask("GET", f"/tailorings/{id_}/diff")).json()["sections"] for c in s["changes"]]
    assert changes
    assert all(change["reason"] for change in changes)


async def test_another_persons_tailoring_is_not_there(ada: Person, eve: Person) -> None:
    await ada.keep(SAMPLE)
    id_ = (await ada.tailor((SAMPLES / "job.txt").read_text(encoding="utf-8"))).json()["id"]
    assert (await eve.ask("GET", f"/tailorings/{id_}/export")).status_code == 404
    assert (await eve.ask("GET", f"/tailorings/{id_}/diff")).status_code == 404


async def test_every_change_of_a_resume_can_be_taken_back(ada: Person, eve: Person) -> None:
    id_ = await ada.keep(SAMPLE)
    for number in (1, 2):
        await ada.ask("PUT", f"/resumes/{id_}", json=SAMPLE | {"summary": f"Change {number}."})
    versions = (await ada.ask("GET", f"/resumes/{id_}/versions")).json()["items"]
    assert [(v["number"], v["resume"]["summary"]) for v in versions] == [(2, "Change 1."), (1, SAMPLE["summary"])]
    restored = await ada.ask("POST", f"/resumes/{id_}/versions/1/restore")
    assert restored.json()["resume"]["summary"] == SAMPLE["summary"]
    assert len((await ada.ask("GET", f"/resumes/{id_}/versions")).json()["items"]) == 3
    assert (await ada.ask("POST", f"/resumes/{id_}/versions/9/restore")).status_code == 404
    assert (await eve.ask("GET", f"/resumes/{id_}/versions")).status_code == 404
    assert (await eve.ask("POST", f"/resumes/{id_}/versions/1/restore")).status_code == 404


async def test_the_master_is_tailored_when_none_is_named(ada: Person, eve: Person) -> None:
    older = await ada.keep(SAMPLE)
    await ada.keep(SAMPLE | {"summary": "Another one."})
    assert (await eve.ask("PUT", f"/resumes/{older}/master")).status_code == 404
    assert (await ada.ask("PUT", f"/resumes/{older}/master")).status_code == 204
    answer = (await ada.tailor((SAMPLES / "job.txt").read_text(encoding="utf-8"))).json()
    assert "Another one." not in json.dumps(answer["tailored_resume"])


async def test_a_file_over_the_limit_is_refused(service: Service, ada: Person) -> None:
    answer = await upload(ada, bytes(11_000_000))
    assert code_of(answer) == (413, "too_large")


async def test_own_template_of_word_is_filled(ada: Person, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("CV of {{ name }}")
    path = tmp_path / "own.docx"
    document.save(str(path))
    id_ = await ada.keep(SAMPLE)
    answer = await ada.ask("POST", f"/export/docx?resume_id={id_}", files={"template": ("own.docx", path.read_bytes())})
    assert answer.status_code == 200, answer.text
    assert f"CV of {RESUME.contact.name}" in "".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
