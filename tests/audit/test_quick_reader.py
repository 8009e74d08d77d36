"""A large log is read in ranges by several processes, and what they find is what the reader line by line finds."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gonogo.audit import index, quick_range
from gonogo.audit.chain import read_link, seal
from gonogo.audit.events import event
from gonogo.audit.ledger import sealed
from gonogo.audit.log import AuditLog
from gonogo.audit.merkle import root_of
from gonogo.audit.quick_range import OF_THE_LOG, read_range
from gonogo.audit.quick_reader import Quickly, cores, quick_read
from gonogo.audit.range_process import RangeProcess
from gonogo.audit.range_values import GiveUp, Part, RangeRead
from gonogo.audit.reading import read_log
from gonogo.audit.verification import Verification, verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.errors import GonogoError
from gonogo.model.canonical import instant_text
from gonogo.model.event import GENESIS, AuditEvent, EventType
from gonogo.model.lock import Lock, LockChange, LockedContent, LockedRelease, LockRecorded
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.model.program import ProgramIdentity
from gonogo.model.record import SHAPES, ReportRendered
from gonogo.signing.private_key import new_private_key

from .conftest import NOON, HandClock

PLAIN = Quickly(large=2**60)
Edit = Callable[[Path], None]


class Here:
    """Reads a range in this process, and hands it over as another one does."""

    def __init__(self, folder: Path, parts: list[Part], sizes: frozenset[int], wanted: str) -> None:
        self._asked = folder, parts, sizes, wanted

    def result(self) -> RangeRead:
        folder, parts, sizes, wanted = self._asked
        return read_range(folder, parts, sizes=sizes, wanted=wanted)


@contextmanager
def here(*asked: Any) -> Iterator[Here]:
    yield Here(*asked)


def in_ranges(many: int) -> Quickly:
    return Quickly(large=0, many=many, begin=here)


def told(folder: Path, how: Quickly, **asked: Any) -> Verification | tuple[str, str]:
    """What is found, or how it ends."""
    try:
        return verify_log(folder, quickly=how, **asked)
    except GonogoError as error:
        return type(error).__name__, error.sentence


def locks() -> list[LockRecorded]:
    """A lock, and a change of it."""
    content = LockedContent(
        identity=ProgramIdentity(id="harborline", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
        releases=(LockedRelease(id="R1", go_live=NOON),),
        ruleset={},
        vocabulary={},
    )
    change = LockChange(number=2, at=NOON)
    first = Lock(
        program="harborline", number=1, locked_at=NOON, content=content.digest(), ruleset="m3-baseline@1.0.0",
        ruleset_sha256="1" * 64, vocabulary_sha256="2" * 64, log="log-1", records=1, root="3" * 64, made_with="0.1.0",
    )  # fmt: skip
    second = first.model_copy(update={"number": 2, "earlier": first.digest(), "change": change.digest()})
    return [LockRecorded(lock=first, content=content), LockRecorded(lock=second, content=content, change=change)]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine runs over several segments, signed checkpoints, locks, reports and outcomes of earlier runs."""
    from gonogo.model.verdict import Verdict

    from .conftest import _write_run

    place, clock = tmp_path_factory.mktemp("grown"), HandClock()
    run = [each for each in read_log(_write_run(place / "one", clock, Verdict.NO_GO, exit_code=1)) if each.run]
    folder, key = place / "audit", new_private_key()
    for number in range(9):
        name = f"r{number}"
        events = [AuditEvent(type=each.type, run=name, data=each.data) for each in run]
        with AuditLog.open(folder, clock=clock, signer=key, segment_bytes=11_000, new_id=lambda: "log-1") as log:
            clock.step(60)
            log.append(events, checkpoint=number % 2 == 0)
            shown = ReportRendered(format="html", sha256="4" * 64, version="1")
            log.append([event(EventType.REPORT_RENDERED, shown, run=f"r{number // 2}")])
            if number in (1, 8):
                log.append([event(EventType.LOCK_RECORDED, locks()[number > 1])])
            if number in (3, 7):
                became = OutcomeRecorded(outcome=ReleaseOutcome.HELD, reason='It \t "rained" — \\o/.')
                log.append([event(EventType.OUTCOME_RECORDED, became, run=f"r{number - 3}")])
    assert len(list(folder.glob("*.jsonl"))) >= 3
    return folder


@pytest.fixture
def log(grown: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(grown, tmp_path / "audit"))


class TestSound:
    @pytest.mark.parametrize("many", [1, 2, 3, 5])
    def test_it_is_read_in_ranges_and_nothing_is_missing(self, grown: Path, many: int) -> None:
        """Otherwise every comparison here would be one of the slow reader with itself."""
        quick = quick_read(grown, in_ranges(many), sizes=())
        known = index.load(grown)

        assert quick is not None
        assert known is not None
        assert quick.ledger == known.ledger
        assert len(quick.ledger.locks["harborline"]) == 2
        assert quick.ended.keys() == quick.ledger.runs.keys()

    @pytest.mark.parametrize("many", [1, 2, 4])
    def test_the_same_is_found_of_it(self, grown: Path, many: int) -> None:
        head = read_log(grown)[-3].hash
        found = told(grown, in_ranges(many), head=head)

        assert found == told(grown, PLAIN, head=head)
        assert isinstance(found, Verification)
        assert found.sound
        assert found.noted == found.records - 3
        assert found.signed is not None

    def test_processes_find_the_same(self, grown: Path) -> None:
        assert verify_log(grown, quickly=Quickly(large=0, many=3)) == verify_log(grown, quickly=PLAIN)

    @pytest.mark.parametrize("many", [1, 2, 3])
    def test_what_is_known_at_each_size_is_compared(self, grown: Path, many: int) -> None:
        """Also where it is false, and where the log is shorter."""
        leaves = [bytes.fromhex(record.hash) for record in read_log(grown)]
        known = [KnownRoot(size, root_of(leaves[:size]).hex(), "a witness") for size in range(1, len(leaves) + 1)]
        false = [KnownRoot(size, "5" * 64, "somebody") for size in (1, len(leaves) // 2, len(leaves) + 1)]

        assert told(grown, in_ranges(many), known=known) == told(grown, PLAIN, known=known)
        assert told(grown, in_ranges(many), known=[*known, *false]) == told(grown, PLAIN, known=[*known, *false])
        assert verify_log(grown, quickly=in_ranges(many), known=known).sound

    @pytest.mark.parametrize(("more", "quick"), [(-1, True), (0, True), (1, False)])
    def test_a_small_log_starts_nothing(self, grown: Path, more: int, quick: bool) -> None:
        """Below, on and above the size from which it pays."""
        size = sum(path.stat().st_size for path in grown.glob("*.jsonl"))
        begun: list[object] = []

        @contextmanager
        def begin(*asked: Any) -> Iterator[Here]:
            begun.append(asked)
            yield Here(*asked)

        found = quick_read(grown, Quickly(large=size + more, many=2, begin=begin), sizes=())

        assert (found is not None, len(begun)) == (quick, int(quick))

    @pytest.mark.parametrize("chunk", [1, 100, 5000])
    def test_lines_are_whole_however_the_file_is_read(
        self, grown: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
    ) -> None:
        """A line may be longer than what is read at once."""
        whole = quick_read(grown, in_ranges(2), sizes=())
        monkeypatch.setattr(quick_range, "CHUNK", chunk)
        monkeypatch.setattr(quick_range, "_FIRST", 2**16)

        found = quick_read(grown, in_ranges(2), sizes=())

        assert found is not None
        assert found == whole


@pytest.mark.parametrize(("there", "used"), [(1, 1), (7, 7), (8, 8), (9, 8), (64, 8)])
def test_a_container_with_the_cores_of_its_host_starts_few_processes(
    monkeypatch: pytest.MonkeyPatch, there: int, used: int
) -> None:
    """Each takes memory, and the host of a runner has many cores that the runner may not use."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(there)), raising=False)

    assert cores() == used


def test_without_fork_one_process_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.fork")

    assert cores() == 1


def lines_of(folder: Path) -> dict[Path, list[bytes]]:
    return {path: path.read_bytes().splitlines(keepends=True) for path in sorted(folder.glob("*.jsonl"))}


def written(files: dict[Path, list[bytes]]) -> None:
    for path, lines in files.items():
        path.chmod(0o640)
        path.write_bytes(b"".join(lines))


def chained(each: AuditEvent, seq: int, prev: str, ts: str) -> tuple[bytes, str]:
    """Seal a record as anybody can: gonogo itself would not seal every one of these."""
    document = {"data": each.data, "prev": prev, "run": each.run, "seq": seq, "ts": ts, "type": each.type.value, "v": 1}
    body = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(b"\x00" + body).hexdigest()
    return body[:-1] + b',"~h":"' + digest.encode() + b'"}\n', digest


def chained_anew(
    folder: Path,
    change: Callable[[int, AuditEvent], list[AuditEvent]],
    moment: Callable[[int, datetime], datetime] = lambda _seq, ts: ts,
) -> None:
    """Change records and chain them again over all segments, as somebody can who may write to the folder."""
    seq, prev, before, files = 0, GENESIS, "", lines_of(folder)
    for path, lines in files.items():
        made: list[bytes] = []
        for number, line in enumerate(lines):
            record = sealed(line, number)
            data = {key: value for key, value in record.data.items() if key != "earlier"}
            if record.type is EventType.SEGMENT_OPENED:
                data = {"head": prev, "records": seq, "sha256": before}
            if record.type is EventType.CHECKPOINT_SIGNED:
                continue
            for each in change(record.seq, AuditEvent(type=record.type, run=record.run, data=data)):
                new, prev = chained(each, seq, prev, instant_text(moment(record.seq, record.ts)))
                made.append(new)
                seq += 1
        files[path], before = made, hashlib.sha256(b"".join(made)).hexdigest()
    written(files)
    for name in ("index.json", "checkpoint"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "checkpoints")


COUNT = 90
"""At most so many records are there."""
WORDS = [b'"', b" ", b"\\", b"0", b"9", b"a", b"\x00", b"\n", b"\xff", b"{", b'"v":1', b""]


def bytes_changed(at: float, word: bytes, length: int) -> Edit:
    def edit(folder: Path) -> None:
        files = sorted(folder.glob("*.jsonl"))
        path = files[int(at * len(files)) % len(files)]
        data = path.read_bytes()
        place = int(at * 7919 * len(data)) % len(data)
        path.chmod(0o640)
        path.write_bytes(data[:place] + word + data[place + length :])

    return edit


def lines_moved(what: str, first: int, second: int) -> Edit:
    def edit(folder: Path) -> None:
        files = lines_of(folder)
        places = [(path, number) for path, lines in files.items() for number in range(len(lines))]
        (one, at), (other, there) = places[first % len(places)], places[second % len(places)]
        if what == "swap":
            files[one][at], files[other][there] = files[other][there], files[one][at]
        elif what == "drop":
            del files[one][at]
        elif what == "insert":
            files[other].insert(there, files[one][at])
        else:
            del files[one][at:]
            for path in [path for path in files if path > one]:
                path.unlink()
                del files[path]
        written(files)

    return edit


def records_changed(what: str, first: int, key: str, value: object) -> Edit:
    def change(seq: int, each: AuditEvent) -> list[AuditEvent]:
        if seq != first:
            return [each]
        if what == "drop" and each.type is not EventType.SEGMENT_OPENED:
            return []
        if what == "double":
            return [each, each]
        if what == "other run":
            return [each.model_copy(update={"run": value if isinstance(value, str) else "r1"})]
        return [each.model_copy(update={"data": each.data | {key: value}})]

    return lambda folder: chained_anew(folder, change)


NUMBERS = st.integers(0, COUNT)
EDITS = st.one_of(
    st.builds(bytes_changed, st.floats(0, 0.999), st.sampled_from(WORDS), st.integers(0, 3)),
    st.builds(lines_moved, st.sampled_from(["swap", "drop", "insert", "cut"]), NUMBERS, NUMBERS),
    st.builds(
        records_changed,
        st.sampled_from(["drop", "double", "other run", "data"]),
        NUMBERS,
        st.sampled_from(["verdict", "exit_code", "digest", "decision", "fact", "sha256", "zé", "now", "outcome"]),
        st.sampled_from(["GO", 0, 1, "", "r1", "r9", None, [1, "x"], 2**60, {"é": "—"}, "back\\slash\n"]),
    ),
    st.just(lambda folder: None),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=EDITS, many=st.sampled_from([1, 2, 3, 4]), without_index=st.booleans())
def test_of_any_edit_the_same_is_found_in_the_same_words(
    grown: Path, tmp_path: Path, edit: Edit, many: int, without_index: bool
) -> None:
    """Who reads must not decide what is found: a large log would be a safer place to hide in."""
    folder = tmp_path / "edited"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(grown, folder)
    edit(folder)
    if without_index:
        (folder / "index.json").unlink(missing_ok=True)

    assert told(folder, in_ranges(many), head="ab" * 8) == told(folder, PLAIN, head="ab" * 8)


def test_a_chain_that_was_made_anew_is_read_quickly(log: Path) -> None:
    """The edits above that only change data reach the checks of the runs."""
    chained_anew(log, lambda _seq, each: [each])

    assert quick_read(log, in_ranges(3), sizes=()) is not None
    assert verify_log(log, quickly=in_ranges(3)).sound


@pytest.mark.parametrize("digest", [True, False])
def test_a_segment_that_another_process_reads_is_the_one_that_was_closed(log: Path, digest: bool) -> None:
    """The record that begins the second range says which bytes the first one ends with."""

    def change(_seq: int, each: AuditEvent) -> list[AuditEvent]:
        if each.type is EventType.SEGMENT_OPENED and not digest:
            return [each.model_copy(update={"data": each.data | {"sha256": "0" * 64}})]
        return [each]

    chained_anew(log, change)

    for many in (1, 2, 3):
        assert (quick_read(log, in_ranges(many), sizes=()) is not None) is digest
        assert told(log, in_ranges(many)) == told(log, PLAIN)


@pytest.mark.parametrize(("step", "sound"), [(-1, False), (0, True)])
def test_time_never_goes_back_from_one_record_to_the_next(log: Path, step: int, sound: bool) -> None:
    """The same moment is fine; a microsecond before is a record that was put in later."""
    moments: list[datetime] = []

    def moment(seq: int, ts: datetime) -> datetime:
        moments.append(moments[-1] + timedelta(microseconds=step) if seq == 30 else ts)
        return moments[-1]

    chained_anew(log, lambda _seq, each: [each], moment)

    for many in (1, 3):
        assert (quick_read(log, in_ranges(many), sizes=()) is not None) is sound
        assert told(log, in_ranges(many)) == told(log, PLAIN)


def test_each_segment_but_the_first_begins_by_saying_so(log: Path) -> None:
    """Otherwise nothing says which bytes the one before it ended with."""
    chained_anew(log, lambda _seq, each: [] if each.type is EventType.SEGMENT_OPENED else [each])

    for many in (1, 3):
        assert quick_read(log, in_ranges(many), sizes=()) is None
        assert told(log, in_ranges(many)) == told(log, PLAIN)


@pytest.mark.parametrize("where", [1, -1])
def test_the_run_before_is_the_one_that_the_first_of_a_range_names(log: Path, where: int) -> None:
    """Each range is sound by itself; only where they meet the way back leads elsewhere."""
    known = quick_read(log, in_ranges(1), sizes=())
    assert known is not None
    assert known.ledger.tip is not None
    tips = [known.ledger.tip.document()]

    def change(seq: int, each: AuditEvent) -> list[AuditEvent]:
        if each.type is EventType.RUN_FINISHED and each.run == ("r8" if where < 0 else "r4"):
            return [each.model_copy(update={"data": each.data | {"earlier": tips[0]}})]
        return [each]

    chained_anew(log, change)

    for many in (1, 2, 3, 9):
        assert quick_read(log, in_ranges(many), sizes=()) is None
        assert told(log, in_ranges(many)) == told(log, PLAIN)


def test_it_is_known_of_each_type_of_the_log_how_a_range_takes_it() -> None:
    """A type that is new may depend on what stands before; until somebody says so here, such a log is read slowly."""
    assert {kind for kind, shape in SHAPES.items() if not shape.of_run} == OF_THE_LOG


class TestProcess:
    def test_one_that_gives_up_or_dies_costs_time_and_nothing_else(self, log: Path) -> None:
        """A host that is short of memory may kill it."""
        nowhere = [Part(99, 0, 10, closed=False)]
        with RangeProcess(log, nowhere, frozenset(), "") as process, pytest.raises(GiveUp):
            process.result()

        @contextmanager
        def lost(_folder: Path, _parts: object, sizes: Any, wanted: str) -> Iterator[Any]:
            with RangeProcess(log, nowhere, sizes, wanted) as process:
                yield process

        assert verify_log(log, quickly=Quickly(large=0, many=2, begin=lost)) == verify_log(log, quickly=PLAIN)

    def test_it_is_gone_when_nobody_waits_for_it_any_more(self, log: Path) -> None:
        import os

        size = (log / "000001.jsonl").stat().st_size
        with RangeProcess(log, [Part(1, 0, size, closed=True)], frozenset(), "") as process:
            pid = process._pid
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_lines_with_what_needs_an_escape_have_layouts_too(tmp_path: Path) -> None:
    """A criterion that quotes a file name must not make a log slow, nor pass in another form."""
    from gonogo.audit.canonical_lines import is_canonical
    from gonogo.audit.line_layouts import SEEN, Layouts

    layouts = Layouts()

    def line(text: str) -> bytes:
        gap = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"a": [text, text], "b": {"c": text, "d": -7}})
        return seal(gap, seq=3, prev=GENESIS, ts=HandClock().now)[1]

    for text in ("plain", '\\ " \n\t\b\f\r\x00\x1f\x0b'):
        for _ in range(SEEN):
            found = layouts.of(line(text), b"gap.recorded")
        assert found is not layouts.nothing
        assert found is not None
        assert found.match(line(text))
        for old, new in ((b"-7", b"-0"), (b"-7", b"07"), (b"-7", b"7.0"), (b'"a"', b'"z"'), (b"[", b"[ ")):
            other = line(text).replace(old, new, 1)
            assert found.match(other) is None
            assert not is_canonical(other)
    for bad in (rb"\/", rb"\u0041", rb"\u000A", rb"\u000a", rb"\u001F", rb"\x41"):
        other = line("plain\\").replace(rb"\\", bad, 1)
        assert found.match(other) is None, bad
        assert not is_canonical(other)
    assert read_link(line("x")) is not None
    assert json.loads(line("x"))["seq"] == 3


def sealed_as_it_is(kind: bytes, data: bytes, run: bytes, seq: int, prev: bytes) -> tuple[bytes, bytes]:
    """Seal bytes that no writer of gonogo writes, as anybody can who may write to the folder."""
    body = b'{"data":%b,"prev":"%b","run":"%b","seq":%d,' % (data, prev, run, seq)
    body += b'"ts":"2027-04-17T12:00:00.000000Z","type":"%b","v":1' % kind
    digest = hashlib.sha256(b"\x00%b}" % body).hexdigest().encode()
    return b'%b,"~h":"%b"}\n' % (body, digest), digest


@pytest.mark.parametrize(
    ("version", "run", "sound"),
    [
        (b"1.0", b"r5", True),
        ("Größe".encode(), b"r5", True),
        (rb"a \" quoted \\", b"r5", True),
        (b"a\tb", b"r5", False),
        (b"a\x1fb", b"r5", False),
        (b"a\nb", b"r5", False),
        (rb"a\/b", b"r5", False),
        (rb"a\u0041", b"r5", False),
        (b"a\xffb", b"r5", False),
        (b"1.0", b"r 1", False),
        (b"1.0", b"r" * 81, False),
    ],
)
def test_bytes_that_could_be_read_in_two_ways_are_left_to_the_slow_reader(
    grown: Path, tmp_path: Path, version: bytes, run: bytes, sound: bool
) -> None:
    """A pattern does not look for each of them again, line by line: each has a check of its own, or a comparison."""
    started = next(line for line in (grown / "000001.jsonl").read_bytes().splitlines() if b'"run.started"' in line)
    begins = started[len(b'{"data":') : started.index(b',"prev":"')]
    filler, prev = sealed_as_it_is(b"report.rendered", b"{}", b"r0", 0, GENESIS.encode())
    lines = [filler]
    for seq in range(1, 37):  # runs of a beginning and five reports; one report of the last run is the bad one
        last = seq == 34
        kind = b"report.rendered" if seq % 6 else b"run.started"
        data = b'{"format":"html","version":"%b"}' % (version if last else b"1") if seq % 6 else begins
        line, prev = sealed_as_it_is(kind, data, run if last else b"r%d" % (seq // 6), seq, prev)
        lines.append(line)
    (tmp_path / "000001.jsonl").write_bytes(b"".join(lines))
    part = Part(1, len(filler), sum(map(len, lines)), closed=False)

    if sound:
        assert read_range(tmp_path, [part], sizes=()).ledger.head.records == 37
    else:
        with pytest.raises(GiveUp):
            read_range(tmp_path, [part], sizes=())
