"""A statement follows from the log alone, is refused where nobody should deploy on it, and reads with others' code."""

import base64
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf import json_format
from in_toto_attestation.predicates.vsa.v1.vsa_pb2 import VerificationSummary
from in_toto_attestation.v1.statement import Statement as TheirStatement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage
from securesystemslib.dsse import Envelope as TheirEnvelope
from securesystemslib.signer import SSlibKey
from tests.conftest import write_stated
from tests.workflow.test_standing_holds import held_program

from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.cli import run
from gonogo.errors import IntegrityError, RecordFault, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType
from gonogo.model.record import RunAborted
from gonogo.statement.answer import MAY, NO
from gonogo.workflow.deploying import may_deploy
from gonogo.workflow.order import Order
from gonogo.workflow.outcome_recording import run_meant
from gonogo.workflow.pipeline import assess
from gonogo.workflow.stating import state


def payload(envelope: bytes):
    return json.loads(base64.b64decode(json.loads(envelope)["payload"]))


class TestWhatIsSaid:
    def test_it_follows_from_the_log_alone(self, gate):
        """The evidence and the rules are gone; the bytes that are signed are the same."""
        for name in ("evidence", "rules", "gonogo.yaml", "people.yaml"):
            path = gate.small.root / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

        again = state(gate.small.log, gate.run, signer=gate.keys.gate, now=gate.later)

        assert payload(again.decision) == payload(gate.made.decision)

    def test_it_says_what_was_decided(self, gate_once):
        """Every part that a deploy job checks."""
        found = payload(gate_once.made.decision)
        said = found["predicate"]

        assert found["subject"][0]["name"] == "commit:build-7"
        assert (said["verdict"], said["purpose"], said["lock"], said["votes"]) == ("GO", "decision", "unlocked", "none")
        assert (said["program"], said["release"], said["releases"]) == ("small", "first", ["first"])
        assert said["checkpoint"].keys() == {"log", "size", "head", "root", "time"}
        assert "nonce" not in said

    @pytest.mark.parametrize("name", ["gate_once", "conditional_once"])
    def test_the_summary_passes_a_plain_go_only_and_claims_no_level(self, name, request):
        """Other verifiers cannot hold anybody to a condition."""
        gate = request.getfixturevalue(name)
        found = payload(gate.made.summary)
        said = found["predicate"]

        assert found["predicateType"] == "https://slsa.dev/verification_summary/v1"
        assert found["subject"] == payload(gate.made.decision)["subject"]
        assert said["verificationResult"] == ("PASSED" if name == "gate_once" else "FAILED")
        assert not any(level.startswith("SLSA_") for level in said["verifiedLevels"])
        assert {"verifier", "timeVerified", "resourceUri", "policy", "verificationResult"} <= said.keys()

    def test_others_read_and_check_both(self, gate_once):
        """securesystemslib checks the signature, in-toto-attestation the statement and the summary's predicate."""
        key = SSlibKey("gate", "ecdsa", "ecdsa-sha2-nistp256", {"public": gate_once.keys.gate.public.pem.decode()})
        for data in (gate_once.made.decision, gate_once.made.summary):
            document = json.loads(data)
            document["signatures"][0]["keyid"] = "gate"
            theirs = TheirEnvelope.from_dict(document)
            assert theirs.verify([key], 1)
            TheirStatement.copy_from_pb(json_format.Parse(theirs.payload, StatementMessage())).validate()
        summary = payload(gate_once.made.summary)["predicate"]
        assert summary.pop("verifiedLevels") == []  # a list in the specification, a text in their message
        assert json_format.ParseDict(summary, VerificationSummary()).verification_result == "PASSED"

    def test_nobody_can_take_the_summary_for_the_decision(self, gate):
        """It has neither reasons nor a checkpoint."""
        gate.statement.write_bytes(gate.made.summary)

        answer = gate.verify()

        assert answer.code != MAY
        assert "not a decision of gonogo" in answer.lines[0]


class TestRefused:
    def test_a_run_that_is_no_decision(self, gate):
        """A rehearsal and a progress run decide nothing."""
        rehearsed = assess(Order(program=gate.small.root, as_of=gate.small.now)).run
        progressed = assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS)).run
        with AuditLog.open(gate.small.log) as log:
            log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="gone")])

        for name, why in ((rehearsed, "rehearsal run"), (progressed, "progress run"), ("gone", "no verdict")):
            with pytest.raises(UsageError, match=why):
                state(gate.small.root, name, signer=gate.keys.gate, now=gate.later)

    def test_last_is_the_last_decision(self, gate):
        """The daily run of the morning is no answer to what was decided last; nor is somebody's rehearsal."""
        assess(Order(program=gate.small.root, as_of=gate.small.now))
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))

        assert state(gate.small.root, "last", signer=gate.keys.gate, now=gate.later).contents.run == gate.run
        assert run_meant(gate.small.root, "last") == gate.run
        assert run_meant(gate.small.root, gate.run[:-1]) == gate.run

    @pytest.mark.parametrize(("step", "fine"), [(-1, True), (0, False), (1, False)])
    def test_a_decision_that_has_lapsed(self, gate, step, fine):
        """At the moment at which it lapses it no longer holds."""
        now = gate.made.contents.valid_until + timedelta(microseconds=step)

        if fine:
            assert gate.sign(now=now).contents.run == gate.run
            return
        assert "held until" in gate.sign(now=now).why

    def test_a_decision_that_something_later_voids(self, gate, key_file, capfd):
        """Exit 1: it is a no, not a mistake of the caller; and no file is written."""
        gate.small.deny("desk.staffed")
        assess(Order(program=gate.small.root, purpose=Purpose.PROGRESS))

        out = gate.small.root.parent / "out.json"
        words = ["statement", str(gate.small.root), gate.run, "--signing-key", str(key_file), "-o", str(out)]

        assert run(words) == NO
        assert "came to NO-GO. Decide again" in capfd.readouterr().err
        assert not out.exists()

    def test_a_log_whose_records_do_not_add_up(self, gate):
        """Nobody signs what was changed."""
        segment = gate.small.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b"desk.staffed", b"desk.stuffed", 1))

        with pytest.raises(IntegrityError):
            gate.sign()

    def test_a_release_that_does_not_say_what_is_released(self, tmp_path, keys):
        """A statement about nothing fits everything."""
        small = write_stated(tmp_path / "small", now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))
        small.edit("gonogo.yaml", ", subjects: {commit: build-7}", "")
        made = assess(Order(program=small.root)).run

        with pytest.raises(UsageError, match="does not say what exactly is released"):
            state(small.root, made, signer=keys.gate, now=datetime.now(UTC))

    def test_nobody_signs(self, gate):
        """Without a key there is no statement, and the sentence names where a key is given."""
        with pytest.raises(UsageError, match="No signing key is given") as caught:
            gate.sign(signer=None)

        assert "GONOGO_SIGNING_KEY" in caught.value.hint

    def test_a_run_that_is_being_recorded(self, gate):
        """Nobody knows yet what it comes to."""
        from gonogo.model.evidence import Gap, GapReason

        with AuditLog.open(gate.small.log) as log:
            gap = Gap(fact="desk.open_posts", reason=GapReason.MISSING, detail="No file.")
            log.append([event(EventType.GAP_RECORDED, gap, run="open")])
            with pytest.raises(RecordFault, match="an unfinished run"):
                gate.sign()


class TestHolds:
    def test_a_hold_that_turns_after_the_go_stops_the_deployment_and_one_that_does_not_stops_nothing(
        self, stated_program, keys, gate_once, tmp_path
    ):
        """A defect is opened on the evening after the GO; the daily run sees it, and the job at night stops."""
        small = held_program(stated_program)
        made = assess(Order(program=small.root)).run
        signed = state(small.root, made, signer=keys.gate, now=datetime.now(UTC))
        statement = tmp_path / "decision.json"
        statement.write_bytes(signed.decision)
        given = replace(gate_once.given, statement=statement, log=small.log)
        now = datetime.now(UTC)

        assess(Order(program=small.root, purpose=Purpose.PROGRESS))
        assert may_deploy(given, gate_once.wanted, now=now).code == MAY
        small.edit("evidence/desk.csv", "D2,filled", "D2,vacant")
        assess(Order(program=small.root, purpose=Purpose.PROGRESS))

        answer = may_deploy(given, gate_once.wanted, now=now)
        assert answer.code == NO
        assert "A standing hold has been on since" in answer.lines[0]
        assert "No post of the service desk falls vacant" in answer.lines[0]


class TestCommands:
    def test_the_gate_signs_and_the_job_deploys(self, gate, key_file, capfd, monkeypatch):
        """As typed, with a nonce and without the log."""
        out = gate.small.root.parent / "out.json"
        words = ["statement", str(gate.small.root), "last", "--nonce", "7c1f", "-o", str(out)]
        monkeypatch.setenv("GONOGO_SIGNING_KEY", str(key_file))

        assert run(words) == 0
        assert capfd.readouterr().out.startswith("signed: GO, run ")
        assert payload((out.parent / "out.json.vsa.json").read_bytes())["predicate"]["verificationResult"] == "PASSED"
        asked = ["verify-decision", str(out), "--trust", str(gate.trust), "--require", "go", "--commit", "build-7"]
        assert run([*asked, "--nonce", "7c1f"]) == 0

        told = capfd.readouterr().out.splitlines()
        assert len(told) == 5
        assert told[-1] == "verdict=GO"
        assert run([*asked, "--nonce", "7c1e"]) == 1
        assert run(asked) == 2
        assert "nobody can tell whether something later voids the decision" in capfd.readouterr().out

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["--max-age", "24"], 2),
            (["--max-age", "0h"], 2),
            (["--max-age", "1h", "--max-age", "2h"], 2),
            (["--log", "nowhere"], 2),
        ],
    )
    def test_a_mistake_on_the_command_line_deploys_nothing(self, gate_once, capfd, words, code):
        """A job with a typo must not pass."""
        given = ["verify-decision", str(gate_once.statement), "--trust", str(gate_once.trust), "--require", "go"]

        assert run([*given, "--commit", "build-7", *words]) == code

    def test_a_gate_that_was_left_out_deploys_nothing_and_says_so(self, gate_once, capfd):
        """The job finds no statement, because the job before it was skipped."""
        given = [
            "verify-decision",
            "no.json",
            "--trust",
            str(gate_once.trust),
            "--require",
            "go",
            "--commit",
            "build-7",
        ]

        assert run(given) == 2
        told = capfd.readouterr().out.splitlines()
        assert len(told) == 5
        assert "the gate did not run to its end" in told[2] or "did not run to its end" in told[2]

    def test_a_statement_is_not_written_into_the_log_or_over_evidence(self, gate, key_file):
        """One wrong path must not cost the record."""
        for target in (gate.small.log / "decision.json", gate.small.root / "evidence/statements.yaml"):
            words = ["statement", str(gate.small.root), "last", "--signing-key", str(key_file), "-o", str(target)]
            assert run(words) == 2
