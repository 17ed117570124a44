"""Every code of hooks/terminology, with where it stands: shared by the tests of the terminology."""

import dataclasses
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from hooks import terminology
from hooks.terminology.concepts import Code

MODULES = [import_module(f"{terminology.__name__}.{each.name}") for each in iter_modules(terminology.__path__)]


def codes_in(value: object) -> Iterator[Code]:
    """Yield every Code inside ``value``, however deep."""
    if isinstance(value, Code):
        yield value
    elif isinstance(value, Mapping):
        yield from codes_in(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from codes_in(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from codes_in([getattr(value, field.name) for field in dataclasses.fields(value)])


CODES: list[tuple[str, Code]] = [
    (f"{module.__name__.rpartition('.')[2]}.{name}", code)
    for module in MODULES
    for name, value in vars(module).items()
    if not name.startswith("_")
    for code in codes_in(value)
]
"""Where a code stands, and the code; one that stands in two places is listed twice."""
