"""A log is compared with what people keep of it: each thing that does not fit is found, and what fits is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gonogo.audit.events import event
from gonogo.audit.held import Held
from gonogo.audit.ledger import Ledger
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.audit.signed_checkpoint import read_signed, signed
from gonogo.audit.verification import Verification, verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import ReportRendered
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

Make = Callable[..., AuditEvent]
SEGMENT = "000001.jsonl"


@pytest.fixture(scope="module")
def gate() -> PrivateKey:
    return new_private_key()


def trust_in(key: PrivateKey, *, start: date = date(2027, 1, 1), until: date = date(2027, 12, 31)) -> Trust:
    return Trust(
        program="harborline",
        keys=(TrustKey(id="gate", kind=KeyKind.LOG, public=key.public, start=start, until=until),),
    )


@pytest.fixture
def signed_twice(written: Path, clock: object, gap: Make, gate: PrivateKey) -> Path:
    """Signed checkpoints over 8 and over 10 records; the second is not recorded yet."""
    with AuditLog.open(written, clock=clock, signer=gate) as log:
        log.append([gap("a")], checkpoint=True)
        log.append([gap("b")], checkpoint=True)
    return written


def faults(found: Verification) -> list[str]:
    """The sentences about checkpoints; the events of these logs are no whole run."""
    return [each for each in found.faults if "checkpoint" in each or "trust" in each or "kept" in each]


def root(folder: Path, size: int) -> str:
    return root_of(bytes.fromhex(record.hash) for record in read_log(folder)[:size]).hex()


class TestOwn:
    def test_all_that_fits_is_said(self, signed_twice: Path, gate: PrivateKey) -> None:
        found = verify_log(signed_twice, trust=trust_in(gate), who="the trust file")

        assert faults(found) == []
        assert found.checkpoint is not None
        assert found.signed is not None
        assert (found.checkpoint.size, found.signed.size, found.signed.count) == (10, 10, 2)
        assert (found.signed.key, found.signed.checked) == ("gate", True)

    def test_without_a_trust_file_no_signature_counts_as_checked(self, signed_twice: Path, gate: PrivateKey) -> None:
        found = verify_log(signed_twice)

        assert faults(found) == []
        assert found.signed is not None
        assert (found.signed.key, found.signed.checked) == (gate.public.keyid[:16], False)

    @pytest.mark.parametrize(("records", "sentences"), [(10, 0), (9, 2), (7, 3)])
    def test_a_cut_is_found_by_every_checkpoint_that_is_longer(
        self, signed_twice: Path, records: int, sentences: int
    ) -> None:
        """Below, on and above what each promised."""
        lines = (signed_twice / SEGMENT).read_bytes().splitlines(keepends=True)
        (signed_twice / SEGMENT).write_bytes(b"".join(lines[:records]))
        (signed_twice / "index.json").unlink()

        found = verify_log(signed_twice)

        assert len([each for each in faults(found) if f"ends after {records} records" in each]) == sentences

    @pytest.mark.parametrize("name", ["8.dsse.json", "10.dsse.json"])
    @pytest.mark.parametrize("harm", ["gone", "changed", "of the other"])
    def test_a_signed_checkpoint_that_was_taken_away_or_changed_is_found(
        self, signed_twice: Path, clock: object, gap: Make, gate: PrivateKey, name: str, harm: str
    ) -> None:
        """The log says of each that it was signed, and by which bytes."""
        with AuditLog.open(signed_twice, clock=clock) as log:
            log.append([gap("c")])
        place = signed_twice / "checkpoints" / name
        if harm == "gone":
            place.unlink()
        elif harm == "changed":
            place.write_bytes(place.read_bytes()[:-1] + b" }")
        else:
            other = "10.dsse.json" if name.startswith("8") else "8.dsse.json"
            shutil.copy(signed_twice / "checkpoints" / other, place)

        assert faults(verify_log(signed_twice, trust=trust_in(gate), who="the trust file"))

    def test_the_digest_of_a_closed_segment_is_checked(self, folder: Path, clock: object, gap: Make) -> None:
        """`sha256sum` of the file is what the next one begins with."""
        with AuditLog.open(folder, clock=clock, segment_bytes=600) as log:
            log.append([gap("x" * 600)])
            log.append([gap("y")])
        assert not any("digest" in each for each in verify_log(folder).faults)
        first = (folder / SEGMENT).read_bytes()
        (folder / SEGMENT).chmod(0o640)
        *most, last = first.splitlines(keepends=True)
        (folder / SEGMENT).write_bytes(b"".join(most))
        (folder / "000002.jsonl").write_bytes(last + (folder / "000002.jsonl").read_bytes())

        found = verify_log(folder)

        assert not found.sound


class TestTrust:
    @pytest.mark.parametrize(
        ("start", "until", "sound"),
        [
            (date(2027, 4, 19), date(2027, 4, 19), True),
            (date(2027, 4, 20), date(2027, 12, 31), False),
            (date(2027, 1, 1), date(2027, 4, 18), False),
        ],
    )
    def test_a_key_counts_on_its_days(
        self, signed_twice: Path, gate: PrivateKey, start: date, until: date, sound: bool
    ) -> None:
        """On the day, from the day after, to the day before."""
        found = verify_log(signed_twice, trust=trust_in(gate, start=start, until=until), who="the trust file")

        assert (faults(found) == []) == sound

    def test_another_key_signs_nothing(self, signed_twice: Path) -> None:
        """A log that was written anew and signed by its forger is not signed."""
        found = verify_log(signed_twice, trust=trust_in(new_private_key()), who="the trust file")

        assert [each for each in faults(found) if "is not signed by a key that the trust file has" in each]
        assert "no checkpoint of this log is signed, and the trust file has keys for it" in faults(found)

    def test_a_log_that_lost_all_its_signatures_is_not_sound(self, written: Path, gate: PrivateKey) -> None:
        """Nor is one that never had any: with a trust file there, that is no warning."""
        found = verify_log(written, trust=trust_in(gate), who="the trust file")

        assert faults(found) == ["no checkpoint of this log is signed, and the trust file has keys for it"]

    @pytest.mark.parametrize(("later", "sound"), [(False, True), (True, False)])
    def test_a_decision_under_a_trust_file_is_under_a_signed_checkpoint(
        self, written: Path, clock: object, started: Make, finished: Make, gate: PrivateKey, later: bool, sound: bool
    ) -> None:
        """A decision that was cut out of its signatures was not printed, or somebody took them away."""
        begun = started("r2")
        begun = AuditEvent(type=begun.type, run="r2", data=begun.data | {"trust_sha256": "5" * 64})
        with AuditLog.open(written, clock=clock, signer=gate) as log:
            if later:
                log.checkpoint()
            log.append([begun, finished("r2")], checkpoint=not later)

        found = verify_log(written, trust=trust_in(gate), who="the trust file")

        assert (faults(found) == []) == sound
        assert sound or "no signed checkpoint covers the run r2" in faults(found)[0]
        assert found.trusting == 1

    def test_a_report_rendered_later_takes_no_decision_from_its_signature(
        self, written: Path, clock: object, started: Make, finished: Make, gate: PrivateKey
    ) -> None:
        """Each `assess` renders its reports after the checkpoint over its decision: an alarm then would always ring."""
        with AuditLog.open(written, clock=clock, signer=gate) as log:
            log.append([started("r2"), finished("r2")], checkpoint=True)
            note = ReportRendered(format="html", sha256="4" * 64, version="1")
            log.append([event(EventType.REPORT_RENDERED, note, run="r2")])

        assert faults(verify_log(written, trust=trust_in(gate), who="the trust file")) == []

    @pytest.mark.parametrize(("first", "sound"), [(True, True), (False, False)])
    def test_once_a_log_is_signed_every_decision_is(
        self, written: Path, clock: object, started: Make, finished: Make, gate: PrivateKey, first: bool, sound: bool
    ) -> None:
        """To take the line of the trust file out of gonogo.yaml is no way to add a decision that nobody signed."""
        with AuditLog.open(written, clock=clock, signer=gate) as log:
            if not first:
                log.checkpoint()
            log.append([started("r2"), finished("r2")])
        if first:
            with AuditLog.open(written, clock=clock, signer=gate) as log:
                log.checkpoint()

        found = faults(verify_log(written, trust=trust_in(gate), who="the trust file"))

        assert (found == []) == sound
        assert sound or "no signed checkpoint covers the run r2" in found[0]

    @pytest.mark.parametrize("days", [-365, -1, 0, 1])
    def test_a_checkpoint_is_as_old_as_its_last_record(self, signed_twice: Path, gate: PrivateKey, days: int) -> None:
        """A key that has lapsed cannot sign today's records with a time at which it still counted."""
        place = signed_twice / "checkpoints/10.dsse.json"
        _, found = read_signed(place.read_bytes(), "it")
        assert found.time is not None
        place.write_bytes(signed(replace(found, time=found.time + timedelta(days=days)), gate)[0].to_bytes())
        trust = trust_in(gate, start=date(2020, 1, 1), until=date(2099, 1, 1))

        said = faults(verify_log(signed_twice, trust=trust, who="the trust file"))

        assert any("it was not taken then" in each for each in said) == (days != 0)


class TestKnown:
    @pytest.mark.parametrize("size", [1, 8, 9, 10, 11])
    @pytest.mark.parametrize("right", [True, False])
    def test_what_somebody_kept_is_compared_at_its_size(self, signed_twice: Path, size: int, right: bool) -> None:
        """The first record, a checkpoint, one in between, the last, and one that is not there."""
        length = len(read_log(signed_twice))
        there = size <= length
        shown = root(signed_twice, size) if right and there else "0" * 64

        found = verify_log(signed_twice, known=[KnownRoot(size, shown, "kept.note")])

        assert (faults(found) == []) == (right and there)
        assert (
            right is False
            or there
            or f"the log ends after {length} records, but kept.note knows {size}" in found.faults
        )

    def test_a_checkpoint_of_another_log_is_told_as_that(self, signed_twice: Path) -> None:
        known = KnownRoot(3, root(signed_twice, 3), "kept.note", "log-2")

        assert (
            "this is the log log-1, and kept.note is about the log log-2"
            in verify_log(signed_twice, known=[known]).faults
        )

    def test_a_checkpoint_has_the_head_of_its_last_record(self, signed_twice: Path, gate: PrivateKey) -> None:
        """The head is what people note in minutes; a statement that gives another sends them after nothing."""
        place = signed_twice / "checkpoints/10.dsse.json"
        _, found = read_signed(place.read_bytes(), "it")
        place.write_bytes(signed(replace(found, head="5" * 64), gate)[0].to_bytes())

        said = faults(verify_log(signed_twice, trust=trust_in(gate), who="the trust file"))

        assert any("10.dsse.json gives another hash or time than its last record has" in each for each in said)

    @pytest.mark.parametrize(("last", "under"), [(8, True), (9, True), (10, False), (11, False)])
    def test_a_run_is_under_a_checkpoint_if_its_last_record_is(
        self, signed_twice: Path, gate: PrivateKey, last: int, under: bool
    ) -> None:
        """Records count from 0: the checkpoint over ten covers the one with the number 9."""
        held = Held(signed_twice, [], trust_in(gate), "the trust file")
        held.ended(Ledger(), [("r1", last)])

        assert any("no signed checkpoint covers the run r1" in each for each in held.faults) is not under
