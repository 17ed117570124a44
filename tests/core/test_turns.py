"""Where an answer turns: the cut-offs, and what they read."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criteria import (
    latest,
)
from hooks.cutoffs import (
    PatientCutoff,
    cutoff_reads,
    fixed,
    laboratory_limit,
    limit_of,
    times_laboratory_limit,
    times_shared_limit,
    times_upper_limit,
)
from hooks.staging.glycaemia import hba1c_goal
from hooks.terminology.labs import PTH
from tests.build import concept, condition, lab, patient, resource
from tests.core.charts import (
    LOINC,
    Resource,
    chart,
    quantity,
    scope,
    scope_of,
    verdict,
)
from tests.core.parts import phosphate

# --- where an answer turns


def turning(
    cutoff: Any, resource: Resource, changed: frozenset[str] = frozenset(), **values: Decimal
) -> tuple[str, str, bool]:
    found = chart(patient(), resource)
    lab_ = next(iter(found.labs.values()))[0]
    limit = limit_of(cutoff, scope_of(found, values=values, changed=changed), lab_)
    return f"{limit.value.normalize():f}", limit.written("x"), limit.assumed


HIGH_4_6 = [{"high": quantity("4.6", "mg/dL")}]
ASSAY_72 = [{"high": quantity(72, "pg/mL")}]
NINE, PLAIN_PTH = Decimal(9), lab("pth", 500, days_ago=3)
RANGED_PTH = PLAIN_PTH | {"referenceRange": ASSAY_72}
TURNS: list[tuple[Any, Resource, frozenset[str], dict[str, Decimal], tuple[str, str, bool]]] = [
    ("top", phosphate(5), frozenset(), {"top": Decimal("5.50")}, ("5.5", "5.50 x", False)),
    (fixed(NINE, "a label"), phosphate(5), frozenset(), {}, ("9", "9 x (a label)", False)),
    (laboratory_limit("top"), phosphate(5), frozenset(), {"top": NINE}, ("9", "9 x", False)),
    (laboratory_limit("top"), phosphate(5, referenceRange=HIGH_4_6), frozenset(), {"top": NINE},
     ("4.6", "the laboratory's upper limit, 4.6 mg/dL", False)),
    (laboratory_limit("top"), phosphate(5, referenceRange=HIGH_4_6), frozenset({"top"}), {"top": NINE}, ("9", "9 x", False)),
    (times_upper_limit("n"), PLAIN_PTH, frozenset(), {"n": NINE},
     ("585", "9 x the upper limit (65 pg/mL, assumed, no reference range was sent)", True)),
    (times_upper_limit("n"), RANGED_PTH, frozenset(), {"n": NINE}, ("648", "9 x the upper limit (72 pg/mL, assay)", False)),
    (times_shared_limit(Decimal(1)), PLAIN_PTH, frozenset(), {}, ("65", "the upper limit (65 pg/mL)", True)),
    (times_shared_limit(Decimal(2)), PLAIN_PTH, frozenset(), {}, ("130", "2 x the upper limit (65 pg/mL)", True)),
    (times_shared_limit(Decimal(2)), RANGED_PTH, frozenset(), {}, ("144", "2 x the upper limit (72 pg/mL)", False)),
    (times_laboratory_limit(Decimal(3)), lab("alt", 100, days_ago=3), frozenset(), {},
     ("Infinity", "3 x the upper limit, which was not sent", False)),
    (times_laboratory_limit(Decimal(3)), lab("alt", 100, days_ago=3, referenceRange=[{"high": quantity(40, "U/L")}]),
     frozenset(), {}, ("120", "3 x the upper limit (40 U/L)", False)),
]  # fmt: skip


@pytest.mark.parametrize(("cutoff", "made", "changed", "values", "turn"), TURNS)
def test_where_an_answer_turns(
    cutoff: Any, made: Resource, changed: frozenset[str], values: dict[str, Decimal], turn: tuple[str, str, bool]
) -> None:
    assert turning(cutoff, made, changed, **values) == turn


def test_an_assumed_limit_makes_the_answer_soft() -> None:
    above = latest(PTH, within=90).above(times_upper_limit("n"))
    answers = [above.judge(scope(made, n=Decimal(2))) for made in (PLAIN_PTH, RANGED_PTH)]
    assert [(verdict(each), each.soft) for each in answers] == [("yes", True), ("yes", False)]


@pytest.mark.parametrize(
    ("cutoff", "some"), [("top", set()), (fixed(NINE, "x"), set()), (hba1c_goal, {"goals", "patient", "conditions"})]
)
def test_a_cut_off_declares_what_it_reads(cutoff: Any, some: set[str]) -> None:
    assert some <= cutoff_reads(cutoff)
    assert bool(some) is isinstance(cutoff, PatientCutoff)


GOALS = {"goalDefault": Decimal("7.0"), "goalRelaxed": Decimal("8.0")}
AGREED = resource("Goal", "g1", lifecycleStatus="active",
                  target=[{"measure": concept(LOINC, "4548-4"), "detailQuantity": quantity("7.5", "%")}])  # fmt: skip


@pytest.mark.parametrize(
    ("who", "resources", "goal"),
    [
        (patient("64"), [], "7"),
        (patient("65"), [], "8"),
        (patient("50"), [condition("frailty")], "8"),
        (patient("50"), [condition("hypoglycaemia")], "8"),
        (patient("50"), [condition("ckd-stage-3b")], "7"),
        (patient("50"), [condition("ckd-stage-4")], "8"),
        (patient("50"), [condition("dialysis-status")], "8"),
        (patient("80"), [AGREED], "7.5"),
        ({"resourceType": "Patient", "id": "p1"}, [], "7"),
    ],
)
def test_the_goal_of_hba1c_is_individual(who: Resource, resources: list[Resource], goal: str) -> None:
    seen = scope(who, *resources, lab("hba1c", 9, days_ago=3), **GOALS)
    assert f"{limit_of(hba1c_goal, seen, seen.labs('hba1c')[0]).value.normalize():f}" == goal
