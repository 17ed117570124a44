"""Units, limits, override reasons and drug tables against the clinical specification."""

import re
from decimal import Decimal

import pytest

from hooks.reader.matching import ingredients_worded
from hooks.terminology import medications as drugs
from hooks.terminology.concepts import Analyte, DrugClass
from hooks.terminology.labs import ANALYTES, DIASTOLIC, SYSTOLIC
from hooks.terminology.medications import ELEMENTAL_CALCIUM, STATIN_HIGH_FROM, STATIN_MODERATE_FROM, USUAL_MAXIMUM
from hooks.terminology.products import PRODUCTS
from hooks.terminology.reasons import REASONS, SNOMED_OF_REASON
from hooks.units import known_unit
from tests.acceptance.specification import ABSENT, CLINICAL, INGREDIENTS, OURS, TERMINOLOGY, formula, specification

pytestmark = pytest.mark.skipif(not TERMINOLOGY.exists(), reason=ABSENT)

NO_RULE = "no rule of ours asks for it"
ANALYTES_BY_NAME = {analyte.name: analyte for analyte in ANALYTES}
MEASURED = {
    path.removeprefix("observations/"): ANALYTES_BY_NAME[name]
    for path, name in OURS.items()
    if path.startswith("observations/") and path.count("/") == 1
}
each_analyte = pytest.mark.parametrize(("name", "analyte"), MEASURED.items(), ids=lambda each: str(each)[:20])
FURTHER_UNITS = {"alt": {"[IU]/L", "ukat/L"}, "ast": {"[IU]/L", "ukat/L"}}
"""Units of ours beyond the specification's: as for alkaline phosphatase."""


def check_units(name: str, analyte: Analyte) -> None:
    stated = [each for each in specification()["observations"][name]["units"] if "ucum" in each]
    ours = dict(analyte.units)
    for each in stated:
        made = ours.pop(each["ucum"], None)
        if (wanted := formula(each["to_canonical"])) is None:
            assert made is None, each
            continue
        assert made is not None, each
        factor, divisor, offset = map(Decimal, wanted)
        for value in map(Decimal, ("0.37", "1", "7.25", "1234.5")):
            exact = value * factor / divisor + offset
            assert abs(made.forward(value) - exact) <= exact * Decimal("1e-20"), each
    assert ours.keys() == FURTHER_UNITS.get(analyte.name, set())


def check_spellings(name: str, analyte: Analyte) -> None:
    for each in specification()["observations"][name]["units"]:
        aliases = each.get("alias", [])
        for alias in [aliases] if isinstance(aliases, str) else aliases:
            assert known_unit(analyte.units, code=None, text=alias, system=None) == analyte.unit, alias


@each_analyte
def test_units_convert_as_specified(name: str, analyte: Analyte) -> None:
    assert analyte.unit == specification()["observations"][name]["canonical_unit"]
    check_units(name, analyte)
    check_spellings(name, analyte)


@pytest.mark.parametrize("analyte", [SYSTOLIC, DIASTOLIC], ids=lambda each: each.name)
def test_pressures_are_as_specified(analyte: Analyte) -> None:
    check_units("blood_pressure", analyte)
    check_spellings("blood_pressure", analyte)
    low, high = specification()["observations"]["blood_pressure"]["plausible_limits"][analyte.name]
    assert (analyte.lowest, analyte.highest) == (low, high)


@each_analyte
def test_plausible_limits_are_as_specified(name: str, analyte: Analyte) -> None:
    limits = specification()["observations"][name]["plausible_limits"]
    assert limits["unit"] == analyte.unit
    stated = [Decimal(str(limits[each])) for each in ("reject_below", "reject_above")]
    assert [analyte.lowest, analyte.highest] == stated


# --- override reasons, drugs


def test_override_reasons_are_as_specified() -> None:
    stated = specification()["override_reasons"]["concepts"]
    assert {each["code"]: each["display"] for each in stated} == REASONS
    ours = {name: {(code.code, code.display) for code in codes} for name, codes in SNOMED_OF_REASON.items()}
    theirs = {each["code"]: {(code["code"], code["display"]) for code in each.get("snomed", ())} for each in stated}
    assert ours == {name: codes for name, codes in theirs.items() if codes}


CLASSES: dict[str, tuple[DrugClass, ...]] = {
    "phosphate_binder_calcium_free": (drugs.CALCIUM_FREE_BINDERS,),
    "phosphate_binder_calcium_based": (drugs.CALCIUM_SALTS,),
    "phosphate_binder_aluminium": (drugs.ALUMINIUM_BINDERS,),
    "calcimimetic": (drugs.CALCIMIMETICS,),
    "vitamin_d_active": (drugs.ACTIVE_VITAMIN_D,),
    "vitamin_d_nutritional": (drugs.NUTRITIONAL_VITAMIN_D,),
    "vitamin_k": (drugs.VITAMIN_K,),
    "vitamin_k_antagonist": (drugs.VITAMIN_K_ANTAGONISTS,),
    "doac": (drugs.DOACS,),
    "statin": (drugs.STATINS,),
    "ezetimibe": (drugs.EZETIMIBE,),
    "pcsk9_mab": (drugs.PCSK9_INHIBITORS,),
    "inclisiran": (drugs.PCSK9_INHIBITORS,),
    "bempedoic_acid": (drugs.BEMPEDOIC_ACID,),
    "fibrate": (drugs.FIBRATES,),
    "ace_inhibitor_arb_arni": (drugs.ACE_INHIBITORS, drugs.ARBS, drugs.ARNIS),
    "mra_steroidal": (drugs.STEROIDAL_MRAS,),
    "mra_nonsteroidal": (drugs.NONSTEROIDAL_MRAS,),
    "calcium_channel_blocker": (drugs.CALCIUM_CHANNEL_BLOCKERS,),
    "thiazide_like": (drugs.THIAZIDES,),
    "loop_diuretic": (drugs.LOOP_DIURETICS,),
    "beta_blocker": (drugs.BETA_BLOCKERS,),
    "metformin": (drugs.METFORMIN,),
    "sglt2_inhibitor": (drugs.SGLT2_INHIBITORS,),
    "glp1_ra": (drugs.GLP1_AGONISTS,),
    "gip_glp1_ra": (drugs.GLP1_AGONISTS,),
    "dpp4_inhibitor": (drugs.DPP4_INHIBITORS,),
    "sulfonylurea": (drugs.SULFONYLUREAS,),
    "insulin": (drugs.INSULINS,),
    "smoking_cessation": (drugs.SMOKING_CESSATION_DRUGS,),
    "sodium_phosphate_bowel_prep": (drugs.SODIUM_PHOSPHATE,),
    "denosumab": (drugs.DENOSUMAB,),
    "digoxin": (drugs.DIGOXIN,),
}
NO_CLASS = {"thiazolidinedione": NO_RULE, "sodium_thiosulfate": NO_RULE}
"""Classes of the specification that are none of ours; of thiosulphate and glitazones only the drugs are known."""


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_holds_the_drugs_that_the_specification_names(name: str) -> None:
    stated = specification()["medications"][name]
    listed = stated.get("drugs") or stated["ingredients"]
    named = (
        [each["ingredient"] for each in listed]
        if isinstance(listed, list)
        else [each["display"] for each in listed["concepts"]]
    )
    ours = frozenset[str]().union(*(each.ingredients for each in CLASSES[name]))
    assert {INGREDIENTS.get(each, each) for each in named} <= ours
    prefixes = {each.split(" ")[0] for each in stated.get("atc_prefix") or ()}
    assert prefixes <= {prefix for each in CLASSES[name] for prefix in each.atc}


def test_a_drug_is_known_by_every_name_of_the_specification() -> None:
    groups = specification()["medications"]
    assert groups.keys() - CLASSES.keys() - NO_CLASS.keys() == {
        "antihypertensive_reference",
        "unverified_clinical_drugs",
    }
    for group in groups.values():
        listed = group.get("drugs") or group.get("ingredients") or ()
        for each in listed if isinstance(listed, list) else ():
            ours = INGREDIENTS.get(each["ingredient"], each["ingredient"])
            for words in (*each.get("text_match", ()), *each.get("brands", ())):
                assert ours in ingredients_worded(words), f"{ours}: {words}"


def test_elemental_calcium_is_as_specified() -> None:
    stated = specification()["medications"]["phosphate_binder_calcium_based"]["drugs"]
    assert {
        each["ingredient"]: Decimal(str(each["elemental_calcium_fraction"])) for each in stated
    } == ELEMENTAL_CALCIUM


def test_statin_intensity_is_as_specified() -> None:
    stated = specification()["medications"]["statin"]
    for level, ours in (("high", STATIN_HIGH_FROM), ("moderate", STATIN_MODERATE_FROM)):
        from_dose = [re.match(r"(\w+) (?:XL )?(\d+)", each) for each in stated["intensity_by_daily_dose"][level]]
        assert {found[1]: Decimal(found[2]) for found in from_dose if found} == ours


MORE_INTENSE = {"simvastatin": "high", "pitavastatin": "low"}
"""VSAC calls simvastatin 80 mg high and pitavastatin 1 mg low; we follow the guideline (rules 2.8)."""


@pytest.mark.parametrize("level", ["high", "moderate", "low"])
def test_the_tablets_of_an_intensity_are_of_it(level: str) -> None:
    for each in specification()["medications"]["statin"][f"{level}_intensity"]["concepts"]:
        ((name, strength),) = [
            (n, mg) for n, mg in PRODUCTS[each["code"]].strengths.items() if n in STATIN_MODERATE_FROM
        ]
        if strength and MORE_INTENSE.get(name) != level:
            high = STATIN_HIGH_FROM.get(name, Decimal("inf")) <= Decimal(strength)
            ours = "high" if high else "moderate" if STATIN_MODERATE_FROM[name] <= Decimal(strength) else "low"
            assert ours == level or each["display"] == "fluvastatin 40 MG Oral Capsule", each  # moderate twice a day


def test_usual_maxima_are_as_specified() -> None:
    (told,) = re.findall(r"\*\*Usual maximum\*\* \(mg/day\): (.*?) \[M\]", (CLINICAL / "rules.md").read_text())
    assert {name: Decimal(dose) for name, dose in re.findall(r"(\w+)(?: erbumine)? (\d+)", told)} == USUAL_MAXIMUM
