"""What a suite's own counters say, compared with the cases that it holds.

Cases are what counts. Counters serve for one thing: to notice cases that look passed and are not. JUnit XML has no
mark for a pass: a case without any child has passed, or its mark was lost, or its producer writes a planned, a repeated
or an unfinished case the same way. So where the counters leave room for fewer passes than there are cases that look
passed, or mention a failure that no case shows, that many of them count for nothing, and since nobody knows which, none
of them has passed by name. Every other disagreement leaves out or adds results that are not passes, and is only
reported:

* more cases counted than reported: what is not reported was not run;
* skips counted that no case shows, and no room for them beside the cases: as many that failed are not executed;
* fewer failures or skips counted than reported: those that are reported count;
* failures counted as errors: their sum is compared with the cases that failed.

Several marks in one case explain several failures only where each mark is counted as what it is, and where no case can
be missing: a failure counted beside them may be that of a case that was cut out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.system.junit.report_model import CaseOutcome

_COUNT: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_MAIN: Final = ("tests", "failures", "errors", "skipped")
"""Counters that nearly everybody writes; one of them that is no count refuses the report."""
_FAILED: Final = ("failures", "errors", "warnings")
_LEFT_OUT: Final = ("skipped", "skip", "skips", "ignored", "disabled", "not-run", "inconclusive")
"""Counters of cases that were not run; each producer has its own word, and hardly one uses two for the same case."""
_SHOWN: Final = (*_MAIN, "warnings", *_LEFT_OUT[1:], "failed", "passed")


@dataclass(slots=True)
class SeenMarks:
    """What the cases of a suite show.

    Attributes:
        cases: All cases.
        failed: Cases that failed.
        marks: Marks of failure in all cases, repeated and passing ones included.
        failures: Cases with a failure; a case may have an error too.
        failure_marks: Failures in all cases.
        errors: Cases with an error.
        error_marks: Errors in all cases.
        skipped: Cases with a mark that they were skipped.
        not_run: Cases that were not run, by mark or by status.
        passed: Cases that look passed.
        runs: Runs that the marks mention: each mark of failure, and each pass, by itself.
        again: Marks of a run that was repeated, or that passed when it was.
        each_mark: Cases of pytest and Catch2, which count every mark, and as tests also parts that have no case.
        doubled: pytest: tests that failed and whose clean-up ended in an error, told as two cases and counted as one.
    """

    cases: int = 0
    failed: int = 0
    marks: int = 0
    failures: int = 0
    failure_marks: int = 0
    errors: int = 0
    error_marks: int = 0
    skipped: int = 0
    not_run: int = 0
    passed: int = 0
    runs: int = 0
    again: int = 0
    each_mark: int = 0
    doubled: int = 0

    def add(self, other: SeenMarks) -> None:
        """Add what another suite shows."""
        for name in SeenMarks.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class CounterCheck:
    """How counters and cases agree.

    Attributes:
        deficit: How many of the cases that look passed are not to be counted as passed.
        hidden: Failures that the counters mention and no case shows.
        idle: Cases that look run, though the counters tell that they were not.
        surplus: Cases that the counters mention and that are not there.
        agrees: Whether each counter is one that the cases may have.
    """

    deficit: int = 0
    hidden: int = 0
    idle: int = 0
    surplus: int = 0
    agrees: bool = True

    @property
    def sound(self) -> bool:
        """Whether the cases can be taken as they are, and nothing is to be told."""
        return self.agrees and not (self.deficit or self.hidden or self.idle)


def read_counters(attributes: Mapping[str, str]) -> dict[str, int]:
    """Return the counters of a suite, by the attributes of its element.

    Raises:
        ValueError: One of those that everybody writes is not a count.
    """
    counters = {}
    for name in _SHOWN:
        text = attributes.get(name, "").strip()
        if _COUNT.fullmatch(text):
            counters[name] = int(text)
        elif text and name in _MAIN:
            suite = attributes.get("name", "")
            raise ValueError(f"the suite {suite[:60]!r} has {name}={text[:40]!r}, which is not a count")
    return counters


def compare(counters: Mapping[str, int], seen: SeenMarks) -> CounterCheck:
    """Hold counters against cases."""
    if not counters:
        return CounterCheck()
    failed = max(sum(counters.get(name, 0) for name in _FAILED), counters.get("failed", 0))
    left_out = sum(counters.get(name, 0) for name in _LEFT_OUT)
    by_mark = _by_mark(counters, seen, failed + left_out)
    hidden = 0 if _every_mark(counters, seen, by_mark=by_mark) else max(0, failed - seen.failed)
    idle = max(0, left_out - seen.not_run)
    if "tests" in counters:
        known = seen.failed if by_mark else failed
        room = max(0, counters["tests"] + seen.doubled - known - left_out)
        idle = max(0, idle - max(0, counters["tests"] - seen.cases))
        deficit = max(hidden, seen.passed - room)
    else:
        deficit = hidden + idle
    deficit = max(deficit, seen.passed - counters.get("passed", seen.passed))
    tests = counters.get("tests", seen.cases)
    marked = seen.cases and seen.each_mark == seen.cases
    surplus = 0 if marked or tests in (seen.runs, seen.cases + seen.again) else max(0, tests - seen.cases)
    return CounterCheck(min(deficit, seen.passed), hidden, idle, surplus, _agree(counters, seen))


def _by_mark(counters: Mapping[str, int], seen: SeenMarks, counted: int) -> bool:
    """Whether each mark of failure is counted by itself, in as many tests as there are cases: so no pass is missing.

    Only where the counters (``counted`` is their sum without passes) leave no other meaning: no more cases than
    there are can have failed or been left out. Up to that, a mark may have been lost from a case that looks passed.
    """
    return _marks_agree(counters, seen) and counted > counters.get("tests", counted) == seen.cases


def _every_mark(counters: Mapping[str, int], seen: SeenMarks, *, by_mark: bool) -> bool:
    """Whether the failures that are counted are the marks, with none missing.

    Otherwise they are cases, and those beyond the cases that failed were cut out, or lost their mark. More tests than
    cases are explained by runs that were repeated, and by producers that count parts of cases.
    """
    tests = counters.get("tests")
    whole = tests is None or by_mark or (seen.again and tests == seen.cases + seen.again)
    return _marks_agree(counters, seen) and bool(whole or seen.each_mark == seen.cases)


def _marks_agree(counters: Mapping[str, int], seen: SeenMarks) -> bool:
    return (
        counters.get("failures", 0) + counters.get("warnings", 0) == seen.failure_marks
        and counters.get("errors", 0) == seen.error_marks
    )


def _agree(counters: Mapping[str, int], seen: SeenMarks) -> bool:
    return (
        counters.get("tests", seen.cases) in (seen.cases, seen.runs, seen.cases - seen.doubled)
        and counters.get("failures", seen.failures) in (seen.failures, seen.failure_marks)
        and counters.get("errors", seen.errors) in (seen.errors, seen.error_marks)
        and counters.get("skipped", seen.skipped) in (seen.skipped, seen.not_run)
        and counters.get("failed", seen.failed) in (seen.failed, seen.marks)
        and counters.get("passed", seen.passed) == seen.passed
    )


def sentence(name: str, counters: Mapping[str, int], seen: SeenMarks, found: CounterCheck) -> str:
    """Return what disagrees and what is made of it, for a person."""
    written = (
        f"the suite {name[:60]!r} says {', '.join(f'{key}={count}' for key, count in counters.items())}, but holds "
        f"{seen.cases} cases, {seen.failed} failed, {seen.not_run} not run"
    )
    if found.deficit:
        some = f"only {seen.passed - found.deficit} of them" if seen.passed > found.deficit else "none of them"
        return f"{written}; {seen.passed} look passed, {some} may be counted so, and none by name"
    if counters.get("tests", 0) > seen.cases:
        return f"{written}; what it counts but does not hold is not counted"
    return f"{written}; its cases count"


def see(seen: SeenMarks, children: Sequence[str], outcome: CaseOutcome) -> None:
    """Count one case."""
    failed, passed = outcome is CaseOutcome.FAILED, outcome is CaseOutcome.PASSED
    marks = int(failed)
    if children:
        failures = sum(children.count(name) for name in ("failure", "rerunFailure", "flakyFailure", "warning"))
        errors = sum(children.count(name) for name in ("error", "rerunError", "flakyError"))
        marks = max(failures + errors, marks)
        seen.failures += bool(failures) and failed
        seen.failure_marks += failures
        seen.errors += bool(errors) and failed
        seen.error_marks += errors
        seen.skipped += "skipped" in children
        seen.again += sum(children.count(name) for name in ("rerunFailure", "rerunError", "flakyFailure", "flakyError"))
    seen.cases += 1
    seen.failed += failed
    seen.marks += marks
    seen.not_run += outcome is CaseOutcome.NOT_RUN
    seen.passed += passed
    seen.runs += max(1, marks + passed)
