"""Mutation run: change the code that judges patients, one place at a time, and see whether a test notices.

Cosmic Ray makes the mutants. Each is judged in a forked process that imports the changed module from memory, so
nothing is written to the tree: first by the tests nearest to the module, a survivor then by all that judge patients.

    python -m tests.mutation hooks/units.py hooks/criteria.py hooks/staging hooks/rules [--sample N] [--jobs N]

Prints one line a survivor and a table; ``--out`` writes both as JSON.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import fhir.resources.R4B.medicationrequest  # noqa: F401 (imported before the fork, for speed)
import flask  # noqa: F401
import pytest
import sqlalchemy  # noqa: F401
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.acceptance.casebook import cases

_KEPT = (
    "NumberReplacer", "AddNot", "ReplaceOrWithAnd", "ReplaceAndWithOr", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue",
    "BinaryOperator_BitOr_BitAnd", "BinaryOperator_BitAnd_BitOr", "BinaryOperator_Add_Sub", "BinaryOperator_Sub_Add",
    "BinaryOperator_Mul_Div", "BinaryOperator_Div_Mul", "ComparisonOperator", "UnaryOperator_Delete_Invert",
    "UnaryOperator_Delete_Not", "ZeroIterationForLoop", "ReplaceBreakWithContinue",
)  # fmt: skip
"""Operators whose mutants are other programs; the rest (a set joined by **) only breaks at import."""
_CASES = "tests/acceptance/test_cases.py::test_a_case_is_answered_alike_from_prefetch_and_fhir_server_and_as_it_demands"
_STORIES = "tests/acceptance/test_stories.py::test_the_cards_are_the_golden_cards"
_ALL = ["tests/core", "tests/test_rules.py", _CASES, _STORIES]
_SECONDS = 180
_NOT_CODE = re.compile(r"@dataclass\(|(?:^|[ (])\*, ")
"""Guards against slips of our own (frozen, slots) and the star before keyword arguments, taken for a product."""


@dataclass(frozen=True)
class Mutant:
    """One change: where, by which operator, and the line before it."""

    path: str
    operator: str
    occurrence: int
    line: int
    text: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of the module at ``path``."""
    source = path.read_text()
    tree, lines = get_ast(source), source.splitlines()
    for name in sorted(each for each in operator_names() if any(kept in each for kept in _KEPT)):
        operator = get_operator(name)()
        places = (start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node))
        for occurrence, (line, _) in enumerate(places):
            if _NOT_CODE.search(lines[line - 1]):
                continue
            yield Mutant(str(path), name.partition("/")[2], occurrence, line, lines[line - 1].strip())


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from changed source."""

    def __init__(self, module: str, path: str, source: str) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.module:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self.path)

    def is_package(self, fullname: str) -> bool:
        return False

    def get_source(self, fullname: str) -> str:
        return self.source


def survives(mutant: Mutant) -> bool:
    """Return whether no test notices ``mutant``."""
    changed = mutate_code(Path(mutant.path).read_text(), get_operator(f"core/{mutant.operator}")(), mutant.occurrence)
    finder = _Changed(mutant.path.removesuffix(".py").replace("/", "."), mutant.path, changed)
    return changed is not None and all(_passes(finder, tests) for tests in _tests_for(mutant.path))


def _tests_for(path: str) -> list[list[str]]:
    """Return the tests nearest to a module, then those that judge whole patients by it."""
    if "/rules/" not in path:
        module = path.removesuffix(".py").replace("/", ".")
        near = [str(file) for file in sorted(Path("tests/core").glob("test_*.py")) if module in file.read_text()]
        return [*([near] if near else []), ["tests/core", "tests/test_rules.py"], [_CASES, _STORIES]]
    rule = Path(path).stem.replace("_", "-")
    named = [each.slug for each in cases() if rule in (*each.must_not, *(must.rule for must in each.must))]
    return [["tests/test_rules.py", "-k", rule], [*(f"{_CASES}[{slug}]" for slug in named), _STORIES]]


def _passes(finder: _Changed | None, tests: list[str]) -> bool:
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status == 0
    signal.alarm(_SECONDS)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    if finder:
        sys.meta_path.insert(0, finder)
    code = 1
    try:
        code = pytest.main(["-n0", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests])
    finally:
        os._exit(int(code))


def judged(
    mutants: list[Mutant], jobs: int, minutes: float, tell: Callable[[str], None]
) -> tuple[list[Mutant], list[Mutant]]:
    """Return those of ``mutants`` that were judged, in mixed order until the time is up, and the survivors."""
    mixed = random.Random(2026).sample(mutants, len(mutants))
    until = time.monotonic() + 60 * minutes
    done: list[Mutant] = []
    survivors: list[Mutant] = []

    def judge(mutant: Mutant) -> None:
        if time.monotonic() > until:
            return
        survived = survives(mutant)
        done.append(mutant)
        if survived:
            survivors.append(mutant)
            tell(f"{len(done)}: survives {mutant.path}:{mutant.line} {mutant.operator}: {mutant.text}")

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(judge, mixed))
    return done, survivors


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Mutation run; see the module.")
    parser.add_argument("paths", nargs="+", type=Path, help="modules, or folders of modules")
    parser.add_argument("--sample", type=int, default=0, help="at most so many of each module, drawn with a fixed seed")
    parser.add_argument("--minutes", type=float, default=6000, help="stop then; what was judged so far counts")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="JSON: modules and survivors")
    asked = parser.parse_args()
    if not _passes(None, _ALL):
        parser.exit(2, "the tests fail without any change: run them, mend what is red, then come back\n")
    return asked


def _drawn(path: Path, sample: int) -> list[Mutant]:
    every = list(mutants_of(path))
    return random.Random(2026).sample(every, sample) if 0 < sample < len(every) else every


def _count(mutants: list[Mutant], path: str) -> int:
    return sum(each.path == path for each in mutants)


def main() -> int:
    """Judge the mutants of the modules named, all or a sample of each."""
    asked = _asked()
    files = [each for path in asked.paths for each in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    found = {str(path): mutants for path in files if (mutants := _drawn(path, asked.sample))}
    every = [each for group in found.values() for each in group]
    done, survivors = judged(every, asked.jobs, asked.minutes, lambda text: print(text, flush=True))
    report = {path: [_count(done, path), _count(survivors, path)] for path in found if _count(done, path)}
    for path, (made, left) in report.items():
        print(f"{made - left:5d} of {made:5d} noticed  {path}")
    print(f"{len(done) - len(survivors):5d} of {len(done):5d} noticed  in all, of {len(every)} drawn")
    if asked.out:
        whole = {"modules": report, "survivors": [asdict(each) for each in survivors]}
        asked.out.write_text(json.dumps(whole, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
