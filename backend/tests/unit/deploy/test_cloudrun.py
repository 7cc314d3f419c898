"""The files of the deployment: what they set exists, what is secret is only named, and both parts agree."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.settings import Settings

ROOT = Path(__file__).parents[4]
CLOUDRUN = ROOT / "deploy" / "cloudrun"
SECRET = re.compile(r"KEY|SECRET|TOKEN|URI|REDIS|STORAGE")
pytestmark = pytest.mark.skipif(not CLOUDRUN.is_dir(), reason="deploy/ is not here")


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def container(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read(CLOUDRUN / f"{name}.yaml")["spec"]["template"]["spec"]["containers"][0]
    return found


def variables(name: str) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in container(name)["env"]}


@pytest.mark.parametrize("name", ["api", "worker"])
def test_each_variable_is_a_setting(name: str) -> None:
    assert {variable.lower() for variable in variables(name)} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", ["api", "worker"])
def test_what_is_secret_is_named_and_not_given(name: str) -> None:
    for variable, item in variables(name).items():
        assert ("valueFrom" in item) == bool(SECRET.search(variable)), variable


@pytest.mark.parametrize("name", ["api", "worker"])
def test_nothing_that_production_needs_is_missing(name: str) -> None:
    given: dict[str, Any] = {
        variable.lower(): item.get("value", "x" * 40) for variable, item in variables(name).items()
    }
    given["encryption_key"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    settings = Settings(_env_file=None, **given)  # type: ignore[call-arg]
    assert settings.is_production
    assert settings.missing() == []


def test_the_worker_has_what_the_api_has_but_for_what_is_about_http() -> None:
    about_http = {"HOST", "METRICS_TOKEN"}
    api, worker = variables("api"), variables("worker")
    assert {name: api[name] for name in api.keys() - about_http} == {
        name: worker[name] for name in worker.keys() - {"RUNS_AT_ONCE"}
    }


def test_the_probes_ask_for_routes_that_there_are() -> None:
    api = container("api")
    probes = {name: api[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert probes == {"startupProbe": "/health", "livenessProbe": "/health", "readinessProbe": "/health/ready"}


def test_runs_are_drained_before_the_process_is_killed() -> None:
    assert all(float(variables(name)["DRAIN_SECONDS"]["value"]) <= 8 for name in ("api", "worker"))


def test_a_request_may_last_as_long_as_a_stream() -> None:
    seconds = read(CLOUDRUN / "api.yaml")["spec"]["template"]["spec"]["timeoutSeconds"]
    assert seconds > Settings.model_fields["stream_lifetime"].default


def test_each_name_to_fill_in_is_filled_in_by_the_workflow() -> None:
    texts = [(CLOUDRUN / f"{name}.yaml").read_text(encoding="utf-8") for name in ("api", "worker")]
    # The comments speak of ${…}, which is no name.
    wanted = {name for text in texts for name in re.findall(r"\$\{(\w+)\}", text)}
    steps = read(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]
    given = set(steps["env"]) | {name for step in steps["steps"] for name in step.get("env", {})}
    assert wanted <= given


def test_the_workflow_keeps_no_key_and_may_only_prove_who_it_is() -> None:
    workflow = read(ROOT / ".github/workflows/deploy.yml")
    assert workflow["permissions"] == {"contents": "read", "id-token": "write"}
    assert "credentials_json" not in json.dumps(workflow["jobs"])


def test_workers_of_the_compose_file_start_with_their_profile_alone() -> None:
    services = read(ROOT / "docker-compose.yml")["services"]
    assert {name for name, service in services.items() if "profiles" in service} == {"worker", "redis"}
