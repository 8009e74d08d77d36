"""Which of the locks both sides agreed to, and what is wrong with a lock file, in one sentence with the next step."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gonogo.core.lock_facts import lock_blockers
from gonogo.core.lock_rules import LockRules
from gonogo.governance.lock_file import LockFile
from gonogo.governance.lock_history import LockHistory, breaches
from gonogo.model.change import Effect
from gonogo.model.lock import Lock, LockChange, LockDifference, LockRecorded, LockSignature, LockStanding

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)
STRICTER = LockDifference(part="severity", old="advisory", new="mandatory", effect=Effect.TIGHTENS)
LACKS = ("Nobody approved it.",)


@pytest.fixture(scope="module")
def first(locked_once) -> LockRecorded:
    return locked_once.found.history.last


def changed(before: LockRecorded, *, lacks=None, differences=(LOOSER,), **more) -> LockRecorded:
    change = LockChange(number=before.lock.number + 1, at=AT, lacks=lacks, differences=differences, **more)
    lock = Lock(
        **{
            **dict(before.lock),
            "number": before.lock.number + 1,
            "earlier": before.lock.digest(),
            "change": change.digest(),
        }
    )
    return LockRecorded(lock=lock, content=before.content, change=change)


class TestAgreed:
    @pytest.mark.parametrize(
        ("lacks", "agreed", "uncontrolled"),
        [
            ((), 1, 0),
            ((None,), 2, 0),
            ((LACKS,), 1, 1),
            ((LACKS, LACKS), 1, 2),
            ((LACKS, None), 3, 0),
            ((None, LACKS), 2, 1),
        ],
    )
    def test_a_later_agreed_change_answers_for_those_before_it(self, first, lacks, agreed, uncontrolled):
        """What both sides have seen since is no longer done behind their backs; it stays on page one."""
        locks = [first]
        for each in lacks:
            locks.append(changed(locks[-1], lacks=each))
        history = LockHistory(tuple(locks))

        assert (history.agreed.lock.number, history.uncontrolled) == (agreed, uncontrolled)
        assert len(history.changes) == len(lacks)


class TestBreaches:
    def told(self, locks, found, program="small"):
        return [*breaches(LockHistory(locks), found, program)]

    def test_the_lock_that_the_log_knows_is_no_breach(self, first):
        """The ordinary case, every day."""
        assert self.told((first,), LockFile(first.lock, first.signature)) == []

    def test_a_lock_that_was_removed_is_one(self, first):
        """Deleting a file must not undo what both sides signed."""
        (sentence,) = self.told((first,), None)

        assert sentence.startswith("`gonogo.lock` is missing, and the audit log knows lock 1 of ")
        assert "write it again from the log" in sentence

    def test_an_older_lock_is_one(self, first):
        """The laxer rules of last month come with their own lock file."""
        second = changed(first)
        (sentence,) = self.told((first, second), LockFile(first.lock, first.signature))

        assert "is lock 1, and the audit log knows lock 2" in sentence

    def test_the_lock_of_another_program_is_one(self, first):
        """A copied folder brings the lock of the program that it was copied from."""
        other = first.lock.model_copy(update={"program": "other"})
        (sentence,) = self.told((first,), LockFile(other))

        assert "is the lock of the program other, not of small" in sentence

    @pytest.mark.parametrize("key", sorted(set(Lock.model_fields) - {"program", "number", "earlier", "change", "log"}))
    def test_a_lock_that_was_edited_is_one_whatever_was_edited(self, first, key):
        """Each key says something that somebody could want otherwise."""
        other = {
            "locked_at": AT,
            "approved_by": (),
            "records": first.lock.records + 1,
            "ruleset": "other@1",
            "made_with": "9",
        }.get(key, "0" * 64)
        (sentence,) = self.told((first,), LockFile(first.lock.model_copy(update={key: other}), first.signature))

        assert f"was changed by hand (`{key}`)" in sentence

    def test_the_lock_of_another_log_is_one(self, first):
        """Two copies of a folder were locked apart; only one of them has the record."""
        other = first.lock.model_copy(update={"log": "other"})
        (sentence,) = self.told((first,), LockFile(other))

        assert "is a lock of the audit log other, and the audit log knows lock 1" in sentence

    def test_a_signature_that_was_stripped_or_added_is_one(self, first):
        """A lock without its signature looks like one that nobody signed."""
        signed = first.model_copy(update={"signature": LockSignature(key="9" * 64, signature="MEUC")})

        assert "(`signature`)" in self.told((signed,), LockFile(first.lock))[0]
        assert "(`signature`)" in self.told((first,), LockFile(first.lock, signed.signature))[0]


def standing(**more) -> LockStanding:
    return LockStanding(number=2, sha256="a" * 64, locked_at=AT, first_at=AT, **more)


class TestBlocking:
    @pytest.mark.parametrize(
        ("lock", "reasons"),
        [
            (None, 0),
            (standing(), 0),
            (standing(changes=(LockChange(number=2, at=AT, differences=(LOOSER,)),)), 0),
            (standing(breaches=("Gone.",)), 1),
            (standing(breaches=("Gone.", "Not signed.")), 2),
            (standing(differences=(STRICTER,)), 1),
            (standing(uncontrolled=1), 1),
            (standing(breaches=("Gone.",), differences=(LOOSER,), uncontrolled=2), 3),
        ],
    )
    def test_only_what_nobody_agreed_to_blocks(self, lock, reasons):
        """A change that both sides agreed to is told, and blocks nothing; anything else is no decision by what was
        agreed."""
        assert len(lock_blockers(lock)) == reasons

    def test_a_stricter_file_blocks_too(self):
        """What differs is not what was signed, whichever way it goes."""
        (blocker,) = lock_blockers(standing(differences=(STRICTER,)))

        assert blocker.why == (
            "The program's files are not what was locked: severity was advisory, is now mandatory (stricter)."
        )


@pytest.mark.parametrize(("before", "inside"), [(31, False), (30, True), (29, True), (0, True), (-1, False)])
def test_the_freeze_is_so_many_days_before_go_live_to_the_day_itself(before, inside):
    """On the thirtieth day a looser threshold is flagged, on the thirty-first not yet; after go-live there is none."""
    go_live = date(2027, 5, 3)

    assert LockRules(freeze_days=30).frozen_on(go_live - timedelta(days=before), [go_live]) is inside
