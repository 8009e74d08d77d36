"""Classes that need a register with an open item: a forged acceptance of it never counts."""

import pytest
from tests.conftest import write_small
from tests.drill.conftest import by_id, drilled, with_signers
from tests.workflow.test_accepted_runs import with_register

from gonogo.drill.kinds import acceptance_defects
from gonogo.model.drill import DrillOutcome

NAMES = [defect.id for defect in acceptance_defects.DEFECTS]
SAYS = {
    "accepted-by-who-decides": "It is given as customer.executive_sponsor, but only",
    "accepted-ahead": "It is dated 2027-04-20, after the register",
    "accepted-long-ago": ", 31 days before the register; at most 30 count",
    "accepted-untried": "It is incomplete: workaround missing",
    "accepted-as-a-group": "It changes nothing: desk names no open item all open items",
    "accepted-too-short": "It ends on 2027-05-02, before go-live on 2027-05-03",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The classes on a program whose one open item is accepted."""
    small = with_signers(with_register(write_small(tmp_path_factory.mktemp("accepted") / "small")))
    return by_id(drilled(small, *NAMES).rows)


def test_every_class_of_the_kind_is_asked_here(rows):
    """A class that is added without a test proves nothing."""
    assert rows.keys() == SAYS.keys() == set(NAMES)


@pytest.mark.parametrize("name", SAYS)
def test_a_forged_acceptance_is_stopped_with_its_reason(rows, name):
    """In place of a sound one: a person who removes it and forges another gets no GO for it."""
    row = rows[name]

    assert (row.outcome, row.by) == (DrillOutcome.STOPPED, "acceptance review")
    assert SAYS[name] in row.sentence


def test_without_a_register_nothing_is_planted(ready):
    """A class that was not planted was not stopped."""
    found = by_id(drilled(ready, *NAMES).rows)

    assert {found[name].outcome for name in NAMES} == {DrillOutcome.NOT_PLANTED}
    assert found[NAMES[0]].sentence == "Not planted: no register that a criterion reads has an open item."
