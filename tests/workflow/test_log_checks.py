"""`gonogo log verify` calls nothing checked that nobody checked, and believes no key outside its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.audit.signed_checkpoint import signed, statement_of
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.people import Side
from gonogo.signing.note import read_note, sign_note
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.statement import sign_statement
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey
from gonogo.workflow.log_checks import BROKEN, NOT_CHECKED, SOUND, KeptElsewhere, nobody_checked, verification
from gonogo.workflow.named_trust import named_trust
from gonogo.workflow.note_signers import note_signer
from gonogo.workflow.stating import state

REST = "but none is known here: give --trust FILE"
NOON = datetime(2027, 4, 19, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FROM, UNTIL = date(2027, 4, 10), date(2027, 4, 20)


@pytest.fixture(scope="module")
def gate() -> PrivateKey:
    return new_private_key()


@pytest.fixture
def log(tmp_path: Path, gate: PrivateKey) -> Path:
    """A log of one record, of noon, under a signed checkpoint, in the folder of a program."""
    with AuditLog.open(tmp_path / "audit", clock=lambda: NOON, signer=gate, new_id=lambda: "log-1") as opened:
        opened.checkpoint()
    return tmp_path / "audit"


def key(gate: PrivateKey, *, start: date = FROM, until: date = UNTIL, name: str = "gate") -> TrustKey:
    return TrustKey(id=name, kind=KeyKind.LOG, public=gate.public, start=start, until=until)


def trust_file(place: Path, gate: PrivateKey, *, start: date = FROM, until: date = UNTIL) -> Path:
    pem = gate.public.pem.decode().strip().replace("\n", "\n      ")
    place.write_text(
        f"schema: 1\nprogram: small\nkeys:\n  - id: gate\n    kind: log\n    from: {start}\n    until: {until}\n"
        f"    public: |\n      {pem}\n"
    )
    return place


def checkpoint_of(log: Path, size: int = 1) -> Checkpoint:
    last = read_log(log)[size - 1]
    root = root_of(bytes.fromhex(record.hash) for record in read_log(log)[:size])
    return Checkpoint("log-1", size, root.hex(), last.hash, last.ts)


class TestNotes:
    """A C2SP note says no time. The log whose last record its root covers does."""

    @pytest.mark.parametrize(
        ("at", "counts"),
        [
            (datetime(2027, 4, 9, 23, 59, 59, tzinfo=UTC), False),
            (datetime(2027, 4, 10, tzinfo=UTC), True),
            (datetime(2027, 4, 20, 23, 59, 59, tzinfo=UTC), True),
            (datetime(2027, 4, 21, tzinfo=UTC), False),
        ],
    )
    def test_a_key_counts_on_the_day_of_the_last_record(
        self, log: Path, gate: PrivateKey, at: datetime, counts: bool
    ) -> None:
        """The day before its first, the first, the last, and the day after."""
        note = read_note((log / "checkpoint").read_bytes())
        trust = Trust(program="small", keys=(key(gate),))

        def asked() -> str:
            return note_signer(note, "log-1", trust, "the trust file", "kept.note", at)

        if counts:
            assert asked().startswith(", signed by gate, which was in force on the day of the last of them")
        else:
            with pytest.raises(IntegrityError, match="counts from 2027-04-10 to 2027-04-20, but its last record is of"):
                asked()

    @pytest.mark.parametrize(
        ("start", "until", "code"),
        [
            (date(2027, 4, 19), date(2027, 4, 19), SOUND),
            (date(2027, 4, 20), date(2027, 4, 30), BROKEN),
            (date(2027, 4, 1), date(2027, 4, 18), BROKEN),
        ],
    )
    def test_the_log_dates_the_note(
        self, tmp_path: Path, log: Path, gate: PrivateKey, start: date, until: date, code: int
    ) -> None:
        """An auditor reads this years later: what counts is the day of the record, not today."""
        kept = tmp_path / "kept.note"
        kept.write_bytes((log / "checkpoint").read_bytes())
        trust = trust_file(tmp_path / "trust.yaml", gate, start=start, until=until)
        wide = trust_file(tmp_path / "wide.yaml", gate, start=date(2020, 1, 1), until=date(2099, 1, 1))

        found, lines = verification(log, KeptElsewhere(checkpoint=kept, trust=trust))

        assert found == code, lines
        assert any("kept.note" in line and "2027-04-19" in line for line in lines)
        assert verification(log, KeptElsewhere(checkpoint=kept, trust=wide))[0] == SOUND

    @pytest.mark.parametrize("kind", ["checkpoint", "witness"])
    @pytest.mark.parametrize(
        ("harm", "says"),
        [
            (lambda note: note.replace(b"\n", b"\r\n"), "line endings are those of Windows"),
            (lambda note: b"", "kept.note"),
            (lambda note: note[:-1], "kept.note"),
            (lambda note: note.replace(b"gonogo", b"rekor"), "kept.note"),
        ],
        ids=["mailed", "empty", "cut", "of another kind of log"],
    )
    def test_a_file_that_is_no_checkpoint_is_no_fault_of_the_log(
        self, tmp_path: Path, log: Path, gate: PrivateKey, kind: str, harm: Any, says: str
    ) -> None:
        """The log is as it was; what could not be compared is said, and the answer is not `sound`."""
        kept = tmp_path / "kept.note"
        kept.write_bytes(harm((log / "checkpoint").read_bytes()))
        trust = trust_file(tmp_path / "trust.yaml", gate, start=date(2020, 1, 1), until=date(2099, 1, 1))

        found, lines = verification(log, KeptElsewhere(**{kind: kept}, trust=trust))

        assert found == NOT_CHECKED
        assert lines[0].startswith("NOT ALL CHECKED: ")
        assert any(line.startswith("not compared: ") and says in line for line in lines)
        assert not any("BROKEN" in line for line in lines)

    def test_a_key_that_has_lapsed_does_not_vouch_for_records_of_today(
        self, tmp_path: Path, log: Path, gate: PrivateKey
    ) -> None:
        """Somebody found the old key, and signs a note over a log that nobody with a key in force has signed."""
        other = new_private_key()
        note = signed(checkpoint_of(log), other)[1].note
        trust = Trust(program="small", keys=(key(gate), key(other, until=FROM, name="old")))

        with pytest.raises(IntegrityError, match=r"kept\.note is signed by old, which counts from"):
            note_signer(read_note(note), "log-1", trust, "the trust file", "kept.note", NOON)

    def test_of_two_keys_the_one_in_force_is_named(self, log: Path, gate: PrivateKey) -> None:
        other = new_private_key()
        made = checkpoint_of(log)
        note = read_note(signed(made, other)[1].note).with_signature(sign_note(made.body, made.origin, gate))
        trust = Trust(program="small", keys=(key(other, until=FROM, name="old"), key(gate)))

        assert "signed by gate" in note_signer(note, "log-1", trust, "the trust file", "kept.note", NOON)

    def test_what_this_log_does_not_date_is_verified_by_nobody(
        self, tmp_path: Path, log: Path, gate: PrivateKey
    ) -> None:
        """A note over more records, or over others: the key may have lapsed before they were written."""
        longer = replace(checkpoint_of(log), size=2, root="5" * 64)
        kept = tmp_path / "kept.note"
        kept.write_bytes(signed(longer, gate)[1].note)
        trust = trust_file(tmp_path / "trust.yaml", gate)

        found, lines = verification(log, KeptElsewhere(checkpoint=kept, trust=trust))

        assert found == BROKEN
        (line,) = [each for each in lines if each.endswith("of which day it is")]
        assert "signature of gate that does not count" in line
        assert not any("signed by gate, which was in force" in each for each in lines)

    def test_a_stranger_signed_nothing(self, log: Path, gate: PrivateKey) -> None:
        note = read_note((log / "checkpoint").read_bytes())
        trust = Trust(program="small", keys=(key(new_private_key()),))

        for at in (NOON, None):
            with pytest.raises(
                IntegrityError, match=r"kept\.note is not signed by a key that the trust file has for the log"
            ):
                note_signer(note, "log-1", trust, "the trust file", "kept.note", at)

    @pytest.mark.parametrize(
        "other",
        [
            {"kind": KeyKind.WITNESS, "side": Side.CUSTOMER},
            {"kind": KeyKind.PERSON, "office": "customer.pmo_lead", "person": "ada.kirsch"},
            {"bundles": ("sit",), "side": Side.PROVIDER},
        ],
        ids=["a witness", "a person", "a depositor"],
    )
    def test_only_a_key_of_the_log_signs_for_the_log(self, log: Path, gate: PrivateKey, other: dict[str, Any]) -> None:
        """A job that delivers evidence must not vouch for the record of what it comes to."""
        note = read_note((log / "checkpoint").read_bytes())
        trust = Trust(program="small", keys=(key(gate).model_copy(update=other),))

        with pytest.raises(IntegrityError, match="is not signed by a key that the trust file has for the log"):
            note_signer(note, "log-1", trust, "the trust file", "kept.note", NOON)


@pytest.mark.parametrize(("days", "code"), [(-1, BROKEN), (0, SOUND), (1, BROKEN)])
def test_a_kept_statement_that_gives_another_time_than_the_log_is_found(
    tmp_path: Path, log: Path, gate: PrivateKey, days: int, code: int
) -> None:
    """A key that has lapsed signs today's records with a day on which it still counted."""
    made = checkpoint_of(log)
    assert made.time is not None
    kept = tmp_path / "kept.json"
    kept.write_bytes(sign_statement(statement_of(replace(made, time=made.time + days * DAY)), gate).to_bytes())
    trust = trust_file(tmp_path / "trust.yaml", gate)

    found, lines = verification(log, KeptElsewhere(checkpoint=kept, trust=trust))

    assert found == code, lines
    assert any("it was not taken then" in line for line in lines) == (days != 0)


class TestBrokenProgramFile:
    @pytest.fixture
    def broken(self, log: Path) -> Path:
        (log.parent / "gonogo.yaml").write_text("schema: 1\nschema: 1\n")
        return log.parent

    def test_nothing_is_called_sound_while_nobody_knows_whose_signature_counts(self, broken: Path) -> None:
        """To break one line of gonogo.yaml must not be the way around the trust file."""
        code, lines = verification(broken)

        assert code == NOT_CHECKED
        assert lines[0].startswith("NOT ALL CHECKED: 1 records, head ")
        assert any("gonogo.yaml:2:1: `schema` appears twice" in line for line in lines)
        assert any(line.startswith("not checked: any signature") for line in lines)

    def test_a_trust_file_that_is_given_is_used(self, broken: Path, gate: PrivateKey) -> None:
        """It comes first anyway. That the log's folder was guessed is said all the same."""
        code, lines = verification(broken, KeptElsewhere(trust=trust_file(broken / "trust.yaml", gate)))

        assert code == SOUND
        assert any("schema` appears twice" in line and "audit was checked" in line for line in lines)
        assert not any("not checked" in line for line in lines)
        assert any(line.startswith("signed: 1 checkpoint") and "by gate" in line for line in lines)

    def test_damage_comes_first(self, broken: Path, gate: PrivateKey) -> None:
        """5 is worse than 2."""
        trust = trust_file(broken / "trust.yaml", new_private_key())
        with (broken / "audit/000001.jsonl").open("ab") as stream:
            stream.write(b"{")

        assert verification(broken)[0] == BROKEN
        assert verification(broken, KeptElsewhere(trust=trust))[0] == BROKEN

    def test_the_folder_of_the_log_names_no_program(self, broken: Path) -> None:
        """A person who has only the record checks the record."""
        assert verification(broken / "audit")[0] == SOUND
        assert named_trust(broken / "audit").mistake == ""

    def test_nothing_is_signed(self, broken: Path, gate: PrivateKey) -> None:
        """The trust file may say that this key signs no decision."""
        with pytest.raises(UsageError, match="Nobody knows whose signature counts"):
            state(broken, "last", signer=gate, now=NOON)


@pytest.mark.parametrize(("trusting", "said"), [(0, ""), (1, "1 decision was"), (2, "2 decisions were")])
def test_a_log_of_decisions_under_a_trust_file_says_if_none_is_known(log: Path, trusting: int, said: str) -> None:
    """To take `trust:` out of gonogo.yaml must not make a clean bill."""
    found = nobody_checked(replace(verify_log(log), trusting=trusting), None)

    assert found == ([] if not said else [f"not checked: who signed; {said} recorded under a trust file, {REST}"])
    assert nobody_checked(replace(verify_log(log), trusting=trusting), Trust(program="small", keys=())) == []
