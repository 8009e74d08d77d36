"""One JUnit XML report: its cases, each counted once wherever it is nested, and its own counters checked.

JUnit XML has no standard; what is read here is what pytest, Surefire, Gradle, GoogleTest and their kin have in common.
Whatever the counters say, cases are what counts; counters that disagree with the cases refuse the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from gonogo.plugin.spec import CollectorRefusal

MAX_DEPTH: Final = 64
_COUNT: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_RAN: Final = frozenset({"", "run", "passed", "pass", "success", "successful", "ok", "completed", "executed"})
_NOT_RUN: Final = frozenset(
    {"notrun", "not run", "not_run", "skipped", "skip", "disabled", "ignored", "suppressed", "pending", "blocked"}
)
_BROKEN: Final = frozenset({"failed", "fail", "failure", "error", "errored", "broken", "aborted", "timeout"})
_FLAKY: Final = frozenset({"flakyFailure", "flakyError"})
_FAILS: Final = frozenset({"failure", "error", "rerunFailure", "rerunError"})
"""What a case that failed holds; Surefire writes the reruns that failed too beside the first failure."""
_ASIDE: Final = frozenset({"properties", "property", "system-out", "system-err"})
"""What a case holds beside its outcome."""


class Outcome(IntEnum):
    """How a case ended; of two outcomes of one case the smaller is the worse."""

    FAILED = 0
    NOT_RUN = 1
    PASSED = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One test case as a report tells it.

    Attributes:
        name: Its name.
        class_name: Its class, or empty.
        properties: Its own properties; several values of one name are all kept.
        outcome: How it ended.
        flaky: Whether it failed first and passed when it was run again at once.
        timestamp: Text of its own time, or that of the nearest suite around it; empty when none is told.
    """

    name: str
    class_name: str
    properties: tuple[tuple[str, str], ...]
    outcome: Outcome
    flaky: bool
    timestamp: str


@dataclass(slots=True)
class Report:
    """One report.

    Attributes:
        file_name: For messages.
        cases: Every case, in the order of the file.
        timestamps: Texts of all times that suites and cases carry.
        undated: Whether a case has no time of its own nor of a suite around it.
        properties: Properties of suites and of the whole report.
    """

    file_name: str
    cases: list[Case] = field(default_factory=list)
    timestamps: list[str] = field(default_factory=list)
    undated: bool = False
    properties: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Counts:
    tests: int = 0
    failures: int = 0
    failure_elements: int = 0
    errors: int = 0
    error_elements: int = 0
    skipped: int = 0

    def add(self, other: _Counts) -> None:
        for name in _Counts.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def agrees(self, said: dict[str, int]) -> bool:
        """Whether these numbers are what the counters say; repeated failures of a case may be counted each."""
        return (
            said.get("tests", self.tests) == self.tests
            and said.get("failures", self.failures) in (self.failures, self.failure_elements)
            and said.get("errors", self.errors) in (self.errors, self.error_elements)
            and said.get("skipped", self.skipped) == self.skipped
        )


@dataclass(slots=True)
class _Suite:
    name: str
    timestamp: str
    said: dict[str, int]
    own: _Counts = field(default_factory=_Counts)
    total: _Counts = field(default_factory=_Counts)


def read_report(stream: IO[bytes], file_name: str) -> Report:
    """Read one report.

    Raises:
        CollectorRefusal: Not well-formed, truncated, with a document type, nested too deeply, not JUnit XML, with an
            outcome that nobody knows, or with counters that disagree with its cases.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    reader = _Reader(Report(file_name))
    try:
        for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
            reader.take(event, element)
    except DefusedXmlException as error:
        raise CollectorRefusal(f"{file_name} has a document type declaration, which a test report never has") from error
    except (ParseError, ValueError, LookupError) as error:
        raise CollectorRefusal(f"{file_name} is not a complete JUnit XML report: {error}") from error
    return reader.report


class _Reader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.depth = 0
        self.suites: list[_Suite] = []

    def take(self, event: str, element: Element) -> None:
        local = _local(element.tag)
        if event == "start":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise ValueError(f"it is nested deeper than {MAX_DEPTH} levels")
            if self.depth == 1 and local not in ("testsuites", "testsuite"):
                raise ValueError(f"its root is <{local[:40]}>, not <testsuites> or <testsuite>")
            if local in ("testsuites", "testsuite"):
                self._open(element)
            return
        self.depth -= 1
        if local == "testcase":
            self._case(element)
            element.clear()
        elif local in ("testsuites", "testsuite"):
            self._close(element)
            element.clear()

    def _open(self, element: Element) -> None:
        timestamp = element.get("timestamp", "").strip()
        if timestamp:
            self.report.timestamps.append(timestamp)
        inherited = self.suites[-1].timestamp if self.suites else ""
        said = {}
        for name in ("tests", "failures", "errors", "skipped"):
            text = element.get(name)
            if text is not None and text.strip() != "":
                if not _COUNT.fullmatch(text):
                    raise ValueError(f"a suite has {name}={text[:40]!r}, which is not a count")
                said[name] = int(text)
        self.suites.append(_Suite(element.get("name", ""), timestamp or inherited, said))

    def _close(self, element: Element) -> None:
        loose = {_local(child.tag) for child in element} & (_FAILS | {"skipped"})
        if loose:
            raise ValueError(f"a suite holds <{min(loose)}> outside any test case")
        self.report.properties.extend(_properties(element))
        suite = self.suites.pop()
        suite.total.add(suite.own)
        # Some tools count in a suite what is nested in it, others only its own cases; both are honest.
        # The root <testsuites> has no cases of its own.
        alone = _local(element.tag) == "testsuite" and suite.own.agrees(suite.said)
        if not (alone or suite.total.agrees(suite.said)):
            raise ValueError(
                f"the suite {suite.name[:60]!r} says {_said(suite.said)}, but holds {suite.total.tests} cases, "
                f"{suite.total.failures} failed, {suite.total.errors} in error, {suite.total.skipped} skipped"
            )
        if self.suites:
            self.suites[-1].total.add(suite.total)

    def _case(self, element: Element) -> None:
        suite = self.suites[-1] if self.suites else None
        if suite is None:
            raise ValueError("a test case stands outside any suite")
        children = [_local(child.tag) for child in element]
        strange = set(children) - _FAILS - _FLAKY - _ASIDE - {"skipped"}
        if strange:
            raise ValueError(f"the case {element.get('name', '')[:60]!r} holds <{min(strange)[:40]}>: no outcome")
        failures, errors = children.count("failure"), children.count("error")
        skipped = "skipped" in children
        own = suite.own
        own.tests += 1
        own.failures, own.failure_elements = own.failures + bool(failures), own.failure_elements + failures
        own.errors, own.error_elements = own.errors + bool(errors), own.error_elements + errors
        own.skipped += skipped
        own_time = element.get("timestamp", "").strip()
        if own_time:
            self.report.timestamps.append(own_time)
        timestamp = own_time or suite.timestamp
        self.report.undated = self.report.undated or not timestamp
        self.report.cases.append(
            Case(
                name=element.get("name", ""),
                class_name=element.get("classname", ""),
                properties=tuple(_properties(element)),
                outcome=_outcome(element, broken=bool(_FAILS & set(children)), skipped=skipped),
                flaky=bool(_FLAKY & set(children)),
                timestamp=timestamp,
            )
        )


def _outcome(element: Element, *, broken: bool, skipped: bool) -> Outcome:
    said = {element.get(name, "").strip().casefold() for name in ("status", "result")}
    unknown = said - _RAN - _NOT_RUN - _BROKEN
    if unknown:
        raise ValueError(f"the case {element.get('name', '')[:60]!r} has the status {min(unknown)[:40]!r}")
    if broken or said & _BROKEN:
        return Outcome.FAILED
    return Outcome.NOT_RUN if skipped or said & _NOT_RUN else Outcome.PASSED


def _properties(element: Element) -> Iterable[tuple[str, str]]:
    for group in element:
        if _local(group.tag) == "properties":
            for entry in group:
                if _local(entry.tag) == "property":
                    yield entry.get("name", ""), (entry.get("value") or entry.text or "").strip()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{name}={count}" for name, count in counts.items())
