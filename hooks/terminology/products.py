"""RxNorm clinical and branded drugs: which ingredients they hold, and how many mg of each in one unit.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501
from collections.abc import Mapping
from dataclasses import dataclass

from hooks.terminology.concepts import CODE_ONLY, RXNORM, SEEN, Code


@dataclass(frozen=True, slots=True)
class Product:
    """A drug as it is prescribed: ``strengths`` maps each ingredient to its mg per unit ("" = not stated)."""

    code: Code
    strengths: Mapping[str, str]


def _product(line: str) -> Product:
    rxcui, display, strengths, source, *flag = (part.strip() for part in line.split("|"))
    pairs = (pair.partition("=") for pair in strengths.split(", "))
    code = Code(RXNORM, rxcui, display, SOURCES[source], CODE_ONLY if flag else SEEN)
    return Product(code, {name: mg for name, _, mg in pairs})


SOURCES: Mapping[str, str] = {
    "s1": "mi-erasmusmc/ema-authorised-to-rxnorm-mappings (2025-12-04)",
    "s2": "VSAC expansion in cqframework/ecqm-content-qicore-2024 2.16.840.1.113883.3.526.3.1139",
    "s3": "VSAC PharmacologicTherapyforHypertension (2.16.840.1.113883.3.526.1577)",
    "s4": "VSAC via canvas-medical/canvas-plugins",
    "s5": "VSAC Diuretics (2.16.840.1.113762.1.4.1248.170)",
    "s6": "ssmithm/rxnorm-drug-lists",
    "s7": "cqframework/ecqm-content-cms-2025",
    "s8": "VSAC expansion in cqframework/ecqm-content-qicore-2024 2.16.840.1.113883.3.526.3.1574",
    "s9": "VSAC expansion in cqframework/ecqm-content-qicore-2024 2.16.840.1.113883.3.526.3.1575",
    "s10": "VSAC TobaccoUseCessationPharmacotherapy (2.16.840.1.113883.3.526.3.1190)",
    "s11": "VSAC PharmacologicTherapyForHypertension (2.16.840.1.113883.3.600.1476)",
    "s12": "VSAC Antihypertensives (2.16.840.1.113762.1.4.1248.164)",
    "s13": "VSAC expansion in cqframework/ecqm-content-qicore-2024 2.16.840.1.113883.3.526.3.1572",
    "s14": "public Java FHIR example quoting RxNorm 209006",
    "s15": "HL7/PDDI-CDS txCache rxnorm.cache",
    "s16": "mi-erasmusmc/ema-authorised-to-rxnorm-mappings",
    "s17": "VSAC Warfarin (2.16.840.1.113883.3.117.1.7.1.232)",
    "s18": "VSAC AnticoagulantTherapy (2.16.840.1.113883.3.117.1.7.1.200)",
    "s19": "VSAC AntithromboticTherapyforIschemicStroke (2.16.840.1.113762.1.4.1110.62)",
    "s20": "VSAC AntithromboticTherapy (2.16.840.1.113762.1.4.1110.62)",
    "s21": "chronic-care/sample-data",
    "s22": "VSAC None (2.16.840.1.113762.1.4.1196.394)",
    "s23": "VSAC None (2.16.840.1.113762.1.4.1179.3)",
    "s24": "VSAC HypoglycemicsTreatmentMedications (2.16.840.1.113762.1.4.1196.394)",
    "s25": "OHDSI/EunomiaDatasets Synthea27Nj CONCEPT.csv",
    "s26": "VSAC RivaroxabanforVTEProphylaxis (2.16.840.1.113762.1.4.1110.50)",
    "s27": "VSAC OralFactorXaInhibitorforVTEProphylaxisorVTETreatment (2.16.840.1.113883.3.117.1.7.1.134)",
    "s28": "VSAC OralAnticoagulantMedications (2.16.840.1.113883.3.3157.4045)",
    "s29": "VSAC AnticoagulantsforAllIndications (2.16.840.1.113762.1.4.1248.22)",
    "s30": "VSAC MedicationsForAboveNormalBMI (2.16.840.1.113883.3.526.3.1561)",
    "s31": "VSAC MedicationsforAboveNormalBMI (2.16.840.1.113883.3.526.3.1561)",
    "s32": "VSAC DirectThrombinInhibitor (2.16.840.1.113883.3.117.1.7.1.205)",
    "s33": "VSAC MedicationsForAboveNormalBMI (2.16.840.1.113883.3.600.1.1498)",
}

_TABLE = """
104233 | spironolactone 10 MG/ML Oral Suspension | spironolactone | s1
153822 | candesartan cilexetil 4 MG Oral Tablet | candesartan=4 | s2
153823 | candesartan cilexetil 8 MG Oral Tablet | candesartan=8 | s2
197361 | amlodipine 5 MG Oral Tablet | amlodipine=5 | s3
197436 | captopril 25 MG / hydrochlorothiazide 15 MG Oral Tablet | captopril=25, hydrochlorothiazide=15 | s2
197437 | captopril 25 MG / hydrochlorothiazide 25 MG Oral Tablet | captopril=25, hydrochlorothiazide=25 | s2
197438 | captopril 50 MG / hydrochlorothiazide 15 MG Oral Tablet | captopril=50, hydrochlorothiazide=15 | s2
197439 | captopril 50 MG / hydrochlorothiazide 25 MG Oral Tablet | captopril=50, hydrochlorothiazide=25 | s2
197498 | chlorthalidone 15 MG Oral Tablet | chlorthalidone=15 | s4
197499 | chlorthalidone 25 MG Oral Tablet | chlorthalidone=25 | s5
197500 | Chlorthalidone 50 MG Oral Tablet | chlorthalidone=50 | s6
197770 | hydrochlorothiazide 50 MG Oral Tablet | hydrochlorothiazide=50 | s4
197815 | indapamide 1.25 MG Oral Tablet | indapamide=1.25 | s7
197816 | indapamide 2.5 MG Oral Tablet | indapamide=2.5 | s4
197884 | lisinopril 40 MG Oral Tablet | lisinopril=40 | s2
197885 | hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet | hydrochlorothiazide=12.5, lisinopril=10 | s2
197886 | hydrochlorothiazide 12.5 MG / lisinopril 20 MG Oral Tablet | hydrochlorothiazide=12.5, lisinopril=20 | s2
197887 | hydrochlorothiazide 25 MG / lisinopril 20 MG Oral Tablet | hydrochlorothiazide=25, lisinopril=20 | s2
197903 | lovastatin 10 MG Oral Tablet | lovastatin=10 | s8
197904 | lovastatin 20 MG Oral Tablet | lovastatin=20 | s8
197905 | lovastatin 40 MG Oral Tablet | lovastatin=40 | s9
198029 | 24 HR nicotine 0.583 MG/HR Transdermal System | nicotine | s4
198030 | 24 HR nicotine 0.875 MG/HR Transdermal System | nicotine | s10
198031 | 24 HR nicotine 0.292 MG/HR Transdermal System | nicotine | s7
198188 | ramipril 2.5 MG Oral Capsule | ramipril=2.5 | s2
198189 | ramipril 5 MG Oral Capsule | ramipril=5 | s2
198211 | simvastatin 40 MG Oral Tablet | simvastatin=40 | s9
198222 | spironolactone 100 MG Oral Tablet | spironolactone=100 | s11
198223 | spironolactone 50 MG Oral Tablet | spironolactone=50 | s3
199351 | trandolapril 2 MG Oral Tablet | trandolapril=2 | s2
199352 | trandolapril 4 MG Oral Tablet | trandolapril=4 | s2
199353 | trandolapril 1 MG Oral Tablet | trandolapril=1 | s2
199903 | hydrochlorothiazide 12.5 MG Oral Capsule | hydrochlorothiazide=12.5 | s12
200094 | irbesartan 75 MG Oral Tablet | irbesartan=75 | s2
200095 | irbesartan 150 MG Oral Tablet | irbesartan=150 | s2
200096 | irbesartan 300 MG Oral Tablet | irbesartan=300 | s2
200284 | hydrochlorothiazide 12.5 MG / valsartan 80 MG Oral Tablet | hydrochlorothiazide=12.5, valsartan=80 | s2
200285 | hydrochlorothiazide 12.5 MG / valsartan 160 MG Oral Tablet | hydrochlorothiazide=12.5, valsartan=160 | s2
200345 | simvastatin 80 MG Oral Tablet | simvastatin=80 | s13
205304 | telmisartan 40 MG Oral Tablet | telmisartan=40 | s2
205305 | telmisartan 80 MG Oral Tablet | telmisartan=80 | s2
205326 | lisinopril 30 MG Oral Tablet | lisinopril=30 | s2
209006 | Calcitriol 0.00025 MG Oral Capsule [Rocaltrol] | calcitriol=0.00025 | s14
242120 | insulin lispro 100 UNT/ML Injectable Solution | insulin, insulin lispro | s1
245264 | insulin isophane, human 85 UNT/ML / insulin, regular, human 15 UNT/ML Injectable Suspension | insulin | s1
245265 | insulin isophane, human 50 UNT/ML / insulin, regular, human 50 UNT/ML Injectable Suspension | insulin | s1
248648 | insulin isophane, human 40 UNT/ML Injectable Suspension | insulin | s1
249026 | insulin, regular, human 40 UNT/ML Injectable Solution | insulin | s1
250983 | nicotine 4 MG Inhalation Solution | nicotine=4 | s4
251856 | ramipril 2.5 MG Oral Tablet | ramipril=2.5 | s2
251857 | ramipril 5 MG Oral Tablet | ramipril=5 | s2
259255 | atorvastatin 80 MG Oral Tablet | atorvastatin=80 | s13
261241 | rosiglitazone 2 MG Oral Tablet [Avandia] | rosiglitazone=2 | s1
261242 | rosiglitazone 4 MG Oral Tablet [Avandia] | rosiglitazone=4 | s1
261243 | rosiglitazone 8 MG Oral Tablet [Avandia] | rosiglitazone=8 | s1
261266 | pioglitazone 15 MG Oral Tablet [Actos] | pioglitazone=15 | s1
261267 | pioglitazone 30 MG Oral Tablet [Actos] | pioglitazone=30 | s1
261268 | pioglitazone 45 MG Oral Tablet [Actos] | pioglitazone=45 | s1
261962 | ramipril 10 MG Oral Capsule | ramipril=10 | s2
282755 | telmisartan 20 MG Oral Tablet | telmisartan=20 | s2
283316 | hydrochlorothiazide 12.5 MG / telmisartan 40 MG Oral Tablet | hydrochlorothiazide=12.5, telmisartan=40 | s2
283317 | hydrochlorothiazide 12.5 MG / telmisartan 80 MG Oral Tablet | hydrochlorothiazide=12.5, telmisartan=80 | s2
285018 | insulin glargine 100 UNT/ML Injectable Solution [Lantus] | insulin, insulin glargine | s1
308135 | amlodipine 10 MG Oral Tablet | amlodipine=10 | s3
308136 | amlodipine 2.5 MG Oral Tablet | amlodipine=2.5 | s3
308962 | captopril 100 MG Oral Tablet | captopril=100 | s2
308963 | captopril 12.5 MG Oral Tablet | captopril=12.5 | s2
308964 | captopril 50 MG Oral Tablet | captopril=50 | s2
310140 | eprosartan 600 MG Oral Tablet | eprosartan=600 | s2
310288 | fenofibrate 134 MG Oral Capsule | fenofibrate=134 | s6
310289 | fenofibrate 200 MG Oral Capsule | fenofibrate=200 | s6
310404 | fluvastatin 20 MG Oral Capsule | fluvastatin=20 | s8
310405 | fluvastatin 40 MG Oral Capsule | fluvastatin=40 | s9
310459 | gemfibrozil 600 MG Oral Tablet | gemfibrozil=600 | s6
310792 | hydrochlorothiazide 12.5 MG / irbesartan 150 MG Oral Tablet | hydrochlorothiazide=12.5, irbesartan=150 | s2
310793 | hydrochlorothiazide 12.5 MG / irbesartan 300 MG Oral Tablet | hydrochlorothiazide=12.5, irbesartan=300 | s2
310796 | hydrochlorothiazide 12.5 MG / quinapril 10 MG Oral Tablet | hydrochlorothiazide=12.5, quinapril=10 | s2
310797 | hydrochlorothiazide 12.5 MG / quinapril 20 MG Oral Tablet | hydrochlorothiazide=12.5, quinapril=20 | s2
310798 | hydrochlorothiazide 25 MG Oral Tablet | hydrochlorothiazide=25 | s3
310809 | hydrochlorothiazide 25 MG / quinapril 20 MG Oral Tablet | hydrochlorothiazide=25, quinapril=20 | s2
311040 | insulin aspart, human 100 UNT/ML Injectable Solution | insulin, insulin aspart | s1
311041 | insulin glargine 100 UNT/ML Injectable Solution | insulin, insulin glargine | s1
311353 | lisinopril 2.5 MG Oral Tablet | lisinopril=2.5 | s2
311354 | lisinopril 5 MG Oral Tablet | lisinopril=5 | s2
311975 | nicotine 4 MG Chewing Gum | nicotine=4 | s10
312440 | pioglitazone 30 MG Oral Tablet | pioglitazone=30 | s1
312441 | pioglitazone 45 MG Oral Tablet | pioglitazone=45 | s1
312748 | quinapril 10 MG Oral Tablet | quinapril=10 | s2
312749 | quinapril 20 MG Oral Tablet | quinapril=20 | s2
312750 | quinapril 5 MG Oral Tablet | quinapril=5 | s2
312961 | simvastatin 20 MG Oral Tablet | simvastatin=20 | s9
312962 | simvastatin 5 MG Oral Tablet | simvastatin=5 | s8
313096 | spironolactone 25 MG Oral Tablet | spironolactone=25 | s11
314076 | lisinopril 10 MG Oral Tablet | lisinopril=10 | s2
314077 | lisinopril 20 MG Oral Tablet | lisinopril=20 | s2
314119 | nicotine 2 MG Chewing Gum | nicotine=2 | s10
314203 | quinapril 40 MG Oral Tablet | quinapril=40 | s2
314231 | simvastatin 10 MG Oral Tablet | simvastatin=10 | s8
317173 | captopril 25 MG Oral Tablet | captopril=25 | s2
317573 | pioglitazone 15 MG Oral Tablet | pioglitazone=15 | s1
349199 | valsartan 80 MG Oral Tablet | valsartan=80 | s2
349200 | valsartan 320 MG Oral Tablet | valsartan=320 | s2
349201 | valsartan 160 MG Oral Tablet | valsartan=160 | s2
349287 | fenofibrate 160 MG Oral Tablet | fenofibrate=160 | s6
349353 | hydrochlorothiazide 25 MG / valsartan 160 MG Oral Tablet | hydrochlorothiazide=25, valsartan=160 | s2
349373 | olmesartan medoxomil 5 MG Oral Tablet | olmesartan=5 | s2
349401 | olmesartan medoxomil 20 MG Oral Tablet | olmesartan=20 | s2
349405 | olmesartan medoxomil 40 MG Oral Tablet | olmesartan=40 | s2
349483 | valsartan 40 MG Oral Tablet | valsartan=40 | s2
349556 | ezetimibe 10 MG Oral Tablet | ezetimibe=10 | s6
351256 | eplerenone 25 MG Oral Tablet | eplerenone=25 | s12
351257 | eplerenone 50 MG Oral Tablet | eplerenone=50 | s12
351292 | eprosartan 600 MG / hydrochlorothiazide 12.5 MG Oral Tablet | eprosartan=600, hydrochlorothiazide=12.5 | s2
351293 | eprosartan 600 MG / hydrochlorothiazide 25 MG Oral Tablet | eprosartan=600, hydrochlorothiazide=25 | s2
359731 | 24 HR lovastatin 40 MG Extended Release Oral Tablet | lovastatin=40 | s9
359732 | 24 HR lovastatin 60 MG Extended Release Oral Tablet | lovastatin=60 | s9
359817 | nicotine 2 MG Oral Lozenge | nicotine=2 | s10
359818 | nicotine 4 MG Oral Lozenge | nicotine=4 | s4
360507 | 24 HR fluvastatin 80 MG Extended Release Oral Tablet | fluvastatin=80 | s9
374319 | Warfarin Oral Tablet | warfarin | s15
401965 | ramipril 1.25 MG Oral Tablet | ramipril=1.25 | s2
401968 | ramipril 10 MG Oral Tablet | ramipril=10 | s2
403853 | hydrochlorothiazide 12.5 MG / olmesartan medoxomil 20 MG Oral Tablet | hydrochlorothiazide=12.5, olmesartan=20 | s2
403854 | hydrochlorothiazide 12.5 MG / olmesartan medoxomil 40 MG Oral Tablet | hydrochlorothiazide=12.5, olmesartan=40 | s2
403855 | hydrochlorothiazide 25 MG / olmesartan medoxomil 40 MG Oral Tablet | hydrochlorothiazide=25, olmesartan=40 | s2
404011 | amlodipine 5 MG / atorvastatin 80 MG Oral Tablet | amlodipine=5, atorvastatin=80 | s13
404013 | amlodipine 10 MG / atorvastatin 80 MG Oral Tablet | amlodipine=10, atorvastatin=80 | s13
428539 | Chlorthalidone 12.5 MG Oral Tablet | chlorthalidone=12.5 | s6
429503 | hydrochlorothiazide 12.5 MG Oral Tablet | hydrochlorothiazide=12.5 | s4
432400 | cinacalcet 90 MG Oral Tablet | cinacalcet=90 | s16
432401 | cinacalcet 60 MG Oral Tablet | cinacalcet=60 | s16
432402 | cinacalcet 30 MG Oral Tablet | cinacalcet=30 | s16
433849 | 24 HR lovastatin 20 MG Extended Release Oral Tablet | lovastatin=20 | s8
476345 | ezetimibe 10 MG / simvastatin 10 MG Oral Tablet | ezetimibe=10, simvastatin=10 | s8
476349 | ezetimibe 10 MG / simvastatin 20 MG Oral Tablet | ezetimibe=10, simvastatin=20 | s9
476350 | ezetimibe 10 MG / simvastatin 40 MG Oral Tablet | ezetimibe=10, simvastatin=40 | s9
476351 | ezetimibe 10 MG / simvastatin 80 MG Oral Tablet | ezetimibe=10, simvastatin=80 | s13
477130 | hydrochlorothiazide 25 MG / telmisartan 80 MG Oral Tablet | hydrochlorothiazide=25, telmisartan=80 | s2
477560 | fenofibrate 145 MG Oral Tablet | fenofibrate=145 | s6
483425 | fenofibrate 130 MG Oral Capsule | fenofibrate=130 | s6
485471 | hydrochlorothiazide 25 MG / irbesartan 300 MG Oral Tablet | hydrochlorothiazide=25, irbesartan=300 | s2
577776 | candesartan cilexetil 16 MG Oral Tablet | candesartan=16 | s2
578325 | candesartan cilexetil 16 MG / hydrochlorothiazide 12.5 MG Oral Tablet | candesartan=16, hydrochlorothiazide=12.5 | s2
578330 | candesartan cilexetil 32 MG / hydrochlorothiazide 12.5 MG Oral Tablet | candesartan=32, hydrochlorothiazide=12.5 | s2
597967 | amlodipine 10 MG / atorvastatin 20 MG Oral Tablet | amlodipine=10, atorvastatin=20 | s9
597971 | amlodipine 2.5 MG / atorvastatin 10 MG Oral Tablet | amlodipine=2.5, atorvastatin=10 | s9
597974 | amlodipine 2.5 MG / atorvastatin 20 MG Oral Tablet | amlodipine=2.5, atorvastatin=20 | s9
597977 | amlodipine 5 MG / atorvastatin 10 MG Oral Tablet | amlodipine=5, atorvastatin=10 | s9
597980 | amlodipine 5 MG / atorvastatin 20 MG Oral Tablet | amlodipine=5, atorvastatin=20 | s9
597984 | amlodipine 5 MG / atorvastatin 40 MG Oral Tablet | amlodipine=5, atorvastatin=40 | s13
597987 | amlodipine 10 MG / atorvastatin 10 MG Oral Tablet | amlodipine=10, atorvastatin=10 | s9
597990 | amlodipine 10 MG / atorvastatin 40 MG Oral Tablet | amlodipine=10, atorvastatin=40 | s13
597993 | amlodipine 2.5 MG / atorvastatin 40 MG Oral Tablet | amlodipine=2.5, atorvastatin=40 | s13
602550 | glimepiride 4 MG / rosiglitazone 4 MG Oral Tablet | glimepiride=4, rosiglitazone=4 | s1
616852 | fenofibrate 150 MG Oral Capsule | fenofibrate=150 | s6
617310 | atorvastatin 20 MG Oral Tablet | atorvastatin=20 | s9
617311 | atorvastatin 40 MG Oral Tablet | atorvastatin=40 | s13
617312 | atorvastatin 10 MG Oral Tablet | atorvastatin=10 | s9
636042 | hydrochlorothiazide 12.5 MG / valsartan 320 MG Oral Tablet | hydrochlorothiazide=12.5, valsartan=320 | s2
636045 | hydrochlorothiazide 25 MG / valsartan 320 MG Oral Tablet | hydrochlorothiazide=25, valsartan=320 | s2
636671 | varenicline 0.5 MG Oral Tablet | varenicline=0.5 | s4
636676 | varenicline 1 MG Oral Tablet | varenicline=1 | s7
639537 | candesartan cilexetil 32 MG Oral Tablet | candesartan=32 | s2
647237 | glimepiride 2 MG / pioglitazone 30 MG Oral Tablet | glimepiride=2, pioglitazone=30 | s1
647239 | glimepiride 4 MG / pioglitazone 30 MG Oral Tablet | glimepiride=4, pioglitazone=30 | s1
665033 | sitagliptin 100 MG Oral Tablet | sitagliptin=100 | s1
665036 | sitagliptin phosphate 100 MG Oral Tablet [Januvia] | sitagliptin=100 | s1
665038 | sitagliptin 25 MG Oral Tablet | sitagliptin=25 | s1
665040 | sitagliptin phosphate 25 MG Oral Tablet [Januvia] | sitagliptin=25 | s1
665042 | sitagliptin 50 MG Oral Tablet | sitagliptin=50 | s1
665044 | sitagliptin phosphate 50 MG Oral Tablet [Januvia] | sitagliptin=50 | s1
706896 | glimepiride 4 MG / rosiglitazone 8 MG Oral Tablet | glimepiride=4, rosiglitazone=8 | s1
722126 | amlodipine 10 MG / valsartan 160 MG Oral Tablet | amlodipine=10, valsartan=160 | s2
722131 | amlodipine 10 MG / valsartan 320 MG Oral Tablet | amlodipine=10, valsartan=320 | s2
722134 | amlodipine 5 MG / valsartan 160 MG Oral Tablet | amlodipine=5, valsartan=160 | s2
722137 | amlodipine 5 MG / valsartan 320 MG Oral Tablet | amlodipine=5, valsartan=320 | s2
724879 | amlodipine 10 MG / valsartan 160 MG Oral Tablet [Exforge] | amlodipine=10, valsartan=160 | s1
724891 | amlodipine 5 MG / valsartan 160 MG Oral Tablet [Exforge] | amlodipine=5, valsartan=160 | s1
730861 | amlodipine 10 MG / olmesartan medoxomil 20 MG Oral Tablet | amlodipine=10, olmesartan=20 | s2
730866 | amlodipine 10 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=10, olmesartan=40 | s2
730869 | amlodipine 5 MG / olmesartan medoxomil 20 MG Oral Tablet | amlodipine=5, olmesartan=20 | s2
730872 | amlodipine 5 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=5, olmesartan=40 | s2
731281 | insulin lispro 50 UNT/ML / insulin lispro protamine, human 50 UNT/ML Injectable Suspension [Humalog Mix] | insulin, insulin lispro | s1
749206 | sevelamer carbonate 800 MG Oral Tablet | sevelamer=800 | s16
749210 | sevelamer carbonate 800 MG Oral Tablet [Renvela] | sevelamer=800 | s1
749802 | fenofibrate 120 MG Oral Tablet | fenofibrate=120 | s6
752388 | insulin lispro 25 UNT/ML / insulin lispro protamine, human 75 UNT/ML Injectable Suspension [Humalog Mix] | insulin, insulin lispro | s1
802749 | candesartan cilexetil 32 MG / hydrochlorothiazide 25 MG Oral Tablet | candesartan=32, hydrochlorothiazide=25 | s2
803194 | insulin glulisine, human 100 UNT/ML Injectable Solution [Apidra] | insulin, insulin glulisine | s1
845488 | ramipril 1.25 MG Oral Capsule | ramipril=1.25 | s2
847191 | 3 ML insulin aspart protamine, human 70 UNT/ML / insulin aspart, human 30 UNT/ML Pen Injector | insulin, insulin aspart | s1
847211 | 3 ML insulin lispro 50 UNT/ML / insulin lispro protamine, human 50 UNT/ML Pen Injector | insulin, insulin lispro | s1
847213 | 3 ML insulin lispro 50 UNT/ML / insulin lispro protamine, human 50 UNT/ML Pen Injector [Humalog Mix] | insulin, insulin lispro | s1
847230 | 3 ML insulin glargine 100 UNT/ML Pen Injector | insulin, insulin glargine | s1
847232 | 3 ML insulin glargine 100 UNT/ML Pen Injector [Lantus] | insulin, insulin glargine | s1
847241 | 3 ML insulin detemir 100 UNT/ML Pen Injector [Levemir] | insulin, insulin detemir | s1
847252 | 3 ML insulin lispro 25 UNT/ML / insulin lispro protamine, human 75 UNT/ML Pen Injector | insulin, insulin lispro | s1
847254 | 3 ML insulin lispro 25 UNT/ML / insulin lispro protamine, human 75 UNT/ML Pen Injector [Humalog Mix] | insulin, insulin lispro | s1
847261 | 3 ML insulin glulisine, human 100 UNT/ML Pen Injector [Apidra] | insulin, insulin glulisine | s1
847913 | 60 ACTUAT exenatide 0.01 MG/ACTUAT Pen Injector [Byetta] | exenatide | s1
847917 | 60 ACTUAT exenatide 0.005 MG/ACTUAT Pen Injector [Byetta] | exenatide | s1
848131 | amlodipine 10 MG / hydrochlorothiazide 12.5 MG / valsartan 160 MG Oral Tablet | amlodipine=10, hydrochlorothiazide=12.5, valsartan=160 | s2
848134 | amlodipine 10 MG / hydrochlorothiazide 12.5 MG / valsartan 160 MG Oral Tablet [Exforge HCT] | amlodipine=10, hydrochlorothiazide=12.5, valsartan=160 | s1
848135 | amlodipine 10 MG / hydrochlorothiazide 25 MG / valsartan 320 MG Oral Tablet | amlodipine=10, hydrochlorothiazide=25, valsartan=320 | s2
848139 | amlodipine 10 MG / hydrochlorothiazide 25 MG / valsartan 320 MG Oral Tablet [Exforge HCT] | amlodipine=10, hydrochlorothiazide=25, valsartan=320 | s1
848140 | amlodipine 5 MG / hydrochlorothiazide 12.5 MG / valsartan 160 MG Oral Tablet | amlodipine=5, hydrochlorothiazide=12.5, valsartan=160 | s2
848144 | amlodipine 5 MG / hydrochlorothiazide 12.5 MG / valsartan 160 MG Oral Tablet [Exforge HCT] | amlodipine=5, hydrochlorothiazide=12.5, valsartan=160 | s1
848145 | amlodipine 5 MG / hydrochlorothiazide 25 MG / valsartan 160 MG Oral Tablet | amlodipine=5, hydrochlorothiazide=25, valsartan=160 | s2
848149 | amlodipine 5 MG / hydrochlorothiazide 25 MG / valsartan 160 MG Oral Tablet [Exforge HCT] | amlodipine=5, hydrochlorothiazide=25, valsartan=160 | s1
848151 | amlodipine 10 MG / hydrochlorothiazide 25 MG / valsartan 160 MG Oral Tablet | amlodipine=10, hydrochlorothiazide=25, valsartan=160 | s2
848155 | amlodipine 10 MG / hydrochlorothiazide 25 MG / valsartan 160 MG Oral Tablet [Exforge HCT] | amlodipine=10, hydrochlorothiazide=25, valsartan=160 | s1
854925 | perindopril erbumine 8 MG Oral Tablet | perindopril=8 | s2
854984 | perindopril erbumine 2 MG Oral Tablet | perindopril=2 | s2
854988 | perindopril erbumine 4 MG Oral Tablet | perindopril=4 | s2
855288 | warfarin sodium 1 MG Oral Tablet | warfarin=1 | s17
855296 | warfarin sodium 10 MG Oral Tablet | warfarin=10 | s18
855302 | warfarin sodium 2 MG Oral Tablet | warfarin=2 | s19
855312 | warfarin sodium 2.5 MG Oral Tablet | warfarin=2.5 | s7
855318 | warfarin sodium 3 MG Oral Tablet | warfarin=3 | s20
855324 | warfarin sodium 4 MG Oral Tablet | warfarin=4 | s7
855332 | warfarin sodium 5 MG Oral Tablet | warfarin=5 | s17
855338 | warfarin sodium 6 MG Oral Tablet | warfarin=6 | s20
855344 | warfarin sodium 7.5 MG Oral Tablet | warfarin=7.5 | s17
857166 | fosinopril sodium 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet | fosinopril=10, hydrochlorothiazide=12.5 | s2
857169 | fosinopril sodium 10 MG Oral Tablet | fosinopril=10 | s2
857174 | fosinopril sodium 20 MG / hydrochlorothiazide 12.5 MG Oral Tablet | fosinopril=20, hydrochlorothiazide=12.5 | s2
857183 | fosinopril sodium 20 MG Oral Tablet | fosinopril=20 | s2
857187 | fosinopril sodium 40 MG Oral Tablet | fosinopril=40 | s2
857218 | sevelamer hydrochloride 400 MG Oral Tablet [RenaGel] | sevelamer=400 | s1
857224 | sevelamer hydrochloride 800 MG Oral Tablet | sevelamer=800 | s16
857226 | sevelamer hydrochloride 800 MG Oral Tablet [RenaGel] | sevelamer=800 | s1
858040 | saxagliptin 5 MG Oral Tablet [Onglyza] | saxagliptin=5 | s1
858044 | saxagliptin 2.5 MG Oral Tablet [Onglyza] | saxagliptin=2.5 | s1
858804 | enalapril maleate 2.5 MG Oral Tablet | enalapril=2.5 | s2
858810 | enalapril maleate 20 MG Oral Tablet | enalapril=20 | s2
858813 | enalapril maleate 5 MG Oral Tablet | enalapril=5 | s2
858817 | enalapril maleate 10 MG Oral Tablet | enalapril=10 | s2
858824 | enalapril maleate 5 MG / hydrochlorothiazide 12.5 MG Oral Tablet | enalapril=5, hydrochlorothiazide=12.5 | s2
858828 | enalapril maleate 10 MG / hydrochlorothiazide 25 MG Oral Tablet | enalapril=10, hydrochlorothiazide=25 | s2
859419 | rosuvastatin calcium 40 MG Oral Tablet | rosuvastatin=40 | s13
859424 | rosuvastatin calcium 5 MG Oral Tablet | rosuvastatin=5 | s9
859747 | rosuvastatin calcium 10 MG Oral Tablet | rosuvastatin=10 | s9
859751 | rosuvastatin calcium 20 MG Oral Tablet | rosuvastatin=20 | s13
860974 | Metformin hydrochloride 500 MG Oral Tablet | metformin=500 | s21
860975 | 24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet | metformin=500 | s22
860981 | 24 HR metformin hydrochloride 750 MG Extended Release Oral Tablet | metformin=750 | s23
861004 | metformin hydrochloride 1000 MG Oral Tablet | metformin=1000 | s24
861007 | metformin hydrochloride 500 MG Oral Tablet | metformin=500 | s24
861010 | metformin hydrochloride 850 MG Oral Tablet | metformin=850 | s6
861021 | metformin hydrochloride 625 MG Oral Tablet | metformin=625 | s4
861370 | sevelamer carbonate 2400 MG Powder for Oral Suspension | sevelamer=2400 | s16
861373 | sevelamer carbonate 2400 MG Powder for Oral Suspension [Renvela] | sevelamer=2400 | s1
861375 | sevelamer carbonate 800 MG Powder for Oral Suspension | sevelamer=800 | s16
861643 | pitavastatin calcium 1 MG Oral Tablet | pitavastatin=1 | s8
861648 | pitavastatin calcium 2 MG Oral Tablet | pitavastatin=2 | s9
861652 | pitavastatin calcium 4 MG Oral Tablet | pitavastatin=4 | s9
861762 | metformin hydrochloride 1000 MG / rosiglitazone 2 MG Oral Tablet [Avandamet] | metformin=1000, rosiglitazone=2 | s1
861765 | metformin hydrochloride 1000 MG / rosiglitazone 4 MG Oral Tablet [Avandamet] | metformin=1000, rosiglitazone=4 | s1
861769 | metformin hydrochloride 1000 MG / sitagliptin 50 MG Oral Tablet | metformin=1000, sitagliptin=50 | s1
861771 | metformin hydrochloride 1000 MG / sitagliptin phosphate 50 MG Oral Tablet [Janumet] | metformin=1000, sitagliptin=50 | s1
861797 | metformin hydrochloride 500 MG / rosiglitazone 1 MG Oral Tablet [Avandamet] | metformin=500, rosiglitazone=1 | s1
861808 | metformin hydrochloride 500 MG / rosiglitazone 2 MG Oral Tablet [Avandamet] | metformin=500, rosiglitazone=2 | s1
861822 | metformin hydrochloride 850 MG / pioglitazone 15 MG Oral Tablet | metformin=850, pioglitazone=15 | s1
865098 | insulin lispro 100 UNT/ML Injectable Solution [Humalog] | insulin, insulin lispro | s1
876514 | amlodipine 10 MG / telmisartan 40 MG Oral Tablet | amlodipine=10, telmisartan=40 | s2
876518 | amlodipine 10 MG / telmisartan 40 MG Oral Tablet [Twynsta] | amlodipine=10, telmisartan=40 | s1
876519 | amlodipine 10 MG / telmisartan 80 MG Oral Tablet | amlodipine=10, telmisartan=80 | s2
876523 | amlodipine 10 MG / telmisartan 80 MG Oral Tablet [Twynsta] | amlodipine=10, telmisartan=80 | s1
876524 | amlodipine 5 MG / telmisartan 40 MG Oral Tablet | amlodipine=5, telmisartan=40 | s2
876528 | amlodipine 5 MG / telmisartan 40 MG Oral Tablet [Twynsta] | amlodipine=5, telmisartan=40 | s1
876529 | amlodipine 5 MG / telmisartan 80 MG Oral Tablet | amlodipine=5, telmisartan=80 | s2
897122 | 3 ML liraglutide 6 MG/ML Pen Injector | liraglutide | s4
897126 | 3 ML liraglutide 6 MG/ML Pen Injector [Victoza] | liraglutide | s1
897781 | 24 HR trandolapril 1 MG / verapamil hydrochloride 240 MG Extended Release Oral Tablet | trandolapril=1, verapamil=240 | s2
897783 | 24 HR trandolapril 2 MG / verapamil hydrochloride 180 MG Extended Release Oral Tablet | trandolapril=2, verapamil=180 | s2
897844 | 24 HR trandolapril 2 MG / verapamil hydrochloride 240 MG Extended Release Oral Tablet | trandolapril=2, verapamil=240 | s2
897853 | 24 HR trandolapril 4 MG / verapamil hydrochloride 240 MG Extended Release Oral Tablet | trandolapril=4, verapamil=240 | s2
898342 | amlodipine 10 MG / benazepril hydrochloride 20 MG Oral Capsule | amlodipine=10, benazepril=20 | s2
898346 | amlodipine 10 MG / benazepril hydrochloride 40 MG Oral Capsule | amlodipine=10, benazepril=40 | s2
898350 | amlodipine 2.5 MG / benazepril hydrochloride 10 MG Oral Capsule | amlodipine=2.5, benazepril=10 | s2
898353 | amlodipine 5 MG / benazepril hydrochloride 10 MG Oral Capsule | amlodipine=5, benazepril=10 | s2
898356 | amlodipine 5 MG / benazepril hydrochloride 20 MG Oral Capsule | amlodipine=5, benazepril=20 | s2
898359 | amlodipine 5 MG / benazepril hydrochloride 40 MG Oral Capsule | amlodipine=5, benazepril=40 | s2
898362 | benazepril hydrochloride 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet | benazepril=10, hydrochlorothiazide=12.5 | s2
898367 | benazepril hydrochloride 20 MG / hydrochlorothiazide 12.5 MG Oral Tablet | benazepril=20, hydrochlorothiazide=12.5 | s2
898372 | benazepril hydrochloride 20 MG / hydrochlorothiazide 25 MG Oral Tablet | benazepril=20, hydrochlorothiazide=25 | s2
898378 | benazepril hydrochloride 5 MG / hydrochlorothiazide 6.25 MG Oral Tablet | benazepril=5, hydrochlorothiazide=6.25 | s2
898687 | benazepril hydrochloride 10 MG Oral Tablet | benazepril=10 | s2
898690 | benazepril hydrochloride 20 MG Oral Tablet | benazepril=20 | s2
898719 | benazepril hydrochloride 40 MG Oral Tablet | benazepril=40 | s2
898723 | benazepril hydrochloride 5 MG Oral Tablet | benazepril=5 | s2
904458 | pravastatin sodium 10 MG Oral Tablet | pravastatin=10 | s8
904462 | alendronic acid 70 MG / cholecalciferol 5600 UNT Oral Tablet | alendronic acid=70, cholecalciferol | s1
904467 | pravastatin sodium 20 MG Oral Tablet | pravastatin=20 | s8
904475 | pravastatin sodium 40 MG Oral Tablet | pravastatin=40 | s9
904481 | pravastatin sodium 80 MG Oral Tablet | pravastatin=80 | s9
904492 | alendronic acid 70 MG / cholecalciferol 2800 UNT Oral Tablet | alendronic acid=70, cholecalciferol | s1
979464 | hydrochlorothiazide 12.5 MG / losartan potassium 100 MG Oral Tablet | hydrochlorothiazide=12.5, losartan=100 | s2
979468 | hydrochlorothiazide 12.5 MG / losartan potassium 50 MG Oral Tablet | hydrochlorothiazide=12.5, losartan=50 | s2
979471 | hydrochlorothiazide 25 MG / losartan potassium 100 MG Oral Tablet | hydrochlorothiazide=25, losartan=100 | s2
979480 | losartan potassium 100 MG Oral Tablet | losartan=100 | s2
979485 | losartan potassium 25 MG Oral Tablet | losartan=25 | s2
979492 | losartan potassium 50 MG Oral Tablet | losartan=50 | s2
993452 | 1 ML denosumab 60 MG/ML Prefilled Syringe | denosumab=60 | s25
993456 | 1 ML denosumab 60 MG/ML Prefilled Syringe [Prolia] | denosumab=60 | s1
999967 | amlodipine 5 MG / hydrochlorothiazide 12.5 MG / olmesartan medoxomil 20 MG Oral Tablet | amlodipine=5, hydrochlorothiazide=12.5, olmesartan=20 | s2
999986 | amlodipine 10 MG / hydrochlorothiazide 12.5 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=10, hydrochlorothiazide=12.5, olmesartan=40 | s2
999991 | amlodipine 10 MG / hydrochlorothiazide 25 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=10, hydrochlorothiazide=25, olmesartan=40 | s2
999996 | amlodipine 5 MG / hydrochlorothiazide 12.5 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=5, hydrochlorothiazide=12.5, olmesartan=40 | s2
1000001 | amlodipine 5 MG / hydrochlorothiazide 25 MG / olmesartan medoxomil 40 MG Oral Tablet | amlodipine=5, hydrochlorothiazide=25, olmesartan=40 | s2
1009220 | aliskiren 150 MG / amlodipine 5 MG Oral Tablet | aliskiren=150, amlodipine=5 | s1
1009247 | aliskiren 150 MG / amlodipine 10 MG Oral Tablet | aliskiren=150, amlodipine=10 | s1
1009315 | aliskiren 300 MG / amlodipine 10 MG Oral Tablet | aliskiren=300, amlodipine=10 | s1
1009320 | aliskiren 300 MG / amlodipine 5 MG Oral Tablet | aliskiren=300, amlodipine=5 | s1
1011710 | aliskiren 150 MG / hydrochlorothiazide 12.5 MG Oral Tablet | aliskiren=150, hydrochlorothiazide=12.5 | s1
1011713 | aliskiren 150 MG / hydrochlorothiazide 25 MG Oral Tablet | aliskiren=150, hydrochlorothiazide=25 | s1
1011750 | aliskiren 300 MG / hydrochlorothiazide 12.5 MG Oral Tablet | aliskiren=300, hydrochlorothiazide=12.5 | s1
1011753 | aliskiren 300 MG / hydrochlorothiazide 25 MG Oral Tablet | aliskiren=300, hydrochlorothiazide=25 | s1
1037045 | dabigatran etexilate 150 MG Oral Capsule | dabigatran etexilate=150 | s4
1037049 | dabigatran etexilate 150 MG Oral Capsule [Pradaxa] | dabigatran etexilate=150 | s1
1037179 | dabigatran etexilate 75 MG Oral Capsule | dabigatran etexilate=75 | s20
1037181 | dabigatran etexilate 75 MG Oral Capsule [Pradaxa] | dabigatran etexilate=75 | s1
1043568 | metformin hydrochloride 1000 MG / saxagliptin 2.5 MG Extended Release Oral Tablet | metformin=1000, saxagliptin=2.5 | s1
1046398 | 1.7 ML denosumab 70 MG/ML Injection | denosumab=119 | s16
1046402 | 1.7 ML denosumab 70 MG/ML Injection [Xgeva] | denosumab=119 | s1
1050798 | aliskiren 150 MG / amlodipine 5 MG / hydrochlorothiazide 12.5 MG Oral Tablet | aliskiren=150, amlodipine=5, hydrochlorothiazide=12.5 | s1
1050803 | aliskiren 300 MG / amlodipine 10 MG / hydrochlorothiazide 12.5 MG Oral Tablet | aliskiren=300, amlodipine=10, hydrochlorothiazide=12.5 | s1
1050806 | aliskiren 300 MG / amlodipine 10 MG / hydrochlorothiazide 25 MG Oral Tablet | aliskiren=300, amlodipine=10, hydrochlorothiazide=25 | s1
1050809 | aliskiren 300 MG / amlodipine 5 MG / hydrochlorothiazide 12.5 MG Oral Tablet | aliskiren=300, amlodipine=5, hydrochlorothiazide=12.5 | s1
1050812 | aliskiren 300 MG / amlodipine 5 MG / hydrochlorothiazide 25 MG Oral Tablet | aliskiren=300, amlodipine=5, hydrochlorothiazide=25 | s1
1091646 | azilsartan medoxomil 40 MG Oral Tablet | azilsartan=40 | s2
1091652 | azilsartan medoxomil 80 MG Oral Tablet | azilsartan=80 | s2
1100702 | linagliptin 5 MG Oral Tablet | linagliptin=5 | s1
1114198 | rivaroxaban 10 MG Oral Tablet | rivaroxaban=10 | s20
1114202 | rivaroxaban 10 MG Oral Tablet [Xarelto] | rivaroxaban=10 | s1
1232082 | rivaroxaban 15 MG Oral Tablet | rivaroxaban=15 | s26
1232084 | rivaroxaban 15 MG Oral Tablet [Xarelto] | rivaroxaban=15 | s1
1232086 | rivaroxaban 20 MG Oral Tablet | rivaroxaban=20 | s7
1232088 | rivaroxaban 20 MG Oral Tablet [Xarelto] | rivaroxaban=20 | s1
1235144 | azilsartan medoxomil 40 MG / chlorthalidone 12.5 MG Oral Tablet | azilsartan=40, chlorthalidone=12.5 | s2
1235151 | azilsartan medoxomil 40 MG / chlorthalidone 25 MG Oral Tablet | azilsartan=40, chlorthalidone=25 | s2
1242968 | exenatide 2 MG Injection [Bydureon] | exenatide=2 | s1
1243026 | linagliptin 2.5 MG / metformin hydrochloride 1000 MG Oral Tablet [Jentadueto] | linagliptin=2.5, metformin=1000 | s1
1243040 | linagliptin 2.5 MG / metformin hydrochloride 850 MG Oral Tablet [Jentadueto] | linagliptin=2.5, metformin=850 | s1
1299859 | hydrochlorothiazide 12.5 MG / moexipril hydrochloride 15 MG Oral Tablet | hydrochlorothiazide=12.5, moexipril=15 | s2
1299871 | hydrochlorothiazide 12.5 MG / moexipril hydrochloride 7.5 MG Oral Tablet | hydrochlorothiazide=12.5, moexipril=7.5 | s2
1299890 | hydrochlorothiazide 25 MG / moexipril hydrochloride 15 MG Oral Tablet | hydrochlorothiazide=25, moexipril=15 | s2
1299896 | moexipril hydrochloride 15 MG Oral Tablet | moexipril=15 | s2
1299897 | moexipril hydrochloride 7.5 MG Oral Tablet | moexipril=7.5 | s2
1364435 | apixaban 2.5 MG Oral Tablet | apixaban=2.5 | s27
1364441 | apixaban 2.5 MG Oral Tablet [Eliquis] | apixaban=2.5 | s1
1364445 | apixaban 5 MG Oral Tablet | apixaban=5 | s28
1364447 | apixaban 5 MG Oral Tablet [Eliquis] | apixaban=5 | s1
1368006 | alogliptin 25 MG Oral Tablet | alogliptin=25 | s1
1368018 | alogliptin 6.25 MG Oral Tablet | alogliptin=6.25 | s1
1368034 | alogliptin 12.5 MG Oral Tablet | alogliptin=12.5 | s1
1368385 | alogliptin 12.5 MG / metformin hydrochloride 1000 MG Oral Tablet | alogliptin=12.5, metformin=1000 | s1
1368410 | alogliptin 12.5 MG / pioglitazone 30 MG Oral Tablet | alogliptin=12.5, pioglitazone=30 | s1
1368417 | alogliptin 12.5 MG / pioglitazone 45 MG Oral Tablet | alogliptin=12.5, pioglitazone=45 | s1
1368431 | alogliptin 25 MG / pioglitazone 30 MG Oral Tablet | alogliptin=25, pioglitazone=30 | s1
1368438 | alogliptin 25 MG / pioglitazone 45 MG Oral Tablet | alogliptin=25, pioglitazone=45 | s1
1373463 | canagliflozin 100 MG Oral Tablet | canagliflozin=100 | s23
1373469 | canagliflozin 100 MG Oral Tablet [Invokana] | canagliflozin=100 | s1
1373471 | canagliflozin 300 MG Oral Tablet | canagliflozin=300 | s24
1373473 | canagliflozin 300 MG Oral Tablet [Invokana] | canagliflozin=300 | s1
1422086 | atorvastatin 10 MG / ezetimibe 10 MG Oral Tablet | atorvastatin=10, ezetimibe=10 | s9
1422093 | atorvastatin 20 MG / ezetimibe 10 MG Oral Tablet | atorvastatin=20, ezetimibe=10 | s9
1422096 | atorvastatin 40 MG / ezetimibe 10 MG Oral Tablet | atorvastatin=40, ezetimibe=10 | s13
1422099 | atorvastatin 80 MG / ezetimibe 10 MG Oral Tablet | atorvastatin=80, ezetimibe=10 | s13
1435624 | enalapril maleate 1 MG/ML Oral Solution | enalapril | s2
1439888 | fenofibrate 145 MG / simvastatin 20 MG Oral Tablet | fenofibrate=145, simvastatin=20 | s1
1439897 | fenofibrate 145 MG / simvastatin 40 MG Oral Tablet | fenofibrate=145, simvastatin=40 | s1
1440052 | lixisenatide 0.1 MG/ML | lixisenatide | s1
1442163 | fenofibrate 30 MG Oral Capsule | fenofibrate=30 | s6
1484296 | sucroferric oxyhydroxide 500 MG Chewable Tablet [Velphoro] | sucroferric oxyhydroxide=500 | s1
1488569 | dapagliflozin 10 MG Oral Tablet | dapagliflozin=10 | s6
1488574 | dapagliflozin 5 MG Oral Tablet | dapagliflozin=5 | s4
1545150 | canagliflozin 150 MG / metformin hydrochloride 1000 MG Oral Tablet | canagliflozin=150, metformin=1000 | s1
1545161 | canagliflozin 50 MG / metformin hydrochloride 1000 MG Oral Tablet | canagliflozin=50, metformin=1000 | s1
1545658 | empagliflozin 10 MG Oral Tablet | empagliflozin=10 | s6
1545664 | empagliflozin 10 MG Oral Tablet [Jardiance] | empagliflozin=10 | s1
1545666 | empagliflozin 25 MG Oral Tablet | empagliflozin=25 | s24
1545668 | empagliflozin 25 MG Oral Tablet [Jardiance] | empagliflozin=25 | s1
1549682 | {42 (rivaroxaban 15 MG Oral Tablet) / 9 (rivaroxaban 20 MG Oral Tablet) } Pack | rivaroxaban=15 | s1
1549683 | {42 (rivaroxaban 15 MG Oral Tablet [Xarelto]) / 9 (rivaroxaban 20 MG Oral Tablet [Xarelto]) } Pack [Xarelto Kit] | rivaroxaban=15 | s1
1551295 | 0.5 ML dulaglutide 1.5 MG/ML Auto-Injector | dulaglutide | s24
1551300 | 0.5 ML dulaglutide 1.5 MG/ML Auto-Injector [Trulicity] | dulaglutide | s1
1551304 | 0.5 ML dulaglutide 3 MG/ML Auto-Injector | dulaglutide | s7
1551306 | 0.5 ML dulaglutide 3 MG/ML Auto-Injector [Trulicity] | dulaglutide | s1
1551475 | bupropion hydrochloride 90 MG / naltrexone hydrochloride 8 MG Extended Release Oral Tablet | bupropion=90 | s1
1593071 | dapagliflozin 5 MG / metformin hydrochloride 1000 MG Extended Release Oral Tablet | dapagliflozin=5, metformin=1000 | s1
1593829 | dapagliflozin 5 MG / metformin hydrochloride 1000 MG Extended Release Oral Tablet [Xigduo] | dapagliflozin=5, metformin=1000 | s1
1594680 | ferric citrate 1000 MG Oral Tablet | ferric citrate=1000 | s16
1598268 | 3 ML liraglutide 6 MG/ML Pen Injector [Saxenda] | liraglutide | s1
1599543 | edoxaban 15 MG Oral Tablet | edoxaban=15 | s20
1599551 | edoxaban 30 MG Oral Tablet | edoxaban=30 | s16
1599555 | edoxaban 60 MG Oral Tablet | edoxaban=60 | s4
1600716 | amlodipine 10 MG / perindopril arginine 14 MG Oral Tablet | amlodipine=10, perindopril=14 | s2
1600724 | amlodipine 2.5 MG / perindopril arginine 3.5 MG Oral Tablet | amlodipine=2.5, perindopril=3.5 | s2
1600728 | amlodipine 5 MG / perindopril arginine 7 MG Oral Tablet | amlodipine=5, perindopril=7 | s2
1602115 | empagliflozin 10 MG / linagliptin 5 MG Oral Tablet [Glyxambi] | empagliflozin=10, linagliptin=5 | s1
1602120 | empagliflozin 25 MG / linagliptin 5 MG Oral Tablet [Glyxambi] | empagliflozin=25, linagliptin=5 | s1
1604544 | 1.5 ML insulin glargine 300 UNT/ML Pen Injector [Toujeo] | insulin, insulin glargine | s1
1649584 | dulaglutide Auto-Injector | dulaglutide | s23
1652239 | 3 ML insulin lispro 200 UNT/ML Pen Injector | insulin, insulin lispro | s1
1652242 | 3 ML insulin lispro 200 UNT/ML Pen Injector [Humalog] | insulin, insulin lispro | s1
1652639 | 3 ML insulin lispro 100 UNT/ML Pen Injector | insulin, insulin lispro | s1
1652640 | 3 ML insulin lispro 100 UNT/ML Pen Injector [Humalog] | insulin, insulin lispro | s1
1652644 | 3 ML insulin lispro 100 UNT/ML Cartridge | insulin, insulin lispro | s1
1652646 | 3 ML insulin lispro 100 UNT/ML Cartridge [Humalog] | insulin, insulin lispro | s1
1653196 | 3 ML insulin aspart, human 100 UNT/ML Cartridge | insulin, insulin aspart | s1
1653202 | 3 ML insulin aspart, human 100 UNT/ML Pen Injector | insulin, insulin aspart | s1
1653594 | liraglutide Pen Injector | liraglutide | s22
1654862 | 3 ML insulin isophane, human 100 UNT/ML Pen Injector | insulin | s1
1656340 | sacubitril 24 MG / valsartan 26 MG Oral Tablet | sacubitril=24, valsartan=26 | s2
1656346 | sacubitril 24 MG / valsartan 26 MG Oral Tablet [Entresto] | sacubitril=24, valsartan=26 | s1
1656349 | sacubitril 49 MG / valsartan 51 MG Oral Tablet | sacubitril=49, valsartan=51 | s2
1656351 | sacubitril 49 MG / valsartan 51 MG Oral Tablet [Entresto] | sacubitril=49, valsartan=51 | s1
1656354 | sacubitril 97 MG / valsartan 103 MG Oral Tablet | sacubitril=97, valsartan=103 | s2
1656356 | sacubitril 97 MG / valsartan 103 MG Oral Tablet [Entresto] | sacubitril=97, valsartan=103 | s1
1659156 | 1 ML alirocumab 150 MG/ML Auto-Injector | alirocumab | s6
1659158 | alirocumab 150 MG/ML [Praluent] | alirocumab | s1
1659165 | 1 ML alirocumab 150 MG/ML Prefilled Syringe | alirocumab | s6
1659177 | 1 ML alirocumab 75 MG/ML Prefilled Syringe | alirocumab | s6
1659178 | alirocumab 75 MG/ML [Praluent] | alirocumab | s1
1659182 | 1 ML alirocumab 75 MG/ML Auto-Injector | alirocumab | s6
1664328 | empagliflozin 5 MG / metformin hydrochloride 1000 MG Oral Tablet [Synjardy] | empagliflozin=5, metformin=1000 | s1
1665369 | empagliflozin 12.5 MG / metformin hydrochloride 1000 MG Oral Tablet [Synjardy] | empagliflozin=12.5, metformin=1000 | s1
1665895 | 1 ML evolocumab 140 MG/ML Auto-Injector | evolocumab | s6
1665900 | 1 ML evolocumab 140 MG/ML Auto-Injector [Repatha] | evolocumab | s1
1665904 | 1 ML evolocumab 140 MG/ML Prefilled Syringe | evolocumab | s6
1665906 | 1 ML evolocumab 140 MG/ML Prefilled Syringe [Repatha] | evolocumab | s1
1670016 | 3 ML insulin degludec 100 UNT/ML Pen Injector [Tresiba] | insulin, insulin degludec | s1
1670023 | 3 ML insulin degludec 200 UNT/ML Pen Injector [Tresiba] | insulin, insulin degludec | s1
1723476 | dabigatran etexilate 110 MG Oral Capsule | dabigatran etexilate=110 | s29
1723478 | dabigatran etexilate 110 MG Oral Capsule [Pradaxa] | dabigatran etexilate=110 | s1
1790679 | simvastatin 4 MG/ML Oral Suspension | simvastatin | s8
1797886 | nicotine 0.5 MG/ACTUAT Metered Dose Nasal Spray | nicotine | s10
1798281 | nebivolol 5 MG / valsartan 80 MG Oral Tablet | nebivolol=5, valsartan=80 | s2
1801289 | Smoking Cessation 12 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet | bupropion=150 | s7
1801319 | 3.5 ML evolocumab 120 MG/ML Cartridge | evolocumab | s6
1801322 | 3.5 ML evolocumab 120 MG/ML Cartridge [Repatha] | evolocumab | s1
1803892 | 3 ML lixisenatide 0.05 MG/ML Pen Injector | lixisenatide | s1
1803894 | 3 ML lixisenatide 0.1 MG/ML Pen Injector | lixisenatide | s1
1806884 | lisinopril 1 MG/ML Oral Solution | lisinopril | s2
1858995 | 3 ML insulin glargine 100 UNT/ML / lixisenatide 0.033 MG/ML Pen Injector | insulin, insulin glargine, lixisenatide | s1
1860172 | 3 ML insulin degludec 100 UNT/ML / liraglutide 3.6 MG/ML Pen Injector [Xultophy] | insulin, insulin degludec, liraglutide | s1
1876132 | 2 ML etelcalcetide 5 MG/ML Injection [Parsabiv] | etelcalcetide | s1
1876136 | 1 ML etelcalcetide 5 MG/ML Injection [Parsabiv] | etelcalcetide | s1
1876138 | 0.5 ML etelcalcetide 5 MG/ML Injection [Parsabiv] | etelcalcetide | s1
1925504 | dapagliflozin 10 MG / saxagliptin 5 MG Oral Tablet [Qtern] | dapagliflozin=10, saxagliptin=5 | s1
1944264 | simvastatin 8 MG/ML Oral Suspension | simvastatin | s9
1986354 | insulin aspart, human 100 UNT/ML Injectable Solution [Fiasp] | insulin, insulin aspart | s1
1986356 | 3 ML insulin aspart, human 100 UNT/ML Pen Injector [Fiasp] | insulin, insulin aspart | s1
1990869 | 0.85 ML exenatide 2.35 MG/ML Auto-Injector [Bydureon] | exenatide | s1
1991306 | 0.25 MG, 0.5 MG Dose 1.5 ML semaglutide 1.34 MG/ML Pen Injector | semaglutide | s22
1991311 | 0.25 MG, 0.5 MG Dose 1.5 ML semaglutide 1.34 MG/ML Pen Injector [Ozempic] | semaglutide | s1
1992816 | ertugliflozin 5 MG Oral Tablet [Steglatro] | ertugliflozin=5 | s1
1992821 | ertugliflozin 15 MG Oral Tablet [Steglatro] | ertugliflozin=15 | s1
1992832 | ertugliflozin 15 MG / sitagliptin 100 MG Oral Tablet [Steglujan] | ertugliflozin=15, sitagliptin=100 | s1
1992837 | ertugliflozin 5 MG / sitagliptin 100 MG Oral Tablet [Steglujan] | ertugliflozin=5, sitagliptin=100 | s1
1994316 | 3 ML insulin aspart, human 30 UNT/ML / insulin degludec 70 UNT/ML Pen Injector [Ryzodeg] | insulin, insulin aspart, insulin degludec | s1
1994318 | insulin aspart, human 30 UNT/ML / insulin degludec 70 UNT/ML Pen Injector [Ryzodeg] | insulin, insulin aspart, insulin degludec | s1
1996254 | valsartan 4 MG/ML Oral Solution | valsartan | s2
2001254 | pitavastatin magnesium 1 MG Oral Tablet | pitavastatin=1 | s8
2001262 | pitavastatin magnesium 2 MG Oral Tablet | pitavastatin=2 | s9
2001266 | pitavastatin magnesium 4 MG Oral Tablet | pitavastatin=4 | s9
2002420 | 3 ML insulin glargine 300 UNT/ML Pen Injector [Toujeo] | insulin, insulin glargine | s1
2059015 | rivaroxaban 2.5 MG Oral Tablet | rivaroxaban=2.5 | s16
2059017 | rivaroxaban 2.5 MG Oral Tablet [Xarelto] | rivaroxaban=2.5 | s1
2167557 | rosuvastatin 10 MG Oral Capsule | rosuvastatin=10 | s9
2167565 | rosuvastatin 20 MG Oral Capsule | rosuvastatin=20 | s13
2167569 | rosuvastatin 40 MG Oral Capsule | rosuvastatin=40 | s13
2167573 | rosuvastatin 5 MG Oral Capsule | rosuvastatin=5 | s9
2179742 | insulin, regular, human 1 UNT/ML | insulin | s1
2200643 | semaglutide Oral Tablet | semaglutide | s23
2200644 | semaglutide 14 MG Oral Tablet | semaglutide=14 | s7
2200650 | semaglutide 14 MG Oral Tablet [Rybelsus] | semaglutide=14 | s1
2200652 | semaglutide 3 MG Oral Tablet | semaglutide=3 | s7
2200654 | semaglutide 3 MG Oral Tablet [Rybelsus] | semaglutide=3 | s1
2200656 | semaglutide 7 MG Oral Tablet | semaglutide=7 | s30
2200658 | semaglutide 7 MG Oral Tablet [Rybelsus] | semaglutide=7 | s1
2205454 | 3 ML insulin aspart, human 100 UNT/ML Cartridge [Fiasp] | insulin, insulin aspart | s1
2282408 | bempedoic acid 180 MG Oral Tablet | bempedoic acid=180 | s6
2283230 | bempedoic acid 180 MG / ezetimibe 10 MG Oral Tablet | bempedoic acid=180, ezetimibe=10 | s1
2377231 | 3 ML insulin glargine 100 UNT/ML Pen Injector [Semglee] | insulin, insulin glargine | s1
2395777 | 0.5 ML dulaglutide 6 MG/ML Auto-Injector | dulaglutide | s4
2395779 | 0.5 ML dulaglutide 6 MG/ML Auto-Injector [Trulicity] | dulaglutide | s1
2395783 | 0.5 ML dulaglutide 9 MG/ML Auto-Injector | dulaglutide | s7
2395785 | 0.5 ML dulaglutide 9 MG/ML Auto-Injector [Trulicity] | dulaglutide | s1
2398841 | 3 ML semaglutide 1.34 MG/ML Pen Injector | semaglutide | s30
2398842 | 3 ML semaglutide 1.34 MG/ML Pen Injector [Ozempic] | semaglutide | s1
2535745 | ezetimibe 10 MG / rosuvastatin 20 MG Oral Tablet | ezetimibe=10, rosuvastatin=20 | s13
2535747 | ezetimibe 10 MG / rosuvastatin 5 MG Oral Tablet | ezetimibe=10, rosuvastatin=5 | s9
2535749 | ezetimibe 10 MG / rosuvastatin 40 MG Oral Tablet | ezetimibe=10, rosuvastatin=40 | s13
2535750 | ezetimibe 10 MG / rosuvastatin 10 MG Oral Tablet | ezetimibe=10, rosuvastatin=10 | s9
2553500 | semaglutide Auto-Injector | semaglutide | s7
2553501 | 0.5 ML semaglutide 0.5 MG/ML Auto-Injector | semaglutide | s24
2553506 | 0.5 ML semaglutide 0.5 MG/ML Auto-Injector [Wegovy] | semaglutide | s1
2553601 | 0.5 ML semaglutide 1 MG/ML Auto-Injector | semaglutide | s4
2553603 | 0.5 ML semaglutide 1 MG/ML Auto-Injector [Wegovy] | semaglutide | s1
2553802 | 0.5 ML semaglutide 2 MG/ML Auto-Injector | semaglutide | s4
2553803 | 0.5 ML semaglutide 2 MG/ML Auto-Injector [Wegovy] | semaglutide | s1
2553901 | 0.75 ML semaglutide 2.27 MG/ML Auto-Injector | semaglutide | s7
2553903 | 0.75 ML semaglutide 2.27 MG/ML Auto-Injector [Wegovy] | semaglutide | s1
2554102 | 0.75 ML semaglutide 3.2 MG/ML Auto-Injector | semaglutide | s31
2554104 | 0.75 ML semaglutide 3.2 MG/ML Auto-Injector [Wegovy] | semaglutide | s1
2562816 | finerenone 10 MG Oral Tablet | finerenone=10 | s12
2562822 | finerenone 10 MG Oral Tablet [Kerendia] | finerenone=10 | s1
2562824 | finerenone 20 MG Oral Tablet | finerenone=20 | s7
2562826 | finerenone 20 MG Oral Tablet [Kerendia] | finerenone=20 | s1
2588062 | rivaroxaban 1 MG/ML Oral Suspension | rivaroxaban | s26
2588066 | rivaroxaban 1 MG/ML Oral Suspension [Xarelto] | rivaroxaban | s1
2588269 | 1.5 ML inclisiran 189 MG/ML Prefilled Syringe [Leqvio] | inclisiran | s1
2590616 | dabigatran etexilate 110 MG Oral Pellet | dabigatran etexilate=110 | s4
2590619 | dabigatran etexilate 110 MG Oral Pellet [Pradaxa] | dabigatran etexilate=110 | s1
2590620 | dabigatran etexilate 150 MG Oral Pellet | dabigatran etexilate=150 | s32
2590621 | dabigatran etexilate 150 MG Oral Pellet [Pradaxa] | dabigatran etexilate=150 | s1
2590623 | dabigatran etexilate 20 MG Oral Pellet | dabigatran etexilate=20 | s19
2590625 | dabigatran etexilate 20 MG Oral Pellet [Pradaxa] | dabigatran etexilate=20 | s1
2590627 | dabigatran etexilate 30 MG Oral Pellet | dabigatran etexilate=30 | s4
2590629 | dabigatran etexilate 30 MG Oral Pellet [Pradaxa] | dabigatran etexilate=30 | s1
2590631 | dabigatran etexilate 40 MG Oral Pellet | dabigatran etexilate=40 | s19
2590633 | dabigatran etexilate 40 MG Oral Pellet [Pradaxa] | dabigatran etexilate=40 | s1
2590635 | dabigatran etexilate 50 MG Oral Pellet | dabigatran etexilate=50 | s32
2590637 | dabigatran etexilate 50 MG Oral Pellet [Pradaxa] | dabigatran etexilate=50 | s1
2599362 | 3 ML semaglutide 2.68 MG/ML Pen Injector | semaglutide | s4
2599365 | 3 ML semaglutide 2.68 MG/ML Pen Injector [Ozempic] | semaglutide | s1
2601743 | 0.5 ML tirzepatide 10 MG/ML Auto-Injector | tirzepatide | s31
2601746 | 0.5 ML tirzepatide 10 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2601755 | 0.5 ML tirzepatide 30 MG/ML Auto-Injector | tirzepatide | s30
2601758 | 0.5 ML tirzepatide 30 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2601761 | 0.5 ML tirzepatide 5 MG/ML Auto-Injector | tirzepatide | s31
2601764 | 0.5 ML tirzepatide 5 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2601767 | 0.5 ML tirzepatide 20 MG/ML Auto-Injector | tirzepatide | s33
2601770 | 0.5 ML tirzepatide 20 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2601773 | 0.5 ML tirzepatide 25 MG/ML Auto-Injector | tirzepatide | s4
2601776 | 0.5 ML tirzepatide 25 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2601784 | 0.5 ML tirzepatide 15 MG/ML Auto-Injector | tirzepatide | s4
2601785 | 0.5 ML tirzepatide 15 MG/ML Auto-Injector [Mounjaro] | tirzepatide | s1
2619152 | 0.25 MG, 0.5 MG Dose 3 ML semaglutide 0.68 MG/ML Pen Injector | semaglutide | s16
2619154 | 0.25 MG, 0.5 MG Dose 3 ML semaglutide 0.68 MG/ML Pen Injector [Ozempic] | semaglutide | s1
2638683 | sotagliflozin 200 MG Oral Tablet | sotagliflozin=200 | s1
2642808 | 1.6 ML insulin aspart, human 100 UNT/ML Cartridge | insulin, insulin aspart | s1
2642809 | 1.6 ML insulin aspart, human 100 UNT/ML Cartridge [Fiasp] | insulin, insulin aspart | s1
2644396 | 0.5 ML tirzepatide 15 MG/ML Injection | tirzepatide | s24
2644399 | 0.5 ML tirzepatide 15 MG/ML Injection [Mounjaro] | tirzepatide | s1
2644401 | 0.5 ML tirzepatide 10 MG/ML Injection | tirzepatide | s4
2644403 | 0.5 ML tirzepatide 10 MG/ML Injection [Mounjaro] | tirzepatide | s1
2644405 | 0.5 ML tirzepatide 5 MG/ML Injection | tirzepatide | s24
2644407 | 0.5 ML tirzepatide 5 MG/ML Injection [Mounjaro] | tirzepatide | s1
2644409 | 0.5 ML tirzepatide 30 MG/ML Injection | tirzepatide | s30
2644411 | 0.5 ML tirzepatide 30 MG/ML Injection [Mounjaro] | tirzepatide | s1
2644413 | 0.5 ML tirzepatide 25 MG/ML Injection | tirzepatide | s7
2644415 | 0.5 ML tirzepatide 25 MG/ML Injection [Mounjaro] | tirzepatide | s1
2644417 | 0.5 ML tirzepatide 20 MG/ML Injection | tirzepatide | s30
2644419 | 0.5 ML tirzepatide 20 MG/ML Injection [Mounjaro] | tirzepatide | s1
2704012 | hydrochlorothiazide 800 MG Powder for Oral Suspension | hydrochlorothiazide=800 | s6
2707549 | semaglutide 1.5 MG Oral Tablet [Rybelsus] | semaglutide=1.5 | s1
2707553 | semaglutide 4 MG Oral Tablet [Rybelsus] | semaglutide=4 | s1
2707557 | semaglutide 9 MG Oral Tablet [Rybelsus] | semaglutide=9 | s1
2709603 | sitagliptin phosphate 100 MG Oral Tablet | sitagliptin=100 | s1
2709608 | sitagliptin phosphate 50 MG Oral Tablet | sitagliptin=50 | s1
2709612 | sitagliptin phosphate 25 MG Oral Tablet | sitagliptin=25 | s1
2726058 | amlodipine 2.5 MG Powder for Oral Solution | amlodipine=2.5 | s6
2726065 | amlodipine 5 MG Powder for Oral Solution | amlodipine=5 | s6
2726068 | amlodipine 10 MG Powder for Oral Solution | amlodipine=10 | s6
"""

PRODUCTS: Mapping[str, Product] = {p.code.code: p for p in map(_product, _TABLE.strip().splitlines())}
"""RxNorm code -> product."""
