"""Forms of well-known tools that no collector reads, each with the form to export instead."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_JUNIT: Final = "export them as JUnit XML."
_ALM: Final = "export the grid of defects or tests as Excel or CSV (profiles alm-defects, alm-tests)."
_XML_ROOTS: Final = {
    "TestRun": f"It holds test results of Visual Studio; {_JUNIT}",
    "test-run": f"It holds test results of NUnit; {_JUNIT}",
    "assemblies": f"It holds test results of xUnit; {_JUNIT}",
    "testng-results": f"It holds test results of TestNG; {_JUNIT}",
    "robot": "It holds test results of Robot Framework; `rebot --xunit junit.xml output.xml` writes them as JUnit XML.",
    "Entities": f"It holds entities of ALM or Quality Center; {_ALM}",
    "NessusClientData_v2": "It is a scan of Nessus; export the same scan as CSV (profile nessus-findings).",
    "run": "It is a run; if it is one of TestRail, export it as CSV with all columns (profile testrail-tests).",
}
_TEXT_STARTS: Final = (
    ("SPDXVersion:", "It is a bill of materials in SPDX tag-value form; export it as SPDX in JSON."),
    ("TN:", "It is coverage in the form of lcov; convert it to Cobertura XML."),
    ("SF:", "It is coverage in the form of lcov; convert it to Cobertura XML."),
)
_JSON_KEYS: Final = (
    ({"meta", "files", "totals"}, "It is coverage of coverage.py in JSON; `coverage xml` writes what is read."),
    ({"config", "suites", "stats"}, f"It holds test results of Playwright; {_JUNIT}"),
    ({"entities", "TotalResults"}, f"It holds entities of ALM or Quality Center; {_ALM}"),
    (
        {"testExecutionKey", "tests"},
        "It is what a test tool sends to Xray, and lacks the tests that did not run; export the runs from Xray "
        "(profile xray-test-runs).",
    ),
    ({"numTotalTests", "testResults"}, f"It holds test results of Jest; {_JUNIT}"),
)


def of_root(space: str, tag: str) -> str:
    """Return what an XML document with that root is, and what helps; empty for one that is not known.

    Args:
        space: Namespace of the root.
        tag: Its name.
    """
    if tag == "bom" and "cyclonedx" in space.lower():
        return "It is a CycloneDX bill of materials in XML; export it as JSON."
    return _XML_ROOTS.get(tag, "")


def of_text(text: str) -> str:
    """Return the same for a text that is neither XML nor JSON."""
    return next((sentence for start, sentence in _TEXT_STARTS if text.startswith(start)), "")


def of_keys(keys: Collection[str]) -> str:
    """Return the same for a JSON object with these outer keys."""
    return next((sentence for known, sentence in _JSON_KEYS if known <= set(keys)), "")
