"""Runs the tests that are named after items and writes docs/conformance.md; ``--check`` only compares."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests.conformance.matrix import DOCUMENT, ROOT, Ending, document, gaps, named_tests

_SELECTED = ("-k", "test_s0 or test_s1 or test_cds_", "-m", "not live and not browser")


def main() -> int:
    """Return 0 where every item has a test that passed and, for ``--check``, the document is as it would be written."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the document is out of date")
    check = parser.parse_args().check
    endings = run()
    if not endings:
        print("The tests could not be run; see above.")
        return 1
    text = document(endings)
    if not check:
        DOCUMENT.write_text(text, encoding="utf-8")
    faults = [f"{name}: no test passed, or one failed" for name in gaps(endings)]
    if not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != text:
        faults.append(f"{DOCUMENT.relative_to(ROOT)} is out of date: run make conformance")
    print(*faults or ["Every item of CDS Hooks has a test that passed."], sep="\n")
    return 1 if faults else 0


def run() -> list[Ending]:
    """Run the tests and return how each ended; what pytest says is shown where one failed."""
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", *_SELECTED, f"--junitxml={report}", *map(str, named_tests())]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n")
        return [*_endings(report)] if report.is_file() else []


def _endings(report: Path) -> Iterator[Ending]:
    results: dict[str, set[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 (written a moment ago, by pytest)
        file = case.get("classname", "").replace(".", "/").removeprefix("tests/") + ".py"
        name = case.get("name", "").partition("[")[0]
        results.setdefault(f"{file}::{name}", set()).add(_result(case))
    for test, found in results.items():
        # A test of many rows has passed where every row has, and was skipped where no row was run.
        worst = next((each for each in ("failed", "passed") if each in found), ", ".join(sorted(found)))
        yield Ending(test, worst)


def _result(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    return "passed" if skipped is None else f"skipped: {skipped.get('message', 'no reason given')}"


if __name__ == "__main__":
    sys.exit(main())
