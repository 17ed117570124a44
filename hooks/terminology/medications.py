"""Drugs: ingredients with their RxNorm and ATC codes and their names in text; classes that rules speak of.

A table: each code with the public source it was seen in. Source of the selection: clinical specification of
this project; LOINC, SNOMED CT, RxNorm, ATC and ICD-10-CM carry their own licences (see NOTICE).
"""

# ruff: noqa: E501

from collections.abc import Mapping
from decimal import Decimal

from hooks.terminology.concepts import ATC, CODE_ONLY, RXNORM, SEEN, SNOMED, Code, DrugClass, Ingredient


def _rx(code: str, display: str, source: str, verified: str = SEEN) -> Code:
    return Code(RXNORM, code, display, source, verified)


def _atc(code: str, display: str, source: str) -> Code:
    return Code(ATC, code, display, source)


INGREDIENTS: Mapping[str, Ingredient] = {
    i.name: i
    for i in (
        Ingredient(
            "sevelamer",
            codes=(
                _rx("214824", "sevelamer", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("V03AE02", "sevelamer", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("sevelamer", "renvela", "renagel",),
        ),
        Ingredient(
            "lanthanum carbonate",
            codes=(
                _atc("V03AE03", "lanthanum carbonate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("lanthanum carbonate", "lanthanum", "fosrenol",),
        ),
        Ingredient(
            "sucroferric oxyhydroxide",
            codes=(
                _rx("1484283", "sucroferric oxyhydroxide", "mi-erasmusmc/ema-authorised-to-rxnorm-mappings"),
                _atc("V03AE05", "sucroferric oxyhydroxide", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("sucroferric oxyhydroxide", "sucroferric", "velphoro",),
        ),
        Ingredient(
            "ferric citrate",
            codes=(
                _atc("V03AE08", "ferric citrate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ferric citrate", "auryxia", "fexeric",),
        ),
        Ingredient(
            "tenapanor",
            codes=(
                _atc("A06AX08", "tenapanor", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("tenapanor", "xphozah", "ibsrela",),
        ),
        Ingredient(
            "colestilan",
            codes=(
                _atc("V03AE06", "colestilan", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("colestilan", "bixalomer", "bindren", "kiklin",),
        ),
        Ingredient(
            "calcium acetate",
            codes=(
                _rx("214342", "calcium acetate", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("V03AE07", "calcium acetate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
                _atc("V03AE04", "calcium acetate and magnesium carbonate", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("calcium acetate", "phoslyra", "phoslo", "eliphos", "calphron", "osvaren",),
        ),
        Ingredient(
            "calcium carbonate",
            codes=(
                _rx("1897", "Calcium Carbonate", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; google/fhir R4 spec package"),
                _atc("A12AA04", "calcium carbonate", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
                _atc("A02AC01", "calcium carbonate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("calcium carbonate", "tums", "caltrate", "os-cal",),
        ),
        Ingredient(
            "calcium citrate",
            codes=(),
            words=("calcium citrate", "citracal",),
        ),
        Ingredient(
            "aluminium hydroxide",
            codes=(
                _rx("612", "Aluminum Hydroxide", "google/fhir R4 spec package"),
                _atc("A02AB01", "aluminium hydroxide", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("aluminium hydroxide", "aluminum hydroxide", "alternagel", "amphojel",),
        ),
        Ingredient(
            "cinacalcet",
            codes=(
                _rx("407990", "cinacalcet", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("H05BX01", "cinacalcet", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("cinacalcet", "sensipar", "mimpara",),
        ),
        Ingredient(
            "etelcalcetide",
            codes=(
                _rx("1876119", "etelcalcetide", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("H05BX04", "etelcalcetide", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("etelcalcetide", "parsabiv",),
        ),
        Ingredient(
            "evocalcet",
            codes=(
                _atc("H05BX06", "evocalcet", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("evocalcet", "orkedia",),
        ),
        Ingredient(
            "upacicalcet",
            codes=(),
            words=("upacicalcet", "upasita",),
        ),
        Ingredient(
            "calcitriol",
            codes=(
                _rx("1894", "Calcitriol", "google/fhir R4 spec package"),
                _atc("A11CC04", "calcitriol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("calcitriol", "rocaltrol", "calcijex",),
        ),
        Ingredient(
            "paricalcitol",
            codes=(
                _rx("73710", "paricalcitol", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("H05BX02", "paricalcitol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("paricalcitol", "zemplar",),
        ),
        Ingredient(
            "doxercalciferol",
            codes=(
                _rx("11516", "doxercalciferol", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("H05BX03", "doxercalciferol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("doxercalciferol", "hectorol",),
        ),
        Ingredient(
            "alfacalcidol",
            codes=(
                _atc("A11CC03", "alfacalcidol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("alfacalcidol", "one-alpha",),
        ),
        Ingredient(
            "ergocalciferol",
            codes=(
                _rx("4018", "Ergocalciferol", "google/fhir R4 spec package"),
                _atc("A11CC01", "ergocalciferol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ergocalciferol", "vitamin d2",),
        ),
        Ingredient(
            "cholecalciferol",
            codes=(
                _rx("2418", "Cholecalciferol", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; google/fhir R4 spec package"),
                _atc("A11CC05", "colecalciferol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("cholecalciferol", "colecalciferol", "vitamin d3",),
        ),
        Ingredient(
            "calcifediol",
            codes=(
                _rx("1889", "Calcifediol", "google/fhir R4 spec package"),
                _atc("A11CC06", "calcifediol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
                _atc("H05BX05", "calcifediol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("calcifediol", "rayaldee",),
        ),
        Ingredient(
            "phytomenadione",
            codes=(
                _rx("8308", "vitamin K1", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("B02BA01", "phytomenadione", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("phytomenadione", "vitamin k", "phytonadione", "vitamin k1", "vitamin k 1",),
        ),
        Ingredient(
            "menaquinone",
            codes=(),
            words=("menaquinone", "k2", "k-2", "vitamin k-2", "mk 7", "menaquinone-7", "mk-7", "mk7", "mk-4", "menatetrenone", "vitamin k2", "vitamin k 2", "natto",),
            not_words=("vitamin k 2 mg", "vitamin k 2 milligram", "vitamin k 2 milligrams", "vitamin k 2.5", "vitamin k 2.0",),
        ),
        Ingredient(
            "warfarin",
            codes=(
                _rx("11289", "Warfarin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache rxnorm.cache"),
                _atc("B01AA03", "warfarin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("warfarin", "coumadin", "jantoven",),
        ),
        Ingredient(
            "acenocoumarol",
            codes=(
                _atc("B01AA07", "acenocoumarol", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("acenocoumarol", "sintrom",),
        ),
        Ingredient(
            "phenprocoumon",
            codes=(
                _atc("B01AA04", "phenprocoumon", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("phenprocoumon", "marcumar",),
        ),
        Ingredient(
            "apixaban",
            codes=(
                _rx("1364430", "apixaban", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("B01AF02", "apixaban", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("apixaban", "eliquis",),
        ),
        Ingredient(
            "rivaroxaban",
            codes=(
                _rx("1114195", "rivaroxaban", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("B01AF01", "rivaroxaban", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("rivaroxaban", "xarelto",),
        ),
        Ingredient(
            "edoxaban",
            codes=(
                _rx("1599538", "edoxaban", "OHDSI/PhenotypeLibrary; VSAC expansion via canvas-medical/canvas-plugins"),
                _atc("B01AF03", "edoxaban", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("edoxaban", "savaysa", "lixiana",),
        ),
        Ingredient(
            "dabigatran etexilate",
            codes=(
                _rx("1037042", "dabigatran etexilate", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("B01AE07", "dabigatran etexilate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("dabigatran etexilate", "dabigatran", "pradaxa",),
        ),
        Ingredient(
            "atorvastatin",
            codes=(
                _rx("83367", "atorvastatin", "VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024; VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024"),
                _atc("C10AA05", "atorvastatin", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("atorvastatin",),
        ),
        Ingredient(
            "rosuvastatin",
            codes=(
                _rx("301542", "rosuvastatin", "VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024; VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024"),
                _atc("C10AA07", "rosuvastatin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("rosuvastatin",),
        ),
        Ingredient(
            "simvastatin",
            codes=(
                _rx("36567", "Simvastatin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024"),
                _atc("C10AA01", "simvastatin", "HL7/fhir-ips; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("simvastatin",),
        ),
        Ingredient(
            "pravastatin",
            codes=(
                _rx("42463", "Pravastatin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024"),
                _atc("C10AA03", "pravastatin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("pravastatin",),
        ),
        Ingredient(
            "fluvastatin",
            codes=(
                _rx("41127", "fluvastatin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-r4-2021"),
                _atc("C10AA04", "fluvastatin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("fluvastatin",),
        ),
        Ingredient(
            "lovastatin",
            codes=(
                _rx("6472", "Lovastatin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024"),
                _atc("C10AA02", "lovastatin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("lovastatin",),
        ),
        Ingredient(
            "pitavastatin",
            codes=(
                _rx("861634", "pitavastatin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-r4-2021"),
                _atc("C10AA08", "pitavastatin", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("pitavastatin",),
        ),
        Ingredient(
            "ezetimibe",
            codes=(
                _rx("341248", "ezetimibe", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; ssmithm/rxnorm-drug-lists"),
                _atc("C10AX09", "ezetimibe", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ezetimibe", "zetia", "ezetrol", "nexlizet", "nustendi",),
        ),
        Ingredient(
            "alirocumab",
            codes=(
                _rx("1659152", "alirocumab", "ssmithm/rxnorm-drug-lists"),
                _atc("C10AX14", "alirocumab", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("alirocumab", "praluent",),
        ),
        Ingredient(
            "evolocumab",
            codes=(
                _rx("1665684", "evolocumab", "ssmithm/rxnorm-drug-lists"),
                _atc("C10AX13", "evolocumab", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("evolocumab", "repatha",),
        ),
        Ingredient(
            "inclisiran",
            codes=(
                _rx("2588235", "inclisiran", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("C10AX16", "inclisiran", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("inclisiran", "leqvio",),
        ),
        Ingredient(
            "bempedoic acid",
            codes=(
                _rx("2282403", "bempedoic acid", "ssmithm/rxnorm-drug-lists"),
                _atc("C10AX15", "bempedoic acid", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
                _atc("C10BA10", "bempedoic acid and ezetimibe", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("bempedoic acid", "nexletol", "nilemdo", "nexlizet", "nustendi",),
        ),
        Ingredient(
            "gemfibrozil",
            codes=(
                _rx("4719", "Gemfibrozil", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; ssmithm/rxnorm-drug-lists"),
                _atc("C10AB04", "gemfibrozil", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("gemfibrozil", "lopid",),
        ),
        Ingredient(
            "fenofibrate",
            codes=(
                _rx("8703", "Fenofibrate", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; ssmithm/rxnorm-drug-lists"),
                _atc("C10AB05", "fenofibrate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("fenofibrate", "fenofibric acid", "tricor",),
        ),
        Ingredient(
            "bezafibrate",
            codes=(
                _atc("C10AB02", "bezafibrate", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("bezafibrate",),
        ),
        Ingredient(
            "azilsartan",
            codes=(
                _rx("1091643", "azilsartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("azilsartan",),
        ),
        Ingredient(
            "sacubitril",
            codes=(
                _rx("1656328", "sacubitril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
                _atc("C09DX04", "valsartan and sacubitril", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("sacubitril", "entresto",),
        ),
        Ingredient(
            "benazepril",
            codes=(
                _rx("18867", "benazepril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("benazepril",),
        ),
        Ingredient(
            "captopril",
            codes=(
                _rx("1998", "captopril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("captopril",),
        ),
        Ingredient(
            "candesartan",
            codes=(
                _rx("214354", "candesartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("candesartan",),
        ),
        Ingredient(
            "lisinopril",
            codes=(
                _rx("29046", "lisinopril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("lisinopril",),
        ),
        Ingredient(
            "moexipril",
            codes=(
                _rx("30131", "moexipril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("moexipril",),
        ),
        Ingredient(
            "olmesartan",
            codes=(
                _rx("321064", "olmesartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("olmesartan",),
        ),
        Ingredient(
            "quinapril",
            codes=(
                _rx("35208", "quinapril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("quinapril",),
        ),
        Ingredient(
            "ramipril",
            codes=(
                _rx("35296", "ramipril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("ramipril",),
        ),
        Ingredient(
            "enalapril",
            codes=(
                _rx("3827", "enalapril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("enalapril",),
        ),
        Ingredient(
            "trandolapril",
            codes=(
                _rx("38454", "trandolapril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("trandolapril",),
        ),
        Ingredient(
            "fosinopril",
            codes=(
                _rx("50166", "fosinopril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("fosinopril",),
        ),
        Ingredient(
            "losartan",
            codes=(
                _rx("52175", "losartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("losartan",),
        ),
        Ingredient(
            "perindopril",
            codes=(
                _rx("54552", "perindopril", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("perindopril",),
        ),
        Ingredient(
            "valsartan",
            codes=(
                _rx("69749", "valsartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("valsartan",),
        ),
        Ingredient(
            "telmisartan",
            codes=(
                _rx("73494", "telmisartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("telmisartan",),
        ),
        Ingredient(
            "eprosartan",
            codes=(
                _rx("83515", "eprosartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("eprosartan",),
        ),
        Ingredient(
            "irbesartan",
            codes=(
                _rx("83818", "irbesartan", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("irbesartan",),
        ),
        Ingredient(
            "spironolactone",
            codes=(
                _rx("9997", "Spironolactone", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache rxnorm.cache"),
                _atc("C03DA01", "spironolactone", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("spironolactone",),
        ),
        Ingredient(
            "eplerenone",
            codes=(
                _rx("298869", "eplerenone", "HL7/PDDI-CDS txCache rxnorm.cache; ssmithm/rxnorm-drug-lists"),
                _atc("C03DA04", "eplerenone", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("eplerenone",),
        ),
        Ingredient(
            "finerenone",
            codes=(
                _rx("2562811", "finerenone", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("C03DA05", "finerenone", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("finerenone", "kerendia",),
        ),
        Ingredient(
            "amlodipine",
            codes=(
                _rx("17767", "Amlodipine", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("C08CA01", "amlodipine", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("amlodipine",),
        ),
        Ingredient(
            "nifedipine",
            codes=(
                _rx("7417", "Nifedipine", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("nifedipine",),
        ),
        Ingredient(
            "felodipine",
            codes=(
                _rx("4316", "Felodipine", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("felodipine",),
        ),
        Ingredient(
            "nicardipine",
            codes=(
                _rx("7396", "nicardipine", "OHDSI/PhenotypeLibrary; ssmithm/rxnorm-drug-lists"),
            ),
            words=("nicardipine",),
        ),
        Ingredient(
            "diltiazem",
            codes=(
                _rx("3443", "Diltiazem", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; ssmithm/rxnorm-drug-lists"),
            ),
            words=("diltiazem",),
        ),
        Ingredient(
            "verapamil",
            codes=(
                _rx("11170", "Verapamil", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; ssmithm/rxnorm-drug-lists"),
            ),
            words=("verapamil",),
        ),
        Ingredient(
            "hydrochlorothiazide",
            codes=(
                _rx("5487", "Hydrochlorothiazide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("hydrochlorothiazide",),
        ),
        Ingredient(
            "chlorthalidone",
            codes=(
                _rx("2409", "Chlorthalidone", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("chlorthalidone",),
        ),
        Ingredient(
            "indapamide",
            codes=(
                _rx("5764", "Indapamide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("indapamide",),
        ),
        Ingredient(
            "metolazone",
            codes=(
                _rx("6916", "Metolazone", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
            ),
            words=("metolazone",),
        ),
        Ingredient(
            "furosemide",
            codes=(
                _rx("4603", "Furosemide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache rxnorm.cache"),
            ),
            words=("furosemide",),
        ),
        Ingredient(
            "bumetanide",
            codes=(
                _rx("1808", "Bumetanide", "HL7/PDDI-CDS txCache rxnorm.cache; ssmithm/rxnorm-drug-lists"),
            ),
            words=("bumetanide",),
        ),
        Ingredient(
            "torsemide",
            codes=(
                _rx("38413", "torsemide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache rxnorm.cache"),
            ),
            words=("torsemide", "torasemide",),
        ),
        Ingredient(
            "timolol",
            codes=(
                _rx("10600", "timolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("timolol",),
        ),
        Ingredient(
            "metipranolol",
            codes=(
                _rx("10824", "metipranolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("metipranolol",),
        ),
        Ingredient(
            "atenolol",
            codes=(
                _rx("1202", "atenolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("atenolol",),
        ),
        Ingredient(
            "acebutolol",
            codes=(
                _rx("149", "acebutolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("acebutolol",),
        ),
        Ingredient(
            "betaxolol",
            codes=(
                _rx("1520", "betaxolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("betaxolol",),
        ),
        Ingredient(
            "levobunolol",
            codes=(
                _rx("1813", "levobunolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("levobunolol",),
        ),
        Ingredient(
            "bisoprolol",
            codes=(
                _rx("19484", "bisoprolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("bisoprolol",),
        ),
        Ingredient(
            "carvedilol",
            codes=(
                _rx("20352", "carvedilol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("carvedilol",),
        ),
        Ingredient(
            "carteolol",
            codes=(
                _rx("2116", "carteolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("carteolol",),
        ),
        Ingredient(
            "nebivolol",
            codes=(
                _rx("31555", "nebivolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("nebivolol",),
        ),
        Ingredient(
            "esmolol",
            codes=(
                _rx("49737", "esmolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("esmolol",),
        ),
        Ingredient(
            "labetalol",
            codes=(
                _rx("6185", "labetalol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("labetalol",),
        ),
        Ingredient(
            "metoprolol",
            codes=(
                _rx("6918", "metoprolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("metoprolol",),
        ),
        Ingredient(
            "nadolol",
            codes=(
                _rx("7226", "nadolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("nadolol",),
        ),
        Ingredient(
            "pindolol",
            codes=(
                _rx("8332", "pindolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("pindolol",),
        ),
        Ingredient(
            "propranolol",
            codes=(
                _rx("8787", "propranolol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("propranolol",),
        ),
        Ingredient(
            "sotalol",
            codes=(
                _rx("9947", "sotalol", "VSAC expansion in cqframework/ecqm-content-qicore-2024"),
            ),
            words=("sotalol",),
        ),
        Ingredient(
            "metformin",
            codes=(
                _rx("6809", "Metformin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
                _atc("A10BA02", "metformin", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("metformin", "glucophage",),
        ),
        Ingredient(
            "dapagliflozin",
            codes=(
                _rx("1488564", "dapagliflozin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BK01", "dapagliflozin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("dapagliflozin", "farxiga", "forxiga",),
        ),
        Ingredient(
            "empagliflozin",
            codes=(
                _rx("1545653", "empagliflozin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BK03", "empagliflozin", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("empagliflozin", "jardiance",),
        ),
        Ingredient(
            "canagliflozin",
            codes=(
                _rx("1373458", "canagliflozin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BK02", "canagliflozin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("canagliflozin", "invokana",),
        ),
        Ingredient(
            "ertugliflozin",
            codes=(
                _rx("1992672", "ertugliflozin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BK04", "ertugliflozin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ertugliflozin",),
        ),
        Ingredient(
            "sotagliflozin",
            codes=(
                _rx("2638675", "sotagliflozin", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("A10BK06", "sotagliflozin", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("sotagliflozin",),
        ),
        Ingredient(
            "bexagliflozin",
            codes=(
                _rx("2627044", "bexagliflozin", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
            ),
            words=("bexagliflozin",),
        ),
        Ingredient(
            "semaglutide",
            codes=(
                _rx("1991302", "semaglutide", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BJ06", "semaglutide", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("semaglutide", "ozempic", "rybelsus", "wegovy",),
        ),
        Ingredient(
            "liraglutide",
            codes=(
                _rx("475968", "liraglutide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
                _atc("A10BJ02", "liraglutide", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("liraglutide", "victoza",),
        ),
        Ingredient(
            "dulaglutide",
            codes=(
                _rx("1551291", "dulaglutide", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BJ05", "dulaglutide", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("dulaglutide", "trulicity",),
        ),
        Ingredient(
            "exenatide",
            codes=(
                _rx("60548", "exenatide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
                _atc("A10BJ01", "exenatide", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("exenatide",),
        ),
        Ingredient(
            "lixisenatide",
            codes=(
                _rx("1440051", "lixisenatide", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
            ),
            words=("lixisenatide",),
        ),
        Ingredient(
            "tirzepatide",
            codes=(
                _rx("2601723", "tirzepatide", "code present in davidanderson3/rxnorm-text-recognition concept_rxcuis.json; display from memory", CODE_ONLY),
                _atc("A10BX16", "tirzepatide", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("tirzepatide", "mounjaro", "zepbound",),
        ),
        Ingredient(
            "sitagliptin",
            codes=(
                _rx("593411", "sitagliptin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
                _atc("A10BH01", "sitagliptin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("sitagliptin",),
        ),
        Ingredient(
            "linagliptin",
            codes=(
                _rx("1100699", "linagliptin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
                _atc("A10BH05", "linagliptin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("linagliptin",),
        ),
        Ingredient(
            "saxagliptin",
            codes=(
                _rx("857974", "saxagliptin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("saxagliptin",),
        ),
        Ingredient(
            "alogliptin",
            codes=(
                _rx("1368001", "alogliptin", "VSAC expansion via cqframework/ecqm-content-cms-2025; OHDSI/PhenotypeLibrary"),
            ),
            words=("alogliptin",),
        ),
        Ingredient(
            "glimepiride",
            codes=(
                _rx("25789", "glimepiride", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("glimepiride",),
        ),
        Ingredient(
            "glipizide",
            codes=(
                _rx("4821", "Glipizide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("glipizide",),
        ),
        Ingredient(
            "glyburide",
            codes=(
                _rx("4815", "Glyburide", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("glyburide", "glibenclamide",),
        ),
        Ingredient(
            "pioglitazone",
            codes=(
                _rx("33738", "pioglitazone", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("pioglitazone",),
        ),
        Ingredient(
            "rosiglitazone",
            codes=(
                _rx("84108", "rosiglitazone", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("rosiglitazone",),
        ),
        Ingredient(
            "insulin",
            codes=(
                _rx("5856", "Insulin", "ssmithm/rxnorm-drug-lists"),
            ),
            words=("insulin",),
        ),
        Ingredient(
            "insulin glargine",
            codes=(
                _rx("274783", "Insulin Glargine", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; VSAC expansion via cqframework/ecqm-content-cms-2025"),
            ),
            words=("insulin glargine",),
        ),
        Ingredient(
            "insulin degludec",
            codes=(
                _rx("1670007", "insulin degludec", "VSAC expansion via cqframework/ecqm-content-cms-2025; ssmithm/rxnorm-drug-lists"),
            ),
            words=("insulin degludec",),
        ),
        Ingredient(
            "insulin detemir",
            codes=(
                _rx("139825", "insulin detemir", "VSAC expansion via cqframework/ecqm-content-cms-2025; mi-erasmusmc/ema-authorised-to-rxnorm-mappings"),
            ),
            words=("insulin detemir",),
        ),
        Ingredient(
            "insulin lispro",
            codes=(
                _rx("86009", "insulin lispro", "VSAC expansion via cqframework/ecqm-content-cms-2025; ssmithm/rxnorm-drug-lists"),
            ),
            words=("insulin lispro",),
        ),
        Ingredient(
            "insulin aspart",
            codes=(
                _rx("51428", "insulin aspart, human", "ssmithm/rxnorm-drug-lists"),
            ),
            words=("insulin aspart",),
        ),
        Ingredient(
            "insulin glulisine",
            codes=(
                _rx("400008", "insulin glulisine, human", "VSAC expansion via cqframework/ecqm-content-cms-2025; ssmithm/rxnorm-drug-lists"),
            ),
            words=("insulin glulisine",),
        ),
        Ingredient(
            "insulin regular",
            codes=(
                _rx("253182", "insulin, regular, human", "VSAC expansion via cqframework/ecqm-content-cms-2025; mi-erasmusmc/ema-authorised-to-rxnorm-mappings"),
            ),
            words=("insulin regular",),
        ),
        Ingredient(
            "nicotine",
            codes=(
                _rx("7407", "Nicotine", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("N07BA01", "nicotine; chewing gum, inhalant, nasal, sublingual, transdermal", "OHDSI/PhenotypeLibrary; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("nicotine",),
        ),
        Ingredient(
            "varenicline",
            codes=(
                _rx("591622", "varenicline", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("N07BA03", "varenicline", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("varenicline", "chantix", "champix",),
        ),
        Ingredient(
            "bupropion",
            codes=(
                _rx("42347", "Bupropion", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; OHDSI/PhenotypeLibrary"),
                _atc("N06AX12", "bupropion", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("bupropion", "zyban",),
        ),
        Ingredient(
            "cytisinicline",
            codes=(
                _atc("N07BA04", "cytisine", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("cytisinicline",),
        ),
        Ingredient(
            "sodium phosphate",
            codes=(
                _atc("A06AD17", "sodium phosphate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
                _atc("A06AG01", "sodium phosphate", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("sodium phosphate", "monobasic sodium phosphate", "dibasic sodium phosphate", "phosphate enema", "osmoprep", "visicol", "fleet enema", "fleet phospho-soda",),
            not_words=("dexamethasone", "prednisolone", "methylprednisolone", "betamethasone", "hydrocortisone", "fludarabine", "estramustine", "riboflavin", "methenamine",),
        ),
        Ingredient(
            "denosumab",
            codes=(
                _atc("M05BX04", "denosumab", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("denosumab", "prolia", "xgeva",),
        ),
        Ingredient(
            "digoxin",
            codes=(
                _rx("3407", "Digoxin", "VSAC USCoreAllergySubstance (us) in cqframework/ecqm-content-qicore-2024; HL7/PDDI-CDS txCache rxnorm.cache"),
                _atc("C01AA05", "digoxin", "fabkury/atcd WHO ATC-DDD 2021-12-03; fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("digoxin",),
        ),
        Ingredient(
            "sodium thiosulfate",
            codes=(
                _atc("V03AB06", "thiosulfate", "fabkury/atcd WHO ATC-DDD 2026-04-25; fabkury/atcd WHO ATC-DDD 2021-12-03"),
            ),
            words=("sodium thiosulfate", "thiosulphate",),
        ),
        Ingredient(
            "aliskiren",
            codes=(),
            words=("aliskiren",),
        ),
        Ingredient(
            "lithium",
            codes=(),
            words=("lithium",),
        ),
        Ingredient(
            "boceprevir",
            codes=(),
            words=("boceprevir",),
        ),
        Ingredient(
            "ceritinib",
            codes=(),
            words=("ceritinib",),
        ),
        Ingredient(
            "clarithromycin",
            codes=(),
            words=("clarithromycin", "biaxin", "klacid",),
        ),
        Ingredient(
            "cobicistat",
            codes=(),
            words=("cobicistat", "tybost",),
        ),
        Ingredient(
            "indinavir",
            codes=(),
            words=("indinavir",),
        ),
        Ingredient(
            "itraconazole",
            codes=(),
            words=("itraconazole", "sporanox",),
        ),
        Ingredient(
            "ketoconazole",
            codes=(),
            words=("ketoconazole",),
        ),
        Ingredient(
            "nefazodone",
            codes=(),
            words=("nefazodone",),
        ),
        Ingredient(
            "nelfinavir",
            codes=(),
            words=("nelfinavir",),
        ),
        Ingredient(
            "posaconazole",
            codes=(),
            words=("posaconazole",),
        ),
        Ingredient(
            "ribociclib",
            codes=(),
            words=("ribociclib",),
        ),
        Ingredient(
            "ritonavir",
            codes=(),
            words=("ritonavir", "norvir", "paxlovid",),
        ),
        Ingredient(
            "saquinavir",
            codes=(),
            words=("saquinavir",),
        ),
        Ingredient(
            "telithromycin",
            codes=(),
            words=("telithromycin",),
        ),
        Ingredient(
            "tucatinib",
            codes=(),
            words=("tucatinib",),
        ),
        Ingredient(
            "voriconazole",
            codes=(),
            words=("voriconazole", "vfend",),
        ),
        Ingredient(
            "celecoxib",
            codes=(),
            words=("celecoxib",),
        ),
        Ingredient(
            "diclofenac",
            codes=(),
            words=("diclofenac",),
        ),
        Ingredient(
            "etoricoxib",
            codes=(),
            words=("etoricoxib",),
        ),
        Ingredient(
            "ibuprofen",
            codes=(),
            words=("ibuprofen", "advil",),
        ),
        Ingredient(
            "indomethacin",
            codes=(),
            words=("indomethacin", "indometacin",),
        ),
        Ingredient(
            "ketorolac",
            codes=(),
            words=("ketorolac",),
        ),
        Ingredient(
            "meloxicam",
            codes=(),
            words=("meloxicam",),
        ),
        Ingredient(
            "nabumetone",
            codes=(),
            words=("nabumetone",),
        ),
        Ingredient(
            "naproxen",
            codes=(),
            words=("naproxen", "aleve",),
        ),
        Ingredient(
            "piroxicam",
            codes=(),
            words=("piroxicam",),
        ),
        Ingredient(
            "potassium supplement",
            codes=(),
            words=("potassium chloride", "potassium citrate", "potassium gluconate", "salt substitute", "klor-con",),
        ),
        Ingredient(
            "cilazapril",
            codes=(),
            words=("cilazapril",),
        ),
        Ingredient(
            "imidapril",
            codes=(),
            words=("imidapril",),
        ),
        Ingredient(
            "zofenopril",
            codes=(),
            words=("zofenopril",),
        ),
        Ingredient(
            "lacidipine",
            codes=(),
            words=("lacidipine",),
        ),
        Ingredient(
            "lercanidipine",
            codes=(),
            words=("lercanidipine",),
        ),
        Ingredient(
            "isradipine",
            codes=(),
            words=("isradipine",),
        ),
        Ingredient(
            "nisoldipine",
            codes=(),
            words=("nisoldipine",),
        ),
        Ingredient(
            "nitrendipine",
            codes=(),
            words=("nitrendipine",),
        ),
        Ingredient(
            "bendroflumethiazide",
            codes=(),
            words=("bendroflumethiazide", "bendrofluazide",),
        ),
        Ingredient(
            "gliclazide",
            codes=(),
            words=("gliclazide",),
        ),
        Ingredient(
            "tolbutamide",
            codes=(),
            words=("tolbutamide",),
        ),
        Ingredient(
            "vildagliptin",
            codes=(),
            words=("vildagliptin",),
        ),
        Ingredient(
            "azathioprine",
            codes=(),
            words=("azathioprine",),
        ),
        Ingredient(
            "cyclophosphamide",
            codes=(),
            words=("cyclophosphamide",),
        ),
        Ingredient(
            "mycophenolate",
            codes=(),
            words=("mycophenolate", "mycophenolic acid",),
        ),
        Ingredient(
            "rituximab",
            codes=(),
            words=("rituximab",),
        ),
        Ingredient(
            "tacrolimus",
            codes=(),
            words=("tacrolimus",),
        ),
        Ingredient(
            "ciclosporin",
            codes=(),
            words=("ciclosporin", "cyclosporine", "cyclosporin", "neoral", "sandimmune",),
        ),
        Ingredient(
            "aspirin",
            codes=(
                _rx("1191", "Aspirin", "synthetichealth/synthea modules (acs_discharge_meds)"),
                _rx("243670", "aspirin 81 MG Oral Tablet", "paciowg/CSV-to-FSH-app"),
                _atc("B01AC06", "acetylsalicylic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("aspirin", "acetylsalicylic acid",),
        ),
        Ingredient(
            "clopidogrel",
            codes=(
                _atc("B01AC04", "clopidogrel", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("clopidogrel", "plavix",),
        ),
        Ingredient(
            "prasugrel",
            codes=(
                _atc("B01AC22", "prasugrel", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("prasugrel",),
        ),
        Ingredient(
            "ticagrelor",
            codes=(
                _atc("B01AC24", "ticagrelor", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ticagrelor", "brilinta",),
        ),
        Ingredient(
            "dipyridamole",
            codes=(
                _atc("B01AC07", "dipyridamole", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("dipyridamole",),
        ),
        Ingredient(
            "cilostazol",
            codes=(
                _atc("B01AC23", "cilostazol", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("cilostazol", "pletal",),
        ),
        Ingredient(
            "glyceryl trinitrate",
            codes=(
                _atc("C01DA02", "glyceryl trinitrate", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("glyceryl trinitrate", "nitroglycerin", "nitroglycerine",),
        ),
        Ingredient(
            "isosorbide dinitrate",
            codes=(
                _atc("C01DA08", "isosorbide dinitrate", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("isosorbide dinitrate",),
        ),
        Ingredient(
            "isosorbide mononitrate",
            codes=(
                _atc("C01DA14", "isosorbide mononitrate", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("isosorbide mononitrate",),
        ),
        Ingredient(
            "ranolazine",
            codes=(
                _atc("C01EB18", "ranolazine", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ranolazine",),
        ),
        Ingredient(
            "ivabradine",
            codes=(
                _atc("C01EB17", "ivabradine", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ivabradine",),
        ),
        Ingredient(
            "nicorandil",
            codes=(
                _atc("C01DX16", "nicorandil", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("nicorandil",),
        ),
        Ingredient(
            "trimetazidine",
            codes=(
                _atc("C01EB15", "trimetazidine", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("trimetazidine",),
        ),
        Ingredient(
            "alendronic acid",
            codes=(
                _atc("M05BA04", "alendronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("alendronic acid", "alendronate", "fosamax",),
        ),
        Ingredient(
            "clodronic acid",
            codes=(
                _atc("M05BA02", "clodronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("clodronic acid", "clodronate",),
        ),
        Ingredient(
            "etidronic acid",
            codes=(
                _atc("M05BA01", "etidronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("etidronic acid", "etidronate",),
        ),
        Ingredient(
            "ibandronic acid",
            codes=(
                _atc("M05BA06", "ibandronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("ibandronic acid", "ibandronate", "boniva",),
        ),
        Ingredient(
            "pamidronic acid",
            codes=(
                _atc("M05BA03", "pamidronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("pamidronic acid", "pamidronate",),
        ),
        Ingredient(
            "risedronic acid",
            codes=(
                _atc("M05BA07", "risedronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("risedronic acid", "risedronate", "actonel",),
        ),
        Ingredient(
            "zoledronic acid",
            codes=(
                _atc("M05BA08", "zoledronic acid", "fabkury/atcd WHO ATC-DDD 2026-04-25"),
            ),
            words=("zoledronic acid", "zoledronate", "reclast", "zometa",),
        ),
        Ingredient(
            "amiodarone",
            codes=(),
            words=("amiodarone",),
        ),
        Ingredient(
            "citalopram",
            codes=(),
            words=("citalopram",),
        ),
        Ingredient(
            "domperidone",
            codes=(),
            words=("domperidone",),
        ),
        Ingredient(
            "dronedarone",
            codes=(),
            words=("dronedarone",),
        ),
        Ingredient(
            "escitalopram",
            codes=(),
            words=("escitalopram",),
        ),
        Ingredient(
            "haloperidol",
            codes=(),
            words=("haloperidol",),
        ),
        Ingredient(
            "methadone",
            codes=(),
            words=("methadone",),
        ),
        Ingredient(
            "ondansetron",
            codes=(),
            words=("ondansetron",),
        ),
        Ingredient(
            "intravenous iron",
            codes=(),
            words=("iron sucrose", "venofer", "ferric carboxymaltose", "ferinject", "injectafer", "ferumoxytol", "iron dextran", "ferric derisomaltose", "iron isomaltoside", "sodium ferric gluconate", "ferrlecit",),
        ),
        Ingredient(
            "citrate salt",
            codes=(),
            words=("potassium citrate", "sodium citrate", "magnesium citrate", "citric acid", "bicitra", "urocit-k",),
        ),
        Ingredient(
            "macrogol",
            codes=(),
            words=("macrogol", "polyethylene glycol", "peg 3350", "peg-3350", "golytely", "movicol", "miralax",),
        ),
    )
}
"""Ingredient name -> its codes and words."""

CALCIUM_FREE_BINDERS = DrugClass(
    "calcium-free-binder",
    label="calcium-free phosphate binder",
    ingredients=frozenset({"colestilan", "ferric citrate", "lanthanum carbonate", "sevelamer", "sucroferric oxyhydroxide", "tenapanor"}),
)

OBSTRUCTION_BINDERS = DrugClass(
    "obstruction-binder",
    label="sevelamer, lanthanum or tenapanor",
    ingredients=frozenset({"lanthanum carbonate", "sevelamer", "tenapanor"}),
)
"""Contraindicated in bowel obstruction by their labels."""

FERRIC_CITRATE = DrugClass("ferric-citrate", label="ferric citrate", ingredients=frozenset({"ferric citrate"}))

SUCROFERRIC_OXYHYDROXIDE = DrugClass(
    "sucroferric-oxyhydroxide", label="sucroferric oxyhydroxide", ingredients=frozenset({"sucroferric oxyhydroxide"})
)

INTRAVENOUS_IRON = DrugClass(
    "intravenous-iron",
    label="intravenous iron",
    ingredients=frozenset({"intravenous iron"}),
)

TENAPANOR = DrugClass("tenapanor", label="tenapanor", ingredients=frozenset({"tenapanor"}))

CALCIUM_SALTS = DrugClass(
    "calcium-salt",
    label="calcium salt (binder, supplement or antacid)",
    ingredients=frozenset({"calcium acetate", "calcium carbonate", "calcium citrate"}),
)

ALUMINIUM_BINDERS = DrugClass(
    "aluminium-binder",
    label="aluminium-containing phosphate binder",
    ingredients=frozenset({"aluminium hydroxide"}),
)

CITRATES = DrugClass(
    "citrate",
    label="citrate (raises aluminium absorption)",
    ingredients=frozenset({"calcium citrate", "citrate salt", "ferric citrate"}),
)

CALCIMIMETICS = DrugClass(
    "calcimimetic",
    label="calcimimetic",
    ingredients=frozenset({"cinacalcet", "etelcalcetide", "evocalcet", "upacicalcet"}),
)

ETELCALCETIDE = DrugClass("etelcalcetide", label="etelcalcetide", ingredients=frozenset({"etelcalcetide"}))

ACTIVE_VITAMIN_D = DrugClass(
    "active-vitamin-d",
    label="active vitamin D",
    ingredients=frozenset({"alfacalcidol", "calcitriol", "doxercalciferol", "paricalcitol"}),
)

NUTRITIONAL_VITAMIN_D = DrugClass(
    "nutritional-vitamin-d",
    label="nutritional vitamin D",
    ingredients=frozenset({"calcifediol", "cholecalciferol", "ergocalciferol"}),
)

VITAMIN_K = DrugClass(
    "vitamin-k",
    label="vitamin K",
    ingredients=frozenset({"menaquinone", "phytomenadione"}),
)

VITAMIN_K2 = DrugClass("vitamin-k2", label="vitamin K2", ingredients=frozenset({"menaquinone"}))

VITAMIN_K_ANTAGONISTS = DrugClass(
    "vitamin-k-antagonist",
    label="vitamin K antagonist",
    ingredients=frozenset({"acenocoumarol", "phenprocoumon", "warfarin"}),
)

DOACS = DrugClass(
    "doac",
    label="direct oral anticoagulant",
    ingredients=frozenset({"apixaban", "dabigatran etexilate", "edoxaban", "rivaroxaban"}),
)

STATINS = DrugClass(
    "statin",
    label="statin",
    ingredients=frozenset({"atorvastatin", "fluvastatin", "lovastatin", "pitavastatin", "pravastatin", "rosuvastatin", "simvastatin"}),
    atc=("C10AA", "C10BA02", "C10BX"),
)

BEMPEDOIC_CLASH = DrugClass(
    "bempedoic-acid-clash",
    label="simvastatin or pravastatin",
    ingredients=frozenset({"pravastatin", "simvastatin"}),
)

EZETIMIBE = DrugClass(
    "ezetimibe",
    label="ezetimibe",
    ingredients=frozenset({"ezetimibe"}),
    atc=("C10AX09", "C10BA02", "C10BA10"),
)

FIBRATES = DrugClass(
    "fibrate",
    label="fibrate",
    ingredients=frozenset({"bezafibrate", "fenofibrate", "gemfibrozil"}),
)

GEMFIBROZIL = DrugClass("gemfibrozil", label="gemfibrozil", ingredients=frozenset({"gemfibrozil"}))

PCSK9_INHIBITORS = DrugClass(
    "pcsk9-inhibitor",
    label="PCSK9 inhibitor",
    ingredients=frozenset({"alirocumab", "evolocumab", "inclisiran"}),
)

BEMPEDOIC_ACID = DrugClass(
    "bempedoic-acid",
    label="bempedoic acid",
    ingredients=frozenset({"bempedoic acid"}),
)

ACE_INHIBITORS = DrugClass(
    "ace-inhibitor",
    label="ACE inhibitor",
    ingredients=frozenset({"benazepril", "captopril", "cilazapril", "enalapril", "fosinopril", "imidapril", "lisinopril", "moexipril", "perindopril", "quinapril", "ramipril", "trandolapril", "zofenopril"}),
    atc=("C09A", "C09B",),
)

ARBS = DrugClass(
    "arb",
    label="angiotensin receptor blocker",
    ingredients=frozenset({"azilsartan", "candesartan", "eprosartan", "irbesartan", "losartan", "olmesartan", "telmisartan", "valsartan"}),
    atc=("C09C", "C09D",),
)

ARNIS = DrugClass(
    "arni",
    label="angiotensin receptor-neprilysin inhibitor",
    ingredients=frozenset({"sacubitril"}),
)

DIRECT_RENIN_INHIBITORS = DrugClass(
    "direct-renin-inhibitor",
    label="direct renin inhibitor",
    ingredients=frozenset({"aliskiren"}),
)

STEROIDAL_MRAS = DrugClass(
    "steroidal-mra",
    label="steroidal mineralocorticoid receptor antagonist",
    ingredients=frozenset({"eplerenone", "spironolactone"}),
)

NONSTEROIDAL_MRAS = DrugClass(
    "nonsteroidal-mra",
    label="non-steroidal mineralocorticoid receptor antagonist",
    ingredients=frozenset({"finerenone"}),
)

CALCIUM_CHANNEL_BLOCKERS = DrugClass(
    "calcium-channel-blocker",
    label="calcium channel blocker",
    ingredients=frozenset({"amlodipine", "diltiazem", "felodipine", "isradipine", "lacidipine", "lercanidipine", "nicardipine", "nifedipine", "nisoldipine", "nitrendipine", "verapamil"}),
    atc=("C08",),
)

THIAZIDES = DrugClass(
    "thiazide",
    label="thiazide-type diuretic",
    ingredients=frozenset({"bendroflumethiazide", "chlorthalidone", "hydrochlorothiazide", "indapamide", "metolazone"}),
    atc=("C03A", "C03B",),
)

LOOP_DIURETICS = DrugClass(
    "loop-diuretic",
    label="loop diuretic",
    ingredients=frozenset({"bumetanide", "furosemide", "torsemide"}),
    atc=("C03C",),
)

BETA_BLOCKERS = DrugClass(
    "beta-blocker",
    label="beta blocker",
    ingredients=frozenset({"acebutolol", "atenolol", "betaxolol", "bisoprolol", "carteolol", "carvedilol", "esmolol", "labetalol", "levobunolol", "metipranolol", "metoprolol", "nadolol", "nebivolol", "pindolol", "propranolol", "sotalol", "timolol"}),
    atc=("C07",),
)

METFORMIN = DrugClass(
    "metformin",
    label="metformin",
    ingredients=frozenset({"metformin"}),
    atc=("A10BA", "A10BD"),
)

SGLT2_INHIBITORS = DrugClass(
    "sglt2-inhibitor",
    label="SGLT2 inhibitor",
    ingredients=frozenset({"bexagliflozin", "canagliflozin", "dapagliflozin", "empagliflozin", "ertugliflozin", "sotagliflozin"}),
    atc=("A10BK",),
)

GLP1_AGONISTS = DrugClass(
    "glp1-agonist",
    label="GLP-1 receptor agonist",
    ingredients=frozenset({"dulaglutide", "exenatide", "liraglutide", "lixisenatide", "semaglutide", "tirzepatide"}),
    atc=("A10BJ",),
)

DPP4_INHIBITORS = DrugClass(
    "dpp4-inhibitor",
    label="DPP-4 inhibitor",
    ingredients=frozenset({"alogliptin", "linagliptin", "saxagliptin", "sitagliptin", "vildagliptin"}),
    atc=("A10BH",),
)

SULFONYLUREAS = DrugClass(
    "sulfonylurea",
    label="sulfonylurea",
    ingredients=frozenset({"gliclazide", "glimepiride", "glipizide", "glyburide", "tolbutamide"}),
    atc=("A10BB",),
)

INSULINS = DrugClass(
    "insulin",
    label="insulin",
    ingredients=frozenset({"insulin", "insulin aspart", "insulin degludec", "insulin detemir", "insulin glargine", "insulin glulisine", "insulin lispro", "insulin regular"}),
    atc=("A10A",),
)

IMMUNOSUPPRESSANTS = DrugClass(
    "immunosuppressant",
    label="immunosuppressant",
    ingredients=frozenset({"azathioprine", "ciclosporin", "cyclophosphamide", "mycophenolate", "rituximab", "tacrolimus"}),
)
"""Named by words: the list is remembered, no code was verified (specification 10.4)."""

SMOKING_CESSATION_DRUGS = DrugClass(
    "smoking-cessation-drug",
    label="smoking cessation drug",
    ingredients=frozenset({"bupropion", "cytisinicline", "nicotine", "varenicline"}),
    atc=("N07BA",),
)

SODIUM_PHOSPHATE = DrugClass(
    "sodium-phosphate",
    label="sodium phosphate bowel preparation",
    ingredients=frozenset({"sodium phosphate"}),
)

DENOSUMAB = DrugClass(
    "denosumab",
    label="denosumab",
    ingredients=frozenset({"denosumab"}),
)

BISPHOSPHONATES = DrugClass(
    "bisphosphonate",
    label="bisphosphonate",
    ingredients=frozenset({"alendronic acid", "clodronic acid", "etidronic acid", "ibandronic acid", "pamidronic acid", "risedronic acid", "zoledronic acid"}),
    atc=("M05BA", "M05BB",),
)

QT_DRUGS = DrugClass(
    "qt-drug",
    label="drug known to prolong the QT interval",
    ingredients=frozenset({"amiodarone", "citalopram", "domperidone", "dronedarone", "escitalopram", "haloperidol", "methadone", "ondansetron", "sotalol"}),
)
"""A short selection, remembered; far from complete, which the card that uses it says."""

DIGOXIN = DrugClass(
    "digoxin",
    label="digoxin",
    ingredients=frozenset({"digoxin"}),
)

LITHIUM = DrugClass(
    "lithium",
    label="lithium",
    ingredients=frozenset({"lithium"}),
)

ANTIPLATELETS = DrugClass(
    "antiplatelet",
    label="antiplatelet",
    ingredients=frozenset({"aspirin", "clopidogrel", "dipyridamole", "prasugrel", "ticagrelor"}),
)

CILOSTAZOL = DrugClass(
    "cilostazol",
    label="cilostazol",
    ingredients=frozenset({"cilostazol"}),
)

OTHER_ANTIANGINALS = DrugClass(
    "other-antianginal",
    label="nitrate, ranolazine, ivabradine, nicorandil or trimetazidine",
    ingredients=frozenset({"glyceryl trinitrate", "isosorbide dinitrate", "isosorbide mononitrate", "ivabradine", "nicorandil", "ranolazine", "trimetazidine"}),
    atc=("C01DA",),
)

ANTIANGINALS: tuple[DrugClass, ...] = (BETA_BLOCKERS, CALCIUM_CHANNEL_BLOCKERS, OTHER_ANTIANGINALS)
ANTITHROMBOTICS: tuple[DrugClass, ...] = (ANTIPLATELETS, VITAMIN_K_ANTAGONISTS, DOACS)

CANAGLIFLOZIN = DrugClass("canagliflozin", label="canagliflozin", ingredients=frozenset({"canagliflozin"}))

SIMVASTATIN = DrugClass("simvastatin", label="simvastatin", ingredients=frozenset({"simvastatin"}))

ROSUVASTATIN = DrugClass("rosuvastatin", label="rosuvastatin", ingredients=frozenset({"rosuvastatin"}))

STRONG_CYP3A4_INHIBITORS = DrugClass(
    "strong-cyp3a4-inhibitor",
    label="strong CYP3A4 inhibitor",
    ingredients=frozenset({"boceprevir", "ceritinib", "clarithromycin", "cobicistat", "indinavir", "itraconazole", "ketoconazole", "nefazodone", "nelfinavir", "posaconazole", "ribociclib", "ritonavir", "saquinavir", "telithromycin", "tucatinib", "voriconazole"}),
)
"""Selection: JuliaHealth/CloToP.jl 3a4_inhibitors.md, "Strong", less erythromycin and foods; matched by name."""

NSAIDS = DrugClass(
    "nsaid",
    label="NSAID",
    ingredients=frozenset({"celecoxib", "diclofenac", "etoricoxib", "ibuprofen", "indomethacin", "ketorolac", "meloxicam", "nabumetone", "naproxen", "piroxicam"}),
)

POTASSIUM_SUPPLEMENTS = DrugClass(
    "potassium-supplement",
    label="potassium supplement or salt substitute",
    ingredients=frozenset({"potassium supplement"}),
)

CICLOSPORIN = DrugClass("ciclosporin", label="ciclosporin", ingredients=frozenset({"ciclosporin"}))

SIMVASTATIN_RAISERS = DrugClass(
    "simvastatin-raiser",
    label="diltiazem or verapamil",
    ingredients=frozenset({"diltiazem", "verapamil"}),
)
"""With them the simvastatin label allows at most 10 mg a day (remembered, not checked)."""

PROPOSED: tuple[DrugClass, ...] = (
    CALCIUM_FREE_BINDERS, CALCIMIMETICS, ACTIVE_VITAMIN_D, NUTRITIONAL_VITAMIN_D, STATINS, EZETIMIBE, PCSK9_INHIBITORS,
    BEMPEDOIC_ACID, ACE_INHIBITORS, ARBS, CALCIUM_CHANNEL_BLOCKERS, THIAZIDES, STEROIDAL_MRAS, NONSTEROIDAL_MRAS,
    METFORMIN, SGLT2_INHIBITORS, GLP1_AGONISTS, SMOKING_CESSATION_DRUGS, DOACS,
)
"""Classes that some rule proposes: an order of one is checked against the allergies on record."""

STATIN_ALLERGENS: tuple[Code, ...] = tuple(
    Code(SNOMED, code, display, "VSAC StatinAllergen (2.16.840.1.113762.1.4.1110.42) in cqframework/ecqm-content-qicore-2024")
    for code, display in (
        ("372912004", "Substance with 3-hydroxy-3-methylglutaryl-coenzyme A reductase inhibitor mechanism of action (substance)"),
        ("96302009", "Product containing 3-hydroxy-3-methylglutaryl-coenzyme A reductase inhibitor (product)"),
    )
)
"""SNOMED CT codes that name the statins as a class (VSAC StatinAllergen 2.16.840.1.113762.1.4.1110.42)."""

REACTIONS: tuple[Code, ...] = (
    Code(SNOMED, "39579001", "Anaphylaxis", "pjolo/emr_init; Belgian federal FHIR value set of allergic reactions"),
    Code(SNOMED, "41291007", "Angioedema", "pjolo/emr_init"),
)
"""Severe reactions, whose display stands in for the words that a record lacks."""

ELEMENTAL_CALCIUM: Mapping[str, Decimal] = {
    "calcium acetate": Decimal("0.253"),
    "calcium carbonate": Decimal("0.40"),
    "calcium citrate": Decimal("0.21"),
}
"""Ingredient -> fraction of its weight that is calcium."""

STATIN_MODERATE_FROM: Mapping[str, Decimal] = {
    "atorvastatin": Decimal(10),
    "rosuvastatin": Decimal(5),
    "simvastatin": Decimal(20),
    "pravastatin": Decimal(40),
    "lovastatin": Decimal(40),
    "fluvastatin": Decimal(80),
    "pitavastatin": Decimal(1),
}
"""Daily mg from which a statin is of moderate intensity (2026 ACC/AHA dyslipidaemia guideline)."""

USUAL_MAXIMUM: Mapping[str, Decimal] = {
    "lisinopril": Decimal(40),
    "enalapril": Decimal(40),
    "ramipril": Decimal(10),
    "perindopril": Decimal(8),
    "benazepril": Decimal(40),
    "captopril": Decimal(150),
    "fosinopril": Decimal(40),
    "quinapril": Decimal(40),
    "trandolapril": Decimal(4),
    "losartan": Decimal(100),
    "valsartan": Decimal(320),
    "irbesartan": Decimal(300),
    "candesartan": Decimal(32),
    "olmesartan": Decimal(40),
    "telmisartan": Decimal(80),
    "azilsartan": Decimal(80),
}
"""Usual maximum in mg a day (clinical specification 2.14.11; remembered there, not verified)."""

BINDER_MAXIMUM: Mapping[str, Decimal] = {"sevelamer": Decimal(14000), "lanthanum carbonate": Decimal(3750)}
"""mg a day from which a binder is not raised (specification 4.22; remembered, section 10: check before release)."""

KDIGO_STATIN_DOSE: Mapping[str, Decimal] = {
    "atorvastatin": Decimal(20),
    "fluvastatin": Decimal(80),
    "pitavastatin": Decimal(2),
    "pravastatin": Decimal(40),
    "rosuvastatin": Decimal(10),
    "simvastatin": Decimal(40),
}
"""Daily mg at eGFR below 60 (KDIGO 2013 lipids, table 4; specification 4.10). Simvastatin with ezetimibe: 20."""

STATIN_HIGH_FROM: Mapping[str, Decimal] = {"atorvastatin": Decimal(40), "rosuvastatin": Decimal(20)}
"""Daily mg from which a statin is of high intensity (2026 ACC/AHA dyslipidaemia guideline)."""
