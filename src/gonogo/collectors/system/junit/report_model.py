"""What a JUnit XML report tells: its cases, what its suites say, and where the two disagree."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class CaseOutcome(IntEnum):
    """How a case ended; of two outcomes of one case the smaller is the worse."""

    FAILED = 0
    NOT_RUN = 1
    PASSED = 2


@dataclass(slots=True)
class ReportedCase:
    """One test case as a report tells it. Nobody changes it; a frozen one takes four times as long to make.

    Attributes:
        name: Its name.
        class_name: Its class, or empty.
        properties: Its own properties; several values of one name are all kept.
        outcome: How it ended.
        flaky: Whether it failed first and passed when it was run again at once.
        timestamp: Text of its own time, or that of the nearest suite around it; empty when none is reported.
        suite: Number of the suite around it.
    """

    name: str
    class_name: str
    properties: tuple[tuple[str, str], ...]
    outcome: CaseOutcome
    flaky: bool
    timestamp: str
    suite: int


@dataclass(slots=True)
class Suite:
    """One suite: what its cases inherit.

    Attributes:
        name: Its name.
        above: Number of the suite around it; None for the root.
        properties: Its properties; several values of one name are all kept.
    """

    name: str
    above: int | None
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Neighbouring cases; some of them only look passed, and the report does not show which.

    Attributes:
        start: Number of the first case.
        end: Number after the last one.
        deficit: How many of them are not to be counted as passed.
    """

    start: int
    end: int
    deficit: int


@dataclass(slots=True)
class Report:
    """One report.

    Attributes:
        file_name: For messages.
        cases: Every case, in the order of the file.
        timestamps: Texts of all times that suites and cases carry, each to the first that carries it, for messages.
        undated: The first case that has no time of its own nor of a suite around it, for messages; empty without one.
        suites: Every suite; the first one is the whole report.
        groups: Where cases only look passed; no case is in two of them.
        hidden_failures: Failures that the counters mention and no case shows.
        idle: Cases that failed by their marks and were not run by the counters.
        surplus: Cases that the counters mention and the report does not hold; hidden failures are among them.
        asserts: Whether its producer writes how often a case asserted, and some case did.
        idle_passes: Cases that passed and asserted nothing by that.
        mismatches: What disagrees between counters and cases, and what was made of it.
    """

    file_name: str
    cases: list[ReportedCase] = field(default_factory=list)
    timestamps: dict[str, str] = field(default_factory=dict)
    undated: str = ""
    suites: list[Suite] = field(default_factory=list)
    groups: list[CaseGroup] = field(default_factory=list)
    hidden_failures: int = 0
    idle: int = 0
    surplus: int = 0
    asserts: bool = False
    idle_passes: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
