"""One JUnit XML report: its cases, each counted once wherever it is nested, and its own counters checked.

JUnit XML has no standard; what is read here is what pytest, Surefire, Gradle, GoogleTest and their kin have in common.
Whatever the counters say, cases are what counts; :mod:`gonogo.collectors.system.junit.counters` says what counters do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Final
from xml.etree.ElementTree import Element

from gonogo.collectors.system.junit.counters import SeenMarks, compare, read_counters, see, sentence
from gonogo.collectors.system.junit.element_outcome import (
    case_name,
    local_name,
    outcome,
    properties,
    strange_root,
    suite_name,
    verdict,
)
from gonogo.collectors.system.junit.outcome_words import StatedOutcome, stated_beside_suite
from gonogo.collectors.system.junit.report_model import CaseGroup, CaseOutcome, Report, ReportedCase, Suite
from gonogo.collectors.xml_head import Spaces, check_head
from gonogo.documents.strict_xml import DocumentType, ParseError, elements
from gonogo.plugin.spec import CollectorRefusal

MAX_DEPTH: Final = 64
_FLAKY: Final = frozenset({"flakyFailure", "flakyError"})
_FAILS: Final = frozenset({"failure", "error", "rerunFailure", "rerunError", "warning"})
"""What a case that failed holds; Surefire writes the reruns that failed too beside the first failure, PHPUnit before 10
a warning where a test could not be run as it is written."""
_ASIDE: Final = frozenset({"properties", "property", "system-out", "system-err"})
"""What a case holds beside its outcome."""
_KNOWN: Final = _FAILS | _FLAKY | _ASIDE | {"skipped"}


@dataclass(slots=True)
class _Suite:
    """One suite that is being read.

    Attributes:
        place: Its number in the report.
        start: Number of its first case.
        alone: Whether its counters may mean its own cases alone; those of the root ``<testsuites>`` never do.
        own: What its own cases show.
        total: What these and all nested ones show.
        nested: Whether they may, and suites are nested in it.
        reported: Whether a disagreement of it, or of what is nested in it, has been reported.
        sound: Whether each suite below it that holds cases has counters, and they agree.
        below: Sums of the counters of the suites right below it.
        counted: Whether each of these that holds cases counts them.
        failed_by: pytest: each test that failed, to the marks of its cases.
        deficit: How many of its cases only look passed.
        hidden: Failures that are counted and that no case shows.
        idle: Cases that failed by their marks and were not run by the counters.
        surplus: Cases that are counted and that are not there.
        each_mark: Whether its producer is known to count each mark: pytest with subtests, Catch2 with assertions.
        verdict: What its attributes say of all of it, if that is not that it passed, and how they say it.
    """

    name: str
    timestamp: str
    counters: dict[str, int]
    each_mark: bool
    verdict: tuple[StatedOutcome, str] | None
    place: int
    start: int
    alone: bool
    own: SeenMarks = field(default_factory=SeenMarks)
    total: SeenMarks = field(default_factory=SeenMarks)
    nested: bool = False
    reported: bool = False
    sound: bool = True
    below: Counter[str] = field(default_factory=Counter)
    counted: bool = True
    failed_by: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    deficit: int = 0
    hidden: int = 0
    idle: int = 0
    surplus: int = 0

    @property
    def adds_nothing(self) -> bool:
        """Whether its counters are no news: sums of those below it, or a root's lonely ``tests`` above sound suites.

        Newman counts scripts in the root, and assertions in its suites.
        """
        sums = (
            self.counted
            and not self.own.cases
            and all(count == self.below[name] for name, count in self.counters.items())
        )
        return sums or (not self.alone and self.sound and self.counters.keys() == {"tests"})


def read_report(stream: IO[bytes], file_name: str) -> Report:
    """Read one report.

    Raises:
        CollectorRefusal: Not well-formed, truncated, with a document type, nested too deeply, not JUnit XML, with an
            outcome that nobody knows, or with counters that are no counts.
    """
    check_head(stream, file_name)
    reader = _ReportReader(Report(file_name))
    try:
        for event, element in elements(stream):
            reader.take(event, element)
    except DocumentType as error:
        raise CollectorRefusal(f"{file_name} has a document type declaration, which a test report never has") from error
    except (ParseError, ValueError, LookupError) as error:
        raise CollectorRefusal(f"{file_name} is not a complete JUnit XML report: {error}") from error
    return reader.report


class _ReportReader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.depth = 0
        self.spaces = Spaces()
        self.names: dict[str, str] = {}
        self.suites: list[_Suite] = []

    def take(self, event: str, element: Element) -> None:
        local = self.names.get(element.tag) or self._name(element.tag)
        if event == "start":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise ValueError(f"it is nested deeper than {MAX_DEPTH} levels")
            if self.depth == 1 and local not in ("testsuites", "testsuite"):
                raise ValueError(strange_root(local))
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

    def _name(self, tag: str) -> str:
        """Return the name of a tag that comes for the first time, without its namespace."""
        local = local_name(tag)
        self.spaces.check(tag, local)
        self.names[tag] = local
        return local

    def _open(self, element: Element) -> None:
        timestamp = element.get("timestamp", "").strip()
        if timestamp:
            self.report.timestamps.setdefault(timestamp, suite_name(element))
        above = self.suites[-1] if self.suites else None
        place = len(self.report.suites)
        self.report.suites.append(Suite(element.get("name", ""), above.place if above else None))
        self.suites.append(
            _Suite(
                name=element.get("name", ""),
                timestamp=timestamp or (above.timestamp if above else ""),
                counters=read_counters(element.attrib),
                each_mark=element.get("name") == "pytest" or element.get("hostname") == "tbd",
                verdict=verdict(element),
                place=place,
                start=len(self.report.cases),
                alone=local_name(element.tag) == "testsuite",
            )
        )

    def _close(self, element: Element) -> None:
        loose = {local_name(child.tag) for child in element} & (_FAILS | {"skipped"})
        if loose:
            raise ValueError(f"{suite_name(element)} holds <{min(loose)}> outside any test case")
        suite = self.suites.pop()
        held = tuple(properties(element))
        self.report.suites[suite.place].properties = held
        suite.verdict = min((each for each in (suite.verdict, stated_beside_suite(held)) if each), default=None)
        suite.total.add(suite.own)
        self._hold_against_counters(suite)
        self._hold_against_verdict(suite)
        if not self.suites:
            self.report.hidden_failures = suite.hidden
            self.report.idle = suite.idle
            self.report.surplus = suite.surplus
            return
        above = self.suites[-1]
        above.total.add(suite.total)
        above.deficit += suite.deficit
        above.hidden += suite.hidden
        above.idle += suite.idle
        above.surplus += suite.surplus
        above.nested = above.nested or above.alone
        above.below.update(suite.counters)
        above.counted = above.counted and ("tests" in suite.counters or not suite.total.cases)
        above.reported = above.reported or suite.reported
        above.sound = (
            above.sound and suite.sound and not suite.reported and ("tests" in suite.counters or not suite.own.cases)
        )

    def _hold_against_counters(self, suite: _Suite) -> None:
        """Compare; some tools count in a suite what is nested in it, others only its own cases, and both are honest."""
        found = [(compare(suite.counters, seen), seen) for seen in (suite.total, suite.own)[: 1 + suite.nested]]
        if any(each.sound for each, _ in found):
            return
        if suite.adds_nothing:
            return
        worst, seen = max(found, key=lambda each: (each[0].deficit, each[0].hidden))
        suite.hidden = max(suite.hidden, worst.hidden)
        suite.surplus = max(suite.surplus, min(each.surplus for each, _ in found))
        if worst.deficit > suite.deficit or not suite.reported:
            suite.reported = True
            self.report.mismatches.append(sentence(suite.name, suite.counters, seen, worst))
        self._take_away(suite, worst.deficit)
        suite.idle = max(suite.idle, worst.idle - suite.deficit)

    def _hold_against_verdict(self, suite: _Suite) -> None:
        """Believe a suite that says that it failed or was not finished, where its cases show nothing of it."""
        if suite.verdict is None:
            return
        stated, text = suite.verdict
        seen = suite.total
        if stated is StatedOutcome.FAILED:
            if seen.failed or suite.hidden:
                return
            suite.hidden, deficit = 1, min(1, seen.passed)
            made = "holds no case that failed; one of those that look passed may have"
        else:
            deficit = seen.passed
            made = f"holds {seen.passed} cases that look passed; none of them is counted so"
        if deficit > suite.deficit or stated is StatedOutcome.FAILED:
            suite.reported = True
            self.report.mismatches.append(f"the suite {suite.name[:60]!r} says {text}, but {made}")
        self._take_away(suite, deficit)

    def _take_away(self, suite: _Suite, deficit: int) -> None:
        if deficit > suite.deficit:
            suite.deficit = deficit
            kept = [group for group in self.report.groups if group.start < suite.start]
            self.report.groups = [*kept, CaseGroup(suite.start, len(self.report.cases), deficit)]

    def _case(self, element: Element) -> None:
        suite = self.suites[-1]  # the root is one
        children = [local_name(child.tag) for child in element]
        if not _KNOWN.issuperset(children):
            raise ValueError(f"{case_name(element)} holds <{min(set(children) - _KNOWN)[:40]}>: no outcome")
        ended = outcome(element, broken=not _FAILS.isdisjoint(children), skipped="skipped" in children)
        see(suite.own, children, ended)
        suite.own.each_mark += suite.each_mark
        if suite.name == "pytest" and ended is CaseOutcome.FAILED:
            marks = suite.failed_by.setdefault((element.get("classname", ""), element.get("name", "")), set())
            suite.own.doubled += not ({"failure", "error"} <= marks) and {"failure", "error"} <= {*marks, *children}
            marks.update(children)
        if (asserted := element.get("assertions")) is not None and ended is CaseOutcome.PASSED:
            if asserted.strip() == "0":
                self.report.idle_passes.append(element.get("name", "").strip())
            else:
                self.report.asserts = True
        own_time = element.get("timestamp", "").strip()
        if ended is CaseOutcome.NOT_RUN and suite.timestamp:
            own_time = ""  # GoogleTest dates a disabled case by the year 1970
        if own_time:
            self.report.timestamps.setdefault(own_time, case_name(element))
        timestamp = own_time or suite.timestamp
        if not timestamp and not self.report.undated:
            self.report.undated = f"{case_name(element)} of the suite {suite.name[:60]!r}"
        self.report.cases.append(
            ReportedCase(
                name=element.get("name", "").strip(),
                class_name=element.get("classname", "").strip(),
                properties=tuple(properties(element)) if children else (),
                outcome=ended,
                flaky=not _FLAKY.isdisjoint(children),
                timestamp=timestamp,
                suite=suite.place,
            )
        )
