"""Laboratory results and measurements: LOINC codes, UCUM units with exact factors, plausible limits.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501

from decimal import Decimal

from hooks.terminology.concepts import CODE_ONLY, LOINC, SEEN, SNOMED, Analyte, Code
from hooks.units import SAME, over, times


def _loinc(code: str, display: str, source: str, verified: str = SEEN) -> Code:
    return Code(LOINC, code, display, source, verified)


def _snomed(code: str, display: str, source: str, verified: str = SEEN) -> Code:
    return Code(SNOMED, code, display, source, verified)


PHOSPHATE = Analyte(
    "phosphate",
    label="phosphate",
    unit="mg/dL",
    units={"mg/dL": SAME, "mmol/L": times("3.0974")},
    lowest=Decimal("0.3"),
    highest=Decimal("25"),
    codes=(
        _loinc("2777-1", "Phosphate [Mass/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("14879-1", "Phosphate [Moles/volume] in Serum or Plasma", "google/fhir R4 spec package; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("2774-8", "Phosphate [Mass/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("24519-1", "Phosphate [Moles/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("35221-1", "Phosphate [Mass or Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("48641-5", "Phosphate [Mass/volume] in Serum or Plasma --pre dialysis", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("48617-5", "Phosphate [Mass/volume] in Serum or Plasma --post dialysis", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("55972-4", "Phosphate [Moles/volume] in Serum or Plasma --post dialysis", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("86916-4", "Phosphate goal [Mass/volume] Serum or Plasma", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("2778-9", "Phosphate [Mass/volume] in Urine", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("12242-4", "Phosphate [Mass/volume] in Body fluid", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

CALCIUM_TOTAL = Analyte(
    "calcium",
    label="total calcium",
    unit="mg/dL",
    units={"mg/dL": SAME, "mmol/L": times("4.008"), "meq/L": times("2.004")},
    lowest=Decimal("4"),
    highest=Decimal("20"),
    codes=(
        _loinc("17861-6", "Calcium SerPl-mCnc", "HL7/US-Core; HL7/PDDI-CDS txCache loinc.cache"),
        _loinc("2000-8", "Calcium [Moles/volume] in Serum or Plasma", "google/fhir R4 spec package; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("49765-1", "Calcium [Mass/volume] in Blood", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("1996-8", "Calcium [Moles/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("35246-8", "Calcium [Mass or Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("51950-4", "Calcium [Mass/volume] in Serum or Plasma --post dialysis", "medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("17862-4", "Calcium [Mass/volume] in Urine", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("15155-5", "Calcium [Mass/volume] in Body fluid", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("1998-4", "Calcium [Moles/volume] in Dialysis fluid", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

CALCIUM_CORRECTED = Analyte(
    "calcium-corrected",
    label="corrected calcium (laboratory)",
    unit="mg/dL",
    units={"mg/dL": SAME, "mmol/L": times("4.008")},
    lowest=Decimal("4"),
    highest=Decimal("20"),
    codes=(
        _loinc("46099-8", "Calcium [Mass/volume] corrected for albumin in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("29265-6", "Calcium [Moles/volume] corrected for albumin in Serum or Plasma", "HL7/PDDI-CDS txCache loinc.cache; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("34907-6", "Calcium [Mass/volume] corrected for total protein in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("18281-6", "Calcium [Moles/volume] corrected for total protein in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

CALCIUM_IONISED = Analyte(
    "calcium-ionised",
    label="ionised calcium",
    unit="mmol/L",
    units={"mmol/L": SAME, "mg/dL": over("4.008"), "meq/L": over("2")},
    lowest=Decimal("0.3"),
    highest=Decimal("4.0"),
    codes=(
        _loinc("1995-0", "Calcium.ionized [Moles/volume] in Serum or Plasma", "HL7/PDDI-CDS txCache loinc.cache; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("1994-3", "Calcium.ionized [Moles/volume] in Blood", "HL7/PDDI-CDS txCache loinc.cache; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("12180-6", "Calcium.ionized [Moles/volume] in Serum or Plasma by Ion-selective membrane electrode (ISE)", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("47596-2", "Calcium.ionized [Moles/volume] in Blood by Ion-selective membrane electrode (ISE)", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("19072-8", "Calcium.ionized [Moles/volume] adjusted to pH 7.4 in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("47598-8", "Calcium.ionized [Moles/volume] adjusted to pH 7.4 in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("34581-9", "Calcium.ionized [Moles/volume] in Arterial blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("17863-2", "Calcium.ionized [Mass/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("17864-0", "Calcium.ionized [Mass/volume] in Serum or Plasma by Ion-selective membrane electrode (ISE)", "HL7/PDDI-CDS txCache loinc.cache; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("38230-9", "Calcium.ionized [Mass/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("42567-8", "Calcium.ionized [Mass or Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("83064-6", "Calcium.ionized [Moles/volume] in Blood drawn from CRRT circuit", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("49936-8", "Calcium.ionized/Calcium.total corrected for albumin in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

PTH = Analyte(
    "pth",
    label="intact PTH",
    unit="pg/mL",
    units={"pg/mL": SAME, "ng/L": SAME, "ng/mL": times("1000"), "pmol/L": times("9.43")},
    lowest=Decimal("1"),
    highest=Decimal("6000"),
    codes=(
        _loinc("2731-8", "Parathyrin.intact [Mass/volume] in Serum or Plasma", "MIT-LCP/mimic-code d_labitems_to_loinc.csv"),
        _loinc("14866-8", "Parathyrin.intact [Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts"),
    ),
)

ALBUMIN = Analyte(
    "albumin",
    label="albumin",
    unit="g/dL",
    units={"g/dL": SAME, "g/L": over("10"), "umol/L": times("0.00665")},
    lowest=Decimal("0.5"),
    highest=Decimal("7.0"),
    codes=(
        _loinc("1751-7", "Albumin [Mass/volume] in Serum or Plasma", "VSAC Albuminlabtest (2.16.840.1.113762.1.4.1248.221) in cqframework/ecqm-content-qicore-2024; HL7/fhir-us-mcc"),
        _loinc("61151-7", "Albumin [Mass/volume] in Serum or Plasma by Bromocresol green (BCG) dye binding method", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("61152-5", "Albumin [Mass/volume] in Serum or Plasma by Bromocresol purple (BCP) dye binding method", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("77148-5", "Albumin [Mass/volume] in Serum, Plasma or Blood by Bromocresol purple (BCP) dye binding method", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("2862-1", "Albumin [Mass/volume] in Serum or Plasma by Electrophoresis", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("76631-1", "Albumin [Mass/volume] in Blood by Bromocresol purple (BCP) dye binding method", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("54347-0", "Albumin [Moles/volume] in Serum or Plasma", "VSAC Albuminlabtest (2.16.840.1.113762.1.4.1248.221) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
    never=(
        _loinc("1754-1", "Albumin [Mass/volume] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("14957-5", "Microalbumin [Mass/volume] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
    ),
)

ALP = Analyte(
    "alp",
    label="alkaline phosphatase",
    unit="U/L",
    units={"U/L": SAME, "[IU]/L": SAME, "ukat/L": times("60")},
    lowest=Decimal("5"),
    highest=Decimal("5000"),
    codes=(
        _loinc("6768-6", "Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; google/fhir R4 spec package"),
        _loinc("1783-0", "Alkaline phosphatase [Enzymatic activity/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("77141-0", "Alkaline phosphatase [Enzymatic activity/volume] in Serum, Plasma or Blood", "loinc.org/loinc/77141-0 page in stored pages (v2.73)"),
    ),
)

VITAMIN_D_25OH = Analyte(
    "vitamin-d-25oh",
    label="25-hydroxyvitamin D",
    unit="ng/mL",
    units={"ng/mL": SAME, "ug/L": SAME, "nmol/L": over("2.496")},
    lowest=Decimal("1"),
    highest=Decimal("400"),
    codes=(
        _loinc("62292-8", "25-Hydroxyvitamin D2+25-Hydroxyvitamin D3 [Mass/volume] in Serum or Plasma", "mercyonedubuque.testcatalog.org/show/419-1 (lab catalogue, long name quoted); unit ng/mL in LHNCBC loinc_unit.json"),
        _loinc("68438-1", "25-OH D2+D3 moles", "code present in LHNCBC/loinc-mapping-validator loinc_unit.json (LOINC 2.67); display from memory", CODE_ONLY),
        _loinc("35365-6", "Vitamin D+metabolites mass", "code present in LHNCBC/loinc-mapping-validator loinc_unit.json (LOINC 2.67); display from memory", CODE_ONLY),
        _loinc("49054-0", "25-OH calciferol mass", "code present in LHNCBC/loinc-mapping-validator loinc_unit.json (LOINC 2.67); display from memory", CODE_ONLY),
        _loinc("1989-3", "25-hydroxyvitamin D3 [Mass/volume] in Serum or Plasma", "MIT-LCP/mimic-code d_labitems_to_loinc.csv"),
        _loinc("14635-7", "25-hydroxyvitamin D3 [Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts"),
    ),
    never=(
        _loinc("1649-3", "1,25-dihydroxyvitamin D (calcitriol)", "code present in LHNCBC/loinc-mapping-validator loinc_unit.json (LOINC 2.67); display from memory", CODE_ONLY),
    ),
)

MAGNESIUM = Analyte(
    "magnesium",
    label="magnesium",
    unit="mg/dL",
    units={"mg/dL": SAME, "mmol/L": times("2.4305"), "meq/L": times("1.2153")},
    lowest=Decimal("0.3"),
    highest=Decimal("12"),
    codes=(
        _loinc("19123-9", "Magnesium [Mass/volume] in Serum or Plasma", "HL7/PDDI-CDS txCache loinc.cache; HL7/PDDI-CDS"),
        _loinc("2601-3", "Magnesium [Moles/volume] in Serum or Plasma", "HL7/PDDI-CDS txCache loinc.cache; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("21377-7", "Magnesium [Mass/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("2593-2", "Magnesium [Moles/volume] in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("35249-2", "Magnesium [Mass or Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("55937-7", "Magnesium [Moles/volume] in Serum or Plasma --post dialysis", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

HBA1C = Analyte(
    "hba1c",
    label="HbA1c",
    unit="%",
    units={"%": SAME, "mmol/mol": times("0.09148", plus="2.152"), "{fraction}": times("100")},
    lowest=Decimal("3"),
    highest=Decimal("22"),
    codes=(
        _loinc("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-r4-2021; VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _loinc("17856-6", "Hemoglobin A1c/Hemoglobin.total in Blood by HPLC", "VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-r4-2021; VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _loinc("4549-2", "Hemoglobin A1c/Hemoglobin.total in Blood by Electrophoresis", "VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-r4-2021; VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-qicore-2024"),
        _loinc("17855-8", "Hemoglobin A1c/Hemoglobin.total in Blood by calculation", "VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("96595-4", "Hemoglobin A1c/Hemoglobin.total in DBS", "VSAC HbA1cLaboratoryTest (2.16.840.1.113883.3.464.1003.198.12.1013) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("59261-8", "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol", "OHDSI/PhenotypeLibrary; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("71875-9", "Hemoglobin A1c/Hemoglobin.total [Pure mass fraction] in Blood", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("86910-7", "Hemoglobin A1c/Hemoglobin.total goal Blood", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("41995-2", "Hemoglobin A1c [Mass/volume] in Blood", "OHDSI/PhenotypeLibrary; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("62388-4", "Hemoglobin A1c/Hemoglobin.total in Blood by JDS/JSCC protocol", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("55454-3", "Hemoglobin A1c in Blood", "OHDSI/PhenotypeLibrary; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("106634-9", "Deprecated Hemoglobin A1c/Hemoglobin.total [Molar ratio] in Blood by IFCC protocol", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

LDL = Analyte(
    "ldl",
    label="LDL cholesterol",
    unit="mg/dL",
    units={"mg/dL": SAME, "mmol/L": times("38.67")},
    lowest=Decimal("5"),
    highest=Decimal("1000"),
    codes=(
        _loinc("13457-7", "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("18262-6", "Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("2089-1", "Cholesterol in LDL [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("96259-7", "Cholesterol in LDL [Mass/volume] in Serum or Plasma by Calculated by Martin-Hopkins", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("18261-8", "Cholesterol in LDL [Mass/volume] in Serum or Plasma ultracentrifugate", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("49132-4", "Cholesterol in LDL [Mass/volume] in Serum or Plasma by Electrophoresis", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("39469-2", "Cholesterol in LDL [Moles/volume] in Serum or Plasma by calculation", "HL7/fhir-ips; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("22748-8", "Cholesterol in LDL [Moles/volume] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("69419-0", "Cholesterol in LDL [Moles/volume] in Serum or Plasma by Direct assay", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
    never=(
        _loinc("86911-5", "Cholesterol in LDL goal [Mass/volume] Serum or Plasma", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("90364-1", "Cholesterol.in LDL.small dense [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("50193-2", "Cholesterol in LDL.narrow density [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("91105-7", "Cholesterol in LDL 1 [Mass/volume] in Serum or Plasma", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("91106-5", "Cholesterol in LDL 2 [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("91107-3", "Cholesterol in LDL 3 [Mass/volume] in Serum or Plasma", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("91108-1", "Cholesterol in LDL 4 [Mass/volume] in Serum or Plasma", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("91109-9", "Cholesterol in LDL 5 [Mass/volume] in Serum or Plasma", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
        _loinc("91110-7", "Cholesterol in LDL 6 [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024"),
        _loinc("91111-5", "Cholesterol in LDL 7 [Mass/volume] in Serum or Plasma", "VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-qicore-2024; VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021"),
        _loinc("11054-4", "Cholesterol in LDL/Cholesterol in HDL [Mass Ratio] in Serum or Plasma", "medizininformatik-initiative/loincsnomed-lab-concepts; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("55440-2", "Cholesterol.in LDL (real) [Mass/volume] in Serum or Plasma by VAP", "VSAC LDL-c (2.16.840.1.113883.3.117.1.7.1.215) in cqframework/ecqm-content-r4-2021; VSAC LDLCholesterol (2.16.840.1.113883.3.526.3.1573) in cqframework/ecqm-content-r4-2021"),
    ),
)

CREATININE = Analyte(
    "creatinine",
    label="creatinine",
    unit="mg/dL",
    units={"mg/dL": SAME, "umol/L": over("88.40"), "mmol/L": times("11.312")},
    lowest=Decimal("0.1"),
    highest=Decimal("30"),
    codes=(
        _loinc("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC Creatininelabtest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-r4-2021"),
        _loinc("14682-9", "Creatinine [Moles/volume] in Serum or Plasma", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC Creatininelabtest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-r4-2021"),
        _loinc("38483-4", "Creatinine [Mass/volume] in Blood", "VSAC CreatinineMassPerVolume (2.16.840.1.113762.1.4.1248.21) in cqframework/ecqm-content-qicore-2024; VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024"),
        _loinc("59826-8", "Creatinine [Moles/volume] in Blood", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC Creatininelabtest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-r4-2021"),
        _loinc("77140-2", "Creatinine [Moles/volume] in Serum, Plasma or Blood", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("35203-9", "Creatinine [Mass or Moles/volume] in Serum or Plasma", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("11042-9", "Creatinine [Mass/volume] in Serum or Plasma --pre dialysis", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("51619-5", "Creatinine [Moles/volume] in Serum or Plasma --pre dialysis", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
    never=(
        _loinc("11041-1", "Creatinine [Mass/volume] in Serum or Plasma --post dialysis", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("51620-3", "Creatinine [Moles/volume] in Serum or Plasma --post dialysis", "VSAC CreatinineLabTest (2.16.840.1.113883.3.666.5.2363) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

EGFR = Analyte(
    "egfr",
    label="eGFR",
    unit="mL/min/{1.73_m2}",
    units={"mL/min/{1.73_m2}": SAME, "mL/min": SAME, "mL/s/{1.73_m2}": times("60")},
    lowest=Decimal("1"),
    highest=Decimal("200"),
    codes=(
        _loinc("98979-8", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("98980-6", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine and Cystatin C-based formula (CKD-EPI 2021)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("94677-2", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine and Cystatin C-based formula (CKD-EPI)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("50210-4", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Cystatin C-based formula", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("76633-7", "Glomerular filtration rate/1.73 sq M.predicted by Creatinine-based formula (MDRD) in Blood", "medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("62238-1", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("69405-9", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("77147-7", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("33914-3", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum or Plasma by Creatinine-based formula (MDRD)", "HL7/PDDI-CDS txCache loinc.cache; HL7/PDDI-CDS"),
        _loinc("48642-3", "Glomerular filtration rate/1.73 sq M.predicted among non-blacks [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS"),
        _loinc("88294-4", "Glomerular filtration rate/1.73 sq M.predicted among non-blacks [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("50044-7", "Glomerular filtration rate/1.73 sq M.predicted among females [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; HL7/fhir-us-mcc"),
        _loinc("70969-1", "Glomerular filtration rate/1.73 sq M.predicted among males [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
    never=(
        _loinc("69407-5", "Pediatric GFR method", "osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("48643-1", "Glomerular filtration rate/1.73 sq M.predicted among blacks [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache loinc.cache"),
        _loinc("88293-6", "Glomerular filtration rate/1.73 sq M.predicted among blacks [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI)", "VSAC EstimatedGlomerularFiltrationRate (2.16.840.1.113883.3.6929.3.1000) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

UACR = Analyte(
    "uacr",
    label="urine albumin/creatinine ratio",
    unit="mg/g{creat}",
    units={"mg/g{creat}": SAME, "mg/g": SAME, "ug/mg{creat}": SAME, "mg/mmol{creat}": times("8.84"), "mg/mmol": times("8.84"), "g/g": times("1000"), "mg/mg": times("1000")},
    lowest=Decimal("0"),
    highest=Decimal("30000"),
    codes=(
        _loinc("9318-7", "Albumin/Creatinine [Mass Ratio] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("14959-1", "Microalbumin/Creatinine [Mass Ratio] in Urine", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021"),
        _loinc("13705-9", "Albumin/Creatinine [Mass Ratio] in 24 hour Urine", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021"),
        _loinc("14958-3", "Microalbumin/Creatinine [Mass Ratio] in 24 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("44292-1", "Microalbumin/Creatinine [Mass Ratio] in 12 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("30000-4", "Microalbumin/Creatinine [Ratio] in Urine", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021"),
        _loinc("32294-1", "Albumin/Creatinine [Ratio] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("76401-9", "Albumin/Creatinine [Ratio] in 24 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("59159-4", "Microalbumin/Creatinine [Ratio] in 24 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("77253-3", "Microalbumin/Creatinine [Ratio] in Urine by Detection limit <= 1.0 mg/L", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021"),
        _loinc("77254-1", "Microalbumin/Creatinine [Ratio] in 24 hour Urine by Detection limit <= 1.0 mg/L", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021"),
        _loinc("89998-9", "Albumin/Creatinine [Ratio] in Urine by Detection limit <= 3.0 mg/L", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("14585-4", "Albumin/Creatinine [Molar ratio] in Urine", "VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
    never=(
        _loinc("30001-2", "Microalbumin/Creatinine [Ratio] in Urine by Test strip", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC UrineAlbuminCreatinineRatio (2.16.840.1.113883.3.6929.3.1007) in cqframework/ecqm-content-qicore-2024"),
        _loinc("20621-9", "Albumin/Creatinine [Presence] in Urine by Test strip", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("95233-3", "Microalbumin/Creatinine [Presence] in Urine by Test strip", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
    ),
)

UPCR = Analyte(
    "upcr",
    label="urine protein/creatinine ratio",
    unit="mg/g{creat}",
    units={"mg/g{creat}": SAME, "mg/mg": times("1000"), "g/g": times("1000"), "mg/mmol{creat}": times("8.84"), "g/mmol{creat}": times("8840")},
    lowest=Decimal("0"),
    highest=Decimal("50000"),
    codes=(
        _loinc("2890-2", "Protein/Creatinine [Mass Ratio] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; medizininformatik-initiative/loincsnomed-lab-concepts"),
        _loinc("13801-6", "Protein/Creatinine [Mass Ratio] in 24 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC expansion via canvas-medical/canvas-plugins"),
        _loinc("60678-0", "Protein/Creatinine [Mass Ratio] in 12 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; VSAC expansion via canvas-medical/canvas-plugins"),
        _loinc("34366-5", "Protein/Creatinine [Ratio] in Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
        _loinc("40486-3", "Protein/Creatinine [Ratio] in 24 hour Urine", "VSAC UrineProteinTests (2.16.840.1.113883.3.464.1003.109.12.1024) in cqframework/ecqm-content-r4-2021; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

POTASSIUM = Analyte(
    "potassium",
    label="potassium",
    unit="mmol/L",
    units={"mmol/L": SAME, "meq/L": SAME},
    lowest=Decimal("1.5"),
    highest=Decimal("10"),
    codes=(
        _loinc("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "VSAC PotassiumLabTest (2.16.840.1.113762.1.4.1045.117) in cqframework/ecqm-content-qicore-2024; VSAC Potassiumlabtest (2.16.840.1.113762.1.4.1045.117) in cqframework/ecqm-content-r4-2021"),
        _loinc("6298-4", "Potassium [Moles/volume] in Blood", "VSAC PotassiumLabTest (2.16.840.1.113762.1.4.1045.117) in cqframework/ecqm-content-qicore-2024; VSAC Potassiumlabtest (2.16.840.1.113762.1.4.1045.117) in cqframework/ecqm-content-r4-2021"),
    ),
)

INR = Analyte(
    "inr",
    label="INR",
    unit="1",
    units={"1": SAME, "{INR}": SAME},
    lowest=Decimal("0.5"),
    highest=Decimal("20"),
    codes=(
        _loinc("6301-6", "INR in Platelet poor plasma by Coagulation assay", "VSAC INR (2.16.840.1.113883.3.117.1.7.1.213) in cqframework/ecqm-content-qicore-2024; VSAC INR (2.16.840.1.113883.3.117.1.7.1.213) in cqframework/ecqm-content-r4-2021"),
        _loinc("34714-6", "INR in Blood by Coagulation assay", "VSAC INR (2.16.840.1.113883.3.117.1.7.1.213) in cqframework/ecqm-content-r4-2021; VSAC INR (2.16.840.1.113883.3.117.1.7.1.213) in cqframework/ecqm-content-qicore-2024"),
    ),
)

ALT = Analyte(
    "alt",
    label="ALT",
    unit="U/L",
    units={"U/L": SAME, "[IU]/L": SAME, "ukat/L": times("60")},
    lowest=Decimal("1"),
    highest=Decimal("20000"),
    codes=(
        _loinc("1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; google/fhir R4 spec package"),
    ),
)

AST = Analyte(
    "ast",
    label="AST",
    unit="U/L",
    units={"U/L": SAME, "[IU]/L": SAME, "ukat/L": times("60")},
    lowest=Decimal("1"),
    highest=Decimal("20000"),
    codes=(
        _loinc("1920-8", "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "VSAC Aspartatetransaminaselabtest (2.16.840.1.113762.1.4.1248.224) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

FERRITIN = Analyte(
    "ferritin",
    label="ferritin",
    unit="ng/mL",
    units={"ng/mL": SAME, "ug/L": SAME},
    lowest=Decimal("1"),
    highest=Decimal("50000"),
    codes=(
        _loinc("2276-4", "Ferritin [Mass/volume] in Serum or Plasma", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; osa458/emr-ai loinc-codes.json (NLM Clinical Tables API)"),
    ),
)

TSAT = Analyte(
    "tsat",
    label="transferrin saturation",
    unit="%",
    units={"%": SAME},
    lowest=Decimal("1"),
    highest=Decimal("100"),
    codes=(
        _loinc("2502-3", "Iron saturation [Mass Fraction] in Serum or Plasma", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; medizininformatik-initiative/loincsnomed-lab-concepts"),
    ),
)

BMI = Analyte(
    "bmi",
    label="BMI",
    unit="kg/m2",
    units={"kg/m2": SAME},
    lowest=Decimal("8"),
    highest=Decimal("120"),
    codes=(
        _loinc("39156-5", "Body mass index (BMI) [Ratio]", "VSAC BMIRatio (2.16.840.1.113883.3.600.1.1490) in cqframework/ecqm-content-r4-2021; HL7/fhir-ips"),
    ),
    never=(
        _loinc("59574-4", "Body mass index (BMI) [Percentile]", "VSAC BMIpercentile (2.16.840.1.113883.3.464.1003.121.12.1012) in cqframework/ecqm-content-r4-2021; VSAC BMIpercentile (2.16.840.1.113883.3.464.1003.121.12.1012) in cqframework/ecqm-content-qicore-2024"),
    ),
)

ASCVD_RISK_10Y = Analyte(
    "ascvd-risk-10y",
    label="10-year ASCVD risk",
    unit="%",
    units={"%": SAME},
    lowest=Decimal("0"),
    highest=Decimal("100"),
    codes=(
        _loinc("99055-6", "Cardiovascular disease 10Y risk [Likelihood]", "code declaration in cqframework/ecqm-content-qicore-2024 StatinTherapy... CQL"),
        _loinc("79423-0", "Cardiovascular disease 10Y risk [Likelihood] ACC-AHA Pooled Cohort by Goff 2013", "AHRQ-CDS/CQL-SERVICES"),
    ),
)

PREVENT = "PREVENT"
"""The risk model that a 10-year risk names in words; no code for it was seen."""

CAC_SCORE = Analyte(
    "cac-score",
    label="coronary calcium score",
    unit="{AU}",
    units={"1": SAME, "{AU}": SAME, "{score}": SAME, "{Agatston}": SAME},
    lowest=Decimal("0"),
    highest=Decimal("30000"),
    codes=(
        _snomed("450360000", "Coronary artery calcium score (observable entity)", "document quoting DICOM TID 3905 (SCT 450360000 with method DCM 112055 Agatston)"),
        _loinc("36934-8", "CT Heart for calcium scoring", "VSAC:X-RayStudy(allinclusive)(2.16.840.1.113883.3.464.1003.198.12.1034) via cqframework/ecqm-content-r4-2021; VSAC XRayStudy (2.16.840.1.113883.3.464.1003.198.12.1034) in cqframework/ecqm-content-qicore-2024"),
        _loinc("79087-3", "CT Heart and Coronary arteries for calcium scoring WO contrast", "VSAC XRayStudy (2.16.840.1.113883.3.464.1003.198.12.1034) in cqframework/ecqm-content-qicore-2024; VSAC:X-RayStudy(allinclusive)(2.16.840.1.113883.3.464.1003.198.12.1034) via cqframework/ecqm-content-r4-2021"),
    ),
)

SYSTOLIC = Analyte(
    "systolic",
    label="systolic blood pressure",
    unit="mm[Hg]",
    units={"mm[Hg]": SAME, "kPa": times("7.50062")},
    lowest=Decimal("50"),
    highest=Decimal("300"),
    codes=(
        _loinc("8480-6", "Systolic blood pressure", "VSAC SystolicBloodPressure (2.16.840.1.113762.1.4.1045.163) in cqframework/ecqm-content-qicore-2024; HL7/fhir-ips"),
        _loinc("96608-5", "Systolic blood pressure mean", "HL7/US-Core"),
        _loinc("8459-0", "Systolic blood pressure--sitting", "VSAC SystolicBloodPressure (2.16.840.1.113762.1.4.1045.163) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("76534-7", "Systolic blood pressure by Noninvasive", "MIT-LCP/mimic-code concept_map"),
    ),
    never=(
        _loinc("8460-8", "Systolic blood pressure--standing", "VSAC SystolicBloodPressure (2.16.840.1.113762.1.4.1045.163) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
        _loinc("8461-6", "Systolic blood pressure--supine", "VSAC SystolicBloodPressure (2.16.840.1.113762.1.4.1045.163) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
    ),
)

DIASTOLIC = Analyte(
    "diastolic",
    label="diastolic blood pressure",
    unit="mm[Hg]",
    units={"mm[Hg]": SAME, "kPa": times("7.50062")},
    lowest=Decimal("20"),
    highest=Decimal("200"),
    codes=(
        _loinc("8462-4", "Diastolic blood pressure", "HL7/fhir-ips; HL7/US-Core"),
        _loinc("96609-3", "Diastolic blood pressure mean", "HL7/US-Core"),
        _loinc("8453-3", "Diastolic blood pressure--sitting", "MIT-LCP/mimic-code concept_map"),
        _loinc("76535-4", "Diastolic blood pressure by Noninvasive", "MIT-LCP/mimic-code concept_map"),
    ),
    never=(
        _loinc("8454-1", "Diastolic blood pressure--standing", "MIT-LCP/mimic-code concept_map"),
        _loinc("8455-8", "Diastolic blood pressure--supine", "MIT-LCP/mimic-code concept_map"),
    ),
)

BP_PANELS: tuple[Code, ...] = (
    _loinc("85354-9", "Blood pressure panel with all children optional", "HL7/fhir-ips; HL7/US-Core"),
    _loinc("55284-4", "Blood pressure systolic and diastolic", "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv; smart-on-fhir/generated-sample-data"),
    _loinc("96607-7", "Blood pressure panel mean systolic and mean diastolic", "HL7/US-Core"),
)
"""Panels whose components hold the pressures."""

SETTING_HOME = Code(SNOMED, "264362003", "Home", "HL7/CardX-HTN-MNG examples (MeasurementSettingExt)")
"""Value of the MeasurementSetting extension that marks a home reading."""

LIPID_PANEL = Code(LOINC, "24331-1", "Lipid 1996 panel - Serum or Plasma", "google/fhir R4 spec package")
"""Ordered, never read."""

BP_PANEL_ORDER = BP_PANELS[0]

ANALYTES: tuple[Analyte, ...] = (
    PHOSPHATE,
    CALCIUM_TOTAL,
    CALCIUM_CORRECTED,
    CALCIUM_IONISED,
    PTH,
    ALBUMIN,
    ALP,
    VITAMIN_D_25OH,
    MAGNESIUM,
    HBA1C,
    LDL,
    CREATININE,
    EGFR,
    UACR,
    UPCR,
    POTASSIUM,
    INR,
    ALT,
    AST,
    FERRITIN,
    TSAT,
    BMI,
    ASCVD_RISK_10Y,
    CAC_SCORE,
    SYSTOLIC,
    DIASTOLIC,
)
