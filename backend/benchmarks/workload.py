"""One resume, one job, and a stand-in that answers both designs with the same tailored text.

The vendors' speed is set to what the models are known for: Haiku 150 tokens a second after 0.4 s, Sonnet 65 after 0.8 s,
Voyage 0.15 s a call. Both designs end with the same highlights; what differs is how many tokens it takes to say them.
"""

import json
import re
from typing import Any

from backend.data import SAMPLES
from backend.domain.content import Chunk
from backend.domain.job import Job
from backend.domain.stored_shape import read
from backend.tests.standin import Latencies, Latency, RecordedRequest

LATENCIES: Latencies = {
    "haiku": Latency(0.4, 1 / 150),
    "sonnet": Latency(0.8, 1 / 65),
    "voyage": Latency(0.15, 0.0),
}
_TARGET = re.compile(r"line \[(\d+)\]")


def resume() -> dict[str, Any]:
    """A senior's two pages: the sample resume with its positions filled to five highlights, and one more position."""
    document: dict[str, Any] = json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8"))
    jobs = document["work_experience"]
    jobs[2]["description"] += (
        "\n- Moved the reports from nightly dumps to materialised views, which brought them from a day old to an hour old"
        "\n- Answered support questions from the analysts twice a week and turned the common ones into documentation"
        "\n- Took over the deployment scripts and rewrote them in Python so that anybody on the team could release"
    )
    jobs.append(
        {
            "company": "Vasa Bokhandel",
            "title": "Web Developer",
            "start_date": "2014-06",
            "end_date": "2016-05",
            "description": "- Kept the web shop of a bookseller running on Django and PostgreSQL beside my studies"
            "\n- Built the search page, which ordered 60,000 titles by relevance and stock"
            "\n- Wrote a small import service that read publishers' price lists every night"
            "\n- Added structured logs and a dashboard, so that failed orders were seen the same day"
            "\n- Helped two part-time colleagues to learn Git and code review",
            "technologies": ["Python", "Django", "PostgreSQL"],
        }
    )
    return document


def job() -> Job:
    """The sample job with duties that most of the resume's positions half answer, so that there is something to write."""
    duties = (
        "- Cut the time that overnight reports and batch jobs take",
        "- Keep a busy web shop and its search fast and its orders traceable",
        "- Reconcile card payments between banks and our ledger, to the cent",
        "- Help colleagues grow by pairing, guides and reviews",
        "- Move services from virtual machines to containers together with the platform team",
        "- Make releases boring: deployment that anybody on the team can run",
        "- Lead incident reviews and turn what they teach into dashboards and alerts",
        "- Write import services for price lists and partner data",
    )
    text = (SAMPLES / "job.txt").read_text(encoding="utf-8")
    return Job(text=text.replace("\nRequirements\n", "\n".join(["", *duties, "", "Requirements", ""])))


def library() -> list[Chunk]:
    return [Chunk.model_validate(row) for row in json.loads((SAMPLES / "library.json").read_text(encoding="utf-8"))]


ANALYSIS = {
    "required_skills": [
        "Python", "PostgreSQL", "event-driven architecture", "Kafka", "RabbitMQ", "Docker", "Kubernetes", "observability",
        "Prometheus", "Grafana", "Terraform", "English",
    ],
    "preferred_skills": ["fintech", "PCI DSS", "Go", "GraphQL", "AWS certification"],
    "seniority": "senior",
    "domain": "payments",
    "culture_signals": ["remote", "mentoring", "ownership"],
}  # fmt: skip
KEY_LINES = [6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21]


def tailored(text: str) -> str:
    """The line as both designs' writers return it: the same length, a full stop at its end."""
    return text if text.endswith(".") else f"{text}."


def answer(request: RecordedRequest) -> str:
    """Both designs' tasks, told apart by what their instructions say."""
    system = request.system_text
    if "You read job descriptions" in system:
        return json.dumps({**ANALYSIS, "key_requirements": KEY_LINES})
    if "You reword single lines" in system:
        return json.dumps({"edits": list(_edits(request.user_text))})
    if "You judge how well" in system:
        return json.dumps({"score": 88, "issues": []})
    if "STRAIGHTFORWARD ANALYZE" in system:
        lines = [line.strip() for line in job().text.split("\n") if line.strip()]
        return json.dumps({**ANALYSIS, "key_requirements": [lines[n - 1] for n in KEY_LINES]})
    if "STRAIGHTFORWARD GENERATE" in system:
        return json.dumps(whole_resume(), ensure_ascii=False)
    scores = {"keyword_coverage": 0.84, "relevance_ranking": 0.88, "ats_compatibility": 0.95, "overall": 0.89}
    return json.dumps({**scores, "issues": ["RabbitMQ is not shown.", "No AWS certification is listed."]})


def whole_resume() -> dict[str, Any]:
    """The document that the straightforward design's writer returns, with every line that ours rewrites rewritten."""
    document = resume()
    document["summary"] = tailored(document["summary"])
    for entry, parsed in zip(document["work_experience"], read(document).work_experience, strict=True):
        entry["description"] = "\n".join(f"- {tailored(text)}" for text in parsed.highlights)
    return document


def _edits(prompt: str) -> Any:
    if "Rewrite, where the evidence allows it" not in prompt:
        return  # the call that primes the cache
    lines = dict(re.findall(r"^\[(\d+)\] \([^)]*\) (.*)$", prompt, re.MULTILINE))
    question = prompt[prompt.rindex("Rewrite, where the evidence allows it") :]
    if "the summary (target 0)" in question:
        summary = resume()["summary"]
        yield {"target": 0, "text": summary[: summary.rindex(" Mentor")], "cites": [1], "requirements": []}
    for number in _TARGET.findall(question):
        yield {"target": int(number), "text": tailored(lines[number]), "cites": [int(number)], "requirements": ["r1"]}
