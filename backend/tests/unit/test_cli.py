"""The command line: quick to answer, light to load, and one clear line when something is wrong."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from backend.cli import app
from backend.data import SAMPLES
from backend.settings import Settings

RESUME, JOB, LIBRARY = SAMPLES / "resume.json", SAMPLES / "job.txt", SAMPLES / "library.json"
ROOT = Path(__file__).parents[3]
VENDORS = ["anthropic", "openai", "voyageai", "qdrant_client", "pydantic_ai", "motor", "pymongo", "fastapi", "uvicorn"]


@pytest.fixture(autouse=True)
def a_clean_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting in the environment, and a folder of its own to write to."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def tailor(*arguments: object, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def refusal(result: Result) -> str:
    """The one line an error is."""
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("tailor: ")
    assert result.stdout == ""
    return line


def in_a_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, env=clean, timeout=60
    )


# Quick and light


def test_help_takes_less_than_a_second() -> None:
    def used() -> float:  # of a processor, so that other work on the machine does not count
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    before = used()
    result = in_a_process("from backend.cli import main; main()", "--help")
    assert result.returncode == 0
    assert "run" in result.stdout
    assert used() - before < 1


def test_a_run_without_keys_imports_no_vendor(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from backend.cli import app\n"
        "app(sys.argv[2:], standalone_mode=False)\n"
        "print(','.join(v for v in sys.argv[1].split(',') if v in sys.modules), file=sys.stderr)"
    )
    result = in_a_process(code, ",".join(VENDORS), "run", "--sample", "--json", "--out", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["attempts"] >= 1
    assert result.stderr.strip() == ""


# Runs


def test_json_is_all_that_is_on_standard_output() -> None:
    result = tailor("run", "--sample", "--json")
    assert result.exit_code == 0
    assert {"tailored_resume", "edits", "match_score"} <= json.loads(result.stdout).keys()


def test_the_same_run_twice_gives_the_same_result() -> None:
    first, second = [json.loads(tailor("run", "--sample", "--json", "--preview").stdout) for _ in range(2)]
    for name in ("match_score", "evaluation", "tailored_resume", "edits"):
        assert first[name] == second[name]


def test_a_run_writes_what_was_asked_for(tmp_path: Path) -> None:
    result = tailor("run", "--sample", "--out", tmp_path / "made", "--format", "json,md")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["tailored.json", "tailored.md"]
    assert json.loads((tmp_path / "made" / "tailored.json").read_text())["contact"]["name"] == "Maya Lindqvist"


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    assert tailor("run", "--sample", "--preview").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_run_tells_its_stages_and_its_gaps() -> None:
    shown = tailor("run", "--sample", "--preview").output
    for word in ("analyze", "retrieve", "plan", "generate", "verify", "evaluate", "Gaps", "match"):
        assert word in shown


def test_piped_output_is_plain() -> None:
    assert "\x1b[" not in tailor("run", "--sample", "--preview").output


def test_the_library_adds_what_it_shows() -> None:
    def edits(*more: object) -> str:
        found = json.loads(tailor("run", "--resume", RESUME, "--job", JOB, "--json", "--preview", *more).stdout)
        return json.dumps(found["tailored_resume"])

    assert "Prometheus" not in edits()
    assert "Prometheus" in edits("--library", LIBRARY)


@pytest.mark.parametrize("which", ["--resume", "--job"])
def test_a_dash_is_standard_input(which: str) -> None:
    files = {"--resume": RESUME, "--job": JOB}
    arguments = [part for name, path in files.items() for part in (name, "-" if name == which else path)]
    result = tailor("run", *arguments, "--json", "--preview", stdin=files[which].read_bytes())
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["tailored_resume"]["contact"]["name"] == "Maya Lindqvist"


# What is wrong


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run"], "--sample"),
        (["run", "--resume", RESUME], "--job"),
        (["run", "--resume", "nowhere.json", "--job", JOB], "nowhere.json: No such file"),
        (["run", "--resume", RESUME, "--job", "nowhere.txt"], "nowhere.txt: No such file"),
        (["run", "--resume", SAMPLES, "--job", JOB], "directory"),
        (["run", "--resume", "-", "--job", "-"], "standard input"),
        (["run", "--sample", "--format", "doc"], "'doc'"),
        (["run", "--sample", "--tone", "rude"], "--tone"),
        (["run", "--sample", "--max-attempts", "9"], "--max-attempts"),
        (["run", "--sample", "--word-limit", "5"], "--word-limit"),
        (["run", "--sample", "--threshold", "2"], "--threshold"),
        (["run", "--resume", RESUME, "--job", "http://127.0.0.1/job"], "Paste the text"),
        (["run", "--sample", "--library", JOB], "not a library"),
    ],
    ids=lambda value: " ".join(map(str, value))[-40:] if isinstance(value, list) else "",
)
def test_a_mistake_is_one_clear_line(arguments: Sequence[object], says: str) -> None:
    assert says in refusal(tailor(*arguments))


@pytest.mark.parametrize("text", ["", "  \n", "🚀", "\x00\x01"])
def test_a_job_without_words_is_one_clear_line(text: str) -> None:
    assert "no words" in refusal(tailor("run", "--resume", RESUME, "--job", "-", "--json", stdin=text))


def test_a_job_that_is_too_long_is_one_clear_line() -> None:
    assert "50,000" in refusal(tailor("run", "--resume", RESUME, "--job", "-", stdin="x" * 50_001))


@pytest.mark.parametrize("text", ["{", "[1, 2]", "{}", '{"skills": [}', "", '{"contact": {"name": "Ada"}}', "\xff\x00"])
def test_a_resume_that_cannot_be_read_is_one_clear_line(text: str) -> None:
    refusal(tailor("run", "--resume", "-", "--job", JOB, "--json", stdin=text))


def test_broken_json_names_its_line() -> None:
    assert "line 2" in refusal(tailor("run", "--resume", "-", "--job", JOB, stdin='{\n"skills": [}'))


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    result = tailor("run", "--sample", "--out", tmp_path / "taken")
    assert result.exit_code == 2
    assert "taken" in result.stderr.strip().splitlines()[-1]


def test_a_setting_that_cannot_be_used_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", "tooshort")
    line = refusal(tailor("run", "--sample", "--json"))
    assert "JWT_SECRET" in line
    assert "tooshort" not in line


def test_debug_shows_where_an_error_arose() -> None:
    result = tailor("run", "--resume", RESUME, "--job", "nowhere.txt", "--debug")
    assert result.exit_code == 2
    assert "Traceback" in result.stderr


def test_nothing_is_written_when_a_run_fails(tmp_path: Path) -> None:
    refusal(tailor("run", "--resume", RESUME, "--job", "nowhere.txt", "--out", tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


# Verifying


def test_a_resume_is_true_to_itself() -> None:
    result = tailor("verify", RESUME, RESUME)
    assert (result.exit_code, "Truthful" in result.stdout) == (0, True)


def test_an_unsupported_claim_is_named_and_the_exit_code_is_one(tmp_path: Path) -> None:
    document = json.loads(RESUME.read_text(encoding="utf-8"))
    document["work_experience"][0]["title"] = "Chief Technology Officer"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    result = tailor("verify", RESUME, other, "--json")
    claims = json.loads(result.stdout)["claims"]
    assert result.exit_code == 1
    assert [(c["path"], c["status"]) for c in claims] == [("/work_experience/0/title", "unsupported")]


def test_a_line_in_gives_a_line_out() -> None:
    document = json.loads(RESUME.read_text(encoding="utf-8"))
    changed = {**document, "summary": f"{document['summary']} Holds a PhD from MIT."}
    rows = [
        {"id": 1, "original": document, "tailored": document},
        {"id": "two", "original": document, "tailored": changed, "library": []},
    ]
    lines = "\n".join([*map(json.dumps, rows), "{not json", json.dumps({"id": 4})])
    result = tailor("verify", "--jsonl", stdin=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(a.get("id"), a.get("truthful")) for a in answers] == [(1, True), ("two", False), (None, None), (4, None)]
    assert set(answers[1]["claims"][0]) == {"path", "text", "kind", "status", "rule", "reason", "evidence"}
    assert "error" in answers[2]
    assert result.exit_code == 1


def test_verify_without_files_says_what_to_give() -> None:
    assert "ORIGINAL TAILORED" in refusal(tailor("verify"))
