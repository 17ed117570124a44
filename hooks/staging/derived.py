"""A derived fact: a plain function of the scope that is also a criterion; found once per chart, or tuned."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from hooks.criterion import Answer, Criterion
from hooks.scope import Scope

Judge = Callable[[Scope], Answer]


class Derived(Criterion):
    """A shared definition as a criterion; its answer is remembered for the other rules of the same chart."""

    def __init__(self, find: Judge, name: str, reads: frozenset[str]) -> None:
        self.find, self.name, self.reads = find, name, reads

    def judge(self, scope: Scope) -> Answer:
        """Return the answer, which depends on the chart alone."""
        return scope.remember(self.name, lambda: self.find(scope))

    def __call__(self, scope: Scope) -> Answer:
        """Return the answer."""
        return self.judge(scope)


def derived(name: str, reads: Iterable[str]) -> Callable[[Judge], Derived]:
    """Make a function of the scope the criterion called ``name`` that reads ``reads``."""
    return lambda find: Derived(find, name, frozenset(reads))


class Tuned(Criterion):
    """A shared definition whose answer turns at a number: a setting of the rule (by name), or fixed."""

    def __init__(self, find: Callable[[Scope, Decimal], Answer], limit: str | Decimal, reads: frozenset[str]) -> None:
        self.find, self.limit, self.reads = find, limit, reads

    def judge(self, scope: Scope) -> Answer:
        """Return the answer at that number."""
        limit = self.limit
        return self.find(scope, Decimal(scope.values[limit]) if isinstance(limit, str) else limit)


def tuned(reads: Iterable[str]) -> Callable[[Callable[[Scope, Decimal], Answer]], Callable[[str | Decimal], Tuned]]:
    """Make a function of the scope and a number a word that takes a setting's name (or the number)."""
    return lambda find: lambda limit: Tuned(find, limit, frozenset(reads))
