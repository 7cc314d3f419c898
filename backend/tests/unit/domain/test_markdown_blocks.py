import time

import pytest

from backend.domain.markdown_blocks import Block, blocks


def plain(text: str) -> list[tuple[str, str]]:
    return [tuple(block) for block in blocks(text)[0]]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**Moved** the *ledger* to __Kafka__ in _June_", "Moved the ledger to Kafka in June"),
        ("***Both***", "Both"),
        ("a snake_case_name and 2*3*4", "a snake_case_name and 2*3*4"),
        ("See [the post](https://example.com/a_b) and [more][1]", "See the post and more"),
        ("Before ![a chart](chart.png) after", "Before after"),
        ("Ran `kubectl` daily", "Ran kubectl daily"),
        ("R&amp;D at <b>Acme</b><br/>Ltd", "R&D at Acme Ltd"),
        ("C\\# and \\*stars\\*", "C# and *stars*"),
        ("A claim[^1] with a note", "A claim with a note"),
        ("Two\nlines", "Two lines"),
        ("> Said <https://example.com> once", "Said once"),
        ("5 > 3 and 2 < 4", "5 > 3 and 2 < 4"),
    ],
)
def test_marks_go_and_words_stay(marked: str, words: str) -> None:
    assert plain(marked) == [("paragraph", words)]


def test_headings_of_both_kinds() -> None:
    assert plain("# One #\nText\n\nTwo\n---\nMore") == [
        ("heading", "One"), ("paragraph", "Text"), ("heading", "Two"), ("paragraph", "More"),
    ]  # fmt: skip


def test_items_with_their_continuation_lines() -> None:
    assert plain("- one\n  goes on\n* two\n1. three\n   - nested") == [
        ("item", "one goes on"), ("item", "two"), ("item", "three"), ("item", "nested"),
    ]  # fmt: skip


def test_a_task_that_is_not_done_is_no_fact() -> None:
    found, left_out = blocks("- [x] Wrote the runbook\n- [ ] Move to Rust\n      one day\n- Taught it")
    assert Block("item", "Wrote the runbook") in found and Block("item", "Taught it") in found
    assert not any("Rust" in block.text for block in found)
    assert left_out == {"open task": 1}


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("```python\nprint('secret')\n```\nText", {"code": 1}),
        ("~~~\nsecret\n```\nsecret\n~~~\nText", {"code": 1}),
        ("Text\n\n    secret\n\n    secret", {"code": 1}),
        ("<script>\nsecret()\n</script>\nText", {"markup": 1}),
        ("<pre>secret</pre>\nText", {"code": 1}),
        ("<!-- secret\nsecret -->Text", {}),
        ("Text ~~secret~~", {"struck out": 1}),
        ("Text\n\n[secret]: https://example.com", {}),
    ],
    ids=range(8),
)
def test_what_is_no_prose_is_left_out_and_counted(text: str, left_out: dict[str, int]) -> None:
    found, counted = blocks(text)
    assert [block.text for block in found] == ["Text"]
    assert counted == left_out


def test_a_table_gives_its_rows() -> None:
    rows = plain("| Year | Shops |\n|------|-------|\n| 2020 | 40 |")
    assert rows == [("paragraph", "Year, Shops"), ("paragraph", "2020, 40")]


def test_a_fence_that_never_ends_takes_the_rest() -> None:
    assert plain("Text\n```\nmore\nmore") == [("paragraph", "Text")]


@pytest.mark.parametrize("text", ["*", "[", "![", "<a", "<!--", "`", "_a", ">", "- ", "# ", "~~a", "[a](b", "|", "\\"])
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    blocks(text * (100_000 // len(text)))
    assert time.perf_counter() - started < 3
