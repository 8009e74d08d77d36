"""Classes that need a locked program: each of them ends with 5."""

import pytest
from tests.conftest import write_small
from tests.drill.conftest import by_id, drilled, with_signers

from gonogo.drill.kinds import lock_defects
from gonogo.governance.approval_file import Approvals
from gonogo.model.drill import DrillOutcome
from gonogo.model.waiver import Approval
from gonogo.workflow.locking import lockable_program, make_lock

SAYS = {
    "lock-removed": "`gonogo.lock` is missing",
    "lock-edited": "was changed by hand (`ruleset_sha256`)",
    "lock-of-another-program": "is the lock of the program drill-other, not of small",
    "loosened-after-lock": "The program's files are not what was locked",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The classes on a program that both sponsors locked."""
    from datetime import UTC, datetime

    small = with_signers(write_small(tmp_path_factory.mktemp("locked") / "small"))
    now = datetime.now(UTC)
    found = lockable_program(small.root, now)
    today = found.loaded.program.identity.local_date(now)
    people = (("ada.kirsch", "customer.executive_sponsor"), ("bo.lind", "provider.executive_sponsor"))
    signed = tuple(Approval(person=who, role=role, on=today) for who, role in people)
    said = Approvals(content=found.content.digest(), approved_by=signed)
    assert make_lock(found, said, signer=None, now=now).lacks == ()
    return by_id(drilled(small, *(defect.id for defect in lock_defects.DEFECTS)).rows)


def test_every_class_of_the_kind_is_asked_here(rows):
    """A class that is added without a test proves nothing."""
    assert rows.keys() == SAYS.keys() == {defect.id for defect in lock_defects.DEFECTS}


@pytest.mark.parametrize("name", SAYS)
def test_what_is_done_to_a_lock_is_stopped(rows, name):
    """What both sides signed is held against the files of every run."""
    row = rows[name]

    assert (row.outcome, row.by) == (DrillOutcome.STOPPED, "exit 5")
    assert SAYS[name] in row.sentence
