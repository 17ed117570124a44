"""What is offered for a high PTH on dialysis: a calcimimetic behind its label's guards, and the tests beside it.

Source: specification 4.26; labels of cinacalcet and etelcalcetide. Calcium is judged by the rule's setting ``caMin``.
"""

from hooks.criteria import allergic_to, calcium
from hooks.orders import DrugOrder
from hooks.rule import Offer
from hooks.shared.history import took
from hooks.shared.proposals import atc, drug_offer, lab_test, product
from hooks.staging.kidney import on_haemodialysis
from hooks.staging.windows import CALCIUM_DRUG_DAYS, WASHOUT_DAYS
from hooks.terminology.labs import CALCIUM_TOTAL, PHOSPHATE, PTH
from hooks.terminology.medications import CALCIMIMETICS

LOW = calcium(below="caMin", within=CALCIUM_DRUG_DAYS)
_JUST_STOPPED = took(CALCIMIMETICS, within=WASHOUT_DAYS - 1)
CINACALCET = drug_offer(
    "Propose cinacalcet 30 mg once daily with food; calcium and phosphate in 1 week, PTH in 4 weeks",
    DrugOrder("cinacalcet 30 mg once daily with food", 30, "mg", code=product("432402"), atc=atc("cinacalcet")),
    lab_test(CALCIUM_TOTAL, 1),
    lab_test(PHOSPHATE, 1),
    lab_test(PTH, 4),
    unless=(allergic_to("cinacalcet"), _JUST_STOPPED),
    when=~LOW,
    recommended=True,
)
ETELCALCETIDE = drug_offer(
    "Propose etelcalcetide 5 mg at the end of haemodialysis three times a week; calcium in 1 week, PTH in 4 weeks",
    DrugOrder(
        "etelcalcetide 5 mg intravenously at the end of haemodialysis three times a week",
        5, "mg", 3, "wk", code=product("1876136"), atc=atc("etelcalcetide"), route="intravenous",
    ),
    lab_test(CALCIUM_TOTAL, 1),
    lab_test(PTH, 4),
    unless=(allergic_to("etelcalcetide"), _JUST_STOPPED),
    when=~LOW & on_haemodialysis,
)  # fmt: skip
TESTS = Offer(
    "Order calcium and phosphate in 1 week, PTH in 4 weeks",
    (lab_test(CALCIUM_TOTAL, 1), lab_test(PHOSPHATE, 1), lab_test(PTH, 4)),
)
CONFIRM = Offer(
    "Order PTH, calcium and phosphate again in 4 weeks",
    (lab_test(PTH, 4), lab_test(CALCIUM_TOTAL, 4), lab_test(PHOSPHATE, 4)),
)
