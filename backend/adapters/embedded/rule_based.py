"""A LanguageModel without a model: answers each task by rule, and never writes a word that the person did not.

It reads a job by its sections and the skill vocabulary, makes a summary of the person's own sentences, leaves highlights
word for word (code orders them, and adds those the library has), and judges order by nDCG. The tests of grounding and
scoring do not rest on it; it is what runs when there is no key.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from backend.domain.job_reading import analyse
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.ranking import Relevance, order_quality
from backend.domain.spent import Spent
from backend.domain.text import sentences, words
from backend.errors import UnusableAnswer
from backend.tasks.analyze_job import AnalyzeJob, AnalyzeJobOutput
from backend.tasks.judge_claims import JudgeClaims, JudgeClaimsOutput
from backend.tasks.judge_relevance import JudgeRelevance, JudgeRelevanceOutput
from backend.tasks.parse_resume import ParseResume, ParseResumeOutput
from backend.tasks.task import Answer, Task
from backend.tasks.write_edits import PrimeCache, WriteEdits, WriteEditsOutput, WrittenEdit

Output = TypeVar("Output", bound=Model)
NAME = "rule-based"
_SUMMARY_SENTENCES = 4
_SUMMARY_WORDS = 80
_LONG = 10_000
"""Characters of a job that is read in a thread: so many take some 10 ms."""


class RuleBasedModel:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rules: dict[type[Any], Callable[[Any], Model]] = {
            AnalyzeJob: self._analyze,
            WriteEdits: self._write,
            PrimeCache: lambda _: WriteEditsOutput(edits=[]),
            JudgeRelevance: self._judge,
            # To what the rules did already it has nothing to add.
            JudgeClaims: lambda _: JudgeClaimsOutput(verdicts=[]),
            ParseResume: lambda _: ParseResumeOutput(placements=[]),
        }

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        rule = self._rules.get(type(task))
        if rule is None:
            raise UnusableAnswer(
                f"The rule-based model has no rule for {task.name}; set ANTHROPIC_API_KEY to use one that has."
            )
        if isinstance(task, AnalyzeJob) and len(task.job.text) > _LONG:
            return Answer(cast("Output", await asyncio.to_thread(rule, task)), Spent(NAME))
        return Answer(cast("Output", rule(task)), Spent(NAME))

    def _analyze(self, task: AnalyzeJob) -> AnalyzeJobOutput:
        found = analyse(task.job.text, self._lexicon)
        return AnalyzeJobOutput(
            required_skills=list(found.required_skills),
            preferred_skills=list(found.preferred_skills),
            seniority=found.seniority,
            domain=found.domain,
            culture_signals=list(found.culture_signals),
            key_requirements=list(found.key_lines),
        )

    def _write(self, task: WriteEdits) -> WriteEditsOutput:
        edits = list(self._summary(task)) if task.part == "/summary" else []
        return WriteEditsOutput(edits=edits)

    def _summary(self, task: WriteEdits) -> Iterator[WrittenEdit]:
        """The opening sentence as it is, the rest of the summary with what answers the job first, then, while it stays
        short, sentences from what they wrote about a role or achieved that show something more the job asks."""
        brief = task.brief
        relevance = Relevance(brief.analysis, self._lexicon, brief.options.focus_areas)
        own: list[tuple[str, int]] = []
        for number, item in brief.lines.items():
            if item.kind in ("summary", "achievement") or (
                item.kind == "context" and "/" in item.id[1:].partition("/")[2]
            ):
                own += [(t, number) for t in sentences(item.text) if item.kind == "summary" or _is_sentence(t)]
        if not own:
            return
        mine = [pair for pair in own if brief.lines[pair[1]].kind == "summary"]
        opening = mine[0] if mine else max(own, key=lambda pair: relevance.of(pair[0]))
        chosen = [opening, *sorted((p for p in mine if p != opening), key=lambda pair: -relevance.of(pair[0]))]
        asked = {self._lexicon.vocabulary.canonical(skill) for skill in brief.analysis.required_skills}
        shown = {name for text, _ in chosen for name in self._lexicon.read(text).skills}
        for text, number in sorted(own, key=lambda pair: -relevance.of(pair[0])):
            length = sum(len(words(t)) for t, _ in chosen) + len(words(text))
            new = (self._lexicon.read(text).skills & asked) - shown
            if (text, number) not in chosen and len(chosen) < _SUMMARY_SENTENCES and length <= _SUMMARY_WORDS and new:
                chosen.append((text, number))
                shown |= new
        new_text = " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text, _ in chosen)
        if new_text != brief.resume.summary:
            cites = list(dict.fromkeys(number for _, number in chosen))
            yield WrittenEdit(target=0, text=new_text, cites=cites, requirements=[])

    def _judge(self, task: JudgeRelevance) -> JudgeRelevanceOutput:
        relevance = Relevance(task.analysis, self._lexicon)
        return JudgeRelevanceOutput(score=round(100 * order_quality(task.resume, relevance.of)), issues=[])


def _is_sentence(text: str) -> bool:
    return len(words(text)) >= 4
