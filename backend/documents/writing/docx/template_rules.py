"""What a template of the user's own may say: values, loops, conditions and a few filters; nothing that could run away."""

from collections.abc import Iterator
from typing import Any

from jinja2 import TemplateRuntimeError, TemplateSyntaxError, nodes
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from backend.documents.writing.docx.sandbox import DataEnvironment

MAX_STEPS = 50_000
"""Turns of all loops together; a resume of five pages takes some hundreds."""
MAX_TEXT = 500_000
"""Characters that one filter may make."""
MAX_NESTED = 6

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Slice,
    nodes.Neg, nodes.Call,
)  # fmt: skip
_NAMES = {
    nodes.Macro: "{% macro %}", nodes.CallBlock: "{% call %}", nodes.Include: "{% include %}", nodes.Import: "{% import %}",
    nodes.FromImport: "{% from … import %}", nodes.Extends: "{% extends %}", nodes.Block: "{% block %}", nodes.Assign: "{% set %}",
    nodes.AssignBlock: "{% set %}", nodes.FilterBlock: "{% filter %}", nodes.With: "{% with %}", nodes.Concat: "~",
    nodes.Mul: "*", nodes.Pow: "**", nodes.Add: "+", nodes.Sub: "-", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
    nodes.List: "a list", nodes.Dict: "a dictionary", nodes.Tuple: "a tuple",
}  # fmt: skip
_FILTERS = ("capitalize", "count", "default", "d", "e", "escape", "first", "last", "length", "lower", "title", "trim", "upper")  # fmt: skip
_TESTS = ("defined", "undefined", "none", "string", "number", "mapping", "sequence", "odd", "even", "in", "eq", "ne", "gt", "lt", "ge", "le", "equalto")  # fmt: skip


class NotAllowed(TemplateSyntaxError):
    """The template says something that templates here may not."""


class RanAway(TemplateRuntimeError):
    """The template makes more than any resume needs."""


class UserEnvironment(DataEnvironment):
    """The environment for one rendering: it counts, and stops, what the template does."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0
        self.globals["range"] = _range
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {"join": _joined, "counted": self._counted}
        self.tests = {name: TESTS[name] for name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template as Jinja reads it, every loop counted. Raises NotAllowed with the line."""
        template = super()._parse(source, name, filename)
        _check(template, 0)
        for loop in list(template.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return template

    def _counted(self, items: Any) -> Iterator[Any]:
        if not isinstance(items, list | range):
            raise TemplateRuntimeError("a loop goes over a list, and this is none")
        for item in items:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise RanAway(f"its loops take more than {MAX_STEPS:,} turns")
            yield item


def _check(node: nodes.Node, depth: int) -> None:
    if isinstance(node, nodes.For):
        depth += 1
        if depth > MAX_NESTED:
            raise NotAllowed(f"loops stand {depth} deep in each other; {MAX_NESTED} are allowed", node.lineno)
        if node.recursive or not isinstance(node.target, nodes.Name):
            raise NotAllowed("a loop is written {% for one in many %}", node.lineno)
    if not isinstance(node, _ALLOWED):
        what = _NAMES.get(type(node), type(node).__name__)
        raise NotAllowed(
            f"{what} is not allowed in a template; there are values, loops, conditions and filters", node.lineno
        )
    if isinstance(node, nodes.Name) and node.name in ("self", "super"):
        raise NotAllowed(f"{node.name} stands for nothing in a template", node.lineno)
    if isinstance(node, nodes.Call) and not (isinstance(node.node, nodes.Name) and node.node.name == "range"):
        raise NotAllowed("nothing can be called in a template but range(…)", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in (*_FILTERS, "join"):
        raise NotAllowed(
            f"there is no filter {node.name}; there are {', '.join(sorted({*_FILTERS, 'join'}))}", node.lineno
        )
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        raise NotAllowed(f"there is no test {node.name}; there are {', '.join(sorted(_TESTS))}", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, depth)


def _range(*numbers: Any) -> range:
    if not all(isinstance(number, int) for number in numbers):
        raise TemplateRuntimeError("range() takes whole numbers")
    result = range(*numbers)
    # The length of a huge range is no number that len() can give.
    if abs(result.stop - result.start) // abs(result.step) > MAX_STEPS:
        raise RanAway(f"range() makes more than {MAX_STEPS:,} numbers")
    return result


def _joined(items: Any, between: Any = "", attribute: Any = None) -> str:
    """The texts of a list with `between` between them."""
    if not isinstance(items, list) or not isinstance(between, str) or attribute is not None:
        raise TemplateRuntimeError("join goes over a list of texts: {{ skills | join(', ') }}")
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < len(items):
        raise TemplateRuntimeError("join goes over a list of texts, and this list holds other things")
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_TEXT:
        raise RanAway(f"join makes more than {MAX_TEXT:,} characters")
    return between.join(texts)
