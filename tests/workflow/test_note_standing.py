"""Whether the record that notes a page is signed: who may write the log could add one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.held import SignedBy
from gonogo.audit.verification import Verification
from gonogo.errors import IntegrityError
from gonogo.workflow.note_standing import note_standing

SIGNED = SignedBy(count=1, size=10, time=datetime(2027, 1, 1, tzinfo=UTC), key="gate", checked=True)
LOG = Verification(records=20, head="", problem=None, runs=(), signed=SIGNED)


@pytest.fixture
def standing(monkeypatch, tmp_path):
    """Say how a record stands in a log of which so much is known."""

    def say(found: Verification, seq: int):
        monkeypatch.setattr("gonogo.workflow.note_standing.verify_log", lambda *_, **__: found)
        return note_standing(tmp_path, Path("audit"), seq)

    return say


@pytest.mark.parametrize(("seq", "doubtful"), [(9, False), (10, True), (11, True)])
def test_a_record_counts_as_signed_below_the_size_of_the_checkpoint(standing, seq, doubtful):
    """The first record has the number 0: a checkpoint over ten records holds 0 to 9."""
    found = standing(LOG, seq)

    assert found.doubtful is doubtful
    assert ("above the last signed checkpoint" in found.sentence) is doubtful
    assert ("over 10 records, signed by gate." in found.sentence) is not doubtful


def test_a_signature_that_nobody_checked_is_not_called_checked(standing):
    """Without a trust file a key is anybody's."""
    found = standing(replace(LOG, signed=replace(SIGNED, checked=False)), 3)

    assert "nobody checked that here" in found.sentence


@pytest.mark.parametrize(("seq", "where"), [(6, "under the checkpoint over 7"), (7, "above the last"), (8, "above")])
def test_where_nothing_is_signed_that_is_said(standing, seq, where):
    """It is no doubt about this record alone: the whole log is the word of who may write it."""
    found = standing(replace(LOG, signed=None, checkpoint=Checkpoint("a" * 32, 7, "0" * 64)), seq)

    assert not found.doubtful
    assert where in found.sentence
    assert "no checkpoint of this log is signed" in found.sentence


def test_in_a_log_that_is_not_sound_nothing_stands(standing):
    """A note in it vouches for nothing."""
    with pytest.raises(IntegrityError, match="no signed checkpoint covers the run x"):
        standing(replace(LOG, faults=("no signed checkpoint covers the run x",)), 3)
