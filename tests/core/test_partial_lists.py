"""A list that is not known to be complete never proves that something is missing from it; a fact in it counts."""

import msgspec
import pytest

from hooks.payload import NOT_COMPLETE
from hooks.scope import Scope
from hooks.staging.derived import Derived
from hooks.staging.exclusions import in_hospice, is_pregnant
from hooks.staging.kidney import has_ckd, on_dialysis, transplant
from hooks.staging.planned import procedure_soon
from hooks.staging.vessels import coded_calcification, has_ascvd
from tests.build import condition, patient, payloads
from tests.core.charts import Resource, read, scope_of, verdict

WOMAN = patient("40", "female")
PREGNANT = condition("pregnancy")


def seen(*resources: Resource, in_part: tuple[str, ...] = ()) -> Scope:
    """What is seen of a woman of 40 whose ``in_part`` (prefetch keys) came with less than all."""
    data = payloads([WOMAN, *resources])
    part = {key: msgspec.structs.replace(data[key], state="present", problem=NOT_COMPLETE) for key in in_part}
    return scope_of(read(data | part))


CONCLUSIONS = [
    # what, the key of the list
    (is_pregnant, "conditions"),
    (transplant, "conditions"),
    (on_dialysis, "conditions"),
    (on_dialysis, "procedures"),
    (has_ckd, "conditions"),
    (has_ckd, "egfr"),
    (coded_calcification, "conditions"),
    (has_ascvd, "conditions"),
    (has_ascvd, "procedures"),
    (procedure_soon, "orders"),
]


@pytest.mark.parametrize(("question", "key"), CONCLUSIONS)
def test_nothing_is_concluded_from_what_a_list_in_part_does_not_hold(question: Derived, key: str) -> None:
    assert verdict(question.judge(seen())) == "no"
    answer = question.judge(seen(in_part=(key,)))
    assert (verdict(answer), answer.failed) == ("unknown", {key})


def test_what_a_list_in_part_does_hold_counts() -> None:
    assert verdict(is_pregnant.judge(seen(PREGNANT, in_part=("conditions",)))) == "yes"


def test_the_reason_says_that_the_list_came_in_part() -> None:
    answer = is_pregnant.judge(seen(in_part=("conditions",)))
    assert answer.reason == f"the problem list: {NOT_COMPLETE}"


def test_a_problem_list_in_part_does_not_silence_every_rule() -> None:
    assert verdict(in_hospice.judge(seen(in_part=("conditions",)))) == "no"
