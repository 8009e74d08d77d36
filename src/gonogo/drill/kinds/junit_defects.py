"""Defects of test reports: failures that are hidden, cases and plans that shrink, builds that are not released."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.csv_lines import CsvLines
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.site import BoundSource, TargetProgram

_REPORT: Final = "a JUnit report"
_CASE: Final = re.compile(rb"<testcase\b[^>]*?(?:/>|>.*?</testcase>)", re.DOTALL)
_FAILED: Final = re.compile(rb"<(failure|error)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL)
_COUNTED: Final = re.compile(rb'(<testsuite\b[^>]*?\bfailures=")(\d+)(")')
_TIMES: Final = re.compile(rb'(\btimestamp=")(\d{4})(-[^"]*")')
_EARLIER: Final = 5
"""Years by which a date is moved."""


def _report(site: TargetProgram) -> tuple[BoundSource, bytes]:
    for source in site.sources("junit", ending=".xml"):
        content = site.copy.read(source.path)
        if _CASE.search(content):
            return source, content
    raise NotPlanted("no JUnit report answers for a fact that counts here")


def _passed(content: bytes) -> re.Match[bytes]:
    """Return a case without a mark, near the middle."""
    found = [case for case in _CASE.finditer(content) if not re.search(rb"<(failure|error|skipped)\b", case[0])]
    if not found:
        raise NotPlanted("no case of the report has passed")
    return found[len(found) // 2]


def _changed(site: TargetProgram, change: Callable[[bytes], bytes]) -> Planted:
    source, content = _report(site)
    harmed = change(content)
    if harmed == content:
        raise NotPlanted("the report has no place for it")
    site.copy.put(source.path, harmed)
    return planted(source)


def _failure_removed(content: bytes) -> bytes:
    """Take a failure out of its case and leave the counters; where nothing failed, count a failure that no case has."""
    if _FAILED.search(content):
        return _FAILED.sub(b"", content, count=1)
    return _COUNTED.sub(lambda found: found[1] + b"%d" % (int(found[2]) + 1) + found[3], content, count=1)


def _outcome_renamed(content: bytes) -> bytes:
    """Call a failure by a name that no reader knows; where nothing failed, in a case that had passed."""
    if _FAILED.search(content):
        renamed = content.replace(b"<failure", b"<remark", 1).replace(b"</failure>", b"</remark>", 1)
        return (
            renamed
            if renamed != content
            else content.replace(b"<error", b"<remark", 1).replace(b"</error>", b"</remark>", 1)
        )
    case = _passed(content)
    head = re.match(rb"<testcase\b[^>]*?(?=/?>)", case[0])
    assert head is not None
    harmed = head[0] + b'><remark type="AssertionError">expected 1 but was 2</remark></testcase>'
    return content[: case.start()] + harmed + content[case.end() :]


def _dropped(content: bytes) -> bytes:
    """Take a case out of the report, with its failure where one failed, and leave the counters."""
    cases = list(_CASE.finditer(content))
    case = next((one for one in cases if _FAILED.search(one[0])), None) or _passed(content)
    return content[: case.start()] + content[case.end() :]


def _twice(content: bytes) -> bytes:
    """Write a case that passed once more, in place of another one."""
    cases = list(_CASE.finditer(content))
    case = _passed(content)
    other = next((one for one in cases if one.start() != case.start()), None)
    if other is None:
        raise NotPlanted("the report has one case")
    return content[: other.start()] + case[0] + content[other.end() :]


def _moved(content: bytes, years: int) -> bytes:
    return _TIMES.sub(lambda found: found[1] + b"%04d" % (int(found[2]) + years) + found[3], content)


def _bomb(content: bytes) -> bytes:
    """Put entities that grow a thousandfold before the report."""
    start = content.index(b"<testsuite")
    grow = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in ("ab", "bc", "cd", "de"))
    return b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">' + grow.encode() + b"]>" + content[start:]


def _torn(content: bytes) -> bytes:
    """Cut the report between two cases."""
    cases = list(_CASE.finditer(content))
    return content[: cases[len(cases) // 2].end()]


def _closed_early(content: bytes) -> bytes:
    """Take out half of the cases, so that the report is well formed and its counters say otherwise."""
    cases = list(_CASE.finditer(content))
    for case in reversed(cases[len(cases) // 2 :]):
        content = content[: case.start()] + content[case.end() :]
    return content


def _another_build(site: TargetProgram) -> Planted:
    def change(content: bytes) -> bytes:
        for build in sorted(site.loaded.release.builds):
            if build.encode() in content:
                other = build[:-1] + ("0" if build[-1] != "0" else "1")
                return content.replace(build.encode(), other.encode())
        raise NotPlanted("the report does not name the build that is released")

    return _changed(site, change)


def _plan(site: TargetProgram) -> tuple[BoundSource, CsvLines]:
    source = site.source("test plan in CSV", "junit", ending=".csv")
    return source, CsvLines(site.copy.read(source.path), {"control": {}})


def _plan_shrunk(site: TargetProgram) -> Planted:
    source, lines = _plan(site)
    rows = range(lines.first, lines.last)
    lines.drop(set(list(rows)[: max(1, len(rows) // 10)]))
    site.copy.put(source.path, lines.data)
    return planted(source)


def _plan_torn(site: TargetProgram) -> Planted:
    source, lines = _plan(site)
    half = (lines.first + lines.last) // 2
    lines.lines = [*lines.lines[:half], lines.lines[half][:2]]
    site.copy.put(source.path, lines.data)
    return planted(source, f"{source.path}, line {half + 1}")


DEFECTS = (
    Defect(
        "hidden-failure",
        "A failure was taken out of its test case",
        _REPORT,
        lambda site: _changed(site, _failure_removed),
    ),
    Defect("dropped-test", "A test case was taken out of the report", _REPORT, lambda site: _changed(site, _dropped)),
    Defect(
        "renamed-outcome",
        "A failure is called by another name",
        _REPORT,
        lambda site: _changed(site, _outcome_renamed),
    ),
    Defect("repeated-test", "A passed case takes the place of another", _REPORT, lambda site: _changed(site, _twice)),
    Defect(
        "torn-report",
        "A report was cut between two cases",
        _REPORT,
        lambda site: _changed(site, _torn),
        Noticed.STOPPED,
    ),
    Defect(
        "half-report",
        "Half of the cases were taken out",
        _REPORT,
        lambda site: _changed(site, _closed_early),
    ),
    Defect(
        "old-report",
        "A report says that it is five years older",
        "a JUnit report that says when it ran",
        lambda site: _changed(site, lambda content: _moved(content, -_EARLIER)),
        Noticed.STOPPED,
    ),
    Defect(
        "future-report",
        "A report says that it is from a day in the future",
        "a JUnit report that says when it ran",
        lambda site: _changed(site, lambda content: _moved(content, _EARLIER)),
        Noticed.STOPPED,
    ),
    Defect("another-build", "A report is about another build", "a JUnit report that names its build", _another_build),
    Defect(
        "entity-bomb",
        "A report grows a thousandfold as it is read",
        _REPORT,
        lambda site: _changed(site, _bomb),
        Noticed.STOPPED,
    ),
    Defect("shrunk-plan", "Cases were taken out of the test plan", "a test plan in CSV", _plan_shrunk),
    Defect(
        "torn-plan", "A test plan was cut in the middle of a row", "a test plan in CSV", _plan_torn, Noticed.STOPPED
    ),
)
