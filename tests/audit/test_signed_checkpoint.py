"""A signed checkpoint: what others hold against the log, and what the log itself says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.audit.chain import seal
from gonogo.audit.checkpoint import Checkpoint, load_checkpoint, read_checkpoint
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.signed_checkpoint import note_keys, read_signed, signed, statement_of
from gonogo.errors import GonogoError, IntegrityError, SigningFault, UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.log_upkeep import CheckpointSigned
from gonogo.signing.envelope import verified_by
from gonogo.signing.keys import Algorithm
from gonogo.signing.note import read_note, signed_by
from gonogo.signing.private_key import PrivateKey, new_private_key

from .test_io_contract import Diary

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"


@pytest.fixture(scope="module", params=list(Algorithm))
def key(request: pytest.FixtureRequest) -> PrivateKey:
    return new_private_key(request.param)


@pytest.fixture
def signed_log(written: Path, clock: object, gap: Make, key: PrivateKey) -> Path:
    """A log of eight records, with a signed checkpoint over them."""
    with AuditLog.open(written, clock=clock, signer=key) as log:
        log.append([gap("promised")], checkpoint=True)
    return written


def only(folder: Path, size: int) -> tuple[Path, Path]:
    return folder / "checkpoints" / f"{size}.dsse.json", folder / "checkpoints" / f"{size}.note"


class TestForm:
    def test_the_statement_and_the_note_are_of_the_key(self, signed_log: Path, key: PrivateKey) -> None:
        """Both are there: the statement for those who read in-toto, the note for witnesses."""
        statement, note = only(signed_log, 8)
        envelope, found = read_signed(statement.read_bytes(), "here")
        records = read_log(signed_log)

        assert verified_by(envelope, [key.public]) == (key.public,)
        assert (found.log, found.size, found.head) == ("log-1", 8, records[7].hash)
        assert found.time == records[7].ts
        assert read_checkpoint(note.read_bytes(), "here") == replace(found, head="", time=None)
        assert [each.public for each in signed_by(read_note(note.read_bytes()), note_keys("log-1", [key.public]))] == [
            key.public
        ]
        assert note.read_bytes() == (signed_log / "checkpoint").read_bytes()

    @pytest.mark.parametrize(
        "change",
        [
            {"size": 9},
            {"size": "8"},
            {"size": 0},
            {"size": True},
            {"root": "0" * 64},
            {"root": "x"},
            {"log": "log-2"},
            {"log": "a b"},
            {"log": 7},
            {"head": "0" * 63},
            {"head": None},
            {"time": "2027-04-19"},
            {"time": None},
            {"more": 1},
        ],
    )
    def test_a_statement_that_says_something_else_is_none(self, key: PrivateKey, change: dict[str, object]) -> None:
        """Signed or not: subject and predicate are one, and every value is of its form."""
        made = Checkpoint("log-1", 8, "ab" * 32, "cd" * 32, datetime(2027, 4, 19, tzinfo=UTC))
        whole = statement_of(made)
        from gonogo.signing.statement import sign_statement

        good = sign_statement(whole, key).to_bytes()
        bad = sign_statement(whole.model_copy(update={"predicate": whole.predicate | change}), key).to_bytes()

        assert read_signed(good, "here")[1] == made
        if change in ({"size": 9},):  # of its form, and the subject does not name the size
            assert read_signed(bad, "here")[1].size == 9
            return
        with pytest.raises(IntegrityError):
            read_signed(bad, "here")

    @pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"payload":"","payloadType":"x","signatures":[]}'])
    def test_what_is_no_envelope_is_refused(self, data: bytes) -> None:
        with pytest.raises(IntegrityError):
            read_signed(data, "here")

    def test_a_key_that_does_not_sign_is_no_checkpoint(self, key: PrivateKey) -> None:
        """A smart card that was taken out, or a command that answers for another key."""

        class Other:
            public = new_private_key().public

            def sign(self, message: bytes) -> bytes:
                return key.sign(message)

        with pytest.raises(SigningFault):
            signed(Checkpoint("log-1", 8, "ab" * 32, "cd" * 32, datetime(2027, 4, 19, tzinfo=UTC)), Other())


class TestWriting:
    def test_what_is_named_is_on_disk_before_it_is_named(
        self, written: Path, clock: object, gap: Make, key: PrivateKey
    ) -> None:
        """The statement, the note, their names; then the checkpoint that says it is signed."""
        io = Diary()

        with AuditLog.open(written, clock=clock, io=io, signer=key) as log:
            log.append([gap()], checkpoint=True)

        assert io.told() == [
            f"write {SEGMENT}", f"sync {SEGMENT}",
            "make checkpoints", "sync folder audit",
            "write 8.dsse.json.partial", "sync 8.dsse.json.partial",
            "write 8.note.partial", "sync 8.note.partial", "rename .partial .note",
            "sync folder checkpoints",
            "write checkpoint.partial", "sync checkpoint.partial", "rename .partial ", "sync folder audit",
        ]  # fmt: skip
        assert io.open_ones == set()

    def test_the_next_record_says_so(self, signed_log: Path, clock: object, gap: Make, key: PrivateKey) -> None:
        """In the log itself, under its number, so that a signed file that is taken away is missed."""
        with AuditLog.open(signed_log, clock=clock) as log:
            log.append([gap("next")])
            log.append([gap("and next")])

        records = read_log(signed_log)
        statement, _ = only(signed_log, 8)
        assert [record.type.value for record in records[8:]] == ["checkpoint.signed", "gap.recorded", "gap.recorded"]
        assert CheckpointSigned.from_document(records[8].data) == CheckpointSigned(
            size=8,
            root=load_checkpoint(signed_log).root,  # type: ignore[union-attr]
            keys=(key.public.keyid,),
            sha256=digest_of_bytes(statement.read_bytes()),
        )
        assert open_history(signed_log).ledger.signed == (8, digest_of_bytes(statement.read_bytes()))

    def test_two_writers_say_it_once(self, signed_log: Path, clock: object, gap: Make) -> None:
        with AuditLog.open(signed_log, clock=clock) as one, AuditLog.open(signed_log, clock=clock) as two:
            for log in (one, two, one):
                log.append([gap()])

        assert [record.type for record in read_log(signed_log)].count(EventType.CHECKPOINT_SIGNED) == 1

    def test_a_cosignature_is_no_signature_of_the_log(self, written: Path, clock: object, gap: Make) -> None:
        """A witness's line is kept, and nobody takes it for the log's own."""
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap()], checkpoint=True)
        with (written / "checkpoint").open("ab") as stream:
            stream.write("— witness.example AAAAAGFiYw==\n".encode())

        with AuditLog.open(written, clock=clock) as log:
            log.append([gap()])

        assert read_log(written)[-1].type is EventType.GAP_RECORDED

    def test_what_a_crash_left_before_it_was_named_is_replaced(
        self, signed_log: Path, clock: object, gap: Make, key: PrivateKey
    ) -> None:
        """The statement was there and the checkpoint not yet: nobody was told of it."""
        (signed_log / "checkpoints" / "9.dsse.json").write_bytes(b"old")
        (signed_log / "checkpoints" / "9.note.partial").write_bytes(b"old")

        with AuditLog.open(signed_log, clock=clock, signer=key) as log:
            log.append([])
            log.checkpoint()
            log.append([gap()])

        assert read_log(signed_log)[9].type is EventType.CHECKPOINT_SIGNED
        assert not (signed_log / "checkpoints" / "9.note.partial").exists()

    def test_the_folder_follows_no_link_and_is_nobody_elses(
        self, written: Path, tmp_path: Path, clock: object, gap: Make, key: PrivateKey
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        (written / "checkpoints").symlink_to(tmp_path / "elsewhere")
        with AuditLog.open(written, clock=clock, signer=key) as log, pytest.raises(GonogoError):
            log.append([gap()], checkpoint=True)
        assert list((tmp_path / "elsewhere").iterdir()) == []

        (written / "checkpoints").unlink()
        (written / "checkpoints").mkdir()
        (written / "checkpoints").chmod(0o777)
        with AuditLog.open(written, clock=clock, signer=key) as log, pytest.raises(GonogoError, match="by other users"):
            log.append([gap()], checkpoint=True)


class TestLies:
    @pytest.mark.parametrize("harm", ["gone", "empty", "of another log", "link"])
    def test_a_checkpoint_that_is_signed_has_its_statement(
        self, signed_log: Path, tmp_path: Path, clock: object, gap: Make, harm: str
    ) -> None:
        """Before anything is recorded after it."""
        statement, _ = only(signed_log, 8)
        data = statement.read_bytes()
        statement.unlink()
        if harm == "empty":
            statement.write_bytes(b"")
        elif harm == "of another log":
            document = json.loads(data)
            made = Checkpoint("log-2", 8, "ab" * 32, "cd" * 32, datetime(2027, 4, 19, tzinfo=UTC))
            from base64 import b64encode

            document["payload"] = b64encode(statement_of(made).to_bytes()).decode()
            statement.write_text(json.dumps(document))
        elif harm == "link":
            (tmp_path / "kept").write_bytes(data)
            statement.symlink_to(tmp_path / "kept")

        with AuditLog.open(signed_log, clock=clock) as log, pytest.raises(IntegrityError):
            log.append([gap()])

        assert len(read_log(signed_log)) == 8

    @pytest.mark.parametrize("change", [{"size": 7}, {"size": 9}, {"root": "0" * 64}])
    def test_a_record_of_a_signature_is_about_what_stands_before_it(
        self, signed_log: Path, clock: object, gap: Make, change: dict[str, object]
    ) -> None:
        """A log that was written anew cannot carry the old words along."""
        with AuditLog.open(signed_log, clock=clock) as log:
            log.append([gap()])
        lines, prev = [], GENESIS
        for record in read_log(signed_log):
            data = record.data | change if record.type is EventType.CHECKPOINT_SIGNED else record.data
            entry = AuditEvent(type=record.type, run=record.run, data=data)
            again, line = seal(entry, seq=record.seq, prev=prev, ts=record.ts)
            lines.append(line)
            prev = again.hash
        (signed_log / SEGMENT).write_bytes(b"".join(lines))
        (signed_log / "index.json").unlink()

        with pytest.raises(IntegrityError, match="a checkpoint was signed over other records"):
            open_history(signed_log)


class TestAnotherKey:
    def test_it_replaces_no_signature(self, signed_log: Path, clock: object) -> None:
        """The one that is there may be the only one that others trust."""
        before = only(signed_log, 8)[0].read_bytes()

        other = AuditLog.open(signed_log, clock=clock, signer=new_private_key())
        with other as log, pytest.raises(UsageError, match="another key"):
            log.checkpoint()

        assert only(signed_log, 8)[0].read_bytes() == before

    def test_it_signs_from_the_next_record_on(self, signed_log: Path, clock: object, gap: Make) -> None:
        """Keys are replaced some day."""
        with AuditLog.open(signed_log, clock=clock, signer=new_private_key()) as log:
            log.append([gap("later")], checkpoint=True)

        assert only(signed_log, 10)[0].exists()

    def test_the_same_key_may_sign_again(self, signed_log: Path, clock: object, key: PrivateKey) -> None:
        """A second statement of one decision."""
        with AuditLog.open(signed_log, clock=clock, signer=key) as log:
            assert log.checkpoint().size == 8
