"""A program is locked, changed, broken and put right; each run says how its files stand to what was agreed."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.verification import verify_log
from gonogo.errors import ConfigurationError, IntegrityError, RecordFault, UsageError
from gonogo.governance.lock_file import NAME, read_lock
from gonogo.governance.lock_history import LockHistory
from gonogo.model.assessment import Purpose
from gonogo.model.lock import LockChange
from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.verdict import Verdict
from gonogo.signing.private_key import new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey
from gonogo.workflow import locking
from gonogo.workflow.lock_checks import lock_state
from gonogo.workflow.locking import judged_approvals, lockable, make_lock, write_again
from gonogo.workflow.log_checks import verification
from gonogo.workflow.log_keys import LogKeys
from gonogo.workflow.logs import also_holds
from gonogo.workflow.outcome_recording import record_outcome
from gonogo.workflow.pipeline import judge
from gonogo.workflow.recording import record
from gonogo.workflow.stating import state

ADOPTS = "people: people.yaml\nadopt: [system.tests.executed]"


def lock_of(result):
    return result.assessment.decision.lock


class TestLocking:
    def test_a_lock_is_recorded_and_written_beside_the_program_file(self, unlocked):
        """The file is what both sides keep; the log is what it is checked by."""
        recorded = unlocked.lock().recorded
        found = read_lock(unlocked.root)

        assert (found.lock, found.signature) == (recorded.lock, recorded.signature)
        assert open_history(unlocked.small.log).locks("small") == (recorded,)
        assert verify_log(unlocked.small.log).faults == ()

    def test_what_lacks_an_approval_is_not_locked(self, unlocked):
        """One side alone agrees with itself."""
        said = unlocked.approved()
        answer = unlocked.lock(approvals=unlocked.approved(approved_by=said.approved_by[:1]))

        assert answer.recorded is None
        assert answer.lacks == ("No approval counts from the provider's executive sponsor.",)
        assert not unlocked.file.exists()
        assert not unlocked.small.log.exists()

    def test_approvals_of_another_content_are_refused(self, unlocked):
        """A person who approved 95% did not approve 80%."""
        said = unlocked.approved()
        unlocked.loosen()

        with pytest.raises(UsageError, match="The approvals are about the content"):
            unlocked.lock(approvals=said)

    def test_a_first_lock_is_never_uncontrolled(self, unlocked):
        """The way out for a change is none for an agreement that was never made."""
        said = unlocked.approved(approved_by=())

        assert unlocked.lock(approvals=said, uncontrolled=True).recorded is None

    def test_a_program_that_adopts_only_some_criteria_is_locked_by_what_its_draft_asks(self, unlocked):
        """A form that people sign, and that can never be locked, is a week lost; and it still permits no decision."""
        unlocked.edit("gonogo.yaml", "people: people.yaml", ADOPTS)
        recorded = unlocked.lock().recorded

        assert recorded.content.adopt == ("system.tests.executed",)
        with pytest.raises(UsageError, match="adopted 1 of 4 criteria"):
            unlocked.run(purpose=Purpose.DECISION)

    @pytest.mark.parametrize(
        ("now", "says"),
        [
            ("people: people.yaml", "all (stricter)"),
            (
                f"{ADOPTS[:-1]}, operations.desk.staffed]",
                "2 (system.tests.executed, operations.desk.staffed) (stricter)",
            ),
            (
                ADOPTS.replace("system.tests.executed", "operations.desk.staffed"),
                "1 (operations.desk.staffed) (looser)",
            ),
        ],
    )
    def test_adopting_others_is_a_change_of_the_lock(self, unlocked, now, says):
        """Both sides agreed on these criteria, and on no others."""
        unlocked.edit("gonogo.yaml", "people: people.yaml", ADOPTS)
        unlocked.lock()
        unlocked.edit("gonogo.yaml", ADOPTS, now)

        (difference,) = unlocked.standing().differences
        assert difference.sentence == f"adopted criteria was 1 (system.tests.executed), is now {says}"


class TestRuns:
    def test_a_run_under_a_lock_names_it(self, locked):
        """A reader of the record knows by which rules it was judged."""
        result = locked.run()

        assert (result.exit_code, result.assessment.decision.verdict) == (0, Verdict.GO)
        assert lock_of(result).number == 1
        started = open_history(locked.small.log).started(result.run)
        assert started.lock_sha256 == lock_of(result).sha256 == locked.found.history.sha256

    def test_a_program_without_a_lock_works_as_before(self, unlocked):
        """Nobody has to lock anything, and the record says nothing that it did not say."""
        result = unlocked.run()

        assert result.exit_code == 0
        assert lock_of(result) is None
        assert "lock" not in result.assessment.document()["decision"]

    def test_files_that_differ_are_judged_recorded_and_end_with_5(self, locked):
        """A criterion that was loosened after the lock must not pass, and the log must show who tried."""
        locked.loosen()
        result = locked.run()

        assert (result.exit_code, result.assessment.decision.verdict) == (5, Verdict.NO_GO)
        (difference,) = lock_of(result).differences
        assert difference.sentence == ("system.tests.executed: parameter min_executed was 95%, is now 80% (looser)")
        assert verify_log(locked.small.log).faults == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("time_zone: America/New_York", "time_zone: America/Chicago"),
            ("ruleset: ./rules", "authority: {sit.failed: tests}\nruleset: ./rules"),
            ("ruleset: ./rules", "accept: [conditional]\nruleset: ./rules"),
        ],
    )
    def test_a_line_of_the_program_file_that_was_agreed_is_held_too(self, locked, old, new):
        """The rules are not the only thing by which a verdict is moved."""
        locked.edit("gonogo.yaml", old, new)

        assert len(locked.found.differences) == 1

    def test_a_source_may_change_and_is_told(self, locked):
        """Bindings are recorded and not frozen: files move."""
        locked.edit("gonogo.yaml", "producer: Test team", "producer: Test team 2")
        standing = locked.standing()

        assert not standing.broken
        assert standing.sources == ("what the program file says of the source tests was changed",)

    def test_a_comment_or_another_order_is_no_difference(self, locked):
        """A stop for nothing is how a lock is switched off."""
        locked.edit("rules/ruleset.yaml", "schema: 1\n", "# A comment.\nschema: 1\n")

        assert locked.found.differences == ()

    def test_a_rehearsal_by_other_rules_is_no_difference_and_no_history(self, locked, tmp_path):
        """To try a change before asking for it is what rehearsals are for."""
        other = Path(shutil.copytree(locked.small.rules, tmp_path / "other"))
        text = (other / "ruleset.yaml").read_text()
        (other / "ruleset.yaml").write_text(text.replace("min_executed: 95%", "min_executed: 80%"))
        result = locked.run(ruleset=str(other))

        assert result.exit_code == 0
        assert result.assessment.kind.purpose == "rehearsal"
        assert (lock_of(result).differences, lock_of(result).other_rules) == (None, True)
        assert result.assessment.kind.instead_of == "./rules"
        with pytest.raises(UsageError, match="is a rehearsal run, and nothing can be deployed on one"):
            state(locked.root, result.run, signer=new_private_key(), now=locked.now)
        with pytest.raises(UsageError, match="is a rehearsal run, and nothing is decided by one"):
            record_outcome(locked.root, result.run, ReleaseOutcome.DEPLOYED)

    def test_a_rehearsal_that_names_the_locked_rules_is_compared_with_them(self, locked):
        """Page one would say that it judges by other rules, and it does not."""
        result = locked.run(ruleset=str(locked.small.rules))

        assert result.assessment.kind.purpose == "rehearsal"
        assert (lock_of(result).differences, lock_of(result).other_rules) == (None, None)

    def test_a_rehearsal_with_another_clock_is_held_to_the_lock(self, locked):
        """``--as-of`` is no way around it."""
        locked.loosen()

        assert locked.run(as_of=locked.small.now).exit_code == 5

    def test_a_lock_that_is_made_while_a_run_is_under_way_stops_it(self, unlocked):
        """The run was judged by rules that nobody had agreed to when it began."""
        from gonogo.workflow.order import Order

        loaded, order = unlocked.found.loaded, Order(program=unlocked.root)
        assessment = judge(order, loaded, [], unlocked.now)
        unlocked.lock()

        with pytest.raises(RecordFault, match="the lock was changed while the run was under way"):
            record(order, loaded, [], assessment, run="r1", started=unlocked.now)


class TestBroken:
    def test_removing_the_lock_file_ends_with_5(self, locked):
        """The log knows what both sides signed."""
        locked.file.unlink()
        result = locked.run()

        assert (result.exit_code, result.assessment.decision.verdict) == (5, Verdict.NO_GO)
        assert "is missing" in lock_of(result).breaches[0]

    def test_the_lock_file_is_written_again_from_the_log(self, locked):
        """A lock file that was lost by accident costs nobody a meeting."""
        before = locked.file.read_bytes()
        locked.file.unlink()

        assert write_again(locked.found) is not None
        assert locked.file.read_bytes() == before
        assert write_again(locked.found) is None

    def test_editing_the_lock_file_ends_with_5(self, locked):
        """The digest of the laxer rules, typed into the lock, makes no lock of them."""
        locked.loosen()
        content = locked.found.content.digest()
        locked.file.write_text(locked.file.read_text().replace(read_lock(locked.root).lock.content, content))
        found = locked.standing()

        assert "was changed by hand (`content`)" in found.breaches[0]
        assert found.differences is not None

    def test_a_lock_file_without_its_log_is_never_a_fresh_start(self, locked):
        """Deleting the record would undo what it shows."""
        shutil.rmtree(locked.small.log)

        with pytest.raises(IntegrityError, match=r"was recorded in the audit log .*, and there is none"):
            locked.standing()
        assert not locked.small.log.exists()

    def test_another_log_in_its_place_is_refused(self, locked):
        """A log without the lock is not the log."""
        shutil.rmtree(locked.small.log)
        AuditLog.open(locked.small.log).close()

        with pytest.raises(IntegrityError, match="holds the log"):
            locked.standing()

    def test_a_log_that_was_cut_before_the_lock_is_refused(self, locked):
        """The same log, put back from a copy of the day before."""
        segment = locked.small.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().splitlines(keepends=True)[0])
        for name in ("index.json", "checkpoint"):
            (locked.small.log / name).unlink()

        with pytest.raises(IntegrityError, match="does not hold lock 1 of"):
            locked.standing()

    def test_naming_another_log_does_not_undo_a_lock(self, locked):
        """One line of the program file must not be enough."""
        locked.file.unlink()
        locked.edit("gonogo.yaml", "people: people.yaml", "people: people.yaml\nlog: ./audit2")

        with pytest.raises(IntegrityError, match="the audit log in audit knows a lock of small"):
            locked.standing()

    def test_the_lock_of_another_program_is_refused(self, locked):
        """Renaming the program would leave the lock behind."""
        locked.edit("gonogo.yaml", "{id: small,", "{id: smaller,")

        with pytest.raises(IntegrityError, match="is the lock of the program small, not of smaller"):
            locked.standing()

    @pytest.mark.parametrize(
        ("changed", "found"),
        [
            ({"{id: small,": "{id: smaller,"}, True),
            ({"{id: small,": "{id: smaller,", "{id: first,": "{id: second,"}, True),
            ({"{id: small,": "{id: smaller,", "people: people.yaml": "people: people.yaml\nlog: ./audit2"}, True),
            ({"{id: first,": "{id: second,"}, False),
        ],
    )
    def test_another_id_without_the_lock_file_does_not_undo_a_lock(self, locked, changed, found):
        """Two edits made a locked program an unlocked one of another name, in the very log that knows its lock."""
        locked.file.unlink()
        for old, new in changed.items():
            locked.edit("gonogo.yaml", old, new)

        if not found:  # the program is still the one of the lock
            assert locked.standing().breaches is not None
            return
        with pytest.raises(
            IntegrityError, match="knows lock 1 of the program small, and its release first is like one"
        ):
            locked.standing()
        with pytest.raises(IntegrityError, match="knows lock 1 of the program small"):
            locked.lock()

    def test_a_program_of_other_releases_is_another_program(self, locked):
        """Two programs may share a log; page one says that the other is locked."""
        locked.run()
        locked.file.unlink()
        text = locked.small.file.read_text(encoding="utf-8")
        live = text.split('go_live: "')[1].split('"')[0]
        locked.small.file.write_text(
            text.replace("{id: small,", "{id: smaller,")
            .replace("{id: first,", "{id: second,")
            .replace(live, "2099-05-03T10:00Z"),
            encoding="utf-8",
        )

        assert locked.standing() is None
        run = locked.run().run
        history = open_history(locked.small.log)
        (told,) = also_holds(history, history.named(run))
        assert told.startswith("release first of the program small, which is locked (the last of ")

    @pytest.mark.parametrize(("known", "broken"), [("gate", False), ("stranger", True), ("nobody", False)])
    def test_a_signature_that_is_not_of_the_logs_key_is_a_breach(self, unlocked, known, broken):
        """Who may write the log, and not use the gate's key, must not make a lock that both sides seem to have."""
        keys = {"gate": new_private_key(), "stranger": new_private_key()}
        assert make_lock(unlocked.found, unlocked.approved(), signer=keys["gate"], now=unlocked.now).lacks == ()
        days = {"start": date(2020, 1, 1), "until": date(2099, 1, 1)}
        trust = [
            TrustKey(id=known, kind=KeyKind.LOG, public=key.public, **days)
            for name, key in keys.items()
            if name == known
        ]

        standing = unlocked.standing(trust=Trust(program="small", keys=tuple(trust)) if trust else None)

        assert standing.breaches == (
            ("The signature of lock 1 is not of a key that the trust file has for the log on that day.",)
            if broken
            else None
        )

    def test_two_lock_files_stop_the_run(self, locked):
        """A copy that a sync left behind may be the one that somebody reads."""
        shutil.copy(locked.file, locked.root / "gonogo (1).lock")

        with pytest.raises(ConfigurationError, match="only one can be the lock"):
            locked.standing()

    def test_an_index_that_hides_the_lock_is_not_believed(self, locked):
        """The index is a note of the last writer; a person who can edit it cannot unlock a program by it."""
        locked.run()
        index = locked.small.log / "index.json"
        forged(index)
        locked.file.unlink()

        assert locked.standing().broken

    def test_an_index_that_hides_a_lock_after_the_last_run_is_not_believed(self, unlocked):
        """No run has named it yet."""
        unlocked.run()
        unlocked.lock()
        forged(unlocked.small.log / "index.json")
        unlocked.file.unlink()

        assert unlocked.standing().broken


def forged(index: Path) -> None:
    """Take the locks out of an index, and give it the digest that it needs."""
    from gonogo.model.canonical import digest_of_bytes

    document = json.loads(index.read_bytes().partition(b"\n")[2])
    del document["ledger"]["locks"]
    body = json.dumps(document, separators=(",", ":")).encode()
    index.write_bytes(digest_of_bytes(body).encode() + b"\n" + body)


class TestChanging:
    def test_a_change_by_request_becomes_the_lock_and_is_told_for_ever(self, locked):
        """Both sides may agree to something else; nobody may forget that they did."""
        locked.loosen()
        answer = locked.lock()
        standing = locked.standing()

        assert answer.lacks == ()
        assert (standing.broken, standing.number) == (False, 2)
        (change,) = standing.changes
        assert (change.request, change.reviewed_by.person, change.in_freeze) == ("CR-7", "joan.pruett", True)
        assert change.differences[0].loosens

    def test_a_stricter_change_is_not_flagged_inside_the_freeze(self, locked):
        """Asking for more late is nothing to hide, and nothing to flag."""
        locked.loosen(new="min_executed: 99%")
        recorded = locked.lock(approvals=locked.approved(reviewed_by=None)).recorded

        assert recorded.change.in_freeze is None

    def test_what_lacks_a_request_or_an_approval_is_not_recorded_by_itself(self, locked):
        """Somebody has to say that it is done without."""
        locked.loosen()
        answer = locked.lock(approvals=locked.approved(request=None))

        assert answer.recorded is None
        assert answer.lacks == ("It names no request.",)

    def test_an_uncontrolled_change_is_no_go_until_both_sides_agree(self, locked):
        """Harborline's NO-GO: a threshold lowered without a request."""
        locked.loosen()
        locked.lock(approvals=locked.approved(request=None, approved_by=()), uncontrolled=True)
        result = locked.run()
        assert (result.exit_code, result.assessment.decision.verdict) == (1, Verdict.NO_GO)
        assert [blocker.why for blocker in result.assessment.decision.blockers] == [
            "1 change of the locked criteria lacks a request or an approval."
        ]
        assert verify_log(locked.small.log).faults == ()

        assert locked.lock().lacks == ()
        standing = locked.standing()
        assert (standing.broken, standing.uncontrolled) == (False, None)
        assert [change.controlled for change in standing.changes] == [False, True]

    def test_an_uncontrolled_change_without_any_paper_can_be_recorded(self, locked):
        """Somebody who finds one need not invent approvals to be able to say so."""
        from gonogo.workflow.locking import make_lock

        locked.loosen()
        answer = make_lock(locked.found, None, signer=None, now=locked.now, uncontrolled=True)

        assert answer.recorded.change.lacks == ("Nobody approved it.",)

    def test_every_change_has_a_number_of_its_own_agreed_or_not(self, locked):
        """Two changes of one number are one change to a reader."""
        for new in ("min_executed: 80%", "min_executed: 70%"):
            locked.small.edit("rules/ruleset.yaml", f"min_executed: {95 if '80' in new else 80}%", new)
            make_lock(locked.found, None, signer=None, now=locked.now, uncontrolled=True)

        locks = locked.found.history.locks
        assert [(each.lock.number, each.change.number) for each in locks[1:]] == [(2, 2), (3, 3)]

    def test_putting_the_criteria_back_needs_both_sides_too(self, locked):
        """Runs were judged by the looser rules meanwhile: both sides must see that."""
        locked.loosen()
        locked.lock(approvals=locked.approved(approved_by=()), uncontrolled=True)
        locked.loosen("min_executed: 80%", "min_executed: 95%")

        assert locked.found.differences == ()
        assert locked.standing().broken
        assert locked.lock(approvals=locked.approved(reviewed_by=None)).lacks == ()
        assert (locked.standing().broken, locked.standing().uncontrolled) == (False, None)

    def test_approvals_of_another_lock_are_refused(self, locked):
        """They say what is changed: the approval of an earlier change is none of this one."""
        locked.loosen()
        with pytest.raises(UsageError, match="do not say which lock they change"):
            locked.lock(approvals=locked.approved(changes="0" * 64))

    def test_the_rules_that_are_locked_say_who_approves_a_change_of_them(self, unlocked):
        """Otherwise the change itself would name its approvers."""
        ask = "lock: {approve: [customer.executive_sponsor, provider.executive_sponsor, provider.program_manager]}"
        unlocked.edit("rules/ruleset.yaml", "caps: {domain: 3, total: 8}", f"caps: {{domain: 3, total: 8}}\n  {ask}")
        said = unlocked.approved()
        more = said.approved_by[0].model_copy(update={"person": "ines.calloway", "role": "provider.program_manager"})
        assert unlocked.lock(approvals=unlocked.approved(approved_by=(*said.approved_by, more))).lacks == ()
        unlocked.edit("rules/ruleset.yaml", ask, "max_waiver_days: 9")

        assert "No approval counts from the provider's program manager." in unlocked.lock().lacks


class TestLogVerify:
    """The check of the log covers the lock file beside it."""

    def faults(self, locked):
        code, lines = verification(locked.root)
        return code, [line for line in lines if "gonogo.lock" in line]

    def test_a_lock_file_that_the_log_knows_is_sound(self, locked):
        """Nothing is said of what is as it should be."""
        assert self.faults(locked) == (0, [])

    def test_a_lock_file_that_is_gone_is_a_fault(self, locked):
        """Between two runs somebody may look."""
        locked.file.unlink()
        code, (line,) = self.faults(locked)

        assert code == 5
        assert "is missing" in line

    def test_a_lock_file_that_the_log_does_not_hold_is_a_fault(self, locked, unlocked):
        """A copied lock is no lock."""
        AuditLog.open(unlocked.small.log).close()
        shutil.copy(locked.file, unlocked.file)

        assert self.faults(unlocked)[0] == 5

    def test_the_folder_of_a_log_alone_is_asked_nothing_about_a_lock_file(self, locked):
        """An auditor may have the log and nothing else."""
        locked.file.unlink()

        assert verification(locked.small.log)[0] == 0


class TestState:
    """What `gonogo doctor` says before a run would."""

    def test_an_unlocked_program_is_told_nothing(self, unlocked):
        """Nobody has to lock anything."""
        assert lock_state(unlocked.root) is None

    def test_a_locked_program_hears_that_it_is_in_order(self, locked):
        """Before the meeting, not in it."""
        good, sentence = lock_state(locked.root)

        assert good
        assert sentence.endswith("the files are what was locked")

    def test_files_that_differ_are_told_with_how_many_more(self, locked):
        """One sentence, and where to look."""
        locked.loosen()
        locked.file.unlink()

        good, sentence = lock_state(locked.root)
        assert not good
        assert sentence.endswith(", and 1 more")

    def test_an_uncontrolled_change_is_told(self, locked):
        """Every run would be NO-GO."""
        locked.loosen()
        locked.lock(approvals=locked.approved(approved_by=()), uncontrolled=True)

        assert lock_state(locked.root) == (False, "1 of its changes lacks a request or an approval")

    def test_a_log_that_is_gone_is_told(self, locked):
        """A run would refuse it."""
        shutil.rmtree(locked.small.log)

        assert lock_state(locked.root)[0] is False

    def test_a_program_file_with_mistakes_is_left_to_lint(self, locked):
        """One thing is said in one place."""
        locked.edit("gonogo.yaml", "schema: 1", "schema: 9")

        assert lock_state(locked.root) is None


class TestNeighbours:
    def test_a_lock_file_of_another_name_is_not_written(self, locked):
        """Nothing is left of the partial file."""
        assert [path.name for path in locked.root.iterdir() if ".lock" in path.name] == [NAME]


def test_a_program_with_several_releases_is_locked_as_a_whole(unlocked):
    """Nobody names a release: all of them are frozen."""
    unlocked.edit("gonogo.yaml", "releases:\n", 'releases:\n  - {id: pilot, go_live: "2026-12-01T10:00Z"}\n')

    assert unlocked.lock().lacks == ()
    assert [each.id for each in unlocked.found.content.releases] == ["pilot", "first"]


class TestRefusals:
    """What is refused leaves neither a record nor a file; each refusal is the only one that stands in the way."""

    def refused(self, unlocked, error, says, **options):
        with pytest.raises(error, match=says):
            make_lock(unlocked.found, unlocked.approved(), signer=None, now=unlocked.now, **options)
        assert not unlocked.file.exists()
        assert not unlocked.small.log.exists() or open_history(unlocked.small.log).locks("small") == ()

    def test_a_lock_is_signed_where_the_trust_file_asks_for_it(self, unlocked, monkeypatch):
        """An unsigned lock of a signed log is one that anybody could have written."""
        key = TrustKey(
            id="gate", kind=KeyKind.LOG, public=new_private_key().public, start=date(2020, 1, 1), until=date(2099, 1, 1)
        )
        keys = LogKeys(None, Trust(program="small", keys=(key,)), "trust.yaml")
        monkeypatch.setattr(locking, "keys_of", lambda *_args: keys)

        self.refused(unlocked, UsageError, "would not be signed")

    def test_a_lock_is_recorded_where_a_decision_would_be(self, unlocked, monkeypatch):
        """A disk that forgets would forget what both sides signed."""

        def refuse(_loaded, purpose):
            assert purpose is Purpose.DECISION
            raise RecordFault("no place to rely on", hint="another")

        monkeypatch.setattr(locking, "check_place", refuse)

        self.refused(unlocked, RecordFault, "no place to rely on")

    def test_a_log_whose_last_checkpoint_nobody_trusts_takes_no_lock(self, unlocked, monkeypatch):
        """The lock would vouch for a log that somebody else has written."""

        def refuse(*_args):
            raise IntegrityError("not one of its keys", hint="look")

        monkeypatch.setattr(LogKeys, "check_accepted", refuse)

        self.refused(unlocked, IntegrityError, "not one of its keys")

    def test_of_two_who_change_a_lock_at_once_the_second_is_refused(self, locked):
        """What the second one compared with is no longer the lock."""
        locked.loosen()
        found, said = locked.found, locked.approved()
        assert make_lock(found, said, signer=None, now=locked.now).recorded.change.number == 2

        with pytest.raises(RecordFault, match="changed by somebody else just now"):
            make_lock(found, said, signer=None, now=locked.now)
        assert len(open_history(locked.small.log).locks("small")) == 2


def test_a_go_live_that_moves_away_takes_a_change_out_of_no_freeze(locked_once):
    """Otherwise the date is moved first, and everything after it is flagged no more."""
    loaded = locked_once.found.loaded
    (release,) = loaded.program.releases
    later = release.model_copy(update={"go_live": release.go_live + timedelta(days=365)})
    moved = replace(loaded, program=loaded.program.model_copy(update={"releases": (later,)}))

    assert lockable(loaded, locked_once.now).in_freeze
    assert lockable(moved, locked_once.now).in_freeze
    assert not lockable(moved, locked_once.now + timedelta(days=200)).in_freeze


@pytest.mark.parametrize(("age", "counts"), [(6, False), (5, True), (3, True)])
def test_an_approval_is_no_older_than_the_lock_that_both_sides_agreed_to(locked_once, age, counts):
    """A change that nobody agreed to the day before yesterday makes no approval of it too old."""
    now, (first,) = locked_once.now, locked_once.found.history.locks
    agreed = first.model_copy(update={"lock": first.lock.model_copy(update={"locked_at": now - timedelta(days=5)})})
    change = LockChange(number=2, at=now - timedelta(days=1), lacks=("Nobody approved it.",))
    last = agreed.lock.model_copy(update={"number": 2, "locked_at": now - timedelta(days=1)})
    history = LockHistory((agreed, agreed.model_copy(update={"lock": last, "change": change})))
    said = locked_once.approved()
    day = locked_once.found.loaded.program.identity.local_date(now - timedelta(days=age))
    old = tuple(each.model_copy(update={"on": day}) for each in said.approved_by)

    found = judged_approvals(replace(locked_once.found, history=history), replace(said, approved_by=old), now)

    assert (found.lacks == ()) is counts
