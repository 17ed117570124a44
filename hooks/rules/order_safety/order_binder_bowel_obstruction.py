"""A binder is ordered in bowel obstruction."""

from hooks.criteria import has, ordering
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.sources import LANTHANUM_LABEL, SEVELAMER_LABEL, TENAPANOR_LABEL
from hooks.terminology.conditions import BOWEL_OBSTRUCTION
from hooks.terminology.medications import OBSTRUCTION_BINDERS

RULE = Rule(
    id="order-binder-bowel-obstruction",
    title="Binder ordered in bowel obstruction",
    group="order-safety",
    place=6,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Sevelamer, lanthanum and tenapanor can worsen an obstruction and perforate or block the bowel.",
    honesty="The contraindication comes from the labels and reports of single patients, not from trials.",
    evidence=(
        Cite(SEVELAMER_LABEL, "4", "", "contraindicated in bowel obstruction"),
        Cite(LANTHANUM_LABEL, "", "", "contraindicated in bowel obstruction, ileus and faecal impaction"),
        Cite(TENAPANOR_LABEL, "", "", "contraindicated in mechanical gastrointestinal obstruction"),
    ),
    settings=(
        number("lookbackDays", "90", "d", low="30", high="365", why="how long an obstruction without a status counts"),
    ),
    when=ordering(OBSTRUCTION_BINDERS),
    cases=(
        Case(
            has(BOWEL_OBSTRUCTION, unstated_within="lookbackDays"),
            "critical",
            "{ordered} {be} contraindicated with bowel obstruction/ileus ({since}). Consider deferring.",
        ),
    ),
    lines=(Line("Which binder fits later depends on how the bowel recovers; diet and dialysis go on meanwhile."),),
    show=("phosphate",),
    override_reasons=("data-wrong", "already-addressed"),
    examples="""
        conditions                       | draft               | card
                                         | sevelamer           | no
        bowel-obstruction                | calcium-acetate-tid | no       # not contraindicated by its label
        bowel-obstruction                | sevelamer           | critical
        bowel-obstruction                | lanthanum carbonate | critical
        bowel-obstruction                | tenapanor           | critical
        bowel-obstruction @400d          | sevelamer           | critical # active at any age
        bowel-obstruction resolved @10d  | sevelamer           | no
        bowel-obstruction inactive @10d  | sevelamer           | no
        bowel-obstruction unstated @90d  | sevelamer           | critical
        bowel-obstruction unstated @91d  | sevelamer           | no
        bowel-obstruction unstated       | sevelamer           | critical # no date: counts
        problems not read                | sevelamer           | unknown
    """,
)
