"""Lock the criteria of the programs under m3-hardened on the day of the story: ``python examples/harborline/lock.py``.

A lock is in the record of its program, so this writes ``record/`` and ``gonogo.lock`` of each. Run it after
generate.py, and whenever m3-hardened changes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from gonogo.audit.log import AuditLog
from gonogo.governance.approval_file import Approvals
from gonogo.governance.lock_file import NAME
from gonogo.model.waiver import Approval
from gonogo.workflow.locking import lockable_program, make_lock

HERE = Path(__file__).resolve().parent
SCENARIOS = ("go", "conditional", "nogo")
WASHINGTON = ZoneInfo("America/New_York")
LOCKED, EDITED = datetime(2027, 1, 27, 15, tzinfo=WASHINGTON), datetime(2027, 4, 10, 17, tzinfo=WASHINGTON)
APPROVERS = (
    ("marguerite.osei", "customer.executive_sponsor"),
    ("dolores.quintanar", "customer.business_owner"),
    ("lionel.farrant", "provider.executive_sponsor"),
    ("petra.halvorsen", "provider.business_owner"),
)
OVERLAY = "overlays: [thresholds.yaml]\n"


def main(folder: Path = HERE) -> None:
    """Write the record and the lock file of each program."""
    for number, scenario in enumerate(SCENARIOS, 1):
        _lock(folder / scenario / "m3-hardened", f"{number:032x}")


def _lock(program: Path, log: str) -> None:
    """Lock what both sides agreed on; in NO-GO somebody lowered a threshold later, and asked nobody."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "program"
        shutil.copytree(program, copy, ignore=shutil.ignore_patterns("evidence", "record", NAME))
        words = (copy / "gonogo.yaml").read_text("utf-8")
        (copy / "gonogo.yaml").write_text(words.replace(OVERLAY, ""), "utf-8")
        found = lockable_program(copy, LOCKED)
        approved = tuple(Approval(person=person, role=role, on=LOCKED.date()) for person, role in APPROVERS)
        said = Approvals(content=found.content.digest(), approved_by=approved)
        make_lock(found, said, signer=None, now=LOCKED, opening=_on(LOCKED, log))
        if OVERLAY in words:
            (copy / "gonogo.yaml").write_text(words, "utf-8")
            changed = lockable_program(copy, EDITED)
            make_lock(changed, None, signer=None, now=EDITED, uncontrolled=True, opening=_on(EDITED, log))
        shutil.rmtree(program / "record", ignore_errors=True)
        shutil.copytree(copy / "record", program / "record", ignore=shutil.ignore_patterns("lock", "index.json"))
        shutil.copyfile(copy / NAME, program / NAME)


def _on(day: datetime, log: str) -> partial[AuditLog]:
    return partial(AuditLog.open, clock=lambda: day, new_id=lambda: log)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
