"""What a trust file knows of a log is compared without reading the log again; without the key nobody can forge that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit import index
from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.history import believed
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import Frontier, LeafSpan, root_of
from gonogo.audit.pins import MOST, Pin, Pins, leads_on, read_pins
from gonogo.audit.reading import read_log, segments
from gonogo.audit.signed_checkpoint import read_signed, signed
from gonogo.audit.watermark import KnownRoot, Watermark, follows
from gonogo.errors import IntegrityError
from gonogo.model.event import AuditEvent, EventType
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

Make = Callable[..., AuditEvent]
DAY = date(2027, 4, 19)


@pytest.fixture(scope="module")
def gate() -> PrivateKey:
    return new_private_key()


def trusting(key: PrivateKey, *, start: date = date(2027, 1, 1), until: date = date(2027, 12, 31)) -> Trust:
    gate = TrustKey(id="gate", kind=KeyKind.LOG, public=key.public, start=start, until=until)
    return Trust(program="harborline", keys=(gate,))


def pinned(folder: Path, size: int, trust: Trust | None) -> KnownRoot:
    leaves = [bytes.fromhex(record.hash) for record in read_log(folder)[:size]]
    return KnownRoot(size, root_of(leaves).hex(), "the trust file", "log-1", trust)


def cheap(folder: Path, known: KnownRoot) -> bool:
    """Whether the log need not be read from its start."""
    found = index.load(folder)
    assert found is not None
    water = Watermark(load_checkpoint(folder), [known])
    return believed(found, index.marks_of(segments(folder)), folder, water)


@pytest.fixture
def known(written: Path, gate: PrivateKey) -> KnownRoot:
    return pinned(written, 4, trusting(gate))


@pytest.fixture
def log(written: Path, known: KnownRoot, clock: Any, gap: Make, gate: PrivateKey) -> Path:
    """A signed checkpoint over nine records, one record after it, and a trust file that knows the first four."""
    (written / "index.json").unlink()
    with AuditLog.open(written, clock=clock, known=[known], signer=gate) as opened:
        opened.append([gap("a"), gap("b")], checkpoint=True)
        opened.append([gap("after")])
    return written


def test_a_log_that_was_compared_once_is_not_read_again(
    log: Path, known: KnownRoot, clock: Any, gap: Make, gate: PrivateKey
) -> None:
    """A run after a thousand others costs what the first did, with the log named in the trust file too."""
    assert cheap(log, known)
    with AuditLog.open(log, clock=clock) as opened:  # a report that is rendered knows nothing of the trust file
        opened.append([gap("rendered")])
    assert cheap(log, known)
    with AuditLog.open(log, clock=clock, known=[known], signer=gate) as opened:
        opened.append([gap(str(number)) for number in range(9)], checkpoint=True)
    assert cheap(log, known)


def test_what_was_never_compared_is_read(log: Path, gate: PrivateKey) -> None:
    """The log is right, but the index carries nothing that shows it."""
    assert not cheap(log, pinned(log, 5, trusting(gate)))


@pytest.mark.parametrize("change", [{"root": "0" * 64}, {"log": "log-2"}, {"trust": None}, {"size": 5}, {"size": 99}])
def test_another_log_is_read_and_found(log: Path, known: KnownRoot, change: dict[str, Any], clock: Any) -> None:
    other = replace(known, **change)

    assert not cheap(log, other)
    if "trust" not in change:
        with pytest.raises(IntegrityError):
            AuditLog.open(log, clock=clock, known=[other])


@pytest.mark.parametrize(
    ("start", "until", "counts"),
    [
        (date(2027, 4, 20), date(2027, 12, 31), False),
        (DAY, DAY, True),
        (date(2027, 1, 1), date(2027, 4, 18), False),
    ],
)
def test_the_signature_counts_on_the_days_of_its_key(
    log: Path, gate: PrivateKey, known: KnownRoot, start: date, until: date, counts: bool
) -> None:
    """From the day after, on the day, and to the day before."""
    assert cheap(log, replace(known, trust=trusting(gate, start=start, until=until))) is counts


@pytest.mark.parametrize(("beyond", "counts"), [(-1, True), (0, True), (1, False)])
def test_the_signature_is_of_what_somebody_knows_and_not_of_less(
    log: Path, gate: PrivateKey, beyond: int, counts: bool
) -> None:
    """What was written after the signed checkpoint nobody signed: an index can say anything about it."""
    own, found = load_checkpoint(log), index.load(log)
    assert own is not None
    assert found is not None
    known = pinned(log, own.size + beyond, trusting(gate))
    tree, pins = Frontier(), Pins(frozenset({known.size}))
    for record in read_log(log):
        tree.add(bytes.fromhex(record.hash))
        pins.take(tree, bytes.fromhex(record.hash))

    assert tree == found.ledger.tree
    assert leads_on(log, known, own, found.marked, found.ledger, pins.kept) is counts


@pytest.mark.parametrize("harm", [False, True])
def test_an_index_with_another_tree_than_the_log_is_not_believed(log: Path, harm: bool) -> None:
    """The next checkpoint would be signed over records that the log never had."""
    own, found = load_checkpoint(log), index.load(log)
    assert found is not None
    if harm:
        found.ledger.tree.add(bytes(32))

    assert follows(log, own, found.marked, found.ledger) is not harm


def test_a_stranger_shows_nothing(log: Path, known: KnownRoot) -> None:
    assert not cheap(log, replace(known, trust=trusting(new_private_key())))


@pytest.mark.parametrize("harm", ["gone", "no statement", "other head", "other time", "unsigned note"])
def test_without_the_statement_over_root_and_head_the_log_is_read(
    log: Path, known: KnownRoot, gate: PrivateKey, harm: str
) -> None:
    """The tree says nothing of the records by itself: who may write to the folder can leave the old tree there."""
    own = load_checkpoint(log)
    assert own is not None
    place = log / "checkpoints" / f"{own.size}.dsse.json"
    _, found = read_signed(place.read_bytes(), "it")
    assert found.time is not None
    if harm == "gone":
        place.unlink()
    elif harm == "no statement":
        place.write_bytes(b"{}")
    elif harm == "other head":
        place.write_bytes(signed(replace(found, head="5" * 64), gate)[0].to_bytes())
    elif harm == "other time":
        place.write_bytes(signed(replace(found, time=found.time.replace(year=2026)), gate)[0].to_bytes())
    else:
        (log / "checkpoint").write_bytes(replace(own, signatures=()).note)

    assert not cheap(log, known)


def test_a_log_that_was_written_anew_under_the_old_tree_is_found(
    log: Path, known: KnownRoot, clock: Any, gate: PrivateKey
) -> None:
    """Somebody changes a record, chains the log anew, and leaves an index that says that the tree is the old one."""
    from gonogo.audit.chain import ChainHead, seal
    from gonogo.audit.index import save
    from gonogo.audit.io import DIRECTORY, PosixIo
    from gonogo.audit.ledger import Ledger
    from gonogo.audit.reading import lines, steps
    from gonogo.model.event import GENESIS

    old, prev, made = index.load(log), GENESIS, []
    assert old is not None
    assert old.marked is not None
    leaves = [bytes.fromhex(record.hash) for record in read_log(log)]
    for record in read_log(log):
        if record.type is EventType.CHECKPOINT_SIGNED:
            continue
        data = record.data | ({"detail": "changed"} if record.seq == 2 else {})
        data = {key: value for key, value in data.items() if key != "earlier"}
        each = AuditEvent(type=record.type, run=record.run, data=data)
        new, line = seal(each, seq=len(made), prev=prev, ts=record.ts)
        made.append(line)
        prev = new.hash
    (log / "000001.jsonl").write_bytes(b"".join(made))
    ledger, marked, head = Ledger(), old.marked, ChainHead()
    for line, place, link in steps(lines(log), strict=False):
        ledger.take(link, line, place)  # type: ignore[arg-type]
        if ledger.head.records == old.marked.head.records:
            head = ledger.head
            at = place._replace(offset=place.offset + len(line))
    tree = old.marked.tree.copy()
    for line in made[head.records :]:
        tree.add(bytes.fromhex(line[-67:-3].decode()))
    ledger.tree = tree
    pins = Pins(kept=[Pin(old.pins[0].tree, LeafSpan(4, 4))])
    for leaf in [*leaves[4 : head.records], *(bytes.fromhex(line[-67:-3].decode()) for line in made[head.records :])]:
        pins.kept[0].since.add(leaf)
    io = PosixIo()
    save(
        io, io.open(str(log), DIRECTORY, None), index.marks_of(segments(log)), ledger,
        replace(marked, head=head, place=at), pins,
    )  # fmt: skip

    assert not cheap(log, known)
    with pytest.raises(IntegrityError):
        AuditLog.open(log, clock=clock, known=[known], signer=gate)


class TestPin:
    @pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9])
    def test_it_leads_from_its_own_size_to_every_longer_log_and_nowhere_else(self, size: int) -> None:
        tree, pins = Frontier(), Pins(frozenset({size}))
        known = KnownRoot(0, "", "")
        for number in range(20):
            leaf = bytes([number + 1]) * 32
            tree.add(leaf)
            pins.take(tree, leaf)
            if tree.size == size:
                known = KnownRoot(size, tree.root().hex(), "")
            assert len(pins.kept) == (tree.size >= size)
            if tree.size >= size:
                (pin,) = read_pins(pins.document())
                other = tree.copy()
                other.peaks[-1] = b"x" * 32
                assert pin.leads(known, tree)
                assert not pin.leads(known, other)
                assert not pin.leads(replace(known, size=size + 1), tree)
                assert not pin.leads(replace(known, root="0" * 64), tree)
        longer = tree.copy()
        longer.add(b"y" * 32)
        assert not pins.kept[0].leads(known, longer)

    @pytest.mark.parametrize("more", [-1, 1])
    def test_an_index_that_somebody_wrote_leads_nowhere(self, more: int) -> None:
        tree, pins = Frontier(), Pins(frozenset({3}))
        for number in range(9):
            tree.add(bytes([number]) * 32)
            pins.take(tree, bytes([number]) * 32)
        known, (pin,) = KnownRoot(3, pins.kept[0].tree.root().hex(), ""), pins.kept
        pin.since.nodes = pin.since.nodes[:more] if more < 0 else [*pin.since.nodes, b"z" * 32]

        assert not pin.leads(known, tree)

    def test_few_are_carried_along(self) -> None:
        """A trust file that is changed each day must not make the index grow."""
        tree, pins = Frontier(), Pins(frozenset(range(30)))
        for number in range(25):
            tree.add(bytes([number]) * 32)
            pins.take(tree, bytes([number]) * 32)

        assert [pin.tree.size for pin in pins.kept] == list(range(26 - MOST, 26))
