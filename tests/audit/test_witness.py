"""A witness confirms that a log only grew, and never needs to see what is in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.checkpoint import NAME, load_checkpoint
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.audit.witness import (
    PREDICATE,
    WitnessedCheckpoint,
    WitnessRequest,
    ask_witness,
    check_growth,
    read_request,
    read_seen,
    who_saw,
    witnessed,
)
from gonogo.errors import DocumentError, IntegrityError
from gonogo.model.event import AuditEvent
from gonogo.signing.keys import Algorithm
from gonogo.signing.note import read_note
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.statement import Statement, StatementSubject, sign_statement
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
Make = Callable[..., AuditEvent]


@pytest.fixture(scope="module", params=list(Algorithm))
def key(request: pytest.FixtureRequest) -> PrivateKey:
    return new_private_key(request.param)


@pytest.fixture
def grow(written: Path, clock: object, gap: Make) -> Callable[[], Path]:
    """Return a function that lets the log grow by a record and takes a checkpoint."""

    def add() -> Path:
        with AuditLog.open(written, clock=clock) as log:
            log.append([gap("more")], checkpoint=True)
        return written

    return add


def asked(folder: Path, since: int) -> WitnessRequest:
    own = load_checkpoint(folder)
    assert own is not None
    leaves = [bytes.fromhex(record.hash) for record in read_log(folder)[: own.size]]
    return ask_witness(leaves, read_note((folder / NAME).read_bytes()), since=since)


def kept(request: WitnessRequest, key: PrivateKey) -> WitnessedCheckpoint:
    return read_seen(witnessed(request, "customer", key, NOON), [("customer", key.public)], "kept")


class TestRequest:
    @pytest.mark.parametrize("since", [0, 1, 5, 8])
    def test_what_is_written_is_read_again(self, grow: Callable[[], Path], since: int) -> None:
        """It goes by mail from one organization to the other."""
        made = asked(grow(), since)

        assert read_request(made.to_bytes()) == made

    def test_no_record_is_in_it(self, grow: Callable[[], Path]) -> None:
        """A witness learns how many records there are, and nothing of what they say."""
        folder = grow()
        text = asked(folder, 3).to_bytes()

        assert all(record.run.encode() not in text for record in read_log(folder) if record.run)
        assert b"{" not in text

    @pytest.mark.parametrize(
        "harm",
        [
            lambda data: b"",
            lambda data: data.replace(b"old ", b"odd "),
            lambda data: data.replace(b"old 5", b"old 05"),
            lambda data: data.replace(b"old 5", b"old -5"),
            lambda data: data.replace(b"old 5", b"old 12345678901234567"),
            lambda data: data.replace(b"old 5\n", b"old 5\nAAAA\n"),
            lambda data: data.replace(b"old 5\n", b"old 5\n" + 64 * (43 * b"A" + b"=\n")),
            lambda data: data.replace(b"\n\n", b"\n", 1),
            lambda data: data[:40],
        ],
    )
    def test_what_is_no_request_is_refused(self, grow: Callable[[], Path], harm: Callable[[bytes], bytes]) -> None:
        """With a sentence, whatever came over the wire."""
        with pytest.raises((DocumentError, IntegrityError)):
            _ = read_request(harm(asked(grow(), 5).to_bytes())).checkpoint

    @pytest.mark.parametrize(("more", "fine"), [(62, True), (63, True), (64, False)])
    def test_a_proof_has_no_more_hashes_than_a_log_can_need(
        self, grow: Callable[[], Path], more: int, fine: bool
    ) -> None:
        """What comes over the wire is bounded before it is read."""
        data = replace(asked(grow(), 0), old=5, proof=(bytes(32),) * more).to_bytes()

        if fine:
            assert len(read_request(data).proof) == more
        else:
            with pytest.raises(DocumentError, match="more hashes"):
                read_request(data)


class TestGrowth:
    def test_a_log_that_grew_is_confirmed(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """Each time the new checkpoint takes the place of the one before."""
        before = kept(asked(grow(), 0), key)
        new = check_growth(asked(grow(), before.size), before)

        assert new.size > before.size

    def test_a_log_that_stands_still_is_confirmed_again(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """Nothing was recorded since, and the witness says so with a later time."""
        folder = grow()
        before = kept(asked(folder, 0), key)

        assert check_growth(asked(folder, before.size), before).size == before.size

    def test_a_log_that_was_cut_is_not(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """A smaller one is never a continuation."""
        early = asked(grow(), 0)
        before = kept(asked(grow(), 0), key)

        with pytest.raises(IntegrityError, match="it was cut"):
            check_growth(early, before)

    def test_another_past_is_not(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """Each record has its place; a proof for other records does not lead to the kept root."""
        before = kept(asked(grow(), 0), key)
        request = asked(grow(), before.size)

        with pytest.raises(IntegrityError, match="past was changed"):
            check_growth(request, WitnessedCheckpoint(before.log, before.size, "ab" * 32))

    @pytest.mark.parametrize("since", [-1, 1])
    def test_a_proof_from_elsewhere_is_not(self, grow: Callable[[], Path], key: PrivateKey, since: int) -> None:
        """It would show that something else was continued."""
        before = kept(asked(grow(), 0), key)
        grow()

        with pytest.raises(IntegrityError, match="--since"):
            check_growth(asked(grow(), before.size + since), before)

    def test_another_log_is_not(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """One witness may watch several."""
        request = asked(grow(), 0)
        seen = kept(request, key)

        with pytest.raises(IntegrityError, match="about the log"):
            check_growth(request, WitnessedCheckpoint("other", seen.size, seen.root))

    def test_a_witness_that_keeps_nothing_begins_at_nothing(self, grow: Callable[[], Path]) -> None:
        """Otherwise deleting the kept file would be a way to start anew unnoticed."""
        with pytest.raises(IntegrityError, match="none is kept here"):
            check_growth(asked(grow(), 3), None)


class TestSeen:
    def test_who_signed_and_when_is_read(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """A cosignature on Ed25519, a statement on P-256: both say it."""
        seen = kept(asked(grow(), 0), key)

        assert (seen.at, seen.by) == (NOON, key.public)

    def test_a_key_that_nobody_named_says_nothing(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """It is no witness of this program."""
        data = witnessed(asked(grow(), 0), "customer", key, NOON)

        assert read_seen(data, [("customer", new_private_key().public)], "kept").by is None

    def test_another_name_is_another_witness(self, grow: Callable[[], Path]) -> None:
        """In a note a key has a name, and it signs under that name."""
        witness = new_private_key(Algorithm.ED25519)
        data = witnessed(asked(grow(), 0), "provider", witness, NOON)

        assert read_seen(data, [("customer", witness.public)], "kept").by is None

    def test_a_changed_file_is_found(self, grow: Callable[[], Path], key: PrivateKey) -> None:
        """Whatever byte is changed: it says the same, or the signature does not fit any more, or it is nobody's."""
        data = witnessed(asked(grow(), 0), "customer", key, NOON)

        whole = read_seen(data, [("customer", key.public)], "kept")
        for place in range(0, len(data) - 1, 7):
            other = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with contextlib.suppress(IntegrityError):
                found = read_seen(other, [("customer", key.public)], "kept")
                assert found == whole or found.by is None


@pytest.mark.parametrize(
    "harm", [{"log": "a log"}, {"size": 0}, {"size": "8"}, {"root": "5" * 63}, {"root": "G" * 64}, {"head": "5" * 64}]
)
def test_what_a_witness_signs_in_an_envelope_is_a_checkpoint(harm: dict[str, Any]) -> None:
    """A signature alone does not make it one: nothing else may be compared with a log."""
    key = new_private_key(Algorithm.ECDSA_P256)
    said = {"log": "log-1", "size": 8, "root": "5" * 64, "time": "2027-04-19T16:00:00.000000Z"}
    subject = StatementSubject(name="gonogo/log-1", digests={"sha256": "5" * 64})

    def read(predicate: dict[str, Any]) -> WitnessedCheckpoint:
        made = Statement(subjects=(subject,), predicate_type=PREDICATE, predicate=predicate)
        return read_seen(sign_statement(made, key).to_bytes(), [("customer", key.public)], "kept")

    assert read(said).by == key.public
    with pytest.raises(IntegrityError):
        read(said | harm)


class TestWhoSaw:
    @pytest.mark.parametrize(("ahead", "counts"), [(29, True), (30, True), (31, False)])
    def test_nobody_has_seen_a_log_later_than_now(
        self, grow: Callable[[], Path], key: PrivateKey, ahead: int, counts: bool
    ) -> None:
        """A date far ahead would count as newer than everything for years."""
        witness = TrustKey(
            id="customer", kind=KeyKind.WITNESS, public=key.public, start=date(2027, 1, 1), until=date(2099, 1, 1)
        )
        trust = Trust(program="p", keys=(witness,))
        data = witnessed(asked(grow(), 0), "customer", key, NOON + timedelta(seconds=ahead))

        if counts:
            assert who_saw(data, trust, "kept", NOON)[1] == witness
        else:
            with pytest.raises(IntegrityError, match="still to come"):
                who_saw(data, trust, "kept", NOON)

    @pytest.mark.parametrize(("until", "counts"), [(18, False), (19, True), (20, True)])
    def test_a_witness_counts_on_its_days(
        self, grow: Callable[[], Path], key: PrivateKey, until: int, counts: bool
    ) -> None:
        """By the time at which it signed."""
        witness = TrustKey(
            id="customer", kind=KeyKind.WITNESS, public=key.public, start=date(2027, 1, 1), until=date(2027, 4, until)
        )
        data = witnessed(asked(grow(), 0), "customer", key, NOON)

        if counts:
            assert who_saw(data, Trust(program="p", keys=(witness,)), "kept", NOON)[0].at == NOON
        else:
            with pytest.raises(IntegrityError, match="on the days on which it counts"):
                who_saw(data, Trust(program="p", keys=(witness,)), "kept", NOON)

    @pytest.mark.parametrize(("kind", "counts"), [(KeyKind.WITNESS, True), (KeyKind.LOG, False)])
    def test_only_a_key_that_the_trust_file_has_as_a_witness_is_one(
        self, grow: Callable[[], Path], key: PrivateKey, kind: KeyKind, counts: bool
    ) -> None:
        """The service that writes the log could otherwise be the one that has seen it."""
        listed = TrustKey(id="customer", kind=kind, public=key.public, start=date(2027, 1, 1), until=date(2028, 1, 1))
        data = witnessed(asked(grow(), 0), "customer", key, NOON)

        if counts:
            assert who_saw(data, Trust(program="p", keys=(listed,)), "kept", NOON)[1] == listed
        else:
            with pytest.raises(IntegrityError, match="no signature of a witness in the trust file"):
                who_saw(data, Trust(program="p", keys=(listed,)), "kept", NOON)

    @pytest.mark.parametrize(("name", "counts"), [("customer", True), ("gonogo/log-1", False), ("gonogo/", False)])
    def test_nobody_witnesses_under_a_name_of_logs(self, grow: Callable[[], Path], name: str, counts: bool) -> None:
        """A line under the log's own name says that the log signed, and a reader of notes cannot tell otherwise."""
        key = new_private_key(Algorithm.ED25519)
        witness = TrustKey(
            id="customer", kind=KeyKind.WITNESS, public=key.public, start=date(2027, 1, 1), until=date(2028, 1, 1)
        )
        data = witnessed(asked(grow(), 0), name, key, NOON)

        if counts:
            assert who_saw(data, Trust(program="p", keys=(witness,)), "kept", NOON)[1] == witness
        else:
            with pytest.raises(IntegrityError, match="no signature of a witness in the trust file"):
                who_saw(data, Trust(program="p", keys=(witness,)), "kept", NOON)
