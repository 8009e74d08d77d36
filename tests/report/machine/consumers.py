"""What the reader of each format takes for a success: written after the documents of those readers."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

Reading = tuple[set[str], bool]
"""Ids of criteria that look like a success, and whether the run as a whole does."""


def oscal(data: bytes) -> Reading:
    """A finding is satisfied or not."""
    result = json.loads(data)["assessment-results"]["results"][0]
    met = {
        each["target"]["target-id"]
        for each in result.get("findings", [])
        if each["target"]["status"]["state"] == "satisfied"
    }
    props = {each["name"]: each["value"] for each in json.loads(data)["assessment-results"]["metadata"]["props"]}
    return met, props["signal"] == "go"


def oscal_poam(data: bytes) -> Reading:
    """No item at all would look like success; a title is all that a list shows."""
    plan = json.loads(data)["plan-of-action-and-milestones"]
    met = {
        each["target"]["target-id"]
        for each in plan.get("findings", [])
        if each["target"]["status"]["state"] == "satisfied"
    }
    return met, plan["metadata"]["title"].startswith("GO:") and bool(plan["poam-items"]) is False


def sarif(data: bytes) -> Reading:
    """A result that passes; a viewer without kinds takes every result for a problem. No result at all is a success."""
    (run,) = json.loads(data)["runs"]
    met = {each["ruleId"] for each in run["results"] if each.get("kind") == "pass" or each["level"] == "none"}
    return met, run["results"] == []


def ohdf(data: bytes) -> Reading:
    """As inspecjs computes a control's status."""
    (profile,) = json.loads(data)["profiles"]
    passed = {each["id"] for each in profile["controls"] if control_status(each) == "Passed"}
    return passed - {"gonogo.verdict"}, "gonogo.verdict" in passed


def control_status(control: dict[str, Any]) -> str:
    """Return what Heimdall shows of a control."""
    statuses = ["error" if each.get("backtrace") else each["status"] for each in control["results"]]
    if "error" in statuses or not statuses:
        return "Profile Error"
    if (control.get("waiver_data") or {}).get("skipped_due_to_waiver") or control["impact"] == 0:
        return "Not Applicable"
    return next(shown for status, shown in SHOWN.items() if status in statuses)


SHOWN = {"failed": "Failed", "passed": "Passed", "skipped": "Not Reviewed"}


def junit(data: bytes) -> Reading:
    """A case passes that has neither a failure nor an error nor was skipped."""
    cases = list(ElementTree.fromstring(data).iter("testcase"))
    passed = [each for each in cases if not {child.tag for child in each} & {"failure", "error", "skipped"}]
    names = {re.search(r"\(([^()]*)\)$", each.attrib["name"]) for each in passed}
    return {name[1] for name in names if name}, any(each.attrib["classname"] == "gonogo.verdict" for each in passed)


def gitlab(data: bytes) -> Reading:
    """What is listed is a problem, unless it is for information; an empty list is a success."""
    found = json.loads(data)
    quiet = {each["check_name"] for each in found if each["severity"] == "info"}
    return quiet - {"gonogo.verdict"}, found == [] or "gonogo.verdict" in quiet


def github(data: bytes) -> Reading:
    """The first command is the verdict's; a notice is quiet."""
    commands = [line for line in data.decode().split("\n") if line.startswith("::")]
    return set(), not any(line.startswith(("::error ", "::warning ")) for line in commands[:1])


def azure(data: bytes) -> Reading:
    """The task ends as its process does, unless a command completes it otherwise."""
    lines = data.decode().split("\n")
    results = [found[1] for line in lines if (found := re.match(r"##vso\[task\.complete result=(\w+);\]", line))]
    return set(), results in ([], ["Succeeded"])


def openmetrics(data: bytes) -> Reading:
    """The state that is 1, of series of decisions."""
    text = data.decode()
    met = set(re.findall(r'(?m)^gonogo_criterion\{.*criterion="([^"]+)".*gonogo_criterion="met"\} 1 ', text))
    return met, re.search(r'(?m)^gonogo_signal\{.*purpose="decision".*="go"\} 1 ', text) is not None


def prometheus(data: bytes) -> Reading:
    """The same states; no sample has a date."""
    text = data.decode()
    met = set(re.findall(r'(?m)^gonogo_criterion\{.*criterion="([^"]+)".*gonogo_criterion="met"\} 1$', text))
    return met, re.search(r'(?m)^gonogo_signal\{.*purpose="decision".*="go"\} 1$', text) is not None


def table(data: bytes) -> Reading:
    """The column for it."""
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    met = {row["criterion"] for row in rows if row["success"] == "true"}
    return met, all(row["signal"] == "go" for row in rows)


def parquet(data: bytes) -> Reading:
    """The same column, as DuckDB reads it."""
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        with duckdb.connect(config={"threads": 1}) as base:
            rows = base.execute(f"select criterion, success, signal from read_parquet('{file.name}')").fetchall()
    return {row[0] for row in rows if row[1]}, all(row[2] == "go" for row in rows)


CONSUMERS: dict[str, Callable[[bytes], Reading]] = {
    "oscal": oscal,
    "oscal-poam": oscal_poam,
    "sarif": sarif,
    "ohdf": ohdf,
    "junit": junit,
    "gitlab": gitlab,
    "github": github,
    "azure": azure,
    "openmetrics": openmetrics,
    "prometheus": prometheus,
    "csv": table,
    "parquet": parquet,
}
