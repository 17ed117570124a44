"""Bibliography: one entry per guideline, label or trial that a rule cites.

``seen`` says whether the text was seen in a public source, or is remembered and awaits checking.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Something a rule can cite: its title, year and address."""

    key: str
    title: str
    year: int
    url: str
    seen: bool = True


KDIGO_CKD_MBD_2017 = Source(
    "kdigo-ckd-mbd-2017", "KDIGO 2017 CKD-MBD guideline update", 2017, "https://doi.org/10.1016/j.kisu.2017.04.001"
)
KDIGO_BP_2021 = Source(
    "kdigo-bp-2021", "KDIGO 2021 blood pressure in CKD guideline", 2021, "https://doi.org/10.1016/j.kint.2020.11.003"
)
KDIGO_CKD_2024 = Source(
    "kdigo-ckd-2024", "KDIGO 2024 CKD guideline", 2024, "https://doi.org/10.1016/j.kint.2023.10.018"
)
KDIGO_DIABETES_2022 = Source(
    "kdigo-diabetes-2022", "KDIGO 2022 diabetes in CKD guideline", 2022, "https://doi.org/10.1016/j.kint.2022.06.008"
)
KDIGO_LIPIDS_2013 = Source(
    "kdigo-lipids-2013", "KDIGO 2013 lipids in CKD guideline", 2013, "https://kdigo.org/guidelines/lipids-in-ckd/"
)
AHA_ACC_HYPERTENSION_2025 = Source(
    "aha-acc-hypertension-2025", "2025 AHA/ACC high blood pressure guideline", 2025, "https://doi.org/10.1161/CIR.01356"
)
ACC_AHA_LIPIDS_2026 = Source(
    "acc-aha-lipids-2026", "2026 ACC/AHA dyslipidaemia guideline", 2026, "https://doi.org/10.1161/CIR.01423"
)
ADA_2026 = Source("ada-2026", "ADA Standards of Care 2026, section 11", 2026, "https://doi.org/10.2337/dc26-S011")
USPSTF_TOBACCO_2021 = Source(
    "uspstf-tobacco-2021",
    "USPSTF 2021 tobacco cessation recommendation",
    2021,
    "https://www.uspreventiveservicestaskforce.org/uspstf/recommendation/"
    "tobacco-use-in-adults-and-pregnant-women-counseling-and-interventions",
    seen=False,
)
USPSTF_STATIN_2022 = Source(
    "uspstf-statin-2022",
    "USPSTF 2022 statin recommendation",
    2022,
    "https://www.uspreventiveservicestaskforce.org/uspstf/recommendation/statin-use-in-adults-preventive-medication",
)
KDOQI_2003 = Source(
    "kdoqi-2003",
    "KDOQI 2003 bone metabolism guideline (as tabulated)",
    2003,
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3770279",
)
SEVELAMER_LABEL = Source(
    "sevelamer-label",
    "Sevelamer carbonate prescribing information",
    2024,
    "https://www.medicines.org.uk/emc/product/473/smpc",
)
CINACALCET_LABEL = Source(
    "cinacalcet-label",
    "Cinacalcet prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=cinacalcet",
    seen=False,
)
CALCIUM_ACETATE_LABEL = Source(
    "calcium-acetate-label",
    "Calcium acetate prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=calcium+acetate",
    seen=False,
)
LANDMARK = Source(
    "landmark",
    "LANDMARK trial: lanthanum or calcium carbonate (2021)",
    2021,
    "https://doi.org/10.1001/jama.2021.4807",
    seen=False,
)
IMPROVE_CKD = Source("improve-ckd", "IMPROVE-CKD trial (2020)", 2020, "https://doi.org/10.1681/ASN.2020040411")
EVOLVE = Source(
    "evolve", "EVOLVE trial: cinacalcet in dialysis (2012)", 2012, "https://doi.org/10.1056/NEJMoa1205624", seen=False
)
MENAQUINONE_VKA = Source(
    "menaquinone-vka", "Theuwissen et al., J Thromb Haemost 2013", 2013, "https://doi.org/10.1111/jth.12203"
)
CRITICAL_VALUES_SUNRISE = Source(
    "critical-values-sunrise",
    "Sunrise Medical Laboratories, adult critical value list (an example; the local list wins)",
    2024,
    "https://sunriselab.com/physicians/critical-value-list.aspx",
)
CRITICAL_VALUES_HOUSTON = Source(
    "critical-values-houston",
    "Houston Methodist, critical value list (an example; the local list wins)",
    2024,
    "https://www.houstonmethodist.org/critical-values",
)
TENAPANOR_LABEL = Source(
    "tenapanor-label",
    "Tenapanor prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=tenapanor",
    seen=False,
)
LANTHANUM_LABEL = Source(
    "lanthanum-label",
    "Lanthanum carbonate prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=lanthanum",
    seen=False,
)
AVADEC = Source(
    "avadec",
    "AVADEC trial: menaquinone-7 with vitamin D in aortic valve calcification (2022)",
    2022,
    "https://doi.org/10.1161/CIRCULATIONAHA.121.057008",
)
MENAQUINONE_DIALYSIS_2023 = Source(
    "menaquinone-dialysis-2023",
    "Menaquinone-7 and arterial stiffness in haemodialysis (2023)",
    2023,
    "https://doi.org/10.3390/nu15112422",
)
REVASCULARISATION_2021 = Source(
    "revascularisation-2021",
    "2021 ACC/AHA/SCAI coronary revascularization",
    2021,
    "https://doi.org/10.1161/CIR.01038",
)
REVASCULARISATION_2021_PCI = Source(
    "revascularisation-2021-pci",
    "Summary of the 2021 ACC/AHA/SCAI guideline for PCI",
    2022,
    "https://doi.org/10.1002/ccd.30215",
)
EAPCI_CALCIFIED_2023 = Source(
    "eapci-calcified-2023",
    "EAPCI/EURO4C-PCR consensus on heavily calcified coronary stenoses (2023)",
    2023,
    "https://doi.org/10.1093/eurheartj/ehad342",
)
ECLIPSE = Source(
    "eclipse",
    "ECLIPSE trial: orbital atherectomy or balloon before stenting (2025)",
    2025,
    "https://doi.org/10.1016/S0140-6736(25)00450-7",
)
DISRUPT_CAD_III = Source(
    "disrupt-cad-iii",
    "Disrupt CAD III: coronary lithotripsy, single arm (2020)",
    2020,
    "https://doi.org/10.1016/j.jacc.2020.09.603",
    seen=False,
)
PAD_2024 = Source("pad-2024", "2024 ACC/AHA PAD guideline", 2024, "https://doi.org/10.1161/CIR.01251")
SNF472_REGISTRY = Source(
    "snf472-registry",
    "ClinicalTrials.gov search",
    2026,
    "https://clinicaltrials.gov/search?intr=SNF472",
    seen=False,
)
CALIPSO = Source(
    "calipso",
    "CaLIPSO trial: SNF472 in haemodialysis (2020)",
    2020,
    "https://doi.org/10.1161/CIRCULATIONAHA.119.044195",
    seen=False,
)
CALCIPHYX = Source(
    "calciphyx",
    "CALCIPHYX trial: hexasodium fytate (SNF472) in calciphylaxis (2024)",
    2024,
    "https://doi.org/10.1016/j.eclinm.2024.102784",
)
CALCIFICATION_THERAPIES_2025 = Source(
    "calcification-therapies-2025",
    "Review of therapies for vascular calcification, PMC12539404",
    2025,
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC12539404",
)
CCD_2023 = Source(
    "ccd-2023", "2023 AHA/ACC chronic coronary disease guideline", 2023, "https://doi.org/10.1161/CIR.01168"
)
VITAMIN_D_ANALOGUE_LABELS = Source(
    "vitamin-d-analogue-labels",
    "Paricalcitol and calcitriol prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=paricalcitol",
    seen=False,
)
CALCIMIMETIC_LABELS = Source(
    "calcimimetic-labels",
    "Cinacalcet / etelcalcetide prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=cinacalcet",
    seen=False,
)
ETELCALCETIDE_LABEL = Source(
    "etelcalcetide-label",
    "Etelcalcetide prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=etelcalcetide",
    seen=False,
)
FERRIC_CITRATE_LABEL = Source(
    "ferric-citrate-label",
    "Ferric citrate prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=ferric+citrate",
    seen=False,
)
MHRA_WARFARIN_2016 = Source(
    "mhra-warfarin-2016",
    "MHRA Drug Safety Update July 2016: warfarin and calciphylaxis",
    2016,
    "https://www.gov.uk/drug-safety-update",
)
APIXABAN_LABEL = Source(
    "apixaban-label",
    "Apixaban prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=apixaban",
    seen=False,
)
FDA_SODIUM_PHOSPHATE_2014 = Source(
    "fda-sodium-phosphate-2014",
    "FDA Drug Safety: OTC sodium phosphate (2014)",
    2014,
    "https://www.fda.gov/drugs/drug-safety-and-availability",
    seen=False,
)
FDA_PROLIA_2024 = Source(
    "fda-prolia-2024",
    "FDA Prolia boxed warning 2024",
    2024,
    "https://www.fda.gov/drugs/drug-safety-and-availability",
    seen=False,
)
FDA_METFORMIN_2016 = Source(
    "fda-metformin-2016",
    "FDA Drug Safety 2016: metformin and kidney function",
    2016,
    "https://www.fda.gov/drugs/drug-safety-and-availability",
    seen=False,
)
SGLT2_LABELS = Source(
    "sglt2-labels",
    "Dapagliflozin, empagliflozin and canagliflozin prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=dapagliflozin",
    seen=False,
)
ROSUVASTATIN_LABEL = Source(
    "rosuvastatin-label",
    "Rosuvastatin prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=rosuvastatin",
    seen=False,
)
FDA_SIMVASTATIN_2011 = Source(
    "fda-simvastatin-2011",
    "FDA Drug Safety 2011: simvastatin restrictions",
    2011,
    "https://www.fda.gov/Drugs/DrugSafety/DrugSafetyPodcasts/ucm258399.htm",
    seen=False,
)
FINERENONE_LABEL = Source(
    "finerenone-label",
    "Finerenone prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=finerenone",
    seen=False,
)
SACUBITRIL_LABEL = Source(
    "sacubitril-label",
    "Sacubitril/valsartan prescribing information",
    2024,
    "https://dailymed.nlm.nih.gov/dailymed/search.cfm?query=sacubitril",
    seen=False,
)
ALLERGY_RECORD = Source(
    "allergy-record",
    "Patient allergy record (FHIR R4 AllergyIntolerance)",
    2019,
    "https://hl7.org/fhir/R4/allergyintolerance.html",
    seen=False,
)
