"""Observations answered by a code: smoking status, pregnancy status, pregnancy tests.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501

from hooks.terminology.concepts import LOINC, SNOMED, Code, Question


def _loinc(code: str, display: str, source: str) -> Code:
    return Code(LOINC, code, display, source)


def _snomed(code: str, display: str, source: str) -> Code:
    return Code(SNOMED, code, display, source)


SMOKING = Question(
    "smoking",
    label="smoking status",
    codes=(
        _loinc("72166-2", "Tobacco smoking status", "VSAC TobaccoUseScreening (2.16.840.1.113883.3.526.3.1278) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUseScreening (2.16.840.1.113883.3.526.3.1278) in cqframework/ecqm-content-qicore-2024"),
        _loinc("39240-7", "Tobacco use status CPHS", "VSAC TobaccoUseScreening (2.16.840.1.113883.3.526.3.1278) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoUseScreening (2.16.840.1.113883.3.526.3.1278) in cqframework/ecqm-content-r4-2021"),
    ),
    answers={
        "current": (
            _snomed("449868002", "Current every day smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021"),
            _snomed("428041000124106", "Current some day smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021"),
            _snomed("428071000124103", "Current Heavy tobacco smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC Smokingstatus (2.16.840.1.113762.1.4.1248.220) in cqframework/ecqm-content-qicore-2024"),
            _snomed("428061000124105", "Current Light tobacco smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC CurrentTobaccoSmoker (2.16.840.1.113883.3.600.2390) in cqframework/ecqm-content-r4-2021"),
            _snomed("65568007", "Cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021; VSAC CurrentTobaccoSmoker (2.16.840.1.113883.3.600.2390) in cqframework/ecqm-content-r4-2021"),
            _snomed("59978006", "Cigar smoker (finding)", "VSAC Smokingstatus (2.16.840.1.113762.1.4.1248.220) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("82302008", "Pipe smoker (finding)", "VSAC Smokingstatus (2.16.840.1.113762.1.4.1248.220) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021"),
            _snomed("110483000", "Tobacco user (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-r4-2021; VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("56294008", "Nicotine dependence (disorder)", "VSAC Psychiatric_MentalHealthDiagnosis (2.16.840.1.113883.3.117.1.7.1.299) in cqframework/ecqm-content-r4-2021; OHDSI/PhenotypeLibrary"),
            _snomed("89765005", "Tobacco dependence syndrome (disorder)", "VSAC Psychiatric_MentalHealthDiagnosis (2.16.840.1.113883.3.117.1.7.1.299) in cqframework/ecqm-content-r4-2021"),
            _snomed("160603005", "Light cigarette smoker (1-9 cigs/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("160604004", "Moderate cigarette smoker (10-19 cigs/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("160605003", "Heavy cigarette smoker (20-39 cigs/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("160606002", "Very heavy cigarette smoker (40+ cigs/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("160619003", "Rolls own cigarettes (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230059006", "Occasional cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230060001", "Light cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230062009", "Moderate cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230063004", "Heavy cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230064005", "Very heavy cigarette smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("230065006", "Chain smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("266920004", "Trivial cigarette smoker (less than one cigarette/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("450811000124104", "Cigarette smoker (5-9 cigarettes/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("450821000124107", "Cigarette smoker (1-4 cigarettes/day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("56578002", "Moderate smoker (20 or less per day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("56771006", "Heavy smoker (over 20 per day) (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
            _snomed("698289004", "Hookah pipe smoker (finding)", "VSAC TobaccoUser (2.16.840.1.113883.3.526.3.1170) in cqframework/ecqm-content-qicore-2024"),
        ),
        "smoker": (
            _snomed("77176002", "Smoker (finding)", "VSAC Smokingstatus (2.16.840.1.113762.1.4.1248.220) in cqframework/ecqm-content-qicore-2024; VSAC CurrentTobaccoSmoker (2.16.840.1.113883.3.600.2390) in cqframework/ecqm-content-r4-2021"),
        ),
        "not-current": (
            _snomed("8517006", "Former smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoNon-User (2.16.840.1.113883.3.526.3.1189) in cqframework/ecqm-content-r4-2021"),
            _snomed("266919005", "Never smoker", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; VSAC TobaccoNonUser (2.16.840.1.113883.3.526.3.1189) in cqframework/ecqm-content-qicore-2024"),
            _snomed("8392000", "Non-smoker (finding)", "VSAC TobaccoNonUser (2.16.840.1.113883.3.526.3.1189) in cqframework/ecqm-content-qicore-2024; VSAC Smokingstatus (2.16.840.1.113762.1.4.1248.220) in cqframework/ecqm-content-qicore-2024"),
        ),
        "unknown": (
            _snomed("266927001", "Unknown if ever smoked", "VSAC UsCoreSmokingStatusPreferred (us) in cqframework/ecqm-content-qicore-2024; HL7/fhir-ips"),
        ),
    },
)

PREGNANCY_STATUS = Question(
    "pregnancy-status",
    label="pregnancy status",
    codes=(
        _loinc("82810-3", "Pregnancy status", "HL7/US-Core; HL7/fhir-ips"),
    ),
    answers={
        "pregnant": (
            _snomed("77386006", "Pregnant (finding)", "VSAC ComplicationsofPregnancy,ChildbirthandthePuerperium (2.16.840.1.113883.3.464.1003.111.12.1012) in cqframework/ecqm-content-r4-2021; VSAC PregnancyorOtherRelatedDiagnoses (2.16.840.1.113883.3.600.1.1623) in cqframework/ecqm-content-r4-2021"),
        ),
        "not-pregnant": (
            _snomed("60001007", "Not pregnant (finding)", "VSAC ComplicationsofPregnancy,ChildbirthandthePuerperium (2.16.840.1.113883.3.464.1003.111.12.1012) in cqframework/ecqm-content-qicore-2024; VSAC ComplicationsofPregnancy,ChildbirthandthePuerperium (2.16.840.1.113883.3.464.1003.111.12.1012) in cqframework/ecqm-content-r4-2021"),
        ),
    },
)

PREGNANCY_TEST = Question(
    "pregnancy-test",
    label="pregnancy test",
    codes=(
        _loinc("2106-3", "Choriogonadotropin (pregnancy test) [Presence] in Urine", "VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-qicore-2024; VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-r4-2021"),
        _loinc("2118-8", "Choriogonadotropin (pregnancy test) [Presence] in Serum or Plasma", "VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-qicore-2024; VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-r4-2021"),
        _loinc("2110-5", "Choriogonadotropin.beta subunit (pregnancy test) [Presence] in Serum or Plasma", "VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-r4-2021; VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-qicore-2024"),
        _loinc("80384-1", "Choriogonadotropin (pregnancy test) [Presence] in Urine by Rapid immunoassay", "VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-r4-2021; VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-qicore-2024"),
        _loinc("80385-8", "Choriogonadotropin (pregnancy test) [Presence] in Serum by Rapid immunoassay", "VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-r4-2021; VSAC PregnancyTest (2.16.840.1.113883.3.464.1003.111.12.1011) in cqframework/ecqm-content-qicore-2024"),
    ),
    answers={
        "positive": (
            _snomed("10828004", "Positive (qualifier value)", "CDC LIVD SARS CoV2 Test Result Codes (VSAC 2.16.840.1.113762.1.4.1114.10) in a public FHIR guide (laboratory-result-value-set)"),
        ),
        "negative": (
            _snomed("260385009", "Negative (qualifier value)", "CDC LIVD SARS CoV2 Test Result Codes (VSAC 2.16.840.1.113762.1.4.1114.10) in a public FHIR guide (laboratory-result-value-set)"),
        ),
    },
)

QUESTIONS: tuple[Question, ...] = (SMOKING, PREGNANCY_STATUS, PREGNANCY_TEST)
