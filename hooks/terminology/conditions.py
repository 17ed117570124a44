"""Problems: clinical states recorded as Conditions, in SNOMED CT and ICD-10-CM.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501

from hooks.terminology.concepts import ICD10CM, SNOMED, Code, Problem


def _snomed(code: str, display: str, source: str) -> Code:
    return Code(SNOMED, code, display, source)


def _icd(code: str, display: str, source: str) -> Code:
    return Code(ICD10CM, code, display, source)


CKD_ANY = Problem(
    "ckd-any",
    label="chronic kidney disease",
    codes=(
        _snomed("709044004", "Chronic kidney disease (disorder)", "HL7/US-Core; cqframework/cpg-example-ckd"),
        _icd("E11.22", "Type 2 diabetes mellitus with diabetic chronic kidney disease", "VSAC PreexistingDiabetes (2.16.840.1.113762.1.4.1029.275) in cqframework/ecqm-content-qicore-2024; VSAC DiabeticNephropathy (2.16.840.1.113883.3.464.1003.109.12.1004) in cqframework/ecqm-content-r4-2021"),
    ),
    prefixes=(
        _icd("N18", "Chronic kidney disease (CKD)", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I12", "Hypertensive chronic kidney disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I13", "Hypertensive heart and chronic kidney disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

CKD_STAGE_1 = Problem(
    "ckd-stage-1",
    label="CKD G1",
    codes=(
        _snomed("431855005", "Chronic kidney disease stage 1 (disorder)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv"),
        _icd("N18.1", "Chronic kidney disease, stage 1", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_2 = Problem(
    "ckd-stage-2",
    label="CKD G2",
    codes=(
        _snomed("431856006", "Chronic kidney disease stage 2", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; smart-on-fhir/generated-sample-data"),
        _icd("N18.2", "Chronic kidney disease, stage 2 (mild)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_3 = Problem(
    "ckd-stage-3",
    label="CKD G3",
    codes=(
        _snomed("433144002", "Chronic kidney disease stage 3 (disorder)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv"),
        _icd("N18.3", "Chronic kidney disease, stage 3 (moderate)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("N18.30", "Chronic kidney disease, stage 3 unspecified", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_3A = Problem(
    "ckd-stage-3a",
    label="CKD G3a",
    codes=(
        _snomed("700378005", "Chronic kidney disease stage 3A (disorder)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC expansion via canvas-medical/canvas-plugins"),
        _icd("N18.31", "Chronic kidney disease, stage 3a", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_3B = Problem(
    "ckd-stage-3b",
    label="CKD G3b",
    codes=(
        _snomed("700379002", "Chronic kidney disease stage 3B (disorder)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC expansion via canvas-medical/canvas-plugins"),
        _icd("N18.32", "Chronic kidney disease, stage 3b", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_4 = Problem(
    "ckd-stage-4",
    label="CKD G4",
    codes=(
        _snomed("431857002", "Chronic kidney disease stage 4 (disorder)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv"),
        _icd("N18.4", "Chronic kidney disease, stage 4 (severe)", "VSAC KidneyFailure (2.16.840.1.113883.3.464.1003.109.12.1028) in cqframework/ecqm-content-r4-2021; VSAC RenalDisease (2.16.840.1.113762.1.4.1029.335) in cqframework/ecqm-content-qicore-2024"),
    ),
)

CKD_STAGE_5 = Problem(
    "ckd-stage-5",
    label="CKD G5",
    codes=(
        _snomed("433146000", "Chronic kidney disease stage 5", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC AdvancedIllness (2.16.840.1.113883.3.464.1003.110.11.1151) in cqframework/ecqm-content-qicore-2025"),
        _icd("N18.5", "Chronic kidney disease, stage 5", "VSAC AdvancedIllness (2.16.840.1.113883.3.464.1003.110.12.1082) in cqframework/ecqm-content-r4-2021; VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021"),
    ),
)

ESRD = Problem(
    "esrd",
    label="end-stage kidney disease",
    codes=(
        _snomed("46177005", "End-stage renal disease", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.3.353) in cqframework/ecqm-content-r4-2021"),
        _snomed("236434000", "End stage renal failure untreated by renal replacement therapy", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.2.590) in cqframework/ecqm-content-qicore-2025"),
        _snomed("236435004", "End stage renal failure on dialysis", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.3.353) in cqframework/ecqm-content-qicore-2024"),
        _icd("N18.6", "End stage renal disease", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.3.353) in cqframework/ecqm-content-qicore-2024"),
    ),
)

ESRD_UNTREATED = Problem(
    "esrd-untreated",
    label="end-stage kidney disease, untreated",
    codes=(
        _snomed("236434000", "End stage renal failure untreated by renal replacement therapy", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.2.590) in cqframework/ecqm-content-qicore-2025"),
    ),
)

DIALYSIS_STATUS = Problem(
    "dialysis-status",
    label="dialysis status",
    codes=(
        _snomed("105502003", "Dependence on renal dialysis", "OHDSI/PhenotypeLibrary"),
        _snomed("236435004", "End stage renal failure on dialysis", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.3.353) in cqframework/ecqm-content-qicore-2024"),
        _snomed("714152005", "Chronic kidney disease stage 5 on dialysis (disorder)", "hl7germany/forschungsnetz-covid19 ChronicKidneyDiseases.fsh"),
        _icd("Z99.2", "Dependence on renal dialysis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

DIALYSIS_SUPPORTING = Problem(
    "dialysis-supporting",
    label="supporting evidence of dialysis (access, complication, care)",
    codes=(),
    prefixes=(
        _icd("T82.4", "Mechanical complication of vascular dialysis catheter", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("Z49", "Encounter for care involving renal dialysis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

KIDNEY_TRANSPLANT = Problem(
    "kidney-transplant",
    label="kidney transplant",
    codes=(
        _snomed("737295003", "Transplanted kidney present", "OHDSI/PhenotypeLibrary"),
        _snomed("161665007", "History of renal transplant (situation)", "VSAC KidneyTransplantRecipient (2.16.840.1.113883.3.464.1003.109.12.1029) in cqframework/ecqm-content-r4-2021; google/fhir R4 spec package"),
        _snomed("236436003", "End stage renal failure with renal transplant", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC EndStageRenalDisease (2.16.840.1.113883.3.526.3.353) in cqframework/ecqm-content-qicore-2025"),
        _icd("Z94.0", "Kidney transplant status", "VSAC KidneyTransplantRecipient (2.16.840.1.113883.3.464.1003.109.12.1029) in cqframework/ecqm-content-r4-2021; VSAC KidneyTransplantRecipient (2.16.840.1.113883.3.464.1003.109.11.1060) in cqframework/ecqm-content-qicore-2025"),
    ),
    prefixes=(
        _icd("T86.1", "Complications of kidney transplant", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    excluded=("T86.12",),
)

AKI = Problem(
    "aki",
    label="acute kidney injury",
    codes=(),
    prefixes=(
        _icd("N17", "Acute kidney failure", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

TUMOUR_LYSIS_RHABDOMYOLYSIS = Problem(
    "tumour-lysis-rhabdomyolysis",
    label="tumour lysis or rhabdomyolysis",
    codes=(
        _icd("E88.3", "Tumor lysis syndrome", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("M62.82", "Rhabdomyolysis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("T79.6", "Traumatic ischemia of muscle", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

TYPE_2_DIABETES = Problem(
    "type2-diabetes",
    label="type 2 diabetes",
    codes=(
        _snomed("44054006", "Diabetes mellitus type 2 (disorder)", "VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-r4-2021; VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("E11", "Type 2 diabetes mellitus", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

TYPE_1_DIABETES = Problem(
    "type1-diabetes",
    label="type 1 diabetes",
    codes=(
        _snomed("46635009", "Diabetes mellitus type 1 (disorder)", "VSAC Type1Diabetes (2.16.840.1.113883.3.464.1003.103.12.1020) in cqframework/ecqm-content-qicore-2024; VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-r4-2021"),
    ),
    prefixes=(
        _icd("E10", "Type 1 diabetes mellitus", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

DIABETES_UNSPECIFIED = Problem(
    "diabetes-unspecified",
    label="diabetes mellitus, type not stated",
    codes=(
        _snomed("73211009", "Diabetes mellitus", "OHDSI/PhenotypeLibrary; google/fhir R4 spec package"),
    ),
    prefixes=(
        _icd("E13", "Other specified diabetes mellitus", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPERTENSION = Problem(
    "hypertension",
    label="hypertension",
    codes=(
        _snomed("38341003", "Hypertensive disorder, systemic arterial (disorder)", "VSAC DiagnosisofHypertension (2.16.840.1.113883.3.600.263) in cqframework/ecqm-content-qicore-2024; VSAC FindingOfHypertension (2.16.840.1.113883.3.600.2395) in cqframework/ecqm-content-qicore-2025"),
        _snomed("59621000", "Essential hypertension (disorder)", "VSAC EssentialHypertension (2.16.840.1.113883.3.464.1003.104.11.1029) in cqframework/ecqm-content-qicore-2025; VSAC DiagnosisOfHypertension (2.16.840.1.113883.3.600.263) in cqframework/ecqm-content-qicore-2025"),
        _icd("I10", "Essential (primary) hypertension", "VSAC DiagnosisOfHypertension (2.16.840.1.113883.3.600.261) in cqframework/ecqm-content-qicore-2025; VSAC Hypertension (2.16.840.1.113762.1.4.1029.332) in cqframework/ecqm-content-qicore-2024"),
        _icd("I1A.0", "Resistant hypertension", "VSAC CardiacDisease (2.16.840.1.113762.1.4.1029.341) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
    prefixes=(
        _icd("I11", "Hypertensive heart disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I12", "Hypertensive chronic kidney disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I13", "Hypertensive heart and chronic kidney disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I15", "Secondary hypertension", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPERCALCAEMIA = Problem(
    "hypercalcaemia",
    label="hypercalcaemia",
    codes=(
        _snomed("66931009", "Hypercalcemia (disorder)", "Dutch FHIR IG ($sct#66931009 \"Hypercalcemia\"); medpagetoday calcium lab page lists it"),
        _icd("E83.52", "Hypercalcemia", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPOCALCAEMIA = Problem(
    "hypocalcaemia",
    label="hypocalcaemia",
    codes=(
        _snomed("5291005", "Hypocalcemia (disorder)", "ConceptMap target 5291005 'Hypocalcemia' equivalence equivalent; medpagetoday calcium lab page lists it"),
        _icd("E83.51", "Hypocalcemia", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPOPARATHYROIDISM = Problem(
    "hypoparathyroidism",
    label="hypoparathyroidism or state after parathyroidectomy",
    codes=(
        _icd("E89.2", "Postprocedural hypoparathyroidism", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E83.81", "Hungry bone syndrome", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("E20", "Hypoparathyroidism", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

GRANULOMATOUS_DISEASE = Problem(
    "granulomatous-disease",
    label="granulomatous disease",
    codes=(),
    prefixes=(
        _icd("D86", "Sarcoidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("A15", "Respiratory tuberculosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("A17", "Tuberculosis of nervous system", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("A18", "Tuberculosis of other organs", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("A19", "Miliary tuberculosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("sarcoidosis", "granulomatous disease",),
)

PRIMARY_HYPERPARATHYROIDISM = Problem(
    "primary-hyperparathyroidism",
    label="primary hyperparathyroidism",
    codes=(
        _snomed("36348003", "Primary hyperparathyroidism (disorder)", "VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-r4-2021; VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-qicore-2024"),
        _icd("E21.0", "Primary hyperparathyroidism", "VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-r4-2021; VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-qicore-2024"),
    ),
    words=("primary hyperparathyroidism",),
    not_words=("no primary hyperparathyroidism", "family history",),
)

TERTIARY_HYPERPARATHYROIDISM = Problem(
    "tertiary-hyperparathyroidism",
    label="tertiary hyperparathyroidism",
    codes=(
        _snomed("78200003", "Tertiary hyperparathyroidism (disorder)", "VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-r4-2021; VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-qicore-2024"),
        _icd("E21.2", "Other hyperparathyroidism", "VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-r4-2021; VSAC Hyperparathyroidism (2.16.840.1.113883.3.464.1003.117.12.1016) in cqframework/ecqm-content-qicore-2024"),
    ),
    words=("tertiary hyperparathyroidism",),
)

PARATHYROID_CARCINOMA = Problem(
    "parathyroid-carcinoma",
    label="parathyroid carcinoma",
    codes=(
        _icd("C75.0", "Malignant neoplasm of parathyroid gland", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("parathyroid carcinoma", "parathyroid cancer",),
    not_words=("family history",),
)

CALCIPHYLAXIS = Problem(
    "calciphylaxis",
    label="calciphylaxis",
    codes=(
        _icd("E83.59", "Other disorders of calcium metabolism", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("calciphylaxis", "calcific uremic arteriolopathy", "calcific uraemic arteriolopathy",),
    words_required=True,
)

CORONARY_CALCIFICATION = Problem(
    "coronary-calcification",
    label="coronary artery calcification",
    codes=(
        _snomed("445512009", "Calcification of coronary artery (disorder)", "lung-screening FHIR IG fsh ($sct#445512009)"),
        _snomed("92517006", "Calcific coronary arteriosclerosis (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.2.120) in cqframework/ecqm-content-qicore-2025; VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-qicore-2024"),
        _icd("I25.84", "Coronary atherosclerosis due to calcified coronary lesion", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
    ),
)

VALVE_CALCIFICATION = Problem(
    "valve-calcification",
    label="aortic valve calcification",
    codes=(
        _snomed("250978003", "Aortic valve calcification (disorder)", "lung-screening FHIR IG fsh ($sct#250978003)"),
    ),
)

POSSIBLE_CALCIFICATION = Problem(
    "possible-calcification",
    label="atherosclerosis of the aorta or calcification named in text (proxy)",
    codes=(
        _snomed("81817003", "Atherosclerosis of aorta (disorder)", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
        _icd("I70.0", "Atherosclerosis of aorta", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
        _icd("I77.89", "Other specified disorders of arteries and arterioles", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("vascular calcification", "arterial calcification", "aortic calcification", "Monckeberg", "medial calcific",),
)

MYOCARDIAL_INFARCTION = Problem(
    "ascvd-mi",
    label="myocardial infarction",
    codes=(
        _snomed("22298006", "Myocardial infarction (disorder)", "VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2024; VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2025"),
        _snomed("57054005", "Acute myocardial infarction (disorder)", "VSAC MyocardialInfarction (2.16.840.1.113762.1.4.1108.101) in cqframework/ecqm-content-qicore-2024; VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2024"),
        _snomed("399211009", "History of myocardial infarction", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; smart-on-fhir/generated-sample-data"),
        _snomed("401303003", "Acute ST segment elevation myocardial infarction (disorder)", "VSAC MyocardialInfarction (2.16.840.1.113762.1.4.1108.101) in cqframework/ecqm-content-qicore-2024; VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2024"),
        _snomed("401314000", "Acute non-ST segment elevation myocardial infarction (disorder)", "VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2024; VSAC InitialMyocardialInfarction (2.16.840.1.113883.3.526.3.403) in cqframework/ecqm-content-qicore-2025"),
        _icd("I25.2", "Old myocardial infarction", "VSAC CardiacDisease (2.16.840.1.113762.1.4.1029.341) in cqframework/ecqm-content-qicore-2024; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("I21", "Acute myocardial infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I22", "Subsequent ST elevation (STEMI) and non-ST elevation (NSTEMI) myocardial infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

CORONARY_DISEASE = Problem(
    "coronary-disease",
    label="coronary artery disease",
    codes=(
        _snomed("53741008", "Coronary arteriosclerosis (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-r4-2021; VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-qicore-2024"),
        _snomed("443502000", "Atherosclerosis of coronary artery (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-r4-2021; VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-qicore-2025"),
        _snomed("414545008", "Ischemic heart disease (disorder)", "VSAC IschemicHeartDiseaseorRelatedDiagnoses (2.16.840.1.113762.1.4.1047.46) in cqframework/ecqm-content-qicore-2024; VSAC IschemicHeartDiseaseorOtherRelatedDiagnoses (2.16.840.1.113762.1.4.1047.46) in cqframework/ecqm-content-r4-2021"),
    ),
    prefixes=(
        _icd("I25.1", "Atherosclerotic heart disease of native coronary artery", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.7", "Atherosclerosis of coronary artery bypass graft(s) and coronary artery of transplanted heart with angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.8", "Other forms of chronic ischemic heart disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    excluded=("I25.84",),
)

ANGINA = Problem(
    "angina",
    label="angina",
    codes=(
        _snomed("194828000", "Angina (disorder)", "VSAC StableandUnstableAngina (2.16.840.1.113762.1.4.1047.47) in cqframework/ecqm-content-qicore-2024; VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-qicore-2025"),
        _snomed("233819005", "Stable angina (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-qicore-2024; VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-r4-2021"),
        _snomed("4557003", "Preinfarction syndrome (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-r4-2021; VSAC StableandUnstableAngina (2.16.840.1.113762.1.4.1047.47) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("I20", "Angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.11", "Atherosclerotic heart disease of native coronary artery with angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

UNSTABLE_ANGINA = Problem(
    "unstable-angina",
    label="unstable angina",
    codes=(
        _snomed("4557003", "Preinfarction syndrome (disorder)", "VSAC CoronaryArteryDiseaseNoMI (2.16.840.1.113883.3.526.3.369) in cqframework/ecqm-content-r4-2021; VSAC StableandUnstableAngina (2.16.840.1.113762.1.4.1047.47) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("I20.0", "Unstable angina", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.110", "Atherosclerotic heart disease of native coronary artery with unstable angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.700", "Atherosclerosis of coronary artery bypass graft(s), unspecified, with unstable angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.710", "Atherosclerosis of autologous vein coronary artery bypass graft(s) with unstable angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I25.720", "Atherosclerosis of autologous artery coronary artery bypass graft(s) with unstable angina pectoris", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("unstable angina", "preinfarction", "acute coronary syndrome",),
)

SEVERE_CORONARY_CALCIFICATION = Problem(
    "severe-coronary-calcification",
    label="severe coronary calcification, named in words",
    codes=(),
    words=("severe coronary calcification", "severe coronary artery calcification", "severe calcification of coronary artery", "heavy coronary calcification", "heavy coronary artery calcification", "heavy calcification of coronary artery", "extensive coronary calcification", "extensive coronary artery calcification", "extensive calcification of coronary artery", "severely calcified coronary", "heavily calcified coronary", "extensively calcified coronary",),
    not_words=("no severe", "no heavy", "no extensive", "without severe", "without heavy", "family history",),
)

CORONARY_FINDINGS = Problem(
    "coronary-findings",
    label="a stenosis, an FFR or a SYNTAX score in words (staging/coronary.py reads what it says)",
    codes=(),
    words=("stenosis", "stenoses", "stenosed", "ffr", "fractional flow reserve", "syntax score", "syntax i score",),
)

MULTIVESSEL_DISEASE = Problem(
    "multivessel-disease",
    label="multivessel coronary disease, named in words",
    codes=(),
    words=("multivessel", "multi-vessel", "multi vessel", "two-vessel", "two vessel", "2-vessel", "2 vessel", "double-vessel", "double vessel", "three-vessel", "three vessel", "3-vessel", "3 vessel", "triple-vessel", "triple vessel",),
    not_words=("no multivessel", "without multivessel", "peripheral", "limb", "cerebral", "small vessel", "family history",),
)

LEFT_MAIN_DISEASE = Problem(
    "left-main-disease",
    label="left main disease, named in words",
    codes=(),
    words=("left main disease", "left main stenosis", "left main coronary disease", "left main coronary stenosis", "left main coronary artery disease", "left main coronary artery stenosis", "left main stem disease", "left main stem stenosis", "stenosis of left main", "stenosis of the left main",),
    not_words=("no left main", "without left main", "no significant left main", "family history",),
)

SURGERY_DECLINED = Problem(
    "surgery-declined",
    label="surgery declined by the patient",
    codes=(
        _snomed("105480006", "Procedure declined by patient (situation)", "VSAC PatientDeclined (2.16.840.1.113883.3.526.3.1582) in cqframework/ecqm-content-qicore-2024; VSAC PatientReason (2.16.840.1.113883.3.526.3.1008) in cqframework/ecqm-content-qicore-2024"),
    ),
    words=("surgery declined", "declined surgery", "declines surgery", "bypass declined", "cabg declined",),
)

STROKE_TIA = Problem(
    "ascvd-stroke-tia",
    label="ischaemic stroke or TIA",
    codes=(
        _snomed("230690007", "Cerebrovascular accident (disorder)", "VSAC CerebrovascularDisease,Stroke,TIA (2.16.840.1.113762.1.4.1047.44) in cqframework/ecqm-content-r4-2021; VSAC IschemicStroke (2.16.840.1.113883.3.117.1.7.1.247) in cqframework/ecqm-content-qicore-2024"),
        _snomed("422504002", "Ischemic stroke (disorder)", "VSAC IschemicStroke (2.16.840.1.113883.3.117.1.7.1.247) in cqframework/ecqm-content-r4-2021; VSAC IschemicStroke (2.16.840.1.113883.3.117.1.7.1.247) in cqframework/ecqm-content-qicore-2024"),
        _snomed("266257000", "Transient ischemic attack (disorder)", "VSAC CerebrovascularDiseaseStrokeorTIA (2.16.840.1.113762.1.4.1047.44) in cqframework/ecqm-content-qicore-2024; VSAC CerebrovascularDisease,Stroke,TIA (2.16.840.1.113762.1.4.1047.44) in cqframework/ecqm-content-r4-2021"),
        _icd("Z86.73", "Personal history of transient ischemic attack (TIA), and cerebral infarction without residual deficits", "VSAC CerebrovascularDiseaseStrokeorTIA (2.16.840.1.113762.1.4.1047.44) in cqframework/ecqm-content-qicore-2024; VSAC CerebrovascularDisease,Stroke,TIA (2.16.840.1.113762.1.4.1047.44) in cqframework/ecqm-content-r4-2021"),
    ),
    prefixes=(
        _icd("I63", "Cerebral infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("G45", "Transient cerebral ischemic attacks and related syndromes", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

CAROTID_STENOSIS = Problem(
    "carotid-stenosis",
    label="carotid stenosis",
    codes=(
        _snomed("64586002", "Carotid artery stenosis (disorder)", "FHIR IG fsh ($sct#64586002)"),
    ),
    prefixes=(
        _icd("I65.2", "Occlusion and stenosis of carotid artery", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

PERIPHERAL_ARTERY_DISEASE = Problem(
    "ascvd-pad",
    label="peripheral artery disease",
    codes=(
        _snomed("399957001", "Peripheral arterial occlusive disease (disorder)", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
        _snomed("400047006", "Peripheral vascular disease", "OHDSI/PhenotypeLibrary; chronic-care/sample-data"),
        _icd("I73.9", "Peripheral vascular disease, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("I70.2", "Atherosclerosis of native arteries of the extremities", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

CLAUDICATION = Problem(
    "claudication",
    label="claudication",
    codes=(
        _snomed("63491006", "Intermittent claudication (finding)", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
        _snomed("792845002", "Intermittent claudication due to atherosclerosis of artery of limb (finding)", "VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-r4-2021; VSAC AtherosclerosisandPeripheralArterialDisease (2.16.840.1.113762.1.4.1047.21) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("I70.21", "Atherosclerosis of native arteries of extremities with intermittent claudication", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("claudication",),
    not_words=(
        "neurogenic", "spinal", "jaw", "tongue", "venous", "no claudication", "without claudication", "denies claudication",
        "no intermittent claudication", "without intermittent claudication", "claudication resolved", "family history",
    ),
)

LIMB_THREATENING_ISCHAEMIA = Problem(
    "clti",
    label="chronic limb-threatening ischaemia",
    codes=(),
    prefixes=(
        _icd("I70.22", "Atherosclerosis of native arteries of extremities with rest pain", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I70.23", "Atherosclerosis of native arteries of right leg with ulceration", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I70.24", "Atherosclerosis of native arteries of left leg with ulceration", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I70.25", "Atherosclerosis of native arteries of other extremities with ulceration", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I70.26", "Atherosclerosis of native arteries of extremities with gangrene", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E11.52", "Type 2 diabetes mellitus with diabetic peripheral angiopathy with gangrene", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("critical limb ischemia", "critical limb ischaemia", "critical lower limb ischemia", "critical lower limb ischaemia", "limb-threatening ischemia", "limb-threatening ischaemia", "limb threatening ischemia", "limb threatening ischaemia", "critical leg ischemia", "critical leg ischaemia", "clti",),
    not_words=("no critical", "without critical", "acute limb", "no limb-threatening", "without limb-threatening", "family history",),
)

LONG_LIMB_OCCLUSION = Problem(
    "long-limb-occlusion",
    label="long occlusion of a limb artery, named in words",
    codes=(),
    words=("long occlusion", "long-segment occlusion", "long segment occlusion", "long femoropopliteal occlusion", "long sfa occlusion", "long superficial femoral artery occlusion",),
    not_words=("no long", "without long", "coronary", "carotid",),
)

BOWEL_OBSTRUCTION = Problem(
    "bowel-obstruction",
    label="bowel obstruction or ileus",
    codes=(
        _snomed("81060008", "Intestinal obstruction", "OHDSI/PhenotypeLibrary"),
        _snomed("55525008", "Paralytic ileus (disorder)", "SNOMED International release note text '55525008 |Paralytic ileus (disorder)|'"),
        _icd("K56.41", "Fecal impaction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("K56", "Paralytic ileus and intestinal obstruction without hernia", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

ACTIVE_LIVER_DISEASE = Problem(
    "active-liver-disease",
    label="active liver disease",
    codes=(
        _snomed("59927004", "Hepatic failure (disorder)", "VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-qicore-2024; VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-r4-2021"),
        _snomed("19943007", "Cirrhosis of liver", "VSAC Advanced_Illness (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC ChronicLiverDisease (2.16.840.1.113883.3.464.1003.199.12.1035) in cqframework/ecqm-content-r4-2021"),
        _snomed("37871000", "Acute hepatitis (disorder)", "VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-r4-2021; VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-qicore-2024"),
        _snomed("328383001", "Chronic liver disease (disorder)", "VSAC ChronicLiverDisease (2.16.840.1.113883.3.464.1003.199.12.1035) in cqframework/ecqm-content-r4-2021; VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-qicore-2024"),
        _icd("K76.7", "Hepatorenal syndrome", "VSAC ChronicLiverDisease (2.16.840.1.113883.3.464.1003.199.12.1035) in cqframework/ecqm-content-r4-2021; VSAC LiverDiseaseModeratetoSevere (2.16.840.1.113762.1.4.1248.137) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("K70.3", "Alcoholic cirrhosis of liver", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K72", "Hepatic failure, not elsewhere classified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K74.6", "Other and unspecified cirrhosis of liver", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("B15", "Acute hepatitis A", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("B16", "Acute hepatitis B", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("B17", "Other acute viral hepatitis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K71", "Toxic liver disease", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

PREGNANCY = Problem(
    "pregnancy",
    label="pregnancy",
    codes=(
        _snomed("77386006", "Pregnant (finding)", "VSAC ComplicationsofPregnancy,ChildbirthandthePuerperium (2.16.840.1.113883.3.464.1003.111.12.1012) in cqframework/ecqm-content-r4-2021; VSAC PregnancyorOtherRelatedDiagnoses (2.16.840.1.113883.3.600.1.1623) in cqframework/ecqm-content-r4-2021"),
        _icd("Z33.1", "Pregnant state, incidental", "VSAC PregnantState (2.16.840.1.113883.3.3157.4055) in cqframework/ecqm-content-qicore-2024; VSAC PregnancyObstetricorMaternalDiagnoses (2.16.840.1.113883.3.600.1.1623) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("Z34", "Encounter for supervision of normal pregnancy", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("Z3A", "Weeks of gestation", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("O", "Pregnancy, childbirth and the puerperium (chapter O00-O9A)", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

LACTATION = Problem(
    "lactation",
    label="lactation",
    codes=(
        _icd("Z39.1", "Encounter for care and examination of lactating mother", "VSAC Breastfeeding (2.16.840.1.113762.1.4.1047.73) in cqframework/ecqm-content-r4-2021; VSAC Breastfeeding (2.16.840.1.113762.1.4.1047.73) in cqframework/ecqm-content-qicore-2024"),
    ),
    words=("breastfeeding", "breast-feeding", "breast feeding", "lactating",),
    not_words=("not breastfeeding", "not breast-feeding", "not lactating", "no breastfeeding", "history of", "family history",),
)

TOBACCO_USE = Problem(
    "tobacco-use",
    label="tobacco use",
    codes=(
        _snomed("110483000", "Tobacco user (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
        _snomed("56294008", "Nicotine dependence (disorder)", "VSAC Psychiatric_MentalHealthDiagnosis (2.16.840.1.113883.3.117.1.7.1.299) in cqframework/ecqm-content-r4-2021; OHDSI/PhenotypeLibrary"),
        _snomed("89765005", "Tobacco dependence syndrome (disorder)", "VSAC Psychiatric_MentalHealthDiagnosis (2.16.840.1.113883.3.117.1.7.1.299) in cqframework/ecqm-content-r4-2021"),
        _icd("Z72.0", "Tobacco use", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("F17.2", "Nicotine dependence", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HOSPICE = Problem(
    "hospice",
    label="hospice care or terminal illness",
    codes=(
        _snomed("385763009", "Hospice care", "VSAC Hospice_Intervention (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC PalliativeorHospiceCare (2.16.840.1.113883.3.600.1.1579) in cqframework/ecqm-content-r4-2021"),
        _snomed("170935008", "Full care by hospice", "VSAC Hospice_Intervention (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC HospiceDiagnosis (2.16.840.1.113883.3.464.1003.1165) in cqframework/ecqm-content-qicore-2024"),
        _snomed("305336008", "Admission to hospice", "VSAC Nonacute_Inpatient (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC Hospice_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021"),
        _snomed("183919006", "Urgent admission to hospice", "VSAC Hospice_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC HospiceEncounter (2.16.840.1.113883.3.464.1003.1002) in cqframework/ecqm-content-qicore-2025"),
        _snomed("183920000", "Routine admission to hospice", "VSAC Hospice_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC HospiceCareReferralorAdmission (2.16.840.1.113762.1.4.1116.365) in cqframework/ecqm-content-r4-2021"),
        _snomed("183921001", "Admission to hospice for respite", "VSAC Nonacute_Inpatient (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC Hospice_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021"),
        _snomed("428361000124107", "Discharge to home for hospice care (procedure)", "VSAC DischargedtoHomeforHospiceCare (2.16.840.1.113883.3.117.1.7.1.209) in cqframework/ecqm-content-qicore-2024; VSAC HospiceCareReferralorAdmission (2.16.840.1.113762.1.4.1116.365) in cqframework/ecqm-content-qicore-2024"),
        _snomed("428371000124100", "Discharge to healthcare facility for hospice care (procedure)", "VSAC HospiceCareReferralorAdmission (2.16.840.1.113762.1.4.1116.365) in cqframework/ecqm-content-qicore-2024; VSAC DischargedtoHealthCareFacilityforHospiceCare (2.16.840.1.113883.3.117.1.7.1.207) in cqframework/ecqm-content-r4-2021"),
        _snomed("300936002", "Terminal illness (finding)", "VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-qicore-2024; VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-r4-2021"),
        _snomed("162607003", "Terminal illness - early stage (finding)", "VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-qicore-2024; VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-r4-2021"),
        _snomed("162608008", "Terminal illness - late stage (finding)", "VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-r4-2021; VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-qicore-2024"),
        _snomed("170969009", "Prognosis bad (finding)", "VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-qicore-2024; VSAC LimitedLifeExpectancy (2.16.840.1.113883.3.526.3.1259) in cqframework/ecqm-content-r4-2021"),
    ),
)

PALLIATIVE = Problem(
    "palliative",
    label="palliative care",
    codes=(
        _snomed("103735009", "Palliative care", "VSAC Palliative_Care_Intervention (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC PalliativeCareIntervention (2.16.840.1.113883.3.464.1003.198.12.1135) in cqframework/ecqm-content-qicore-2024"),
        _snomed("305824005", "Seen by palliative care medicine service", "VSAC Palliative_Care_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC PalliativeCareDiagnosis (2.16.840.1.113883.3.464.1003.1167) in cqframework/ecqm-content-qicore-2024"),
        _icd("Z51.5", "Encounter for palliative care", "VSAC Palliative_Care_Encounter (ValueSet) in cqframework/ecqm-content-r4-2021; VSAC PalliativeCareDiagnosis (2.16.840.1.113883.3.464.1003.1167) in cqframework/ecqm-content-qicore-2025"),
    ),
)

STATIN_INTOLERANCE = Problem(
    "statin-intolerance",
    label="statin-associated muscle symptoms or rhabdomyolysis",
    codes=(
        _snomed("16462851000119106", "Myalgia caused by statin (finding)", "VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-qicore-2024; VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-r4-2021"),
        _snomed("240101000", "Drug-induced myopathy (disorder)", "VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-r4-2021; VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-qicore-2024"),
        _icd("G72.0", "Drug-induced myopathy", "VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-r4-2021; VSAC StatinAssociatedMuscleSymptoms (2.16.840.1.113762.1.4.1108.85) in cqframework/ecqm-content-qicore-2024"),
        _icd("M62.82", "Rhabdomyolysis", "VSAC Rhabdomyolysis (2.16.840.1.113762.1.4.1047.102) in cqframework/ecqm-content-r4-2021; VSAC Rhabdomyolysis (2.16.840.1.113762.1.4.1047.102) in cqframework/ecqm-content-qicore-2024"),
    ),
    prefixes=(
        _icd("T46.6X5", "Adverse effect of antihyperlipidemic and antiarteriosclerotic drugs", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("statin intolerance", "statin intolerant", "intolerance to statin", "intolerance to statins", "intolerance of statins", "intolerant to statins", "intolerant of statins", "statin-associated muscle symptoms", "statin associated muscle symptoms", "statin myopathy", "statin-induced myopathy", "statin myalgia",),
    not_words=("no statin intolerance", "no intolerance", "family history",),
)

DYSLIPIDAEMIA = Problem(
    "dyslipidaemia",
    label="dyslipidaemia",
    codes=(
        _snomed("55822004", "Hyperlipidemia (disorder)", "HL7/fhir-transitions-of-care-ig BSJ-Hyperlipidemia.fsh"),
        _icd("E78.5", "Hyperlipidemia, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("dyslipidaemia", "dyslipidemia", "hyperlipidaemia", "hyperlipidemia", "hypercholesterolaemia", "hypercholesterolemia",),
)

HAEMOCHROMATOSIS = Problem(
    "haemochromatosis",
    label="haemochromatosis",
    codes=(),
    prefixes=(
        _icd("E83.11", "Hemochromatosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

IRON_OVERLOAD = Problem(
    "iron-overload",
    label="iron overload",
    codes=(),
    prefixes=HAEMOCHROMATOSIS.prefixes,
    words=("iron overload", "haemochromatosis", "hemochromatosis", "haemosiderosis", "hemosiderosis",),
    not_words=("family history", "no iron overload", "carrier",),
)

ATRIAL_FIBRILLATION = Problem(
    "atrial-fibrillation",
    label="atrial fibrillation",
    codes=(
        _snomed("49436004", "Atrial fibrillation (disorder)", "VSAC AtrialFibrillationorFlutter (2.16.840.1.113883.3.117.1.7.1.202) in cqframework/ecqm-content-qicore-2024; VSAC AtrialFibrillation_Flutter (2.16.840.1.113883.3.117.1.7.1.202) in cqframework/ecqm-content-r4-2021"),
    ),
    prefixes=(
        _icd("I48", "Atrial fibrillation and flutter", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

MECHANICAL_VALVE = Problem(
    "mechanical-heart-valve",
    label="prosthetic heart valve",
    codes=(
        _icd("Z95.2", "Presence of prosthetic heart valve", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("mechanical heart valve", "mechanical valve", "mechanical mitral valve", "mechanical aortic valve", "prosthetic heart valve",),
    not_words=("family history",),
)

MITRAL_STENOSIS = Problem(
    "mitral-stenosis",
    label="mitral stenosis",
    codes=(
        _icd("I05.0", "Rheumatic mitral stenosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I05.2", "Rheumatic mitral stenosis with insufficiency", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I34.2", "Nonrheumatic mitral (valve) stenosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("mitral stenosis", "mitral valve stenosis",),
    not_words=("no mitral", "mild mitral", "family history",),
)

ANTIPHOSPHOLIPID_SYNDROME = Problem(
    "antiphospholipid-syndrome",
    label="antiphospholipid syndrome",
    codes=(
        _icd("D68.61", "Antiphospholipid syndrome", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("antiphospholipid syndrome", "antiphospholipid antibody syndrome",),
    not_words=("family history",),
)

VENTRICULAR_THROMBUS = Problem(
    "ventricular-thrombus",
    label="left ventricular thrombus",
    codes=(
        _icd("I23.6", "Thrombosis of atrium, auricular appendage, and ventricle as current complications following acute myocardial infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I51.3", "Intracardiac thrombosis, not elsewhere classified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("left ventricular thrombus", "lv thrombus", "ventricular thrombus",),
    not_words=("no left ventricular", "no lv", "family history",),
)

SEIZURE_DISORDER = Problem(
    "seizure-disorder",
    label="seizure disorder",
    codes=(),
    prefixes=(
        _icd("G40", "Epilepsy and recurrent seizures", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

EATING_DISORDER = Problem(
    "eating-disorder",
    label="eating disorder",
    codes=(),
    prefixes=(
        _icd("F50", "Eating disorders", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

LONG_QT = Problem(
    "long-qt",
    label="long QT syndrome",
    codes=(
        _icd("I45.81", "Long QT syndrome", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HEART_FAILURE = Problem(
    "heart-failure",
    label="heart failure",
    codes=(),
    prefixes=(
        _icd("I50", "Heart failure", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPOTENSION_OR_FALLS = Problem(
    "hypotension-or-falls",
    label="hypotension or repeated falls",
    codes=(
        _icd("R29.6", "Repeated falls", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("Z91.81", "History of falling", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("I95", "Hypotension", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HYPOGLYCAEMIA = Problem(
    "hypoglycaemia",
    label="hypoglycaemia",
    codes=(
        _icd("E16.2", "Hypoglycemia, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("E11.64", "Type 2 diabetes mellitus with hypoglycemia", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

FRAILTY = Problem(
    "frailty",
    label="frailty",
    codes=(
        _icd("R54", "Age-related physical debility", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

HAEMOGLOBINOPATHY = Problem(
    "haemoglobinopathy",
    label="haemoglobinopathy",
    codes=(),
    prefixes=(
        _icd("D56", "Thalassemia", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("D57", "Sickle-cell disorders", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("D58", "Other hereditary hemolytic anemias", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

GI_BLEED = Problem(
    "gi-bleed",
    label="gastrointestinal bleeding",
    codes=(
        _icd("K92.2", "Gastrointestinal hemorrhage, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
)

KETOACIDOSIS = Problem(
    "ketoacidosis",
    label="diabetic ketoacidosis",
    codes=(
        _snomed("420422005", "Ketoacidosis due to diabetes mellitus (disorder)", "BHF Data Science Centre CCU053-D02b-codelist_outcomes"),
    ),
    prefixes=(
        _icd("E10.1", "Type 1 diabetes mellitus with ketoacidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E11.1", "Type 2 diabetes mellitus with ketoacidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E13.1", "Other specified diabetes mellitus with ketoacidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E08.1", "Diabetes mellitus due to underlying condition with ketoacidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E09.1", "Drug or chemical induced diabetes mellitus with ketoacidosis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("ketoacidosis",),
    not_words=("no ketoacidosis", "without ketoacidosis", "alcoholic ketoacidosis", "starvation", "family history", "risk of ketoacidosis",),
)

ADRENAL_INSUFFICIENCY = Problem(
    "adrenal-insufficiency",
    label="adrenal insufficiency",
    codes=(
        _snomed("386584007", "Adrenal cortical hypofunction (disorder)", "Belgian eHealth ValueSet be-vs-diagnostic-imaging-indication (Referral Prescription guide 1.0.0)"),
        _icd("E27.1", "Primary adrenocortical insufficiency", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E27.2", "Addisonian crisis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E27.3", "Drug-induced adrenocortical insufficiency", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E89.6", "Postprocedural adrenocortical (-medullary) hypofunction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("E27.4", "Other and unspecified adrenocortical insufficiency", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("adrenal insufficiency", "adrenocortical insufficiency", "addison's disease", "addison disease",),
    not_words=("no adrenal", "without adrenal", "family history",),
)

LIVER_FAILURE = Problem(
    "liver-failure",
    label="acute liver failure or decompensated cirrhosis",
    codes=(
        _snomed("59927004", "Hepatic failure (disorder)", "VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-qicore-2024; VSAC LiverDisease (2.16.840.1.113762.1.4.1047.42) in cqframework/ecqm-content-r4-2021"),
        _icd("K76.7", "Hepatorenal syndrome", "VSAC ChronicLiverDisease (2.16.840.1.113883.3.464.1003.199.12.1035) in cqframework/ecqm-content-r4-2021; VSAC LiverDiseaseModeratetoSevere (2.16.840.1.113762.1.4.1248.137) in cqframework/ecqm-content-qicore-2024"),
        _icd("K70.31", "Alcoholic cirrhosis of liver with ascites", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    prefixes=(
        _icd("K72", "Hepatic failure, not elsewhere classified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K70.4", "Alcoholic hepatic failure", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("acute liver failure", "acute hepatic failure", "fulminant hepatic failure", "decompensated cirrhosis", "decompensated liver cirrhosis", "cirrhosis with ascites",),
    not_words=("no acute", "no decompensated", "without decompensated", "family history",),
)

RHABDOMYOLYSIS = Problem(
    "rhabdomyolysis",
    label="rhabdomyolysis",
    codes=(
        _icd("M62.82", "Rhabdomyolysis", "VSAC Rhabdomyolysis (2.16.840.1.113762.1.4.1047.102) in cqframework/ecqm-content-r4-2021; VSAC Rhabdomyolysis (2.16.840.1.113762.1.4.1047.102) in cqframework/ecqm-content-qicore-2024"),
    ),
    words=("rhabdomyolysis",),
    not_words=("no rhabdomyolysis", "without rhabdomyolysis", "traumatic rhabdomyolysis", "family history",),
)

RECENT_INFARCTION = Problem(
    "recent-infarction",
    label="acute myocardial infarction or acute coronary syndrome",
    codes=tuple(each for each in MYOCARDIAL_INFARCTION.codes if each.code not in ("399211009", "I25.2")),
    prefixes=(
        _icd("I20.0", "Unstable angina", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I21", "Acute myocardial infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I22", "Subsequent ST elevation (STEMI) and non-ST elevation (NSTEMI) myocardial infarction", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I24.9", "Acute ischemic heart disease, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("acute coronary syndrome", "acute myocardial infarction",),
    not_words=("old", "history of", "no acute", "family history",),
)

TRANSPLANT_PLANNED = Problem(
    "transplant-planned",
    label="organ transplant awaited",
    codes=(
        _icd("Z76.82", "Awaiting organ transplant status", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("awaiting kidney transplant", "awaiting renal transplant", "kidney transplant waiting list", "renal transplant waiting list", "kidney transplant planned",),
)

POLYCYSTIC_KIDNEY = Problem(
    "polycystic-kidney",
    label="polycystic kidney disease",
    codes=(),
    prefixes=(
        _icd("Q61.2", "Polycystic kidney, adult type", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("Q61.3", "Polycystic kidney, unspecified", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("polycystic kidney",),
    not_words=("family history",),
)

RENAL_ARTERY_STENOSIS = Problem(
    "renal-artery-stenosis",
    label="renal artery stenosis",
    codes=(),
    prefixes=(
        _icd("I70.1", "Atherosclerosis of renal artery", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("renal artery stenosis", "renal artery stenoses", "renovascular",),
    not_words=("no renal artery", "without renal artery",),
)

GENITAL_GANGRENE = Problem(
    "genital-gangrene",
    label="gangrene of the genitals or perineum",
    codes=(),
    prefixes=(
        _icd("N49.3", "Fournier gangrene", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("fournier", "fournier's",),
)

ANGIOEDEMA = Problem(
    "angioedema",
    label="angioedema",
    codes=(),
    prefixes=(
        _icd("T78.3", "Angioneurotic edema", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("angioedema", "angio-oedema", "angioneurotic edema",),
    not_words=("family history", "no angioedema",),
)

SYSTOLIC_HEART_FAILURE = Problem(
    "systolic-heart-failure",
    label="heart failure with reduced ejection fraction",
    codes=(),
    prefixes=(
        _icd("I50.2", "Systolic (congestive) heart failure", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("I50.4", "Combined systolic (congestive) and diastolic (congestive) heart failure", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("reduced ejection fraction", "hfref", "systolic heart failure",),
)

MEDULLARY_THYROID_CANCER = Problem(
    "medullary-thyroid-cancer",
    label="medullary thyroid cancer or MEN 2, own or in the family",
    codes=(),
    prefixes=(
        _icd("E31.22", "Multiple endocrine neoplasia [MEN] type IIA", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("E31.23", "Multiple endocrine neoplasia [MEN] type IIB", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("medullary thyroid", "medullary carcinoma of thyroid", "medullary carcinoma of the thyroid", "men 2", "men2", "men iia", "men iib", "men type 2", "multiple endocrine neoplasia type 2", "multiple endocrine neoplasia, type 2",),
)

PANCREATITIS = Problem(
    "pancreatitis",
    label="pancreatitis",
    codes=(),
    prefixes=(
        _icd("K85", "Acute pancreatitis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K86.0", "Alcohol-induced chronic pancreatitis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
        _icd("K86.1", "Other chronic pancreatitis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("pancreatitis",),
    not_words=("family history",),
)

GASTROPARESIS = Problem(
    "gastroparesis",
    label="gastroparesis",
    codes=(),
    prefixes=(
        _icd("K31.84", "Gastroparesis", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("gastroparesis",),
    not_words=("no gastroparesis",),
)

PROTEINURIA = Problem(
    "proteinuria",
    label="albuminuria or proteinuria",
    codes=(),
    prefixes=(
        _icd("R80", "Proteinuria", "PyPI simple-icd-10-cm 1.5.0 (CDC release)"),
    ),
    words=("albuminuria", "microalbuminuria", "macroalbuminuria", "proteinuria",),
    not_words=("no albuminuria", "no proteinuria", "without",),
)

DIABETIC_KIDNEY_DISEASE = Problem(
    "diabetic-kidney-disease",
    label="diabetic kidney disease",
    codes=(
        _snomed("127013003", "Disorder of kidney due to diabetes mellitus (disorder)", "VSAC DiabeticNephropathy (2.16.840.1.113883.3.464.1003.109.12.1004) in cqframework/ecqm-content-r4-2021; OHDSI/PhenotypeLibrary"),
        _icd("E11.21", "Type 2 diabetes mellitus with diabetic nephropathy", "VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-r4-2021; VSAC PreexistingDiabetes (2.16.840.1.113762.1.4.1029.275) in cqframework/ecqm-content-qicore-2024"),
        _icd("E11.22", "Type 2 diabetes mellitus with diabetic chronic kidney disease", "VSAC PreexistingDiabetes (2.16.840.1.113762.1.4.1029.275) in cqframework/ecqm-content-qicore-2024; VSAC DiabeticNephropathy (2.16.840.1.113883.3.464.1003.109.12.1004) in cqframework/ecqm-content-r4-2021"),
        _icd("E11.29", "Type 2 diabetes mellitus with other diabetic kidney complication", "VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-qicore-2024; VSAC Diabetes (2.16.840.1.113883.3.464.1003.103.12.1001) in cqframework/ecqm-content-r4-2021"),
    ),
)

RAS_BLOCKER_DECLINED = Problem(
    "ras-blocker-declined",
    label="ACE inhibitor or ARB declined",
    codes=(
        _snomed("134397009", "Angiotensin converting enzyme inhibitor declined (situation)", "VSAC PatientReasonforACEInhibitororARBDecline (2.16.840.1.113883.3.526.3.1140) in cqframework/ecqm-content-qicore-2024; VSAC PatientReasonForACEInhibitorOrARBDecline (2.16.840.1.113883.3.526.2.305) in cqframework/ecqm-content-qicore-2025"),
        _snomed("401084003", "Angiotensin II receptor antagonist declined (situation)", "VSAC PatientReasonforACEInhibitororARBDecline (2.16.840.1.113883.3.526.3.1140) in cqframework/ecqm-content-r4-2021; VSAC PatientReasonForACEInhibitorOrARBDecline (2.16.840.1.113883.3.526.3.1140) in cqframework/ecqm-content-qicore-2025"),
    ),
)

PROBLEMS: tuple[Problem, ...] = (
    CKD_ANY,
    CKD_STAGE_1,
    CKD_STAGE_2,
    CKD_STAGE_3,
    CKD_STAGE_3A,
    CKD_STAGE_3B,
    CKD_STAGE_4,
    CKD_STAGE_5,
    ESRD,
    ESRD_UNTREATED,
    DIALYSIS_STATUS,
    DIALYSIS_SUPPORTING,
    KIDNEY_TRANSPLANT,
    AKI,
    TUMOUR_LYSIS_RHABDOMYOLYSIS,
    TYPE_2_DIABETES,
    TYPE_1_DIABETES,
    DIABETES_UNSPECIFIED,
    HYPERTENSION,
    HYPERCALCAEMIA,
    HYPOCALCAEMIA,
    HYPOPARATHYROIDISM,
    GRANULOMATOUS_DISEASE,
    PRIMARY_HYPERPARATHYROIDISM,
    TERTIARY_HYPERPARATHYROIDISM,
    PARATHYROID_CARCINOMA,
    CALCIPHYLAXIS,
    CORONARY_CALCIFICATION,
    VALVE_CALCIFICATION,
    POSSIBLE_CALCIFICATION,
    MYOCARDIAL_INFARCTION,
    CORONARY_DISEASE,
    ANGINA,
    UNSTABLE_ANGINA,
    SEVERE_CORONARY_CALCIFICATION,
    CORONARY_FINDINGS,
    MULTIVESSEL_DISEASE,
    LEFT_MAIN_DISEASE,
    SURGERY_DECLINED,
    STROKE_TIA,
    CAROTID_STENOSIS,
    PERIPHERAL_ARTERY_DISEASE,
    CLAUDICATION,
    LIMB_THREATENING_ISCHAEMIA,
    LONG_LIMB_OCCLUSION,
    BOWEL_OBSTRUCTION,
    ACTIVE_LIVER_DISEASE,
    PREGNANCY,
    LACTATION,
    TOBACCO_USE,
    HOSPICE,
    PALLIATIVE,
    STATIN_INTOLERANCE,
    DYSLIPIDAEMIA,
    HAEMOCHROMATOSIS,
    IRON_OVERLOAD,
    ATRIAL_FIBRILLATION,
    MECHANICAL_VALVE,
    MITRAL_STENOSIS,
    ANTIPHOSPHOLIPID_SYNDROME,
    VENTRICULAR_THROMBUS,
    SEIZURE_DISORDER,
    EATING_DISORDER,
    LONG_QT,
    HEART_FAILURE,
    HYPOTENSION_OR_FALLS,
    HYPOGLYCAEMIA,
    FRAILTY,
    HAEMOGLOBINOPATHY,
    GI_BLEED,
    KETOACIDOSIS,
    ADRENAL_INSUFFICIENCY,
    LIVER_FAILURE,
    RHABDOMYOLYSIS,
    RECENT_INFARCTION,
    TRANSPLANT_PLANNED,
    POLYCYSTIC_KIDNEY,
    RENAL_ARTERY_STENOSIS,
    GENITAL_GANGRENE,
    ANGIOEDEMA,
    SYSTOLIC_HEART_FAILURE,
    MEDULLARY_THYROID_CANCER,
    PANCREATITIS,
    GASTROPARESIS,
    PROTEINURIA,
    DIABETIC_KIDNEY_DISEASE,
    RAS_BLOCKER_DECLINED,
)
