"""What scanners wrote of the release candidate: results as SARIF, and its parts with their weaknesses as CycloneDX."""

from __future__ import annotations

from typing import Any

from ..junit import BUILD
from .platform import COMMIT
from .story import Story

RESULTS = 30
PARTS = 412
WEAKNESSES = (
    ("C-017", "high", "exploitable"),
    ("C-208", "high", "exploitable"),
    ("C-311", "critical", "not_affected"),
)


def results(story: Story) -> dict[str, Any]:
    """Return the results: one error is suppressed, and one result names no level, so that of its rule counts."""
    rules = [{"id": "SR-002", "defaultConfiguration": {"level": "warning"}}]
    run = {
        "tool": {"driver": {"name": "Scanner", "rules": rules}},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": f"{story.ago(3)}T08:00:00Z"}],
        "versionControlProvenance": [{"repositoryUri": "https://git.cfsc.example/keelfin", "revisionId": COMMIT}],
        "results": [_result(number) for number in range(1, RESULTS + 1)],
    }
    return {"version": "2.1.0", "runs": [run]}


def _result(number: int) -> dict[str, Any]:
    made: dict[str, Any] = {"ruleId": f"SR-{number:03d}", "message": {"text": "a finding"}}
    if number != 2:
        made["level"] = "error" if number == 1 else "warning"
    if number == 1:
        made["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return made


def bill(story: Story) -> dict[str, Any]:
    """Return the parts of the release: one critical weakness does not affect it."""
    about = {
        "type": "application",
        "name": "keelfin",
        "hashes": [{"alg": "SHA-256", "content": BUILD.removeprefix("sha256:")}],
    }
    parts = [
        {
            "bom-ref": f"C-{n:03d}",
            "type": "library",
            "name": f"part-{n:03d}",
            "version": "1.0",
            "purl": f"pkg:generic/part-{n:03d}@1.0",
        }
        for n in range(1, PARTS + 1)
    ]
    weaknesses = [
        {
            "id": f"CVE-2027-{number:05d}",
            "ratings": [{"severity": severity}],
            "affects": [{"ref": part}],
            "analysis": {"state": state},
        }
        for number, (part, severity, state) in enumerate(WEAKNESSES, start=1)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"timestamp": f"{story.ago(3)}T10:00:00Z", "component": about},
        "components": parts,
        "vulnerabilities": weaknesses,
    }


def barriers(story: Story) -> dict[str, Any]:
    """Return what axe-core found on the page for searching assets: three elements without a name, all critical."""
    nodes = [
        {
            "any": [
                {"id": "implicit-label", "message": "Element does not have an implicit label", "impact": "critical"}
            ],
            "all": [],
            "none": [],
            "impact": "critical",
            "html": f'<input id="asset-{number}">',
            "target": [f"#asset-{number}"],
        }
        for number in range(1, 4)
    ]
    label = {"id": "label", "impact": "critical", "tags": ["cat.forms", "wcag2a", "wcag412"], "nodes": nodes}
    language = {"id": "html-has-lang", "impact": None, "tags": ["cat.language", "wcag2a"], "nodes": [_whole_page()]}
    return {
        "testEngine": {"name": "axe-core", "version": "4.10.2"},
        "testRunner": {"name": "axe"},
        "testEnvironment": {"userAgent": "HeadlessChrome", "windowWidth": 1280, "windowHeight": 800},
        "timestamp": f"{story.ago(30)}T15:04:05.000Z",
        "url": "https://keelfin.cfsc.example/assets",
        "toolOptions": {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}},
        "violations": [label],
        "passes": [language],
        "incomplete": [],
        "inapplicable": [],
    }


def _whole_page() -> dict[str, Any]:
    return {"any": [], "all": [], "none": [], "impact": None, "html": '<html lang="en">', "target": ["html"]}
