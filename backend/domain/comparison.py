"""A tailored resume, from whatever tool, against its original: facts must be the same, new wording must be grounded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backend.domain.content import Chunk, Evidence, chunk_evidence, resume_evidence
from backend.domain.counterpart import counterpart, same
from backend.domain.grounding import Grounder, support_for
from backend.domain.model import Model
from backend.domain.resume import Education, Project, Resume, WorkEntry
from backend.domain.tenure import month_number
from backend.domain.verification import ClaimKind, ClaimStatus, Finding


class CheckedClaim(Model):
    """One claim of the tailored resume. `path` is a JSON Pointer into it; `evidence` a pointer into the original, or a
    chunk's id."""

    path: str
    text: str
    kind: ClaimKind
    status: ClaimStatus
    rule: str
    reason: str
    evidence: str = ""


class Comparison(Model):
    """`truthful` says that no claim is unsupported; what could not be decided is among the claims as `undecided`."""

    truthful: bool
    claims: tuple[CheckedClaim, ...] = ()


@dataclass(frozen=True)
class Comparer:
    grounder: Grounder
    today: date

    def compare(self, original: Resume, tailored: Resume, library: Sequence[Chunk] = ()) -> Comparison:
        evidence = (*resume_evidence(original), *chunk_evidence(library, original))
        claims = (
            *_contact(original, tailored),
            *self._entries(original, tailored, evidence),
            *_education(original, tailored),
            *self._texts(original, tailored, evidence),
            *self._lists(original, tailored, evidence),
        )
        return Comparison(truthful=all(claim.status != "unsupported" for claim in claims), claims=claims)

    def _texts(self, original: Resume, tailored: Resume, evidence: Sequence[Evidence]) -> Iterator[CheckedClaim]:
        """What may draw on the whole resume: the summary, achievements, sections without a model."""
        known = {same(item.text) for item in evidence}
        texts = [("/summary", tailored.summary)]
        texts += [(f"/achievements/{n}", text) for n, text in enumerate(tailored.achievements)]
        texts += [
            (f"/extras/{n}/lines/{m}", line) for n, e in enumerate(tailored.extras) for m, line in enumerate(e.lines)
        ]
        support = support_for("/summary", evidence, original, self.today)
        for path, text in texts:
            if text and same(text) not in known:
                yield from _claims(path, self.grounder.check(text, support))

    def _lists(self, original: Resume, tailored: Resume, evidence: Sequence[Evidence]) -> Iterator[CheckedClaim]:
        support = support_for("/skills", evidence, original, self.today)
        known = {same(skill) for skill in original.skills}
        named = [(f"/skills/{n}", skill) for n, skill in enumerate(tailored.skills) if same(skill) not in known]
        for path, name in named:
            yield from _claims(path, self.grounder.check_skill(name, support))
        held = {same(c.name) for c in original.certifications} | {same(s.language) for s in original.languages}
        others: list[tuple[str, str, ClaimKind]] = [
            (f"/certifications/{n}", c.name, "credential") for n, c in enumerate(tailored.certifications)
        ]
        others += [(f"/languages/{n}", s.language, "language") for n, s in enumerate(tailored.languages)]
        for path, name, kind in others:
            if name and same(name) not in held:
                yield _wrong(path, name, kind, "list-kept", f"Your resume does not list “{name}”.")
        levels = {same(s.language): same(s.fluency) for s in original.languages}
        for n, spoken in enumerate(tailored.languages):
            level = levels.get(same(spoken.language))
            if level is not None and spoken.fluency and same(spoken.fluency) != level:
                reason = f"Your resume gives another level for {spoken.language}."
                yield _wrong(f"/languages/{n}", spoken.fluency, "language", "list-kept", reason)

    def _entries(self, original: Resume, tailored: Resume, evidence: Sequence[Evidence]) -> Iterator[CheckedClaim]:
        for section in ("work_experience", "projects"):
            known: Sequence[WorkEntry | Project] = getattr(original, section)
            left = list(range(len(known)))
            for place, entry in enumerate(getattr(tailored, section)):
                path = f"/{section}/{place}"
                index = counterpart(entry, known, left)
                if index is None:
                    name = _heading(entry) or "this entry"
                    yield _wrong(path, name, "organisation", "entry-kept", f"Your resume has no entry “{name}”.")
                    continue
                left.remove(index)
                yield from _facts(path, known[index], entry)
                yield from self._lines(path, f"/{section}/{index}", known[index], entry, original, evidence)

    def _lines(
        self,
        path: str,
        source: str,
        known: WorkEntry | Project,
        entry: WorkEntry | Project,
        original: Resume,
        evidence: Sequence[Evidence],
    ) -> Iterator[CheckedClaim]:
        support = support_for(f"{source}/highlights", evidence, original, self.today)
        told = {same(item.text) for item in support.lines if item.kind != "context" or item.id != source}
        prose = entry.summary if isinstance(entry, WorkEntry) else entry.description
        texts = [(path, prose), *((f"{path}/highlights/{n}", text) for n, text in enumerate(entry.highlights))]
        for where, text in texts:
            if text and same(text) not in told:
                yield from _claims(where, self.grounder.check(text, support))
        tools = {same(tool) for tool in known.technologies}
        for n, tool in enumerate(entry.technologies):
            if same(tool) not in tools:
                yield from _claims(f"{path}/technologies/{n}", self.grounder.check_skill(tool, support))


def _claims(path: str, findings: Iterable[Finding]) -> Iterator[CheckedClaim]:
    for finding in findings:
        yield CheckedClaim(path=path, **finding.model_dump(exclude={"start", "end"}))


def _wrong(path: str, text: str, kind: ClaimKind, rule: str, reason: str) -> CheckedClaim:
    return CheckedClaim(path=path, text=text, kind=kind, status="unsupported", rule=rule, reason=reason)


def _heading(entry: WorkEntry | Project) -> str:
    parts = (entry.title, entry.company) if isinstance(entry, WorkEntry) else (entry.name,)
    return ", ".join(part for part in parts if part)


_FACTS: tuple[tuple[str, ClaimKind], ...] = (
    ("company", "organisation"), ("name", "organisation"), ("title", "title"), ("role", "title"), ("location", "organisation"),
    ("start_date", "date"), ("end_date", "date"), ("url", "url"),
)  # fmt: skip


def _facts(path: str, known: WorkEntry | Project, entry: WorkEntry | Project) -> Iterator[CheckedClaim]:
    for name, kind in _FACTS:
        before, after = getattr(known, name, ""), getattr(entry, name, "")
        if after and same(after) != same(before) and not (kind == "date" and _same_date(before, after)):
            reason = f"Your resume says “{before}”." if before else "Your resume does not say this."
            yield _wrong(f"{path}/{name}", after, kind, "fact-kept", reason)


def _same_date(before: str, after: str) -> bool:
    today = date(2000, 1, 1)  # any day: "Present" must only equal "Present"
    one, other = month_number(before, today=today), month_number(after, today=today)
    return one is not None and one == other


def _education(original: Resume, tailored: Resume) -> Iterator[CheckedClaim]:
    for place, school in enumerate(tailored.education):
        path = f"/education/{place}"
        schools = [e for e in original.education if same(e.institution) == same(school.institution)]
        schools = schools or [e for e in original.education if school.degree and same(e.degree) == same(school.degree)]
        if not schools:
            name = school.institution or school.degree
            yield _wrong(path, name, "credential", "education-kept", f"Your resume has no education at “{name}”.")
            continue
        known = min(schools, key=lambda e: len(list(_school_changes(path, e, school))))
        yield from _school_changes(path, known, school)


def _school_changes(path: str, known: Education, school: Education) -> Iterator[CheckedClaim]:
    for name in ("institution", "degree", "field", "start_date", "end_date"):
        before, after = getattr(known, name), getattr(school, name)
        if after and same(after) != same(before) and not ("date" in name and _same_date(before, after)):
            reason = f"Your resume says “{before}”." if before else "Your resume does not say this."
            yield _wrong(f"{path}/{name}", after, "date" if "date" in name else "credential", "fact-kept", reason)


def _contact(original: Resume, tailored: Resume) -> Iterator[CheckedClaim]:
    for name in ("name", "email", "phone", "location"):
        before, after = getattr(original.contact, name), getattr(tailored.contact, name)
        if after and same(after) != same(before):
            yield _wrong(f"/contact/{name}", after, "contact", "fact-kept", f"Your resume says “{before}”.")
    known = {same(address) for _, address in original.contact.links}
    for label, address in tailored.contact.links:
        if same(address) not in known:
            yield _wrong(f"/contact/{label}", address, "contact", "fact-kept", "Your resume does not have this link.")
