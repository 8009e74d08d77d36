"""A notice: one thing that is different since the last run, and whether the daily run raises its hand for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from gonogo.model.base import Frozen

AGED: Final = "The evidence is older by the time that has passed; nothing else is different."


class NoticeKind(StrEnum):
    """What a notice is about, the most urgent first."""

    OUTCOME = "outcome"
    BLOCKER = "blocker"
    VALUE = "value"
    EVIDENCE = "evidence"
    ITEMS = "items"
    SOURCE = "source"
    WAIVER = "waiver"
    ACCEPTANCE = "acceptance"
    PLAN = "plan"
    RULES = "rules"
    CRITERION = "criterion"
    COUNTING = "counting"
    PROGRAM = "program"
    PEOPLE = "people"
    RENEWED = "renewed"
    DECISION = "decision"
    AGE = "age"


class Notice(Frozen):
    """One difference.

    Attributes:
        kind: What it is about.
        subject: The fact, criterion, source, plan or waiver; empty for the whole run.
        sentence: What is different.
        worse: Whether it is a setback: see *progress and worse* in the design.
        fewer: Whether it is one only because fewer items are counted, so that nobody knows which way the value went.
    """

    kind: NoticeKind
    subject: str = ""
    sentence: str
    worse: bool = False
    fewer: bool = False
