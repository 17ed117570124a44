"""Acts: procedures done and services ordered, in SNOMED CT.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501

from hooks.terminology.concepts import SNOMED, Act, Code


def _snomed(code: str, display: str, source: str) -> Code:
    return Code(SNOMED, code, display, source)


HAEMODIALYSIS = Act(
    "haemodialysis",
    label="haemodialysis",
    codes=(
        _snomed("302497006", "Hemodialysis (procedure)", "VSAC Hemodialysis (2.16.840.1.113883.3.526.3.1083) in cqframework/ecqm-content-r4-2021; VSAC Hemodialysis (2.16.840.1.113883.3.526.3.1083) in cqframework/ecqm-content-qicore-2024"),
        _snomed("67970008", "Hemodialysis, maintenance at home (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _snomed("34897002", "Hemodialysis, maintenance in hospital (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.11.1028) in cqframework/ecqm-content-qicore-2025"),
    ),
)

PERITONEAL_DIALYSIS = Act(
    "peritoneal-dialysis",
    label="peritoneal dialysis",
    codes=(
        _snomed("71192002", "Peritoneal dialysis (procedure)", "VSAC PeritonealDialysis (2.16.840.1.113883.3.526.3.1084) in cqframework/ecqm-content-r4-2021; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _snomed("238318009", "Continuous ambulatory peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021; VSAC PeritonealDialysis (2.16.840.1.113883.3.526.3.1084) in cqframework/ecqm-content-r4-2021"),
        _snomed("428648006", "Automated peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("238319001", "Continuous cycling peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
    ),
)

DIALYSIS = Act(
    "dialysis",
    label="dialysis",
    codes=(
        _snomed("302497006", "Hemodialysis (procedure)", "VSAC Hemodialysis (2.16.840.1.113883.3.526.3.1083) in cqframework/ecqm-content-r4-2021; VSAC Hemodialysis (2.16.840.1.113883.3.526.3.1083) in cqframework/ecqm-content-qicore-2024"),
        _snomed("265764009", "Renal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.11.1028) in cqframework/ecqm-content-qicore-2025; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("108241001", "Dialysis procedure (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.11.1028) in cqframework/ecqm-content-qicore-2025; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("71192002", "Peritoneal dialysis (procedure)", "VSAC PeritonealDialysis (2.16.840.1.113883.3.526.3.1084) in cqframework/ecqm-content-r4-2021; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _snomed("11932001", "Stabilizing hemodialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _snomed("233575001", "Intermittent hemodialysis (procedure)", "VSAC HospitalBasedDialysisServices (2.16.840.1.113762.1.4.1248.199) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.11.1028) in cqframework/ecqm-content-qicore-2025"),
        _snomed("238318009", "Continuous ambulatory peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021; VSAC PeritonealDialysis (2.16.840.1.113883.3.526.3.1084) in cqframework/ecqm-content-r4-2021"),
        _snomed("428648006", "Automated peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("225230008", "Chronic peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC PeritonealDialysis (2.16.840.1.113883.3.526.3.1084) in cqframework/ecqm-content-qicore-2024"),
        _snomed("238319001", "Continuous cycling peritoneal dialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("67970008", "Hemodialysis, maintenance at home (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _snomed("34897002", "Hemodialysis, maintenance in hospital (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.11.1028) in cqframework/ecqm-content-qicore-2025"),
        _snomed("385971003", "Dialysis care (regime/therapy)", "VSAC OtherServicesRelatedtoDialysis (2.16.840.1.113883.3.464.1003.109.12.1015) in cqframework/ecqm-content-r4-2021; VSAC expansion via canvas-medical/canvas-plugins"),
    ),
)

DIALYSIS_ACUTE = Act(
    "dialysis-acute",
    label="acute renal replacement",
    codes=(
        _snomed("714749008", "Continuous renal replacement therapy (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-r4-2021"),
        _snomed("57274006", "Initial hemodialysis (procedure)", "VSAC DialysisServices (2.16.840.1.113883.3.464.1003.109.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC HospitalBasedDialysisServices (2.16.840.1.113762.1.4.1248.199) in cqframework/ecqm-content-qicore-2024"),
    ),
)

DIALYSIS_ACCESS = Act(
    "dialysis-access",
    label="creation of a dialysis access",
    codes=(
        _snomed("79827002", "Arteriovenous anastomosis for renal dialysis (procedure)", "VSAC MajorSurgicalProcedure (2.16.840.1.113883.3.3157.4056) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

PARATHYROIDECTOMY = Act("parathyroidectomy", label="parathyroidectomy", words=("parathyroidectomy",))
"""In words: no code was verified."""

KIDNEY_TRANSPLANTATION = Act(
    "kidney-transplantation",
    label="kidney transplantation",
    codes=(
        _snomed("70536003", "Transplant of kidney (procedure)", "VSAC KidneyTransplant (2.16.840.1.113883.3.464.1003.109.11.1024) in cqframework/ecqm-content-qicore-2025; VSAC KidneyTransplant (2.16.840.1.113883.3.464.1003.109.12.1012) in cqframework/ecqm-content-qicore-2025"),
    ),
)

PCI = Act(
    "pci",
    label="percutaneous coronary intervention",
    codes=(
        _snomed("415070008", "Percutaneous coronary intervention (procedure)", "VSAC PercutaneousCoronaryIntervention (2.16.840.1.113883.3.3157.2000.5) in cqframework/ecqm-content-qicore-2024; VSAC PCI (2.16.840.1.113762.1.4.1045.67) in cqframework/ecqm-content-r4-2021"),
        _snomed("11101003", "Percutaneous transluminal coronary angioplasty (procedure)", "VSAC PCI (2.16.840.1.113762.1.4.1045.67) in cqframework/ecqm-content-qicore-2024; VSAC PCI (2.16.840.1.113762.1.4.1045.67) in cqframework/ecqm-content-r4-2021"),
        _snomed("36969009", "Placement of stent in coronary artery (procedure)", "VSAC PCI (2.16.840.1.113762.1.4.1045.67) in cqframework/ecqm-content-qicore-2024; VSAC PercutaneousCoronaryIntervention (2.16.840.1.113883.3.3157.2000.5) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CABG = Act(
    "cabg",
    label="coronary artery bypass grafting",
    codes=(
        _snomed("232717009", "Coronary artery bypass grafting (procedure)", "VSAC CardiacSurgery (2.16.840.1.113883.3.526.3.371) in cqframework/ecqm-content-r4-2021; VSAC CABGSurgeries (2.16.840.1.113883.3.666.5.694) in cqframework/ecqm-content-r4-2021"),
    ),
)

PERIPHERAL_REVASCULARISATION = Act(
    "peripheral-revascularisation",
    label="peripheral revascularisation",
    codes=(
        _snomed("112828007", "Femoral-popliteal artery bypass graft (procedure)", "VSAC MajorSurgicalProcedure (2.16.840.1.113883.3.3157.4056) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _snomed("312688006", "Femoropopliteal prosthetic bypass graft (procedure)", "VSAC MajorSurgicalProcedure (2.16.840.1.113883.3.3157.4056) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _snomed("39377003", "Percutaneous transluminal femoropopliteal artery balloon angioplasty (procedure)", "VSAC MajorSurgicalProcedure (2.16.840.1.113883.3.3157.4056) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

SUPERVISED_EXERCISE = Act(
    "supervised-exercise",
    label="supervised exercise therapy",
    words=("supervised exercise", "exercise therapy", "exercise programme", "exercise program", "structured exercise", "walking programme", "walking program", "exercise rehabilitation", "vascular rehabilitation",),
)

NEPHROLOGY_REFERRAL = Act(
    "nephrology-referral",
    label="referral to nephrology",
    codes=(
        _snomed("306286007", "Referral to nephrologist (procedure)", "VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2025; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024"),
        _snomed("306125004", "Referral to nephrology service", "cqframework/cpg-example-ckd"),
    ),
)

ENDOCRINOLOGY_REFERRAL = Act(
    "endocrinology-referral",
    label="referral to endocrinology",
    codes=(
        _snomed("306278007", "Referral to endocrinologist (procedure)", "VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-r4-2021"),
    ),
)

DIETITIAN_REFERRAL = Act(
    "dietitian-referral",
    label="referral to a dietitian",
    codes=(
        _snomed("103699006", "Referral to dietitian (procedure)", "VSAC DietaryRecommendations (2.16.840.1.113883.3.600.1515) in cqframework/ecqm-content-qicore-2024; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024"),
        _snomed("306163007", "Referral to dietetics service (procedure)", "VSAC ReferralsWhereWeightAssessmentMayOccur (2.16.840.1.113883.3.600.1.1527) in cqframework/ecqm-content-r4-2021; VSAC DietaryRecommendations (2.16.840.1.113883.3.600.1511) in cqframework/ecqm-content-qicore-2025"),
    ),
)

SMOKING_CESSATION_REFERRAL = Act(
    "smoking-cessation-referral",
    label="referral to smoking cessation",
    codes=(
        _snomed("395700008", "Referral to smoking cessation advisor (procedure)", "VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-qicore-2024"),
        _snomed("315232003", "Referral to stop-smoking clinic (procedure)", "VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-qicore-2024"),
    ),
)

SMOKING_CESSATION_COUNSELLING = Act(
    "smoking-cessation-counselling",
    label="smoking cessation counselling",
    codes=(
        _snomed("225323000", "Smoking cessation education (procedure)", "VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-qicore-2024"),
        _snomed("710081004", "Smoking cessation therapy (regime/therapy)", "VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUseCessationCounseling (2.16.840.1.113883.3.526.3.509) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CARDIOLOGY_REFERRAL = Act(
    "cardiology-referral",
    label="referral to cardiology",
    codes=(
        _snomed("308471005", "Referral to cardiologist (procedure)", "VSAC Referral (2.16.840.1.113883.3.464.1003.101.11.1215) in cqframework/ecqm-content-qicore-2025; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024"),
    ),
)

VASCULAR_SURGERY_REFERRAL = Act(
    "vascular-surgery-referral",
    label="referral to vascular surgery",
    codes=(
        _snomed("307777008", "Referral to vascular surgeon (procedure)", "VSAC Referral (2.16.840.1.113883.3.464.1003.101.11.1215) in cqframework/ecqm-content-qicore-2025; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024"),
        _snomed("448761000124106", "Referral to endovascular specialist (procedure)", "VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-qicore-2024; VSAC Referral (2.16.840.1.113883.3.464.1003.101.12.1046) in cqframework/ecqm-content-r4-2021"),
    ),
)

NIL_BY_MOUTH = Act(
    "nil-by-mouth",
    label="nil by mouth",
    codes=(
        _snomed("182923009", "Nil by mouth", "Yeovil District Hospital alert list with SNOMED CT (ydh_alert_list)"),
    ),
    words=("nil by mouth", "nothing by mouth", "npo",),
)

FASTING_PROCEDURE = Act(
    "fasting-procedure",
    label="a procedure with fasting or anaesthesia, named in words",
    words=("elective surgery", "scheduled surgery", "surgical procedure", "general anaesthesia", "general anesthesia", "colonoscopy", "bowel preparation",),
)

ACTS: tuple[Act, ...] = (
    HAEMODIALYSIS,
    PERITONEAL_DIALYSIS,
    DIALYSIS,
    DIALYSIS_ACUTE,
    DIALYSIS_ACCESS,
    KIDNEY_TRANSPLANTATION,
    PARATHYROIDECTOMY,
    PCI,
    CABG,
    PERIPHERAL_REVASCULARISATION,
    SUPERVISED_EXERCISE,
    NEPHROLOGY_REFERRAL,
    ENDOCRINOLOGY_REFERRAL,
    DIETITIAN_REFERRAL,
    SMOKING_CESSATION_REFERRAL,
    SMOKING_CESSATION_COUNSELLING,
    CARDIOLOGY_REFERRAL,
    VASCULAR_SURGERY_REFERRAL,
    NIL_BY_MOUTH,
    FASTING_PROCEDURE,
)
