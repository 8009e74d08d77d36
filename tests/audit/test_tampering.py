"""A log that somebody edits who may write to its folder, and has no key: every way is found, by what others kept.

What lies in the folder alone proves little against such a person: they may write a whole other log. The trust file, a
witness, or a checkpoint that somebody kept does not lie there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.chain import seal
from gonogo.audit.checkpoint import Checkpoint, load_checkpoint
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.errors import GonogoError
from gonogo.model.event import GENESIS, AuditEvent, EventType, SealedRecord
from gonogo.model.verdict import Verdict
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust

from .conftest import NOON

Make = Callable[..., AuditEvent]
pytestmark = pytest.mark.torture
SEGMENT = "000001.jsonl"
TRUST = """\
schema: 1
program: small
lock: none
keys:
  - {id: gate, kind: log, public: gate.pub.pem, from: 2020-01-01, until: 2099-12-31}
"""


@pytest.fixture(scope="module")
def key() -> PrivateKey:
    return new_private_key(Algorithm.ECDSA_P256)


@pytest.fixture
def trust(tmp_path: Path, key: PrivateKey) -> Trust:
    """The trust file names the key of the gate."""
    (tmp_path / "gate.pub.pem").write_bytes(key.public.pem)
    (tmp_path / "trust.yaml").write_text(TRUST)
    return read_trust(tmp_path / "trust.yaml")


@pytest.fixture
def log(log_of: Callable[[Verdict, int], Path], clock: Any, gap: Make, key: PrivateKey) -> Path:
    """A decided run under a signed checkpoint, and one that was killed, under another."""
    folder = log_of(Verdict.NO_GO, 1)
    with AuditLog.open(folder, clock=clock, signer=key) as opened:
        opened.checkpoint()
        opened.append([gap(run="killed")])
    with AuditLog.open(folder, clock=clock, signer=key) as opened:
        opened.checkpoint()
    return folder


@pytest.fixture
def kept(log: Path) -> KnownRoot:
    """What a witness keeps of it."""
    records = read_log(log)
    return KnownRoot(len(records), root_of(bytes.fromhex(each.hash) for each in records).hex(), "a witness")


def written_anew(folder: Path, change: Callable[[list[SealedRecord]], list[SealedRecord]]) -> Checkpoint:
    """Chain changed records as anybody can, and return the checkpoint that fits them."""
    prev, lines, hashes = GENESIS, [], []
    for number, record in enumerate(change(read_log(folder))):
        event = AuditEvent(type=record.type, run=record.run, data=record.data)
        link, line = seal(event, seq=number, prev=prev, ts=record.ts)
        prev = link.hash
        lines.append(line)
        hashes.append(bytes.fromhex(link.hash))
    (folder / SEGMENT).write_bytes(b"".join(lines))
    (folder / "index.json").unlink(missing_ok=True)
    old = load_checkpoint(folder)
    assert old is not None
    return Checkpoint(old.log, len(lines), root_of(hashes).hex(), prev, NOON)


def ways(lines: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield every way to drop, double, swap, insert, splice and cut whole records."""
    count = len(lines)
    for at in range(count):
        yield f"drop {at}", lines[:at] + lines[at + 1 :]
        yield f"double {at}", lines[: at + 1] + lines[at:]
        yield f"cut from {at}", lines[:at]
        for other in range(at + 1, count):
            swapped = list(lines)
            swapped[at], swapped[other] = swapped[other], swapped[at]
            yield f"swap {at} and {other}", swapped
            yield f"splice out {at} to {other}", lines[:at] + lines[other:]
            yield f"insert {at} after {other}", [*lines[: other + 1], lines[at], *lines[other + 1 :]]


def found(folder: Path, **known: Any) -> bool:
    """Whether `gonogo log verify` ends with 5."""
    try:
        return not verify_log(folder, **known).sound
    except GonogoError as error:
        return error.exit_code == 5


def test_every_edit_of_whole_records_is_found(log: Path, trust: Trust, shown: Callable[[str], None]) -> None:
    """By the chain, or by the checkpoint where the chain is whole."""
    lines = (log / SEGMENT).read_bytes().splitlines(keepends=True)
    assert not found(log, trust=trust, who="trust.yaml")
    tried = 0

    for how, edited in ways(lines):
        if edited == lines:
            continue
        (log / SEGMENT).write_bytes(b"".join(edited))
        (log / "index.json").unlink(missing_ok=True)
        assert found(log), how
        with pytest.raises(GonogoError) as caught:
            AuditLog.open(log)
        assert caught.value.exit_code == 5, how
        tried += 1

    shown(f"records dropped, doubled, swapped, inserted, spliced and cut: {tried:,} ways, all found")
    assert tried >= 100


def better(records: list[SealedRecord]) -> list[SealedRecord]:
    """The same log, in which the run that was killed had no gap."""
    return [each for each in records if (each.type, each.run) != (EventType.GAP_RECORDED, "killed")]


def unsigned(records: list[SealedRecord]) -> list[SealedRecord]:
    """The same log, in which nothing was ever signed."""
    return [each for each in better(records) if each.type is not EventType.CHECKPOINT_SIGNED]


def test_a_log_that_is_chained_anew_does_not_fit_its_checkpoint(log: Path) -> None:
    """Somebody who edits the records alone is found."""
    written_anew(log, better)

    assert found(log)


@pytest.mark.parametrize("signed_by", ["nobody", "another key"])
def test_a_whole_other_log_is_found_by_the_trust_file_and_by_a_witness(
    log: Path, trust: Trust, kept: KnownRoot, clock: Any, signed_by: str
) -> None:
    """Records, tree, checkpoint and index fit each other; only the key, and what others saw, are not there."""
    made = written_anew(log, unsigned)
    shutil.rmtree(log / "checkpoints")
    (log / "checkpoint").write_bytes(made.note)
    other = None if signed_by == "nobody" else new_private_key(Algorithm.ECDSA_P256)
    with AuditLog.open(log, clock=clock, signer=other) as opened:
        opened.checkpoint()

    assert not found(log), "in itself it is whole: this is why a trust file or a witness is needed"
    assert found(log, trust=trust, who="trust.yaml")
    assert found(log, known=[kept])


def test_a_log_that_is_rolled_back_to_an_earlier_signed_checkpoint_is_found_by_a_witness(
    log: Path, trust: Trust, kept: KnownRoot
) -> None:
    """Everything that is left was really signed; that there was more, only somebody outside knows."""
    earlier, _ = sorted((log / "checkpoints").glob("*.note"), key=lambda path: int(path.stem))
    size = int(earlier.stem)
    lines = (log / SEGMENT).read_bytes().splitlines(keepends=True)
    (log / SEGMENT).write_bytes(b"".join(lines[:size]))
    (log / "checkpoint").write_bytes(earlier.read_bytes())
    for path in (log / "checkpoints").iterdir():
        if not path.name.startswith(f"{size}."):
            path.unlink()
    (log / "index.json").unlink(missing_ok=True)

    assert not found(log, trust=trust, who="trust.yaml"), "the trust file alone cannot know it"
    assert found(log, known=[kept])


@pytest.mark.parametrize(
    "left", [["checkpoint", "checkpoints"], ["checkpoints"], []], ids=["notes", "signed", "nothing"]
)
def test_a_log_that_is_emptied_is_no_fresh_start(log: Path, kept: KnownRoot, left: list[str]) -> None:
    """By what is left in the folder; where nothing is, by anyone who knows of it."""
    for path in sorted(log.iterdir()):
        if path.name not in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    known = [] if left else [kept]
    with pytest.raises(GonogoError) as caught:
        AuditLog.open(log, known=known)
    assert caught.value.exit_code == 5
