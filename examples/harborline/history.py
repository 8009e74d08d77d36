"""Write what happened under m3-hardened before T-14: ``python examples/harborline/history.py``.

The criteria were locked on 27 January, and the gate ran at T-60 and T-30. This writes ``record/`` and ``gonogo.lock``
of each program under m3-hardened. Run it after generate.py, and whenever m3-hardened changes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from unittest.mock import Mock, patch
from zoneinfo import ZoneInfo

from generator.hardened import programs
from generator.hardened.story import read_story

from gonogo.governance.approval_file import Approvals
from gonogo.governance.lock_file import NAME
from gonogo.model.waiver import Approval
from gonogo.workflow.locking import lockable_program, make_lock
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

HERE = Path(__file__).resolve().parent
WASHINGTON = ZoneInfo("America/New_York")
LOCKED, EDITED = datetime(2027, 1, 27, 15, tzinfo=WASHINGTON), datetime(2027, 4, 10, 17, tzinfo=WASHINGTON)
RUNS = {"T-60": datetime(2027, 3, 4, 12, tzinfo=WASHINGTON), "T-30": datetime(2027, 4, 3, 12, tzinfo=WASHINGTON)}
APPROVERS = (
    ("marguerite.osei", "customer.executive_sponsor"),
    ("dolores.quintanar", "customer.business_owner"),
    ("lionel.farrant", "provider.executive_sponsor"),
    ("petra.halvorsen", "provider.business_owner"),
)
CLOCKS = ("gonogo.audit.log", "gonogo.workflow.pipeline", "gonogo.workflow.recording")
LOG = "harborline".ljust(32, "0")
PLACE = "gonogo.workflow.whereabouts"


def main(folder: Path = HERE) -> None:
    """Write the record and the lock file of each program: one past, and in NO-GO what somebody changed after it."""
    with tempfile.TemporaryDirectory() as scratch:
        past = Path(scratch) / "past"
        _past(past)
        for scenario in ("go", "conditional"):
            _keep(past, folder / scenario / "m3-hardened")
        programs.write(past, read_story("nogo"))
        with _host_at(EDITED):  # a threshold was lowered, and nobody was asked
            make_lock(lockable_program(past, EDITED), None, signer=None, now=EDITED, uncontrolled=True)
        _keep(past, folder / "nogo" / "m3-hardened")


def _past(program: Path) -> None:
    for milestone, day in {"lock": LOCKED, **RUNS}.items():
        shutil.rmtree(program / "evidence", ignore_errors=True)
        programs.write(program, read_story("go", "T-60" if milestone == "lock" else milestone))
        with _host_at(day):
            if milestone == "lock":
                _lock(program)
            else:
                assess(Order(program=program))


def _lock(program: Path) -> None:
    found = lockable_program(program, LOCKED)
    approved = tuple(Approval(person=person, role=role, on=LOCKED.date()) for person, role in APPROVERS)
    said = Approvals(content=found.content.digest(), approved_by=approved)
    make_lock(found, said, signer=None, now=LOCKED)


def _keep(program: Path, target: Path) -> None:
    shutil.rmtree(target / "record", ignore_errors=True)
    shutil.copytree(program / "record", target / "record", ignore=shutil.ignore_patterns("lock", "index.json"))
    shutil.copyfile(program / NAME, target / NAME)


@contextmanager
def _host_at(day: datetime) -> Iterator[None]:
    """Let the host be a machine of the program, on that day."""

    class Day(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return day.astimezone(tz)

    with ExitStack() as patches:
        for module in CLOCKS:
            patches.enter_context(patch(f"{module}.datetime", Day))
        patches.enter_context(patch(f"{PLACE}._account", lambda _: "ada.kirsch"))
        patches.enter_context(patch(f"{PLACE}._host", lambda: "niwa-gate"))
        patches.enter_context(patch("gonogo.workflow.pipeline.secrets", Mock(token_hex=lambda _: f"{day:%Y%m%d}")))
        patches.enter_context(patch("gonogo.audit.log.uuid4", lambda: Mock(hex=LOG)))
        yield


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
