"""How a run looks in a terminal: live stages, then the analysis, the plan, the score, each edit as a diff, the gaps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path

from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.rule import Rule
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from backend.domain.comparison import Comparison
from backend.domain.progress import ProgressEvent
from backend.domain.tailoring import Tailoring, TailoringEdit
from backend.ports import Progress

console = Console(highlight=False)
_VERB = {
    "add_from_library": "add from library",
    "already_shown": "already shown",
    "mention_in_summary": "mention in summary",
}


@contextmanager
def live_progress() -> Iterator[Progress]:
    """Stages as they go: a live table on a terminal, plain lines elsewhere."""
    rows: dict[tuple[str, int], ProgressEvent] = {}

    def drawn() -> Table:
        table = Table.grid(padding=(0, 2))
        for event in rows.values():
            if event.stage == "done":
                continue
            done = event.status == "finished"
            mark = Text("✓", style="green") if done else Spinner("dots")
            again = f" {event.attempt}" if event.attempt > 1 else ""
            seconds = Text(f"{event.seconds:.2f} s" if done else "", style="dim")
            table.add_row(mark, event.stage + again, Text(event.message, style="dim"), seconds)
        return table

    if not console.is_terminal:

        async def line(event: ProgressEvent) -> None:
            if event.status == "finished":
                console.print(f"{event.stage}: {event.message} ({event.seconds:.2f} s)")

        yield line
        return
    with Live(drawn(), console=console, refresh_per_second=12) as live:

        async def draw(event: ProgressEvent) -> None:
            rows[event.stage, event.attempt] = event
            live.update(drawn())

        yield draw


def show(tailoring: Tailoring) -> None:
    for title, body in (
        ("What the job asks", _analysis(tailoring)),
        ("Plan", _plan(tailoring)),
        ("Edits", _edits(tailoring)),
        ("Gaps: asked for, and nothing of yours shows it", _gaps(tailoring)),
        ("Score", _score(tailoring)),
        ("Usage", _usage(tailoring)),
    ):
        if body is not None:
            console.print(Rule(f"[bold]{title}", align="left", style="dim"))
            console.print(Padding(body, (0, 0, 1, 2)))
    for warning in tailoring.warnings:
        console.print(Text(f"! {warning}", style="yellow"))


def show_written(paths: Sequence[Path]) -> None:
    if paths:
        console.print("Written: " + ", ".join(str(path) for path in paths))


def show_comparison(result: Comparison) -> None:
    styles = {"supported": "green", "unsupported": "red", "undecided": "yellow"}
    table = Table.grid(padding=(0, 2))
    for claim in result.claims:
        if claim.status != "supported":
            status = Text(claim.status, style=styles[claim.status])
            table.add_row(
                status, Text(claim.path, style="bold"), Text(f"“{_short(claim.text, 60)}”"), Text(claim.reason)
            )
    console.print(table)
    counts = {status: sum(claim.status == status for claim in result.claims) for status in styles}
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    verdict = "Truthful" if result.truthful else "Not truthful"
    console.print(Text(f"{verdict}: {told}.", style="bold green" if result.truthful else "bold red"))


def _grid(*rows: tuple[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        if value:
            table.add_row(label, Text(value))
    return table


def _analysis(tailoring: Tailoring) -> Table:
    analysis = tailoring.analysis
    return _grid(
        ("required", ", ".join(analysis.required_skills)),
        ("preferred", ", ".join(analysis.preferred_skills)),
        ("seniority", analysis.seniority),
        ("domain", analysis.domain),
        ("culture", ", ".join(analysis.culture_signals)),
    )


def _plan(tailoring: Tailoring) -> Group:
    asked = {requirement.id: requirement for requirement in tailoring.analysis.requirements}
    by_action: dict[str, list[str]] = {}
    for item in tailoring.plan.items:
        by_action.setdefault(item.action, []).append(asked[item.requirement_id].text)
    rows = [
        (_VERB.get(action, action), " · ".join(_short(text) for text in texts))
        for action, texts in by_action.items()
        if action != "gap"
    ]
    return Group(_grid(*rows, ("add to skills", ", ".join(tailoring.plan.keywords_to_add))))


def _edits(tailoring: Tailoring) -> Group:
    if not tailoring.edits:
        return Group(Text("Nothing to change.", style="dim"))
    return Group(
        *(Padding(_edit(edit), (0, 0, 1, 0)) for edit in tailoring.edits if edit.op != "add" or edit.path != "/skills"),
        *_added_skills(tailoring),
    )


def _added_skills(tailoring: Tailoring) -> list[Text]:
    added = [e for e in tailoring.edits if e.op == "add" and e.path == "/skills" and e.status == "supported"]
    if not added:
        return []
    text = Text("/skills ", style="bold")
    text.append("+ " + ", ".join(edit.text for edit in added), style="green")
    text.append(f"\n  each is shown by your own lines, e.g. {_quoted(added[0])}", style="dim")
    return [text]


def _edit(edit: TailoringEdit) -> Text:
    text = Text()
    text.append(f"{edit.path} ", style="bold")
    if edit.status != "supported":
        text.append(f"[{edit.status}] ", style="red" if edit.status == "reverted" else "yellow")
    if edit.op == "reorder":
        text.append("new order: " + " ".join(str(place + 1) for place in edit.order), style="cyan")
    elif edit.op == "remove":
        text.append(f"\n- {edit.before}", style="red")
    else:
        text.append("\n")
        text.append(_word_diff(edit.before, edit.text))
    text.append(f"\n  {edit.reason}", style="dim")
    if quoted := _quoted(edit):
        text.append(f"\n  evidence: {quoted}", style="dim")
    return text


def _quoted(edit: TailoringEdit) -> str:
    return "; ".join(f"“{_short(source.text)}” ({source.id})" for source in edit.sources[:2])


def _word_diff(before: str, after: str) -> Text:
    """What goes is marked with [- -], what comes with {+ +}, so that colour is not all that tells."""
    old, new = before.split(), after.split()
    text = Text("  ")
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            text.append(" ".join(old[a:b]) + " ")
            continue
        if b > a:
            text.append(f"[-{' '.join(old[a:b])}-]", style="red strike")
            text.append(" ")
        if d > c:
            text.append(f"{{+{' '.join(new[c:d])}+}}", style="green")
            text.append(" ")
    return text


def _gaps(tailoring: Tailoring) -> Table | None:
    if not tailoring.gaps:
        return None
    table = Table.grid(padding=(0, 2))
    for gap in tailoring.gaps:
        table.add_row(Text(gap.importance, style="dim"), Text(_short(gap.text)), Text(gap.why, style="dim"))
    return table


def _score(tailoring: Tailoring) -> Table:
    score, parts = tailoring.match_score, tailoring.evaluation
    return _grid(
        ("match", f"{score.before:g} → {score.after:g} of 100 (the plan aims at {tailoring.plan.target_score:g})"),
        ("keyword coverage", f"{parts.keyword_coverage:.2f}"),
        ("relevance ranking", f"{parts.relevance_ranking:.2f}"),
        ("ats compatibility", f"{parts.ats_compatibility:.2f}"),
        ("overall", f"{parts.overall:.2f} after {tailoring.attempts} attempt{'s' * (tailoring.attempts > 1)}"),
    )


def _usage(tailoring: Tailoring) -> Table:
    usage = tailoring.usage
    cost = "price unknown" if usage.cost is None else f"${usage.cost:.4f}"
    tokens = f"{usage.input_tokens} tokens in ({usage.cached_tokens} cached), {usage.output_tokens} out"
    models = ", ".join(sorted({task.model for task in usage.tasks}))
    return _grid(("models", models), ("calls", f"{usage.calls}; {tokens}; {cost}"))


def _short(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
