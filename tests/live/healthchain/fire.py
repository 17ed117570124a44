"""Run by the Python of HealthChain's own environment: fires patient-view and prints what HealthChain made of it.

Arguments: the address of the CDS service, a patient's id or "" for one that HealthChain makes up, and the data: a JSON
file with the prefetch, or a folder with one Bundle, which HealthChain sorts into a key for each type of resource.
"""

import json
import sys
from pathlib import Path
from typing import Any

from healthchain.models import CDSResponse
from healthchain.sandbox import SandboxClient
from pydantic import ValidationError

HOOK = "patient-view"


def fire(url: str, patient: str, data: Path) -> dict[str, Any]:
    """The client's own status, the answer ({} where the service refused), and what its model finds wrong with it."""
    client = SandboxClient(url=url, workflow=HOOK)
    if data.is_dir():
        client.load_from_registry("synthea-patient", data_dir=str(data))
    else:
        client.load_from_path(data)
    if patient:
        client.requests[0].context.patientId = patient
    (answer,) = client.send_requests()
    return {"status": client.get_status(), "answer": answer, "complaints": complaints(answer)}


def complaints(answer: dict[str, Any]) -> list[str]:
    """What HealthChain's own model finds wrong, such as "isRecommended missing"; the client keeps that to itself."""
    try:
        CDSResponse(**answer)
    except ValidationError as error:
        return sorted({f"{each['loc'][-1]} {each['type']}" for each in error.errors()})
    return []


if __name__ == "__main__":
    print(json.dumps(fire(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
