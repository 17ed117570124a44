"""Two calcimimetics together, or one too soon after the other."""

from hooks.criteria import ordering, taking
from hooks.results import Under
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.history import together
from hooks.shared.proposals import CALCIUM_TESTS, review
from hooks.sources import ETELCALCETIDE_LABEL
from hooks.terminology.medications import CALCIMIMETICS
from hooks.words import setting

STOP_ONE = Offer(
    "Ask for a review: stop one calcimimetic", (review("Two calcimimetics: consider stopping one of them"),)
)

RULE = Rule(
    id="order-calcimimetic-duplicate",
    title="Two calcimimetics together or too close",
    group="order-safety",
    place=5,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Two calcimimetics add up to severe hypocalcaemia.",
    honesty="The wash-out of 7 days is the label's for cinacalcet before etelcalcetide; for other pairs it is assumed.",
    evidence=(
        Cite(
            ETELCALCETIDE_LABEL,
            "",
            "",
            "do not use with cinacalcet; stop cinacalcet at least 7 days before the first dose",
        ),
    ),
    settings=(
        number("washoutDays", "7", "d", low="7", high="14", why="days between stopping one and starting another"),
    ),
    when=ordering(CALCIMIMETICS),
    cases=(
        Case(
            together(CALCIMIMETICS, CALCIMIMETICS, switch=True),
            "critical",
            "{ordered} ordered while {other} {other_state}: severe hypocalcaemia risk. Consider stopping one.",
            offers=(STOP_ONE,),
        ),
        Case(
            together(CALCIMIMETICS, CALCIMIMETICS, within=Under("washoutDays")),
            "critical",
            "{ordered} ordered, but {other} {other_state}: severe hypocalcaemia risk. Consider waiting {days} days.",
        ),
    ),
    lines=(
        Line("Wash-out: at least {days} days between the last dose of one and the first of the other."),
        Line("An active order is never changed by this service.", taking(CALCIMIMETICS)),
    ),
    offers=(CALCIUM_TESTS,),
    values={"days": setting("washoutDays")},
    show=("calcium", "calcium-ionised", "albumin"),
    override_reasons=("data-wrong", "already-addressed"),
    examples="""
        draft                     | taking        | stopped            | card
        sevelamer                 | cinacalcet    |                    | no       # no calcimimetic is ordered
        etelcalcetide             |               |                    | no
        etelcalcetide             | cinacalcet    |                    | critical
        cinacalcet                | etelcalcetide |                    | critical
        cinacalcet, etelcalcetide |               |                    | critical # both ordered
        cinacalcet                | cinacalcet    |                    | no       # a refill
        cinacalcet                | evocalcet     |                    | critical
        etelcalcetide             |               | cinacalcet @0d     | critical
        etelcalcetide             |               | cinacalcet @6d     | critical
        etelcalcetide             |               | cinacalcet @7d     | no       # at least 7 days
        etelcalcetide             |               | cinacalcet @13d    | no
        etelcalcetide             | medications not read |             | unknown
    """,
)
