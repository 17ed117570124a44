"""An iron-based binder is ordered where iron is already too high."""

from hooks.criteria import has, latest, ordering, taking
from hooks.criterion import because
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.binders import sevelamer_instead_of
from hooks.shared.proposals import lab_test
from hooks.sources import FERRIC_CITRATE_LABEL
from hooks.staging.kidney import on_dialysis
from hooks.staging.windows import FERRITIN_DAYS
from hooks.terminology.conditions import HAEMOCHROMATOSIS, IRON_OVERLOAD
from hooks.terminology.labs import FERRITIN, TSAT
from hooks.terminology.medications import FERRIC_CITRATE, INTRAVENOUS_IRON, SUCROFERRIC_OXYHYDROXIDE

CODED = because(has(HAEMOCHROMATOSIS), "{problem}")
HIGH = (
    because(has(IRON_OVERLOAD), "{problem}")
    | because(latest(FERRITIN, within=FERRITIN_DAYS).above("ferritin"), "ferritin {ferritin}")
    | because(latest(TSAT, within=FERRITIN_DAYS).above("tsat"), "transferrin saturation {tsat}")
)
ADVICE = "{ordered} ordered with {reason}: contraindicated/caution in iron overload. Consider another binder."

RULE = Rule(
    id="order-iron-binder-iron-overload",
    title="Iron-based binder ordered in iron overload",
    group="order-safety",
    place=7,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Iron of ferric citrate is taken up and adds to iron stores; its label excludes iron overload.",
    honesty="The limits of ferritin and transferrin saturation are ours; the label names only iron overload syndromes.",
    evidence=(
        Cite(FERRIC_CITRATE_LABEL, "4", "", "contraindicated in iron overload, such as haemochromatosis"),
        Cite(FERRIC_CITRATE_LABEL, "5", "", "monitor ferritin and transferrin saturation; reduce or stop IV iron"),
    ),
    settings=(
        number("ferritin", "1000", "ng/mL", low="500", high="1500", why="ferritin above which iron stores are full"),
        number("tsat", "50", "%", low="45", high="60", why="transferrin saturation above which iron is in excess"),
    ),
    when=ordering(FERRIC_CITRATE, SUCROFERRIC_OXYHYDROXIDE),
    cases=(
        Case(ordering(FERRIC_CITRATE) & CODED, "critical", ADVICE),
        Case(ordering(FERRIC_CITRATE) & HIGH, "warning", ADVICE),
        Case(HIGH, "info", "{ordered} ordered with {reason}: little iron is taken up. Consider watching iron."),
    ),
    lines=(
        Line("Intravenous iron is active: consider reducing or stopping it.", taking(INTRAVENOUS_IRON)),
        Line("Ferritin also rises with inflammation: read it together with transferrin saturation."),
    ),
    offers=(
        sevelamer_instead_of(FERRIC_CITRATE, ordering(FERRIC_CITRATE) & on_dialysis),
        Offer("Order ferritin", (lab_test(FERRITIN),)),
    ),
    show=("ferritin", "tsat", "phosphate"),
    override_reasons=("lab-suspect", "already-addressed", "other"),
    examples="""
        conditions       | draft          | ferritin       | tsat       | card
                         | sevelamer      | 1200 @5d       | 60 @5d     | no       # no iron
                         | ferric citrate | 1000 @5d       | 50 @5d     | no       # at both limits
                         | ferric citrate | 1001 @5d       | 50 @5d     | warning
                         | ferric citrate | 1001 ug/L @5d  | 50 @5d     | warning  # SI units
                         | ferric citrate | 1000 @5d       | 51 @5d     | warning
                         | ferric citrate | 400 @5d        | 47 @5d     | no
                         | ferric citrate | 1200 @90d      |            | warning
                         | ferric citrate | 1200 @91d      |            | info     # old
                         | ferric citrate | 1200 @181d     |            | unknown
                         | ferric citrate | 400 @5d        |            | unknown  # saturation not known
        haemochromatosis | ferric citrate |                |            | critical # coded
        haemochromatosis inactive | ferric citrate | 400 @5d | 20 @5d   | no
        haemochromatosis | sucroferric oxyhydroxide |      |            | info     # caution only
                         | Velphoro       | 1200 @5d       |            | info
                         | Velphoro       | 400 @5d        | 20 @5d     | no
                         | ferric citrate |                |            | unknown
    """,
)
