"""JUnit XML: the verdict and each criterion as a test case, a suite for each domain.

What blocks is a failure, or an error where it is unknown. What is waived, planned, accepted, advisory or not enforced
is skipped with a message: it did not pass, and it does not stop a job that the verdict lets through.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from typing import Final

from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Account, Signal, Standing, accounts, signal
from gonogo.report.machine.notation import moment, name_of, reasons, sentences, title_of
from gonogo.report.page import Page
from gonogo.report.view import RunView

SUFFIX: Final = ".junit.xml"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "application/xml"
VERDICT: Final = "gonogo.verdict"

Element = ElementTree.Element


def render(view: RunView) -> bytes:
    """Return the test report of one run."""
    page, told = page_of(view), accounts(view)
    title = title_of(view, page)
    suites = [_suite(view, f"{title}: verdict", [_verdict(view, page)])]
    for domain in Domain:
        cases = [_case(each) for each in told if each.finding.domain is domain]
        if cases:
            suites.append(_suite(view, f"{title}: {domain.value}", cases))
    suites[0].insert(0, _properties(view))
    root = Element("testsuites", {"name": name_of(view, "junit"), **_counts([c for s in suites for c in _cases(s)])})
    del root.attrib["skipped"]
    root.extend(suites)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _cases(suite: Element) -> list[Element]:
    return suite.findall("testcase")


def _suite(view: RunView, name: str, cases: Sequence[Element]) -> Element:
    suite = Element("testsuite", {"name": name, **_counts(cases), "timestamp": moment(view.started.now)[:-1]})
    suite.extend(cases)
    return suite


def _counts(cases: Sequence[Element]) -> dict[str, str]:
    """Return how many cases there are, and how many came out how."""
    tags = [child.tag for case in cases for child in case]
    return {
        "tests": str(len(cases)),
        "failures": str(tags.count("failure")),
        "errors": str(tags.count("error")),
        "skipped": str(tags.count("skipped")),
    }


def _properties(view: RunView) -> Element:
    run = view.started
    values = {
        "kind": run.kind.sentence,
        "marking": run.program.marking,
        "verdict": view.decision.verdict.value,
        "signal": signal(view).value,
        "exit_code": str(view.finished.exit_code),
        "ruleset": run.ruleset,
        "log": view.log,
        "run": run.envelope.run,
        "head": view.head,
        "digest": view.finished.assessment,
    }
    properties = Element("properties")
    for name, value in values.items():
        if value:
            ElementTree.SubElement(properties, "property", {"name": name, "value": escape(value)})
    return properties


def _verdict(view: RunView, page: Page) -> Element:
    title, found = title_of(view, page), signal(view)
    case = Element("testcase", {"name": title, "classname": VERDICT})
    text = "\n".join((*sentences(page), *reasons(view)))
    accepted = found is Signal.CONDITIONAL and view.finished.accepted_conditional
    if found is Signal.CAUTION or accepted:
        _outcome(case, "skipped", found.value, title, text)
    elif found is not Signal.GO:
        _outcome(case, "failure", view.decision.verdict.value, title, text)
    ElementTree.SubElement(case, "system-out").text = text
    return case


def _case(account: Account) -> Element:
    found = account.finding
    name = escape(f"{found.title} ({found.criterion})")
    case = Element("testcase", {"name": name, "classname": f"gonogo.{found.domain.value}"})
    line = escape(account.line)
    lines = [escape(account.with_owner), *(escape(f"Open: {each}") for each in account.items)]
    if found.status.open and found.remedy:
        lines.append(escape(f"Remedy: {found.remedy}"))
    text = "\n".join(lines)
    if account.standing is Standing.BLOCKS:
        tag = "error" if found.status is Status.UNKNOWN else "failure"
        _outcome(case, tag, found.status.value, line, text)
    elif account.standing is not Standing.MET:
        _outcome(case, "skipped", account.standing.value, line, text)
    ElementTree.SubElement(case, "system-out").text = text
    return case


def _outcome(case: Element, tag: str, kind: str, message: str, text: str) -> None:
    ElementTree.SubElement(case, tag, {"type": kind, "message": message}).text = text
