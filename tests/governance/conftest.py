"""A stated program whose seats are held on both sides, and its lock: made once, copied to be changed."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Small, write_stated

from gonogo.governance.approval_file import Approvals
from gonogo.model.assessment import Purpose
from gonogo.model.waiver import Approval
from gonogo.workflow.lock_standing import lock_standing
from gonogo.workflow.locking import lockable_program, make_lock
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

SEATS = """\
  - {role: provider.executive_sponsor, person: lin.farrant, name: Lin Farrant}
  - {role: provider.program_manager, person: ines.calloway, name: Ines Calloway}
  - {role: customer.program_manager, person: theo.brandvold, name: Theo Brandvold}
  - {role: customer.risk_manager, person: joan.pruett, name: Joan Pruett}
"""
SPONSORS = (("ada.kirsch", "customer.executive_sponsor"), ("lin.farrant", "provider.executive_sponsor"))


@dataclass(frozen=True)
class Locked:
    """A program, locked or not, and the ways in which people lock, change and judge it."""

    small: Small

    @property
    def root(self) -> Path:
        return self.small.root

    @property
    def file(self) -> Path:
        return self.root / "gonogo.lock"

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def found(self):
        return lockable_program(self.root, self.now)

    def edit(self, *args) -> None:
        self.small.edit(*args)

    def loosen(self, name="min_executed: 95%", new="min_executed: 80%") -> None:
        self.edit("rules/ruleset.yaml", name, new)

    def approved(self, **changed) -> Approvals:
        """What both sponsors approve today; of a change, with request, reason and review."""
        found = self.found
        today = found.loaded.program.identity.local_date(self.now)
        given = {
            "content": found.content.digest(),
            "approved_by": tuple(Approval(person=who, role=role, on=today) for who, role in SPONSORS),
        }
        if found.history is not None:
            given |= {
                "changes": found.history.agreed.lock.content,
                "request": "CR-7",
                "requested_by": "theo.brandvold",
                "reason": "The provider cannot run all cases in time.",
                "reviewed_by": Approval(person="joan.pruett", role="customer.risk_manager", on=today),
            }
        return Approvals(**(given | changed))

    def lock(self, *, approvals=None, **options):
        return make_lock(self.found, approvals or self.approved(), signer=None, now=self.now, **options)

    def standing(self, **asked):
        """How a run would stand to the lock, without the run."""
        return lock_standing(self.found.loaded, **asked)

    def run(self, **order):
        return assess(Order(program=self.root, **({"purpose": Purpose.PROGRESS} | order)))


def written(root: Path) -> Locked:
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = write_stated(root, now=now, sources=["tests", "training"])
    with (root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(SEATS)
    return Locked(small)


@pytest.fixture
def unlocked(tmp_path) -> Locked:
    """A program that is not locked."""
    return written(tmp_path / "unlocked")


@pytest.fixture(scope="session")
def locked_once(tmp_path_factory) -> Locked:
    """A locked program. Nobody writes to it."""
    made = written(tmp_path_factory.mktemp("locked") / "small")
    assert made.lock().lacks == ()
    return made


@pytest.fixture
def locked(locked_once, tmp_path) -> Locked:
    """A locked program in a folder of its own."""
    return replace(
        locked_once, small=Small(Path(shutil.copytree(locked_once.root, tmp_path / "small")), locked_once.small.now)
    )
