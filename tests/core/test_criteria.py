"""Criteria: how yes, no and unknown combine, and what each word answers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from hooks.criteria import (
    aged,
    allergic_to,
    answered,
    calcium_load,
    drug_names,
    has,
    in_region,
    in_stage,
    judged,
    latest,
    missing,
    on_hook,
    ordered,
    ordering,
    setting_on,
    taking,
)
from hooks.criterion import (
    AllOf,
    Answer,
    AnyOf,
    Criterion,
    Verdict,
    because,
    certain,
    no,
    possibly,
    reads_of,
    undecided,
    unknown,
    yes,
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
from hooks.scope import Scope, Site, UndeclaredRead
from hooks.staging.glycaemia import hba1c_goal
from hooks.staging.windows import mineral_days
from hooks.terminology.conditions import AKI, CKD_STAGE_4, TYPE_2_DIABETES
from hooks.terminology.labs import EGFR, PHOSPHATE, PTH
from hooks.terminology.medications import ACE_INHIBITORS, CALCIUM_SALTS, STATINS
from hooks.terminology.procedures import NEPHROLOGY_REFERRAL
from hooks.terminology.questions import SMOKING
from tests.build import ago, concept, condition, drug, lab, patient, resource
from tests.core.charts import (
    ATC,
    LOINC,
    SNOMED,
    Resource,
    chart,
    observation,
    quantity,
    scope,
    scope_of,
    verdict,
)
from tests.core.parts import NO, UNKNOWN, YES, Fixed

NOTHING = scope()
OF: dict[str, Criterion] = {"yes": YES, "no": NO, "unknown": UNKNOWN}


def ask(criterion: Criterion) -> str:
    return verdict(criterion.judge(NOTHING))


# --- yes, no, unknown


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        ("no", "no", "no", "no"),
        ("no", "unknown", "no", "unknown"),
        ("unknown", "no", "no", "unknown"),
        ("no", "yes", "no", "yes"),
        ("yes", "no", "no", "yes"),
        ("unknown", "unknown", "unknown", "unknown"),
        ("unknown", "yes", "unknown", "yes"),
        ("yes", "unknown", "unknown", "yes"),
        ("yes", "yes", "yes", "yes"),
    ],
)
def test_and_and_or_of_three_answers(first: str, second: str, both: str, either: str) -> None:
    assert (ask(OF[first] & OF[second]), ask(OF[first] | OF[second])) == (both, either)


FAILED = Fixed("unknown", failed=["conditions"])
WRAPPED: list[tuple[Criterion, str, str, str, str]] = [
    # the part, not so, certainly, possibly, undecided
    (NO, "yes", "no", "no", "no"),
    (YES, "no", "yes", "yes", "no"),
    (UNKNOWN, "unknown", "no", "yes", "yes"),
    (FAILED, "unknown", "unknown", "unknown", "yes"),
]


@pytest.mark.parametrize(("part", "not_so", "surely", "perhaps", "open_"), WRAPPED)
def test_words_around_an_answer(part: Criterion, not_so: str, surely: str, perhaps: str, open_: str) -> None:
    assert [ask(each) for each in (~part, certain(part), possibly(part), undecided(part))] == [
        not_so,
        surely,
        perhaps,
        open_,
    ]


@pytest.mark.parametrize("wrap", [certain, possibly, undecided, lambda part: ~part, lambda part: because(part, "x")])
def test_a_word_around_an_answer_keeps_its_reason_and_its_reads(wrap: Callable[[Criterion], Criterion]) -> None:
    for answer in ("yes", "no", "unknown"):
        wrapped = wrap(Fixed(answer, "the reason", reads=["phosphate"]))
        assert (wrapped.judge(NOTHING).reason, wrapped.reads) == ("the reason", frozenset({"phosphate"}))


def test_and_stops_at_the_first_no() -> None:
    never = Fixed("yes")
    AllOf((NO, never)).judge(NOTHING)
    assert never.asked == 0


def test_and_gives_the_first_no_as_its_reason() -> None:
    assert (UNKNOWN & Fixed("no", "too low") & Fixed("no", "too old")).judge(NOTHING).reason == "too low"


@pytest.mark.parametrize(
    ("criterion", "reason"),
    [
        (Fixed("yes", "a") & Fixed("yes", "b"), "a; b"),
        (Fixed("yes", "a") & Fixed("yes", "a"), "a"),
        (Fixed("yes", "a") & Fixed("unknown", "b"), "b"),
        (Fixed("unknown", "a") & Fixed("unknown", "b"), "a; b"),
        (Fixed("no", "a") | Fixed("no", "b"), "a; b"),
        (Fixed("no", "a") | Fixed("yes", "b"), "b"),
        (Fixed("yes", "a") | Fixed("yes", "b"), "a; b"),
        (Fixed("no", "a") | Fixed("unknown", "b"), "b"),
    ],
)
def test_the_reason_names_what_decided(criterion: Criterion, reason: str) -> None:
    assert criterion.judge(NOTHING).reason == reason


SOFT = Fixed("yes", soft=True)


@pytest.mark.parametrize(
    ("criterion", "soft"),
    [
        (YES & YES, False),
        (YES & SOFT, True),
        (SOFT & SOFT, True),
        (YES | SOFT, False),  # a verified reason stands on its own
        (SOFT | YES, False),
        (SOFT | NO, True),
        (SOFT | SOFT, True),
        (~Fixed("no", soft=True), True),
        (certain(SOFT), True),
        (because(SOFT, "x"), True),
    ],
)
def test_softness_is_kept_where_everything_rests_on_it(criterion: Criterion, soft: bool) -> None:
    assert criterion.judge(NOTHING).soft is soft


@pytest.mark.parametrize(
    ("criterion", "failed"),
    [
        (FAILED & YES, {"conditions"}),
        (FAILED & Fixed("unknown", failed=["medications"]), {"conditions", "medications"}),
        (FAILED | UNKNOWN, {"conditions"}),
        (FAILED | YES, set()),
        (FAILED & NO, set()),
        (~FAILED, {"conditions"}),
        (certain(FAILED), {"conditions"}),
        (possibly(FAILED), {"conditions"}),
        (undecided(FAILED), set()),
    ],
)
def test_failed_inputs_are_named_while_they_leave_something_open(criterion: Criterion, failed: set[str]) -> None:
    assert criterion.judge(NOTHING).failed == failed


def test_the_words_of_the_first_answer_win() -> None:
    joined = (Fixed("yes", a="first", b="one") & Fixed("yes", a="second", c="two")).judge(NOTHING)
    assert joined.values == {"a": "first", "b": "one", "c": "two"}


def test_the_facts_of_all_answers_are_kept() -> None:
    first, second = chart(lab("pth", 9, days_ago=1), lab("phosphate", 5, days_ago=2)).labs.values()
    assert (Fixed("yes", facts=first) & Fixed("yes", facts=second)).judge(NOTHING).facts == (*first, *second)


def test_a_denial_keeps_no_words_for_a_card() -> None:
    assert (~Fixed("no", drug="warfarin")).judge(NOTHING).values == {}


def test_because_fills_its_text_with_the_words_of_the_answer() -> None:
    found = because(Fixed("yes", calcium="10.6 mg/dL"), "calcium {calcium}").judge(NOTHING)
    assert found.values == {"calcium": "10.6 mg/dL", "reason": "calcium 10.6 mg/dL"}


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_because_says_nothing_where_it_is_not_so(answer: str) -> None:
    assert because(Fixed(answer), "{nothing}").judge(NOTHING).values == {}


def test_chains_are_flat() -> None:
    both, either = YES & NO & UNKNOWN, YES | NO | UNKNOWN
    assert isinstance(both, AllOf)
    assert isinstance(either, AnyOf)
    assert (both.parts, either.parts) == ((YES, NO, UNKNOWN), (YES, NO, UNKNOWN))


def test_a_combination_reads_what_its_parts_read() -> None:
    parts = Fixed("yes", reads=["pth"]) & ~Fixed("no", reads=["calcium"]) | Fixed("yes", reads=["egfr"])
    assert parts.reads == reads_of([parts]) == {"pth", "calcium", "egfr"}


def test_a_criterion_that_gives_no_answer_says_whose_fault_it_is() -> None:
    with pytest.raises(TypeError, match=r"^Criterion gives no answer$"):
        Criterion().judge(NOTHING)


@pytest.mark.parametrize(("made", "word"), [(yes(str), "yes"), (no(str), "no"), (unknown(str), "unknown")])
def test_an_answer_is_built_by_its_word(made: Answer, word: str) -> None:
    assert (made.verdict, made.reason) == (Verdict(word), "")


# --- a rule sees only what it declares


READS: dict[str, Callable[[Scope], object]] = {
    "phosphate": lambda scope: scope.labs("phosphate"),
    "blood-pressure": lambda scope: scope.pressures(),
    "smoking": lambda scope: scope.answers("smoking"),
    "medications": lambda scope: scope.active(),
    "conditions": lambda scope: scope.conditions("aki"),
    "procedures": lambda scope: scope.procedures("dialysis"),
    "orders": lambda scope: scope.orders("phosphate"),
    "allergies": lambda scope: scope.allergies(["warfarin"]),
    "goals": lambda scope: scope.targets("hba1c"),
    "patient": lambda scope: scope.age(),
    "encounter": lambda scope: scope.state("encounter"),
    "pth": lambda scope: scope.failed("pth"),
    "calcium": lambda scope: scope.set_aside("calcium"),
}


@pytest.mark.parametrize("name", READS)
def test_what_is_not_declared_cannot_be_read(name: str) -> None:
    blind = scope_of(chart(), reads=frozenset(READS) - {name})
    with pytest.raises(UndeclaredRead, match=f"^reads '{name}', which the rule does not declare$"):
        READS[name](blind)


@pytest.mark.parametrize("name", READS)
def test_what_is_declared_can_be_read(name: str) -> None:
    READS[name](scope_of(chart(), reads=frozenset({name})))


def test_reasons_for_setting_aside_are_given_once_each() -> None:
    cancelled = [lab("phosphate", 5, days_ago=age, status="cancelled") for age in (1, 2)]
    assert scope(*cancelled).set_aside("phosphate") == ["its status is cancelled"]


def test_something_remembered_is_found_once() -> None:
    found = iter([1, 2])
    once = scope()
    assert [once.remember("key", lambda: next(found)) for _ in range(2)] == [1, 1]


# --- the newest result against a cut-off


def phosphate(value: float | str, comparator: str | None = None, *, days_ago: int = 5, **members: Any) -> Resource:
    made = quantity(value, "mg/dL", comparator)
    return observation("2777-1", days_ago=days_ago, **{"valueQuantity": made} | members)


SIDES = ("above", "at_least", "below", "at_most")
AROUND = [
    # the value, is it above 5.5, at least 5.5, below 5.5, at most 5.5
    ("5.4", None, "no", "no", "yes", "yes"),
    ("5.5", None, "no", "yes", "no", "yes"),
    ("5.6", None, "yes", "yes", "no", "no"),
    ("5.4", "<", "no", "no", "yes", "yes"),
    ("5.5", "<", "no", "no", "yes", "yes"),
    ("5.6", "<", "unknown", "unknown", "unknown", "unknown"),
    ("5.4", "<=", "no", "no", "yes", "yes"),
    ("5.5", "<=", "no", "unknown", "unknown", "yes"),
    ("5.6", "<=", "unknown", "unknown", "unknown", "unknown"),
    ("5.4", ">", "unknown", "unknown", "unknown", "unknown"),
    ("5.5", ">", "yes", "yes", "no", "no"),
    ("5.6", ">", "yes", "yes", "no", "no"),
    ("5.4", ">=", "unknown", "unknown", "unknown", "unknown"),
    ("5.5", ">=", "unknown", "yes", "no", "unknown"),
    ("5.6", ">=", "yes", "yes", "no", "no"),
]


@pytest.mark.parametrize(("value", "comparator", "above", "at_least", "below", "at_most"), AROUND)
def test_the_newest_value_around_a_cut_off(
    value: str, comparator: str | None, above: str, at_least: str, below: str, at_most: str
) -> None:
    seen = scope(phosphate(value, comparator), top=Decimal("5.5"))
    answers = [verdict(getattr(latest(PHOSPHATE, within=90), side)("top").judge(seen)) for side in SIDES]
    assert answers == [above, at_least, below, at_most]


@pytest.mark.parametrize(
    ("low", "high", "above", "below"),
    [(4, 5, "no", "yes"), (5, 6, "unknown", "unknown"), (6, 7, "yes", "no"), ("5.5", 6, "unknown", "no")],
)
def test_a_range_around_a_cut_off(low: float, high: float, above: str, below: str) -> None:
    value = {"low": quantity(low, "mg/dL"), "high": quantity(high, "mg/dL")}
    seen = scope(observation("2777-1", valueRange=value), top=Decimal("5.5"))
    newest = latest(PHOSPHATE, within=90)
    assert [verdict(each.judge(seen)) for each in (newest.above("top"), newest.below("top"))] == [above, below]


ABOVE = latest(PHOSPHATE, within=90).above("top")
OLD = [
    # days ago, for therapy, for the safety of an order (the answer, and whether it is soft)
    (0, "yes", "yes", False),
    (90, "yes", "yes", False),
    (91, "unknown", "yes", True),
    (180, "unknown", "yes", True),
    (181, "unknown", "unknown", False),
]


@pytest.mark.parametrize(("days", "therapy", "safety", "soft"), OLD)
def test_for_the_safety_of_an_order_a_value_may_be_twice_as_old(
    days: int, therapy: str, safety: str, soft: bool
) -> None:
    found, values = chart(phosphate(6, days_ago=days)), {"top": Decimal("5.5")}
    usual, safe = (ABOVE.judge(scope_of(found, values=values, safety=each)) for each in (False, True))
    assert (verdict(usual), verdict(safe), usual.soft, safe.soft) == (therapy, safety, False, soft)


def test_an_old_value_is_called_old() -> None:
    found = ABOVE.judge(scope_of(chart(phosphate(6, days_ago=91)), values={"top": Decimal("5.5")}, safety=True))
    assert found.reason == "Phosphate 6 mg/dL (16 Oct 2025) (an old value) is above 5.5 mg/dL"


@pytest.mark.parametrize(("safety", "above", "below"), [(False, "no", "no"), (True, "yes", "yes")])
def test_for_the_safety_of_an_order_the_worst_value_of_a_day_counts(safety: bool, above: str, below: str) -> None:
    day = [phosphate(value, id=f"p{value}", effectiveDateTime=f"2026-01-14T{hour}:00:00Z")
           for value, hour in ((5, "12"), (6, "08"), (4, "06"))]  # fmt: skip
    seen = scope_of(chart(*day), values={"top": Decimal("5.5"), "low": Decimal("4.5")}, safety=safety)
    newest = latest(PHOSPHATE, within=90)
    assert [verdict(each.judge(seen)) for each in (newest.above("top"), newest.below("low"))] == [above, below]


def test_a_value_of_another_day_never_counts_as_worse() -> None:
    seen = scope_of(
        chart(phosphate(5, days_ago=2), phosphate(9, days_ago=4)), values={"top": Decimal("5.5")}, safety=True
    )
    assert verdict(ABOVE.judge(seen)) == "no"


@pytest.mark.parametrize(
    ("resources", "failed", "reason"),
    [
        ([], (), "no usable phosphate in 90 days"),
        ([phosphate(6, days_ago=91)], (), "no usable phosphate in 90 days"),
        ([], ("phosphate",), "no usable phosphate in 90 days (it could not be read)"),
        (
            [phosphate(6, status="cancelled"), phosphate(6, days_ago=6, valueQuantity={"value": 6})],
            (),
            "no usable phosphate in 90 days (set aside: its status is cancelled; it has no unit)",
        ),
    ],
)
def test_no_recent_value_is_unknown_and_says_why(
    resources: list[Resource], failed: tuple[str, ...], reason: str
) -> None:
    found = ABOVE.judge(scope_of(chart(*resources, failed=failed), values={"top": Decimal("5.5")}))
    assert (verdict(found), found.reason, found.failed) == ("unknown", reason, set(failed))


@pytest.mark.parametrize(
    ("value", "comparator", "reason"),
    [
        (5, None, "Phosphate 5 mg/dL (10 Jan 2026) is not above 5.5 mg/dL"),
        (6, None, "Phosphate 6 mg/dL (10 Jan 2026) is above 5.5 mg/dL"),
        (5, ">", "Phosphate >5 mg/dL (10 Jan 2026) does not say whether it is above 5.5 mg/dL"),
    ],
)
def test_the_reason_comes_from_the_comparison(value: float, comparator: str | None, reason: str) -> None:
    assert ABOVE.judge(scope(phosphate(value, comparator), top=Decimal("5.5"))).reason == reason


def test_the_value_is_given_for_the_card() -> None:
    assert ABOVE.judge(scope(phosphate(6), top=Decimal("5.5"))).values == {"phosphate": "6 mg/dL"}


WINDOWS: list[tuple[Any, int, str]] = [
    (90, 90, "yes"), (90, 91, "unknown"), ("days", 30, "yes"), ("days", 31, "unknown"),
    (mineral_days, 180, "yes"), (mineral_days, 181, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("within", "age", "answer"), WINDOWS)
def test_a_window_is_a_number_a_setting_or_a_function_of_the_stage(within: Any, age: int, answer: str) -> None:
    seen = scope(condition("ckd-stage-4"), phosphate(6, days_ago=age), top=Decimal("5.5"), days=Decimal(30))
    assert verdict(latest(PHOSPHATE, within=within).above("top").judge(seen)) == answer


@pytest.mark.parametrize(
    ("criterion", "reads"),
    [
        (ABOVE, {"phosphate"}),
        (latest(EGFR, within=90).above("top"), {"egfr", "creatinine", "patient"}),
        (missing(PHOSPHATE, within=90), {"phosphate"}),
        (taking(STATINS), {"medications", "statements"}),
        (has(AKI), {"conditions"}),
        (ordering(STATINS), set()),
        (allergic_to("warfarin"), {"allergies"}),
        (answered(SMOKING, "current", within=90), {"smoking"}),
        (setting_on("x"), set()),
    ],
)
def test_a_word_declares_what_it_reads(criterion: Criterion, reads: set[str]) -> None:
    assert criterion.reads == reads


@pytest.mark.parametrize(
    "criterion", [latest(PHOSPHATE, within=mineral_days).above("x"), missing(PHOSPHATE, within=mineral_days)]
)
def test_a_window_by_stage_reads_what_staging_reads(criterion: Criterion) -> None:
    assert {"phosphate", "egfr", "conditions", "procedures"} <= criterion.reads


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "yes"),
        ([phosphate(5, days_ago=91)], (), "yes"),
        ([phosphate(5, status="cancelled")], (), "yes"),
        ([], ("phosphate",), "unknown"),
        ([phosphate(5, days_ago=90)], (), "no"),
    ],
)
def test_a_missing_value_is_asked_for_unless_it_could_not_be_read(
    resources: list[Resource], failed: tuple[str, ...], answer: str
) -> None:
    assert verdict(missing(PHOSPHATE, within=90).judge(scope(*resources, failed=failed))) == answer


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


# --- drugs


ATORVASTATIN, LISINOPRIL = drug("atorvastatin 40 mg once daily"), drug("lisinopril 10 mg once daily")


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "no"),
        ([LISINOPRIL], (), "no"),
        ([ATORVASTATIN | {"status": "stopped"}], (), "no"),
        ([], ("statements",), "no"),  # an optional input
        ([], ("medications",), "unknown"),
        ([ATORVASTATIN], ("medications",), "yes"),
        ([ATORVASTATIN], (), "yes"),
        ([drug("atorvastatin", kind="MedicationStatement")], (), "yes"),
    ],
)
def test_taking(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(taking(STATINS).judge(scope(*resources, failed=failed))) == answer


def test_taking_one_of_several_classes_names_all_that_are_taken() -> None:
    found = taking(STATINS, ACE_INHIBITORS).judge(scope(ATORVASTATIN, LISINOPRIL))
    assert found.values == {"drug": "atorvastatin and lisinopril"}


def test_a_drug_belongs_to_its_class_by_atc_prefix() -> None:
    made = drug("x", medicationCodeableConcept=concept(ATC, "C09AA99", "a new pril"))
    found = taking(ACE_INHIBITORS).judge(scope(made))
    assert (verdict(found), found.reason) == ("yes", "a new pril is active")


def test_drugs_are_named_once_by_their_ingredients() -> None:
    twice = chart(ATORVASTATIN, drug("atorvastatin 80 mg"), drug("ezetimibe and simvastatin")).medications
    assert drug_names(twice) == "atorvastatin and ezetimibe/simvastatin"


def test_a_kind_of_insulin_is_not_told_twice() -> None:
    taken = chart(drug("insulin glargine 20 units")).medications
    assert drug_names(taken) == "insulin glargine"


DRAFTS = [drug(name, id=name, status="draft") for name in ("atorvastatin", "lisinopril")]


@pytest.mark.parametrize(
    ("selections", "among_selected", "among_all"),
    [
        (None, "yes", "yes"),
        (["MedicationRequest/atorvastatin"], "yes", "yes"),
        (["MedicationRequest/lisinopril"], "no", "yes"),
        ([], "no", "yes"),
    ],
)
def test_ordering_looks_at_the_drafts_selected_or_at_all(
    selections: list[str] | None, among_selected: str, among_all: str
) -> None:
    seen = scope_of(chart(drafts=DRAFTS, selections=selections))
    answers = [verdict(ordering(STATINS, selected=each).judge(seen)) for each in (True, False)]
    assert answers == [among_selected, among_all]


NAMELESS = {"resourceType": "MedicationRequest", "status": "draft", "id": "n", "medicationCodeableConcept": {}}


@pytest.mark.parametrize(
    ("resources", "drafts", "answer"),
    [
        ([], [NAMELESS], "unknown"),
        ([drug("x", medicationCodeableConcept={})], [], "no"),  # a drug taken, not one ordered
        ([condition("ckd-stage-4", code=7)], [], "no"),
    ],
)
def test_only_a_draft_that_cannot_be_read_leaves_open_what_is_ordered(
    resources: list[Resource], drafts: list[Resource], answer: str
) -> None:
    seen = scope_of(chart(patient(), *resources, drafts=drafts))
    assert verdict(ordering(STATINS).judge(seen)) == answer


def test_a_drug_that_is_taken_is_not_being_ordered() -> None:
    assert verdict(ordering(STATINS).judge(scope(ATORVASTATIN))) == "no"


ALLERGY = resource("AllergyIntolerance", "a1", code={"text": "atorvastatin"})


@pytest.mark.parametrize(
    ("resources", "failed", "by_class", "by_name"),
    [
        ([], (), "no", "no"),
        ([], ("allergies",), "unknown", "unknown"),
        ([ALLERGY], (), "yes", "no"),
        ([ALLERGY | {"code": {"text": "simvastatin"}}], (), "yes", "yes"),
        ([ALLERGY | {"code": {"text": "statins"}}], (), "yes", "yes"),
    ],
)
def test_allergic_to_a_class_or_an_ingredient(
    resources: list[Resource], failed: tuple[str, ...], by_class: str, by_name: str
) -> None:
    seen = scope(*resources, failed=failed)
    assert [verdict(allergic_to(each).judge(seen)) for each in (STATINS, "simvastatin")] == [by_class, by_name]


@pytest.mark.parametrize(
    ("taken", "draft", "active_only", "with_drafts"),
    [
        ([], "", "no", "no"),
        (["calcium carbonate 2500 mg twice daily"], "", "no", "no"),  # 2000 mg elemental, at the limit
        (["calcium carbonate 2501 mg twice daily"], "", "yes", "yes"),
        (["calcium carbonate 2500 mg twice daily"], "calcium citrate 1 g once daily", "no", "yes"),
        (["calcium carbonate"], "", "unknown", "unknown"),
        ([], "calcium carbonate", "no", "unknown"),
    ],
)
def test_the_calcium_load_with_and_without_what_is_ordered(
    taken: list[str], draft: str, active_only: str, with_drafts: str
) -> None:
    drafts = [drug(draft, status="draft")] if draft else []
    seen = scope_of(chart(*map(drug, taken), drafts=drafts), values={"top": Decimal(2000)})
    answers = [verdict(calcium_load(above="top", with_drafts=each).judge(seen)) for each in (False, True)]
    assert answers == [active_only, with_drafts]


@pytest.mark.parametrize(
    ("failed", "taken", "answer", "named"),
    [
        (("medications",), [], "unknown", {"medications"}),
        (("medications",), ["calcium carbonate 2501 mg twice daily"], "yes", set()),  # what is known is enough
        ((), [], "no", set()),
    ],
)
def test_the_calcium_load_is_unknown_where_orders_could_not_be_read(
    failed: tuple[str, ...], taken: list[str], answer: str, named: set[str]
) -> None:
    found = calcium_load(above="top").judge(scope(*map(drug, taken), failed=failed, top=Decimal(2000)))
    assert (verdict(found), found.failed) == (answer, named)


@pytest.mark.parametrize(
    ("taken", "draft", "answer"),
    [
        ("calcium carbonate 1500 mg twice daily", "calcium carbonate 1500 mg twice daily", "no"),  # the same, renewed
        ("calcium carbonate 1500 mg twice daily", "calcium carbonate 1500 mg three times daily", "yes"),  # 1200 + 1800
    ],
)
def test_an_order_that_is_renewed_counts_once(taken: str, draft: str, answer: str) -> None:
    seen = scope_of(chart(drug(taken), drafts=[drug(draft, id="d", status="draft")]), values={"top": Decimal(2000)})
    assert verdict(calcium_load(above="top", with_drafts=True).judge(seen)) == answer


def test_calcium_salts_are_a_class() -> None:
    assert verdict(taking(CALCIUM_SALTS).judge(scope(drug("Tums")))) == "yes"


# --- problems, orders


@pytest.mark.parametrize(
    ("resources", "failed", "now", "ever", "lately"),
    [
        ([], (), "no", "no", "no"),
        ([], ("conditions",), "unknown", "unknown", "unknown"),
        ([condition("type2-diabetes")], (), "no", "no", "no"),
        ([condition("aki", onsetDateTime=ago(31))], (), "yes", "yes", "no"),
        ([condition("aki", onsetDateTime=ago(30))], (), "yes", "yes", "yes"),
        ([condition("aki")], (), "yes", "yes", "yes"),  # without a day it may be of today
        ([condition("aki", clinicalStatus=concept("x", "resolved"))], (), "no", "yes", "no"),
    ],
)
def test_has_now_ever_and_lately(
    resources: list[Resource], failed: tuple[str, ...], now: str, ever: str, lately: str
) -> None:
    seen = scope(*resources, failed=failed)
    words = (has(AKI), has(AKI, ever=True), has(AKI, within=30))
    assert [verdict(each.judge(seen)) for each in words] == [now, ever, lately]


def test_has_one_of_several() -> None:
    found = has(CKD_STAGE_4, TYPE_2_DIABETES).judge(scope(condition("type2-diabetes")))
    assert (verdict(found), found.reason) == ("yes", "type 2 diabetes is on the problem list")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("CKD four", "CKD four is on the problem list"), ("", "CKD G4 is on the problem list")],
)
def test_a_problem_is_named_in_the_words_of_the_record(text: str, reason: str) -> None:
    made = condition("ckd-stage-4", code=concept(SNOMED, "431857002", text))
    assert has(CKD_STAGE_4).judge(scope(made)).reason == reason


def referral(**members: Any) -> Resource:
    base = {"status": "active", "intent": "order", "code": concept(SNOMED, "306286007")}
    return resource("ServiceRequest", "r1", **base | members)


@pytest.mark.parametrize(
    ("resources", "failed", "answer", "still_open"),
    [
        ([], (), "no", "no"),
        ([], ("orders",), "no", "no"),  # an optional input
        ([], ("procedures",), "unknown", "unknown"),
        ([referral(status="completed")], (), "no", "no"),  # done, nobody knows when
        ([referral(status="completed", authoredOn=ago(91))], (), "no", "no"),
        ([referral(status="completed", authoredOn=ago(90))], (), "yes", "no"),
        ([referral(authoredOn=ago(900))], (), "no", "yes"),  # still open, but long ago
        ([referral()], (), "yes", "yes"),
        (
            [
                resource(
                    "Procedure", "x", status="completed", code=concept(SNOMED, "306286007"), performedDateTime=ago(9)
                )
            ],
            (),
            "yes",
            "no",
        ),
    ],
)
def test_ordered_or_done_lately(
    resources: list[Resource], failed: tuple[str, ...], answer: str, still_open: str
) -> None:
    seen = scope(*resources, failed=failed)
    words = [ordered(NEPHROLOGY_REFERRAL, within=90, still_open=each) for each in (False, True)]
    assert [verdict(each.judge(seen)) for each in words] == [answer, still_open]


# --- the rest


@pytest.mark.parametrize(
    ("age", "over", "under", "up_to", "named"),
    [("49", "no", "yes", "yes", "yes"), ("50", "yes", "no", "yes", "yes"), ("75", "yes", "no", "yes", "no"),
     ("76", "yes", "no", "no", "no")],
)  # fmt: skip
def test_aged(age: str, over: str, under: str, up_to: str, named: str) -> None:
    seen = scope(patient(age), oldest=Decimal(75), limit=Decimal(60))
    words = (aged(at_least=50), aged(below=50), aged(up_to="oldest"), aged(below="limit"))
    assert [verdict(each.judge(seen)) for each in words] == [over, under, up_to, named]


@pytest.mark.parametrize(("failed", "named"), [((), set()), (("patient",), {"patient"})])
def test_an_unknown_age_is_unknown(failed: tuple[str, ...], named: set[str]) -> None:
    found = aged(at_least=50).judge(scope_of(chart(failed=failed)))
    assert (verdict(found), found.failed) == ("unknown", named)


def smoking(code: str, days_ago: int) -> Resource:
    return observation("72166-2", days_ago=days_ago, valueCodeableConcept=concept(SNOMED, code))


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "unknown"),
        ([], ("smoking",), "unknown"),
        ([smoking("449868002", 91)], (), "unknown"),
        ([smoking("8517006", 3), smoking("449868002", 9)], (), "no"),  # the newest answer counts
        ([smoking("449868002", 90)], (), "yes"),
    ],
)
def test_answered(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    found = answered(SMOKING, "current", within=90).judge(scope(*resources, failed=failed))
    assert (verdict(found), found.failed) == (answer, set(failed))


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "unknown"),
        ([], ("egfr",), "unknown"),
        ([condition("ckd-stage-3a")], (), "no"),
        ([condition("ckd-stage-4")], (), "yes"),
    ],
)
def test_in_stage(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    found = in_stage("G4", "G5").judge(scope(*resources, failed=failed))
    assert (verdict(found), found.failed) == (answer, set(failed))


@pytest.mark.parametrize(("criterion", "answer"), [
    (setting_on("off"), "no"), (setting_on("on"), "yes"), (on_hook("order-sign"), "no"), (on_hook("patient-view"), "yes"),
    (in_region("eu"), "no"), (in_region("us"), "yes"),
])  # fmt: skip
def test_settings_hook_and_region(criterion: Criterion, answer: str) -> None:
    assert verdict(criterion.judge(scope(on=True, off=False))) == answer


def test_the_region_is_the_clients() -> None:
    assert verdict(in_region("eu").judge(scope_of(chart(), site=Site(region="eu")))) == "yes"


def test_judged_asks_a_plain_function() -> None:
    word = judged(lambda _: yes(lambda: "because"), text="an English sentence", reads={"pth"})
    assert (verdict(word.judge(NOTHING)), word.reads) == ("yes", {"pth"})
