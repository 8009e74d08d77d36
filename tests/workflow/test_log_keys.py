"""A decision is recorded under a key that the trust file has for the log, or not at all; the log is the known one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.history import open_history
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.cli import run
from gonogo.errors import ConfigurationError, IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.workflow.loading import load
from gonogo.workflow.log_keys import keys_of
from gonogo.workflow.order import Order

TODAY = datetime(2027, 4, 19, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def gate() -> PrivateKey:
    return new_private_key()


@pytest.fixture(scope="module")
def stranger() -> PrivateKey:
    return new_private_key(Algorithm.ED25519)


def with_trust(
    program: Any,
    key: PrivateKey,
    *,
    start: str = "2026-01-01",
    until: str = "2028-12-31",
    more: str = "",
    kind: str = "log",
) -> Any:
    """Give a small program a trust file with one key, and return the program."""
    (program.root / "gate.pub.pem").write_bytes(key.public.pem)
    side = ", side: provider" if kind == "witness" else ""
    (program.root / "trust.yaml").write_text(
        f"schema: 1\nprogram: small\n{more}keys:\n"
        f"  - {{id: gate-1, kind: {kind}, public: gate.pub.pem, from: {start}, until: {until}{side}}}\n"
    )
    text = program.file.read_text()
    if "trust:" not in text:
        program.file.write_text(text + "\ntrust: trust.yaml\n")
    return program


@pytest.fixture
def trusting(stated: Any, gate: PrivateKey) -> Callable[..., Any]:
    """Give the small program a trust file with one key for the log, and return the program."""
    return lambda **options: with_trust(stated, gate, **options)


def asked(program: Any, signer: PrivateKey | None, purpose: Purpose = Purpose.DECISION, now: datetime = TODAY) -> Any:
    found = keys_of(load(Order(program=program.root)), signer)
    found.check_signer(purpose, now)
    return found


class TestWhoSigns:
    def test_a_decision_without_the_key_is_refused_before_anything_is_collected(
        self, trusting: Callable[..., Any]
    ) -> None:
        """Found out at the end it would cost a run, and the record would say less than the program promises."""
        with pytest.raises(UsageError) as caught:
            asked(trusting(), None)

        assert "would not be signed: the trust file trust.yaml has the key gate-1 for the log" in caught.value.sentence
        assert "gonogo progress" in caught.value.hint

    @pytest.mark.parametrize("purpose", [Purpose.PROGRESS, Purpose.REHEARSAL])
    def test_what_decides_nothing_needs_no_key(self, trusting: Callable[..., Any], purpose: Purpose) -> None:
        assert asked(trusting(), None, purpose).signer is None

    def test_the_key_of_the_trust_file_signs(self, trusting: Callable[..., Any], gate: PrivateKey) -> None:
        found = asked(trusting(), gate)

        assert found.signer is gate
        assert found.trust.digest() == asked(trusting(), gate).trust.digest()

    @pytest.mark.parametrize("purpose", list(Purpose))
    def test_another_key_signs_nothing(
        self, trusting: Callable[..., Any], stranger: PrivateKey, purpose: Purpose
    ) -> None:
        """The next run would find a checkpoint that nobody trusts."""
        with pytest.raises(UsageError, match="is not one of its keys for the log"):
            asked(trusting(), stranger, purpose)

    def test_a_key_of_a_witness_does_not_sign_for_the_log(self, trusting: Callable[..., Any], gate: PrivateKey) -> None:
        """With no key for the log at all nothing has to be signed, as without a trust file."""
        assert asked(trusting(kind="witness"), None).signer is None
        assert asked(trusting(kind="witness"), gate).signer is gate

    @pytest.mark.parametrize(
        ("day", "counts"),
        [("2027-04-18", False), ("2027-04-19", True), ("2027-04-20", True)],
    )
    def test_a_key_counts_to_its_last_day(
        self, trusting: Callable[..., Any], gate: PrivateKey, day: str, counts: bool
    ) -> None:
        """The day before, the day itself, the day after."""
        program = trusting(until=day)

        if counts:
            assert asked(program, gate).signer is gate
            return
        with pytest.raises(UsageError, match=f"it counts from 2026-01-01 to {day}"):
            asked(program, gate)
        with pytest.raises(UsageError, match=f"the last day of any is {day}"):
            asked(program, None)
        assert asked(program, None, Purpose.PROGRESS).signer is None

    def test_a_trust_file_that_is_missing_stops_every_run(self, trusting: Callable[..., Any]) -> None:
        program = trusting()
        (program.root / "trust.yaml").unlink()

        for purpose in Purpose:
            with pytest.raises((ConfigurationError, UsageError)):
                asked(program, None, purpose)

    def test_without_a_trust_file_anybody_may_sign_or_nobody(self, stated: Any, stranger: PrivateKey) -> None:
        assert asked(stated, None).signer is None
        assert asked(stated, stranger).signer is stranger


class TestKnownLog:
    def test_a_log_that_the_trust_file_knows_and_that_is_gone_is_not_begun_again(
        self, trusting: Callable[..., Any], gate: PrivateKey
    ) -> None:
        """Not even its folder is made."""
        program = trusting(more=f"log: {{id: log-1, size: 9, root: {'0' * 64}}}\n")

        with pytest.raises(IntegrityError, match="ends after 0 records"):
            asked(program, gate)

        assert not program.log.exists()

    def test_a_run_goes_on_from_the_log_that_the_trust_file_knows(
        self, assessed: Any, gate: PrivateKey, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """And ends with 5, and no verdict, where another log lies there."""
        records = read_log(assessed.log)
        root = root_of(bytes.fromhex(record.hash) for record in records[:5]).hex()
        for right in (True, False):
            shown = root if right else "0" * 64
            log = f"log: {{id: {open_history(assessed.log).ledger.log}, size: 5, root: {shown}}}\n"
            program = with_trust(assessed, gate, more=log)

            code = run(program.arguments)

            out, err = capfd.readouterr()
            assert code == (0 if right else 5)
            if not right:
                assert "records 0 to 4 of the audit log are not those that the trust file trust.yaml knows" in err
                assert out == ""


class TestRuns:
    @pytest.fixture
    def deciding(self, stated_program: Callable[..., Any], gate: PrivateKey, tmp_path: Path) -> Any:
        """A program that is ready today by the clock of this host, with a trust file and the gate's key."""
        program = stated_program(now=datetime.now(UTC) - timedelta(minutes=1))
        (tmp_path / "gate.pem").write_bytes(gate.pem())
        os.chmod(tmp_path / "gate.pem", 0o600)
        return program

    def test_a_decision_is_signed_before_it_is_told(
        self, deciding: Any, gate: PrivateKey, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """And says nothing of a missing signature; the same run without a key does, on page one."""
        for key in (["--signing-key", str(tmp_path / "gate.pem")], []):
            code = run(["assess", str(deciding.root), "-o", "terminal", "-o", f"json:{tmp_path / 'r.json'}", *key])

            out, err = capfd.readouterr()
            record = json.loads((tmp_path / "r.json").read_text())["record"]
            found = load_checkpoint(deciding.log)
            assert code in (0, 1, 3), err
            assert found is not None
            assert out.startswith("Decision run")
            assert ("is not signed" in " ".join(out.split())) == (not key)
            assert record["signed_by"] == (gate.public.keyid if key else None)
            assert bool(found.own_signatures) == bool(key)
        assert len(list((deciding.log / "checkpoints").iterdir())) == 2

    @pytest.mark.parametrize("harm", ["gone", "changed", "by another key"])
    def test_a_log_that_lost_its_signatures_is_no_place_for_the_next_run(
        self,
        trusting: Callable[..., Any],
        gate: PrivateKey,
        stranger: PrivateKey,
        harm: str,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """With a trust file there, what is not signed by its keys is nothing that the log may go on from."""
        program = trusting()
        for name, key in (("gate", gate), ("stranger", stranger)):
            (tmp_path / f"{name}.pem").write_bytes(key.pem())
            os.chmod(tmp_path / f"{name}.pem", 0o600)
        if harm == "by another key":
            text = (program.root / "gonogo.yaml").read_text()
            (program.root / "gonogo.yaml").write_text(text.replace("\ntrust: trust.yaml\n", "\n"))
            assert run([*program.arguments, "--signing-key", str(tmp_path / "stranger.pem")]) == 0
            (program.root / "gonogo.yaml").write_text(text)
        else:
            assert run([*program.arguments, "--signing-key", str(tmp_path / "gate.pem")]) == 0
        [statement] = (program.log / "checkpoints").glob("*.json")
        if harm == "gone":
            shutil.rmtree(program.log / "checkpoints")
        elif harm == "changed":
            statement.write_bytes(statement.read_bytes().replace(b"A", b"B", 1))
        capfd.readouterr()

        assert run(program.arguments) == 5

        out, err = capfd.readouterr()
        assert out == ""
        assert "checkpoint" in err
