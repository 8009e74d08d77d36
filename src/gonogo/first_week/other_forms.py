"""Forms of well-known tools that no collector reads, each with the form to export instead."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_JUNIT: Final = "export them as JUnit XML."
_ALM: Final = "export the grid of defects or tests as Excel or CSV (profiles alm-defects, alm-tests)."
_XML_ROOTS: Final = {
    "TestRun": f"It holds test results of Visual Studio; {_JUNIT}",
    "test-run": f"It holds test results of NUnit; {_JUNIT}",
    "test-results": f"It holds test results of NUnit 2; {_JUNIT}",
    "nmaprun": "It is a scan of nmap, which says which ports answer and no weakness; export the findings of a scanner "
    "of weaknesses.",
    "assemblies": f"It holds test results of xUnit; {_JUNIT}",
    "testng-results": f"It holds test results of TestNG; {_JUNIT}",
    "project": "Its root is `project`. If it is a plan of a planning tool, "
    "`gonogo check FILE --as schedule:mpxj` shows what is read of it; else save it as Project XML or XER.",
    "robot": "It holds test results of Robot Framework; `rebot --xunit junit.xml output.xml` writes them as JUnit XML.",
    "Entities": f"It holds entities of ALM or Quality Center; {_ALM}",
    "NessusClientData_v2": "It is a scan of Nessus; export the same scan as CSV (profile nessus-findings).",
    "run": "It is a run; if it is one of TestRail, export it as CSV with all columns (profile testrail-tests).",
}
_TEXT_STARTS: Final = (
    ("SPDXVersion:", "It is a bill of materials in SPDX tag-value form; export it as SPDX in JSON."),
    ("SPDXID:", "It is a bill of materials in SPDX as YAML; export it as SPDX in JSON."),
    ("TN:", "It is coverage in the form of lcov; convert it to Cobertura XML."),
    ("SF:", "It is coverage in the form of lcov; convert it to Cobertura XML."),
    (
        "%T\t",
        "It is a table of a Primavera P6 export (XER) without its first line ERMHDR, so nobody knows its version; "
        "export the project from P6 again.",
    ),
)
_K6: Final = "k6 writes every sample there; bind the summary: `k6 run --summary-export summary.json`, or handleSummary."
_GATLING: Final = (
    "It is Gatling's log of a simulation; bind `js/global_stats.json` of the report that Gatling makes of it, or its "
    "`js/stats.json`."
)
_LOCUST: Final = (
    "It is what Locust writes, which no collector of this version reads; k6, JMeter and Gatling are read, or have "
    "somebody state its facts in the workbook (gonogo workbook), with this file as their source."
)
_PATTERNS: Final = (
    (
        re.compile(
            r'\[\s*\{(?=.{0,4000}"elements"\s*:\s*\[)(?=.{0,4000}"keyword"\s*:\s*"(?:Scenario|Background))', re.S
        ),
        "It holds test results of Cucumber or Behave in JSON; have it write JUnit XML.",
    ),
    (re.compile(r"(?:ASSERTION\t[^\n]*\n)*(?:RUN\t[\w.$]+\t|[\w.$]+\t[^\t\n]*\tRUN\t)"), _GATLING),
    (
        re.compile(r'\{"(?:type":"(?:Metric|Point)","|metric":"[a-z0-9_]+","type":"(?:Metric|Point)")'),
        f"It holds one JSON record a line, as `k6 --out json` writes. {_K6}",
    ),
    (
        re.compile(r"var stats = \{\s*\"?type\"?:"),
        "It is the script of Gatling's report; bind `js/global_stats.json` or `js/stats.json` beside it.",
    ),
    (
        re.compile(r"\s*# (?:HELP|TYPE) [a-zA-Z_:][\w:]* "),
        "It is in the form of Prometheus or OpenMetrics, and its beginning shows no sample of `up`, which says whether "
        "a component is down; save what `/federate` of Prometheus gives: "
        "`curl -G SERVER/federate --data-urlencode 'match[]=up'`.",
    ),
)
_NAMES: Final = {"simulation.log": _GATLING}
_HEADINGS: Final = (
    ({"Request Count", "Failure Count", "Requests/s"}, _LOCUST),
    ({"Timestamp", "User Count", "Requests/s", "Failures/s"}, _LOCUST),
    ({"metric_name", "timestamp", "metric_value"}, f"It is what `k6 --out csv` writes. {_K6}"),
    (
        {"cveID", "vendorProject", "dateAdded", "dueDate"},
        "It is CISA's catalog of known exploited vulnerabilities as CSV, which does not say when it was released; "
        "fetch known_exploited_vulnerabilities.json, which does.",
    ),
)
_JSON_KEYS: Final = (
    ({"meta", "files", "totals"}, "", "It is coverage of coverage.py in JSON; `coverage xml` writes what is read."),
    (
        {"audits", "categories"},
        "",
        "It is a report of Lighthouse, which no collector of this version reads: have somebody state its facts in the "
        "workbook (gonogo workbook), with this file as their source.",
    ),
    ({"config", "suites", "stats"}, "", f"It holds test results of Playwright; {_JUNIT}"),
    ({"numTotalTests", "testResults"}, "", f"It holds test results of Jest; {_JUNIT}"),
    ({"entities", "TotalResults"}, "", f"It holds entities of ALM or Quality Center; {_ALM}"),
    (
        {"testExecutionKey", "tests"},
        "",
        "It is what a test tool sends to Xray, and lacks the tests that did not run; export the runs from Xray "
        "(profile xray-test-runs).",
    ),
    (
        {"@context", "@graph"},
        "spdx.org/rdf/3",
        "It is a bill of materials in SPDX 3 (JSON-LD); export it as SPDX 2.3 or CycloneDX in JSON.",
    ),
    (
        {"status", "data"},
        '"resultType"',
        "It is an answer of Prometheus' query API; save what `/federate` gives instead: "
        "`curl -G SERVER/federate --data-urlencode 'match[]=up'`.",
    ),
)
"""Outer keys, what the head holds besides, and the sentence."""


def of_root(space: str, tag: str) -> str:
    """Return what an XML document with that root is, and what helps; empty for one that is not known.

    Args:
        space: Namespace of the root.
        tag: Its name.
    """
    if tag == "bom" and "cyclonedx" in space.lower():
        return "It is a CycloneDX bill of materials in XML; export it as JSON."
    if "spdx" in space.lower() or (tag == "RDF" and space.endswith("22-rdf-syntax-ns#")):
        return "It is RDF or XML; if it is a bill of materials in SPDX, export it as SPDX in JSON."
    if tag == "project" and space:
        return ""
    return _XML_ROOTS.get(tag, "")


def of_text(text: str) -> str:
    """Return the same for a text, or for JSON with one record a line."""
    known = next((sentence for start, sentence in _TEXT_STARTS if text.startswith(start)), "")
    return known or next((sentence for pattern, sentence in _PATTERNS if pattern.match(text)), "")


def of_name(name: str) -> str:
    """Return the same for a file that is no text, which a tool always calls by one name."""
    return _NAMES.get(name.lower(), "")


def of_headings(headings: Collection[str]) -> str:
    """Return the same for a CSV table with these headings."""
    cells = {heading.strip() for heading in headings}
    return next((sentence for known, sentence in _HEADINGS if known <= cells), "")


def of_keys(keys: Collection[str], text: str) -> str:
    """Return the same for a JSON object with these outer keys, and this head."""
    return next((sentence for known, also, sentence in _JSON_KEYS if known <= set(keys) and also in text), "")
