"""Jinja in which a name leads to data and nothing else: no attribute or method of any object, no call but `range`."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment

_LOOP = frozenset("index index0 revindex revindex0 first last length depth depth0 previtem nextitem".split())


class Unknown(StrictUndefined):
    """A name that stands for nothing; using it says what there is instead."""

    @property
    def _undefined_message(self) -> str:
        known = ", ".join(map(str, self._undefined_obj)) if isinstance(self._undefined_obj, Mapping) else ""
        return f"{self._undefined_name!r} is not known" + (f"; there are {known}" if known else " here")


class DataEnvironment(SandboxedEnvironment):
    """`a.b` and `a["b"]` both look into dictionaries, `a[0]` into lists; of a loop its numbers can be asked."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Unknown)
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute) if attribute in _LOOP else self._nothing(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping):
            found = isinstance(argument, str) and argument in obj
        else:
            found = isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj)
        return obj[argument] if found else self._nothing(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        return obj is self.globals.get("range", self)

    def _nothing(self, obj: Any, name: Any) -> Undefined:
        if isinstance(obj, Undefined):
            return obj
        return self.undefined(obj=obj, name=str(name)[:100])
