"""Which decisions a report lists as its history."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.audit.history import History
from gonogo.audit.ledger import Ledger, Place, Run, RunState
from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.workflow.outcomes_before import MOST, decisions_before

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)


def entry(number, **more):
    plain = {
        "state": RunState.FINISHED,
        "purpose": Purpose.DECISION,
        "program": "p",
        "release": "R1",
        "now": NOW,
        "verdict": Verdict.GO,
    }
    return Run(f"run-{number}", Place(1, number), Place(1, number), number, number, **{**plain, **more})


def before(*runs, of):
    return decisions_before(History(Path(), Ledger(runs={run.run: run for run in runs})), of)


def test_only_decisions_of_the_program_before_the_run_are_listed():
    """Rehearsals and daily runs decide nothing, and another program's decisions say nothing here."""
    others = [
        entry(2, purpose=Purpose.REHEARSAL),
        entry(3, purpose=Purpose.PROGRESS),
        entry(4, program="other"),
        entry(5, state=RunState.ABORTED, verdict=None),
    ]

    listed, older = before(entry(1), *others, entry(6, release="R2"), entry(7), entry(8), of=entry(7))

    assert ([each.run for each in listed], older) == (["run-6", "run-1"], 0)


@pytest.mark.parametrize(("number", "left"), [(MOST - 1, 0), (MOST, 0), (MOST + 1, 1)])
def test_the_newest_are_listed_and_the_others_counted(number, left):
    """A program that decides daily must not pay for years in each run."""
    last = entry(number + 1)

    listed, older = before(*map(entry, range(1, number + 1)), last, of=last)

    assert (len(listed), older) == (number - left, left)
    assert listed[0].run == f"run-{number}"
