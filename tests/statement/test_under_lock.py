"""A decision under a lock: its statement names the lock, and a deploy job believes it only while the lock stands."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Small
from tests.governance.conftest import written
from tests.statement.conftest import trust_text

from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.statement.answer import MAY, NO
from gonogo.statement.checks import Wanted
from gonogo.workflow.deploying import Given, may_deploy
from gonogo.workflow.stating import state


@pytest.fixture(scope="module")
def decided(tmp_path_factory, keys):
    """A locked program with a GO and its statement. Nobody writes to it."""
    root = tmp_path_factory.mktemp("decided")
    locked = written(root / "small")
    assert locked.lock().lacks == ()
    run = locked.run(purpose=Purpose.DECISION)
    assert run.exit_code == 0
    made = state(locked.root, run.run, signer=keys.gate, now=datetime.now(UTC))
    (root / "decision.json").write_bytes(made.decision)
    return locked, made.contents


@pytest.fixture
def verify(decided, keys, tmp_path):
    """Asks what a deploy job asks, by a trust file with some word on locks."""
    locked, said = decided

    def asked(lock, root=locked.root.parent):
        trust = tmp_path / "trust.yaml"
        trust.write_text(trust_text(keys, lock=lock), encoding="utf-8")
        return may_deploy(
            Given(root / "decision.json", trust, log=root / "small/audit"),
            Wanted(require=Verdict.GO, commit="build-7"),
            now=said.checkpoint.time + timedelta(minutes=1),
            built=date(2020, 1, 1),
        )

    return asked


def test_the_statement_names_the_lock(decided):
    """A reader who holds it can ask for the lock of that digest."""
    locked, said = decided

    assert said.lock == locked.found.history.sha256


@pytest.mark.parametrize("word", ["", "lock: none", "lock: @"])
def test_a_decision_under_a_lock_is_accepted_whatever_lock_is_asked_for(decided, verify, word):
    """Unlocked ones may be accepted as well; the only accepted lock may be this one."""
    assert verify(word.replace("@", decided[1].lock)).code == MAY


def test_another_lock_than_the_trust_file_names_is_refused(verify):
    """The side that deploys names the agreement that it signed."""
    answer = verify(f"lock: {'0' * 64}")

    assert answer.code == NO
    assert "was taken under the lock" in answer.why


def test_a_lock_that_was_changed_after_the_decision_voids_it(decided, verify, tmp_path):
    """It was decided by criteria that are no longer the agreed ones."""
    root = Path(shutil.copytree(decided[0].root.parent, tmp_path / "later"))
    locked = replace(decided[0], small=Small(root / "small", decided[0].small.now))
    locked.loosen()
    assert locked.lock().lacks == ()
    answer = verify("lock: none", root)

    assert answer.code == NO
    assert "Since the decision the criteria were locked again: lock 2 of" in answer.why
