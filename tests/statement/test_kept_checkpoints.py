"""What lies beside the log, what somebody kept and what a witness saw: the log continues each, or nobody deploys."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.statement.conftest import trust_text

from gonogo.audit.checkpoint import Checkpoint, load_checkpoint
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.quick_reader import Quickly
from gonogo.audit.reading import read_log
from gonogo.audit.signed_checkpoint import read_signed, statement_of
from gonogo.audit.watermark import KnownRoot
from gonogo.audit.witness import WitnessRequest, witnessed
from gonogo.errors import IntegrityError
from gonogo.model.assessment import Purpose
from gonogo.signing.note import read_note
from gonogo.signing.statement import sign_statement
from gonogo.signing.trust_file import read_trust
from gonogo.statement.answer import FORGED, MAY, NO
from gonogo.statement.checks import LATER_HOLD
from gonogo.statement.kept_checkpoints import kept_checkpoint, newest_signed, witnessed_checkpoint
from gonogo.statement.log_after import follow
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess


def signed_files(gate):
    return sorted((gate.small.log / "checkpoints").glob("*.dsse.json"))


class TestBesideTheLog:
    def test_the_newest_that_counts_is_found(self, gate):
        """One that is signed by somebody else says nothing of the time."""
        trust = read_trust(gate.trust)
        first = newest_signed(gate.small.log, trust)
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))
        with AuditLog.open(gate.small.log, signer=gate.keys.stranger) as log:
            log.checkpoint()

        assert (first.newest.at, first.passed_over) == (gate.made.contents.checkpoint.time, "")
        assert newest_signed(gate.small.log, trust).newest == first.newest
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))
        with AuditLog.open(gate.small.log, signer=gate.keys.gate) as log:
            log.checkpoint()
        assert newest_signed(gate.small.log, trust).newest.at > first.newest.at
        assert newest_signed(gate.small.log, trust).passed_over == ""

    def test_what_does_not_count_is_told_with_its_number_and_the_reason(self, gate):
        """A key that was replaced, and a trust file that does not know it yet, look like a log that nobody signs."""
        (path,) = signed_files(gate)
        _, found = read_signed(path.read_bytes(), "it")
        trust = read_trust(gate.trust)
        day = found.time.date()
        for more, key in ((1, gate.keys.stranger), (2, gate.keys.stranger)):
            newer = replace(found, size=found.size + more)
            data = sign_statement(statement_of(newer), key).to_bytes()
            path.with_name(f"{newer.size}.dsse.json").write_bytes(data)
            told = newest_signed(gate.small.log, trust).passed_over
            if more == 1:
                assert told == (
                    "1 signed checkpoint beside the log does not count: it is not signed by a key of the trust file"
                )
        assert told == (
            f"2 signed checkpoints beside the log do not count: the newest, over {found.size + 2} records, "
            "is not signed by a key of the trust file"
        )
        lapsed = [key.model_copy(update={"until": day - timedelta(days=1)}) for key in trust.keys]
        assert newest_signed(gate.small.log, trust.model_copy(update={"keys": tuple(lapsed)})).newest is None
        path.with_name(f"{found.size + 1}.dsse.json").unlink()
        path.with_name(f"{found.size + 2}.dsse.json").unlink()
        assert newest_signed(gate.small.log, trust.model_copy(update={"keys": tuple(lapsed)})).passed_over == (
            f"1 signed checkpoint beside the log does not count: it is of {day} and signed by gate, which is no key of "
            f"the log for that day and counts from 2020-01-01 to {day - timedelta(days=1)}"
        )

    def test_a_job_is_told_what_was_passed_over(self, gate):
        """Silence would read as if the newest checkpoint had been checked."""
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))
        with AuditLog.open(gate.small.log, signer=gate.keys.stranger) as log:
            log.checkpoint()

        answer = gate.verify(given={"checkpoint": gate.small.log / "checkpoint"})

        assert answer.code == MAY
        assert any(each.startswith("1 signed checkpoint beside the log does not count") for each in answer.checked)
        assert any(each.endswith("which is a note, which says no time") for each in answer.checked)

    def test_one_that_states_another_log_is_a_forgery(self, gate):
        """Somebody rewrote the log, and the checkpoint that was signed before is still there."""
        (path,) = signed_files(gate)
        _, found = read_signed(path.read_bytes(), "it")
        other = replace(found, root="0" * 64)
        path.write_bytes(sign_statement(statement_of(other), gate.keys.gate).to_bytes())

        assert gate.verify().code == FORGED

    def test_one_that_is_damaged_is_found(self, gate):
        """It is not passed over for an older one."""
        (path,) = signed_files(gate)
        path.write_bytes(path.read_bytes()[:-9])

        assert gate.verify().code == FORGED

    @pytest.mark.parametrize("days", [-1, 1])
    def test_one_of_another_day_than_its_last_record_is_a_forgery(self, gate, days):
        """A key that has lapsed signs with a time at which it still counted."""
        (path,) = signed_files(gate)
        _, found = read_signed(path.read_bytes(), "it")
        other = replace(found, time=found.time + timedelta(days=days))
        path.write_bytes(sign_statement(statement_of(other), gate.keys.gate).to_bytes())

        assert gate.verify().code == FORGED


class TestKept:
    @pytest.mark.parametrize("form", ["note", "envelope"])
    def test_a_checkpoint_that_somebody_kept_is_continued(self, gate, tmp_path, form):
        """Both forms that lie beside a log; the log has grown since."""
        kept = tmp_path / "kept"
        shutil.copyfile(gate.small.log / "checkpoint" if form == "note" else signed_files(gate)[0], kept)
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))

        assert gate.verify(given={"checkpoint": kept}).code == MAY

    def test_a_log_that_lost_what_somebody_knows_is_a_forgery(self, gate, tmp_path):
        """Somebody put an older copy back, in which the bad run is not there yet."""
        before = shutil.copytree(gate.small.log, tmp_path / "before")
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))
        kept = tmp_path / "kept"
        shutil.copyfile(gate.small.log / "checkpoint", kept)

        answer = gate.verify(given={"checkpoint": kept, "log": before})

        assert answer.code == FORGED
        assert "ends after" in answer.lines[0]

    def test_what_nobody_signed_proves_no_time(self, gate, tmp_path):
        """A note says no time, and an envelope of a stranger proves none."""
        trust = read_trust(gate.trust)
        found = replace(load_checkpoint(gate.small.log), head="0" * 64, time=gate.later)
        forged = tmp_path / "forged.json"
        forged.write_bytes(sign_statement(statement_of(found), gate.keys.stranger).to_bytes())

        assert kept_checkpoint(gate.small.log / "checkpoint", trust).at is None
        assert kept_checkpoint(gate.small.log / "checkpoint", trust).why
        assert kept_checkpoint(forged, trust).at is None


class TestWitness:
    def test_a_witness_on_p256_signs_in_an_envelope(self, gate, tmp_path):
        """The cosignature of a note knows Ed25519 only."""
        keys = replace(gate.keys, witness=gate.keys.depositor, depositor=gate.keys.witness)
        gate.trust.write_text(trust_text(keys), encoding="utf-8")
        request = WitnessRequest(0, (), read_note((gate.small.log / "checkpoint").read_bytes()))
        path = tmp_path / "witness.json"
        path.write_bytes(witnessed(request, "customer-witness", keys.witness, gate.later))

        assert witnessed_checkpoint(path, read_trust(gate.trust), gate.later).at == gate.later
        path.write_bytes(witnessed(request, "customer-witness", keys.gate, gate.later))
        with pytest.raises(IntegrityError, match="no signature of a witness"):
            witnessed_checkpoint(path, read_trust(gate.trust), gate.later)

    @pytest.mark.parametrize("less", [0, 1])
    def test_a_witness_who_saw_less_than_the_statement_shows_nothing_later(self, gate, tmp_path, less):
        """It signs the same old checkpoint anew each day, and the log may have been cut since."""
        mark = gate.made.contents.checkpoint
        leaves = [bytes.fromhex(record.hash) for record in read_log(gate.small.log)][: mark.size - less]
        note = read_note(Checkpoint(mark.log, len(leaves), root_of(leaves).hex()).note)
        path = tmp_path / "witness.note"
        path.write_bytes(witnessed(WitnessRequest(0, (), note), "customer-witness", gate.keys.witness, gate.later))

        answer = gate.verify(given={"witness": path}, now=gate.later)

        assert answer.code == 0
        assert (LATER_HOLD in answer.checked) == bool(less)

    def test_a_witness_without_the_log_shows_nothing(self, gate):
        """Nobody can hold a root against a file that is not there."""
        answer = gate.verify(given={"log": None, "witness": gate.small.log / "checkpoint"})

        assert answer.code == 2


def test_the_age_of_the_newest_signed_checkpoint_is_bounded_too(gate_once):
    """It is never older than the decision, so that it is enough to say so once."""
    said = gate_once.made.contents
    answer = gate_once.verify(now=said.checkpoint.time + timedelta(days=1))

    assert answer.code == NO
    assert "The decision was taken at" in answer.lines[0]


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_large_log_is_followed_by_all_cores_and_continues_the_same(gate_once, right, more):
    """Below, at and beyond its end: who reads does not decide what a deploy job is told."""
    log = gate_once.small.log
    leaves = [bytes.fromhex(record.hash) for record in read_log(log)]
    size = len(leaves) + more
    known = [
        KnownRoot(size, root_of(leaves[:size]).hex() if right else "0" * 64, "a witness", open_history(log).ledger.log)
    ]

    def told(how):
        try:
            return follow(log, known, quickly=how)
        except IntegrityError as error:
            return error.sentence

    found = told(Quickly(large=0, many=1))

    assert found == told(Quickly(large=2**60))
    assert isinstance(found, str) == (not right or more > 0)
