"""Prompts and their versions."""

from pathlib import Path

import pytest

from backend.tasks import task
from backend.tasks.prompt_versions import known_versions, prompt_hash, version_of
from backend.tasks.task import prompt

PROMPTS = Path(task.__file__).parent / "prompts"
NAMES = sorted(path.stem for path in PROMPTS.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_that_has_changed_has_a_new_version(name: str) -> None:
    digest = prompt_hash(prompt(name))
    assert digest in known_versions(), (
        f"prompts/{name}.md has changed. In prompts/versions.tsv raise its number and set its hash to {digest}."
    )


def test_the_table_names_the_prompts_that_there_are() -> None:
    rows = [line.split("\t") for line in (PROMPTS / "versions.tsv").read_text(encoding="utf-8").splitlines()]
    assert [name for name, _, _ in rows] == NAMES
    assert all(int(number) >= 1 for _, number, _ in rows)


def test_a_changed_word_changes_the_hash_and_has_no_number() -> None:
    known, changed = version_of(prompt("write_edits")), version_of(prompt("write_edits") + " Please.")
    assert known.number >= 1
    assert changed.number == 0
    assert changed.hash != known.hash
