"""Every route of the API, and whose it is. A route without a row here fails the tests: decide who may use it, and add it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from fastapi import FastAPI

from backend.handlers.schemas.resumes import EXAMPLE

Kind = Literal["public", "browser", "signed in", "object", "admin", "operator"]
"""public: anybody · browser: whoever has its cookies · signed in: about the caller alone · object: one thing, its owner's · admin: ADMIN_EMAIL ·
operator: METRICS_TOKEN"""
CANARY = "zirconium-lighthouse"
"""A word that only the owner's things hold."""
JOB = "Backend engineer. You must know Python, PostgreSQL and Kafka."
TEXT = {"files": {"file": ("resume.txt", b"Ada Berg\n\nSkills\nPython, Git\n", "text/plain")}}
NOTE = {
    "notes": [{"text": "# Billing\n\nI moved billing to Kafka in six weeks, with no loss and no pause of service."}]
}


class Row(NamedTuple):
    """`send` is how to ask rightly; "{name}" in it, or in the path, stands for something of the owner's. `ok` is what the
    owner gets."""

    kind: Kind
    method: str
    path: str
    send: Mapping[str, Any] = {}
    ok: tuple[int, ...] = (200,)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def sends(**body: Any) -> dict[str, Any]:
    return {"json": body}


CREDENTIALS = sends(email="{new_email}", password="a long passphrase")
TABLE = (
    Row("public", "GET", "/openapi.json"),
    Row("public", "GET", "/docs"),
    Row("public", "GET", "/docs/oauth2-redirect"),
    Row("public", "GET", "/redoc"),
    Row("public", "GET", "/health"),
    Row("public", "GET", "/health/ready"),
    Row("public", "POST", "/auth/register", CREDENTIALS, (201,)),
    Row("public", "POST", "/auth/login", CREDENTIALS),
    Row("public", "POST", "/auth/refresh", sends(refresh_token="{refresh_token}")),
    Row("public", "GET", "/auth/oidc/login", {}, (404,)),  # no identity provider is set here
    Row("public", "GET", "/auth/oidc/callback", {}, (404,)),
    Row("browser", "POST", "/auth/session", {}, (204,)),
    Row("public", "GET", "/shared/{token}"),
    Row("operator", "GET", "/metrics"),
    Row("signed in", "GET", "/auth/me"),
    Row("signed in", "GET", "/auth/me/export"),
    Row("signed in", "GET", "/auth/me/changes"),
    Row("signed in", "POST", "/applications", sends(title="Engineer"), (201,)),
    Row("signed in", "GET", "/applications"),
    Row("signed in", "GET", "/applications/export.csv"),
    Row("object", "GET", "/applications/{application_id}"),
    Row("object", "PATCH", "/applications/{application_id}", sends(status="applied")),
    Row("object", "DELETE", "/applications/{application_id}", {}, (204,)),
    Row("signed in", "POST", "/content", sends(text="I mentored two engineers."), (201,)),
    Row("signed in", "GET", "/content"),
    Row("signed in", "POST", "/content/search", sends(query=CANARY)),
    Row("signed in", "POST", "/content/seed", sends(resume_id="{resume_id}"), (201,)),
    Row("signed in", "POST", "/content/import", {"json": NOTE}, (201,)),
    Row("signed in", "POST", "/content/reindex"),
    Row("signed in", "GET", "/content/duplicates"),
    Row("object", "GET", "/content/{chunk_id}"),
    Row("object", "PUT", "/content/{chunk_id}", sends(text="I led the office move.")),
    Row("object", "DELETE", "/content/{chunk_id}", {}, (204,)),
    Row("signed in", "GET", "/templates"),
    Row("signed in", "GET", "/templates/{template_id}/preview"),
    Row("signed in", "POST", "/export", sends(resume=EXAMPLE, format="txt")),
    Row("signed in", "POST", "/export/docx", {"params": {"resume_id": "{resume_id}"}, "files": {"template": "{docx}"}}),
    Row("object", "GET", "/tailorings/{tailoring_id}/export", {"params": {"format": "txt"}}),
    Row("object", "GET", "/resumes/{resume_id}/audit"),
    Row("object", "POST", "/resumes/{resume_id}/audit", sends(text=JOB)),
    Row("signed in", "POST", "/diff", sends(original=EXAMPLE, tailored=EXAMPLE)),
    Row("object", "GET", "/tailorings/{tailoring_id}/diff"),
    Row("signed in", "POST", "/jobs/extract", sends(text=JOB)),
    Row("signed in", "POST", "/jobs", sends(text=JOB), (201,)),
    Row("signed in", "GET", "/jobs"),
    Row("object", "GET", "/jobs/{job_id}"),
    Row("object", "PUT", "/jobs/{job_id}", sends(text=JOB)),
    Row("object", "DELETE", "/jobs/{job_id}", {}, (204,)),
    Row("object", "GET", "/tailorings/{tailoring_id}/events", {}, (200, 204)),
    Row("object", "WS", "/tailorings/{tailoring_id}/progress"),
    Row("signed in", "POST", "/requirements/extract", sends(text=JOB)),
    Row("signed in", "POST", "/resumes", {"json": EXAMPLE}, (201,)),
    Row("signed in", "POST", "/resumes/upload", TEXT, (201,)),
    Row("signed in", "GET", "/resumes"),
    Row("object", "GET", "/resumes/{resume_id}"),
    Row("object", "PUT", "/resumes/{resume_id}", {"json": EXAMPLE}),
    Row("object", "PUT", "/resumes/{resume_id}/master", {}, (204,)),
    Row("object", "GET", "/resumes/{resume_id}/original"),
    Row("object", "GET", "/resumes/{resume_id}/versions"),
    Row("object", "POST", "/resumes/{resume_id}/versions/{number}/restore"),
    Row("object", "DELETE", "/resumes/{resume_id}", {}, (204,)),
    Row("signed in", "POST", "/tailorings", sends(job_description=JOB), (202,)),
    Row("signed in", "POST", "/tailorings/plan", sends(job_description=JOB), (202,)),
    Row("signed in", "POST", "/tailorings/batch", sends(jobs=[{"job_description": JOB}]), (202,)),
    Row("signed in", "GET", "/tailorings/batch"),
    Row("object", "GET", "/tailorings/batch/{batch_id}"),
    Row("object", "GET", "/tailorings/batch/{batch_id}/events", {}, (200, 204)),
    Row("object", "DELETE", "/tailorings/batch/{batch_id}"),
    Row("signed in", "GET", "/tailorings"),
    Row("object", "GET", "/tailorings/{tailoring_id}"),
    Row("object", "DELETE", "/tailorings/{tailoring_id}", {}, (200, 409)),  # 409: it has ended
    Row("object", "POST", "/tailorings/{tailoring_id}/share", sends(expires_in_days=2), (201,)),
    Row("signed in", "GET", "/shares"),
    Row("object", "DELETE", "/shares/{share_id}", {}, (204,)),
    Row("signed in", "POST", "/tailor", sends(job_description=JOB)),
    Row("object", "PATCH", "/tailorings/{tailoring_id}/edits/{edit_id}", sends(action="reject")),
    Row("signed in", "GET", "/usage"),
    Row("signed in", "GET", "/usage/tailorings"),
    Row("signed in", "POST", "/verify", sends(original=EXAMPLE, tailored=EXAMPLE)),
    Row("signed in", "POST", "/voice/examples", sends(kind="anchor", text="It took six weeks."), (201,)),
    Row("signed in", "GET", "/voice/examples"),
    Row("object", "DELETE", "/voice/examples/{example_id}", {}, (204,)),
    Row("signed in", "POST", "/voice/feedback", sends(kind="rejected", text="results-driven"), (201,)),
    Row("signed in", "GET", "/voice/feedback"),
    Row("object", "DELETE", "/voice/feedback/{feedback_id}", {}, (204,)),
    Row("signed in", "POST", "/auth/logout", {}, (204,)),
    Row("signed in", "DELETE", "/auth/me", sends(confirm="delete everything"), (204,)),
)
REACHING = (
    Row("object", "POST", "/tailor", sends(job_description=JOB, resume_id="{resume_id}")),
    Row("object", "POST", "/tailor", sends(job_id="{job_id}")),
    Row("object", "POST", "/tailorings", sends(job_description=JOB, resume_id="{resume_id}"), (202,)),
    Row("object", "POST", "/tailorings", sends(job_id="{job_id}"), (202,)),
    Row("object", "POST", "/tailorings", sends(plan_id="{plan_id}"), (202,)),
    Row("object", "POST", "/tailorings/plan", sends(job_description=JOB, resume_id="{resume_id}"), (202,)),
    Row("object", "POST", "/tailorings/plan", sends(job_id="{job_id}"), (202,)),
    Row("object", "POST", "/tailorings/batch", sends(jobs=[{"job_description": JOB}], resume_id="{resume_id}"), (202,)),
    Row("object", "POST", "/applications", sends(title="Engineer", tailoring_id="{tailoring_id}"), (201,)),
    Row("object", "POST", "/applications", sends(title="Engineer", resume_id="{resume_id}"), (201,)),
    Row("object", "POST", "/content/seed", sends(resume_id="{resume_id}"), (201,)),
    Row("object", "POST", "/export", sends(resume_id="{resume_id}", format="txt")),
    Row("object", "POST", "/export", sends(tailoring_id="{tailoring_id}", format="txt")),
    Row("object", "POST", "/export/docx", {"params": {"resume_id": "{resume_id}"}, "files": {"template": "{docx}"}}),
    Row("object", "POST", "/voice/feedback", sends(kind="rejected", text="driven", tailoring_id="{tailoring_id}"), (201,)),
)  # fmt: skip
"""Requests to routes about the caller that name something of the owner's."""


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route, those outside of OpenAPI too."""
    for mounted in app.routes:
        found = mounted.effective_route_contexts() if hasattr(mounted, "effective_route_contexts") else [mounted]
        for route in found:
            methods = set(getattr(route, "methods", None) or ()) - {"HEAD"}
            path = getattr(route, "path", "") or getattr(getattr(route, "original_route", None), "path", "")
            if "WebSocket" in type(getattr(route, "original_route", route)).__name__:
                methods = {"WS"}
            assert path, f"a route of an unknown kind: {route}"
            assert methods, f"a mount or a route of an unknown kind: {path}; teach backend/tests/security/matrix.py"
            yield from ((method, path) for method in sorted(methods))


def filled(value: Any, names: Mapping[str, Any]) -> Any:
    """With what the names in braces stand for, where a text is nothing but such a name."""
    if isinstance(value, Mapping):
        return {key: filled(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(filled(item, names) for item in value)
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return names[value[1:-1]]
    return value
