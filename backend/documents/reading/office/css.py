"""As much of CSS as tells whether text is seen: rules with simple selectors, and the declarations of an element."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from backend.documents.reading.office.packages import local
from backend.errors import InvalidInput

_MAX_RULES, _MAX_TRIED = 5_000, 1_000_000
_LONGEST = 500
"""Characters of a value or selector; longer ones are pictures, or not for people."""
_MARKS = re.compile(r"[;()]")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"(?:\*|[a-zA-Z][\w-]*)?(?:[.#][\w-]+|\[\s*[\w-]+(?:\s*=\s*[\"']?[^\"'\]]*[\"']?)?\s*\]|:root)*")
_SIMPLE = re.compile(r"([.#]?)([\w*-]+)|\[\s*([\w-]+)(?:\s*=\s*[\"']?([^\"'\]]*)[\"']?)?\s*\]|(:root)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")
_IMPORTANT = re.compile(r"!\s*important\s*$")
_MEDIA = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)\s*|layer\b[^{]*|supports\b[^{]*)$", re.IGNORECASE)


class _Step(NamedTuple):
    """One compound of a selector; `direct` says that it is the parent of the next, not any ancestor."""

    tests: tuple[tuple[str, str, str], ...]
    direct: bool


class _Rule(NamedTuple):
    steps: tuple[_Step, ...]
    weight: tuple[int, int, int]
    order: int
    declarations: tuple[tuple[str, str, bool], ...]


@dataclass(slots=True)
class Sheet:
    """The rules of a page's style elements, by what their last compound asks for."""

    _rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _variables: dict[str, str] = field(default_factory=dict)
    _count: int = 0
    _tried: int = 0

    def add(self, text: str) -> None:
        for selectors, body in _blocks(_COMMENT.sub(" ", text)):
            declarations = tuple(declared(body))
            self._variables.update((name, value) for name, value, _ in declarations if name.startswith("--"))
            for selector in selectors.split(","):
                if self._count < _MAX_RULES and (steps := _steps(selector)):
                    self._count += 1
                    rule = _Rule(steps, _weight(steps), self._count, declarations)
                    self._rules[_key(steps[-1])].append(rule)

    def of(self, element: etree._Element) -> dict[str, str]:
        """The declarations that count for an element, those in its `style` included."""
        keys = [local(element).lower(), "*", *(f".{name}" for name in (element.get("class") or "").split())]
        if ident := element.get("id"):
            keys.append(f"#{ident}")
        candidates = [rule for key in keys for rule in self._rules.get(key, ())]
        self._tried += len(candidates)
        if self._tried > _MAX_TRIED:
            raise InvalidInput(
                "The web page has more styles than can be worked out. Save the resume as PDF and send that."
            )
        rules = [rule for rule in candidates if _matches(element, rule.steps)]
        rules.sort(key=lambda rule: (rule.weight, rule.order))
        found: dict[str, str] = {}
        urgent: dict[str, str] = {}
        own = tuple(declared(element.get("style") or ""))
        for declarations in (*(rule.declarations for rule in rules), own):
            for name, value, important in declarations:
                (urgent if important else found)[name] = value
        return {name: self._resolved(value) for name, value in (found | urgent).items()}

    def _resolved(self, value: str) -> str:
        for _ in range(5):
            if "var(" not in value:
                break
            value = _VARIABLE.sub(lambda match: self._variables.get(match[1], match[2] or "").strip(), value)
        return value


def declared(body: str) -> Iterator[tuple[str, str, bool]]:
    """(name, value, whether it is important) of each declaration, in lower case."""
    for part in _parts(body):
        name, colon, value = part.partition(":")
        if colon and (name := name.strip().lower()):
            value = value.strip()[:_LONGEST].lower()
            yield name, _IMPORTANT.sub("", value).strip(), _IMPORTANT.search(value) is not None


def _parts(body: str) -> Iterator[str]:
    """What stands between semicolons outside brackets."""
    depth = begin = 0
    for match in _MARKS.finditer(body):
        char = match.group()
        depth = depth + 1 if char == "(" else max(0, depth - 1) if char == ")" else depth
        if char == ";" and not depth:
            yield body[begin : match.start()]
            begin = match.end()
    yield body[begin:]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of each rule, also of those for screens; other conditions are taken as not met."""
    place = 0
    while (start := text.find("{", place)) >= 0:
        head = text[place:start].rpartition(";")[2].strip()
        end = _closing(text, start)
        body = text[start + 1 : end]
        if not head.startswith("@"):
            yield head, body
        elif _MEDIA.match(head):
            yield from _blocks(body)
        place = end + 1


def _closing(text: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if match.group() == "{" else -1
        if not depth:
            return match.start()
    return len(text)


def _steps(selector: str) -> tuple[_Step, ...]:
    """A selector's compounds; none where it asks for what we do not follow (states, siblings)."""
    steps: list[_Step] = []
    if len(selector) > _LONGEST:
        return ()
    for part in selector.replace(">", " > ").split():
        if part == ">":
            if not steps:
                return ()
            steps[-1] = steps[-1]._replace(direct=True)
        elif _COMPOUND.fullmatch(part):
            tests = tuple(_test(match) for match in _SIMPLE.finditer(part))
            steps.append(_Step(tests, direct=False))
        else:
            return ()
    return tuple(steps)


def _test(match: re.Match[str]) -> tuple[str, str, str]:
    if match[5]:
        return "", "html", ""
    if match[3]:
        return "[", match[3].lower(), match[4] or ""
    return match[1], match[2] if match[1] else match[2].lower(), ""


def _weight(steps: tuple[_Step, ...]) -> tuple[int, int, int]:
    kinds = [kind for step in steps for kind, name, _ in step.tests if name != "*"]
    return kinds.count("#"), kinds.count(".") + kinds.count("["), kinds.count("")


def _key(step: _Step) -> str:
    for kind in ("#", "."):
        for found, name, _ in step.tests:
            if found == kind:
                return kind + name
    return next((name for kind, name, _ in step.tests if not kind), "*")


def _matches(element: etree._Element, steps: tuple[_Step, ...]) -> bool:
    *above, last = steps
    if not _meets(element, last):
        return False
    holder = element.getparent()
    for step in reversed(above):
        while holder is not None and not _meets(holder, step):
            if step.direct:
                return False
            holder = holder.getparent()
        if holder is None:
            return False
        holder = holder.getparent()
    return True


def _meets(element: etree._Element, step: _Step) -> bool:
    for kind, name, value in step.tests:
        if kind == "":
            met = name in ("*", local(element).lower())
        elif kind == "#":
            met = element.get("id") == name
        elif kind == ".":
            met = name in (element.get("class") or "").split()
        else:
            own = element.get(name)
            met = own is not None and (not value or own == value)
        if not met:
            return False
    return True
