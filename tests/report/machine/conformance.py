"""Every format of one run against its official schema: what other rooms' runs are tried with, too."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
from lxml import etree
from tests.report.machine.conftest import schema

from gonogo.report.formats import FORMATS
from gonogo.report.report_schema import report_schema
from gonogo.report.view import RunView

OFFICIAL = {
    "oscal": "oscal-assessment-results.json",
    "oscal-poam": "oscal-poam.json",
    "sarif": "sarif-2.1.0.json",
    "ohdf": "ohdf-exec-json.json",
}


@cache
def validator(name: str) -> Any:
    """Return what checks a format that is JSON: our own schema for `json`, else the official one."""
    return jsonschema_rs.validator_for(report_schema() if name == "json" else json.loads(schema(OFFICIAL[name])))


def faults(view: RunView) -> list[str]:
    """Return what the schemas find in a run's formats."""
    found = []
    for name in ("json", *OFFICIAL):
        document = json.loads(FORMATS[name].render(view))
        found += [f"{name}: {each.instance_path}: {each.message}" for each in validator(name).iter_errors(document)]
    xsd = etree.XMLSchema(etree.fromstring(schema("junit-10.xsd").encode()))
    return found if xsd.validate(etree.fromstring(FORMATS["junit"].render(view))) else [*found, f"{xsd.error_log}"]
