"""The published vignettes themselves, where they lie beside the repository; the project keeps no copy of them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.acceptance.casebook import Case, Must

FILE = Path(__file__).parents[3] / "shared" / "clinical" / "vignettes.yaml"
Facts = dict[str, Any]
_SYSTEMS = {"ICD10CM": "ICD10"}


def _coded(name: str) -> str:
    system, _, code = name.partition(":")
    return f"{_SYSTEMS.get(system, system)} {code}"


def _days(found: Facts) -> str:
    days = found.get("days_ago", [])
    return " ".join(f"@{each}d" for each in (days if isinstance(days, list) else [days]))


def _condition(found: str | Facts) -> str:
    if isinstance(found, str):
        return f"condition {_coded(found)}"
    return f"condition {_coded(found['code'])}; text {found['text']}"


def _observation(found: Facts) -> str:
    if "components" in found:
        top, low = (found["components"][code] for code in ("8480-6", "8462-4"))
        return f"bp {top}/{low} {_days(found)}"
    if "value_snomed" in found:
        return f"answer {found['loinc']} {found['value_snomed']} {_days(found)}"
    upper = f"; upper {found['ref_high']}" if "ref_high" in found else ""
    return f"lab {found['loinc']} {found['value']} {found['unit']} {_days(found)}{upper}"


def _drug(kind: str, found: Facts) -> str:
    code = f" (RxNorm {found['rxnorm']})" if "rxnorm" in found else ""
    return f"{kind} {found['text']}{code} {_days(found)}"


def _lines(told: Facts) -> Iterator[str]:
    yield from map(_condition, told.get("conditions", ()))
    yield from (f"procedure {_coded(each['code'])} {_days(each)}" for each in told.get("procedures", ()))
    yield from map(_observation, told.get("observations", ()))
    yield from (_drug("taking", each) for each in told.get("medications", ()))
    yield from (_drug("draft", each) for each in told.get("draft", ()))


def _actions(action: str) -> tuple[str, ...]:
    """The RxNorm codes and milligrams that a vignette's words for its suggestion name."""
    wanted = action.partition("(not")[0].partition("(or")[0].partition("card shows")[0]
    return tuple(re.findall(r"RxNorm (\d+)", wanted))


def _case(name: str, hook: str, told: Facts, must: list[Must], must_not: list[str], never: list[str]) -> Case:
    who = f"{told['patient']['sex']} {told['patient']['age']}"
    facts = "\n".join(_lines(told))
    return Case(name, "", hook, who, facts, must=tuple(must), must_not=tuple(must_not), never=tuple(never))


def _told(vignette: Facts) -> Iterator[Case]:
    name, hook, expect = vignette["id"], vignette["hook"], vignette["expect"]
    if "variants" in vignette:
        for number, told in enumerate(vignette["variants"]):
            must = [Must(rule) for rule in told["must"]]
            yield _case(f"{name} {number}", hook, told, must, [], told.get("suggestion_must_not_contain", []))
        return
    must = [Must(each["rule"], each["indicator"], _actions(each.get("action", ""))) for each in expect["must"]]
    yield _case(name, hook, vignette, must, expect["must_not"], [])


@cache
def vignettes() -> tuple[Case, ...]:
    """Every vignette as a case; none where the file is absent."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["vignettes"] if FILE.is_file() else []
    return tuple(case for vignette in found for case in _told(vignette))
