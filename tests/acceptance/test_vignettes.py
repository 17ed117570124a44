"""Every published vignette holds, with everything prefetched and with nothing but a FHIR server to ask."""

import pytest

from tests.acceptance.casebook import Case
from tests.acceptance.conftest import ServiceFor
from tests.acceptance.test_cases import Way, called, judge
from tests.acceptance.vignettes import FILE, vignettes


@pytest.mark.skipif(not FILE.is_file(), reason="the published vignettes are not beside the repository")
def test_all_vignettes_are_read() -> None:
    assert len(vignettes()) == 21


@pytest.mark.parametrize("way", ["prefetch", "FHIR server"])
@pytest.mark.parametrize("case", vignettes(), ids=lambda case: case.slug)
def test_a_published_vignette_holds(case: Case, way: Way, service_for: ServiceFor, fhir_server: str) -> None:
    judge(case, *called(case, way, service_for(None), fhir_server))
