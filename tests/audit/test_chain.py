"""The chain finds whatever happens to a sealed line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.audit.canonical_lines import is_canonical
from gonogo.audit.chain import Break, ChainHead, read_link, seal, verify
from gonogo.errors import CanonicalError
from gonogo.model.event import GENESIS, AuditEvent, EventType

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEY = st.text(st.characters(max_codepoint=127))
DOCUMENTS = st.dictionaries(
    KEY,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@pytest.fixture
def lines(written: Path) -> list[bytes]:
    return (written / "000001.jsonl").read_bytes().splitlines(keepends=True)


def resealed(line: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    """What somebody who knows the format writes: the record changed, and its own hash made to fit."""
    document = json.loads(line)
    del document["~h"]
    change(document)
    body = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return body[:-1] + b',"~h":"' + sha256(b"\x00" + body).hexdigest().encode() + b'"}\n'


class TestSeal:
    @settings(max_examples=80, deadline=None)
    @given(data=DOCUMENTS)
    def test_a_line_is_what_rfc_8785_says_it_is(self, data: dict[str, object]) -> None:
        """Anybody can check the log with a library that is not ours."""
        event = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data=data)

        record, line = seal(event, seq=0, prev=GENESIS, ts=NOON)

        assert line == rfc8785.dumps(json.loads(line)) + b"\n"
        assert json.loads(line)["~h"] == record.hash
        assert is_canonical(line)
        assert line.count(b"\n") == 1

    @settings(max_examples=100, deadline=None)
    @given(data=DOCUMENTS)
    def test_a_sealed_line_reads_back(self, data: dict[str, object]) -> None:
        """Data that looks like the end of a record cannot pass for one."""
        event = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"x": data, "~h": "0" * 64, "prev": "1"})

        record, line = seal(event, seq=7, prev="a" * 64, ts=NOON)
        link = read_link(line)

        assert link is not None
        assert (link.seq, link.prev, link.run, link.type, link.hash) == (7, "a" * 64, "r1", record.type, record.hash)

    @pytest.mark.parametrize(
        "value", [float("nan"), 0.5, 2**53, b"x", "\ud800", {1: 2}, {"\ue000": 1, "\U00010000": 2}]
    )
    def test_what_has_no_canonical_form_is_not_sealed(self, value: object) -> None:
        """A log with NaN in it is not JSON, and a float changes from reader to reader."""
        event = AuditEvent(type=EventType.GAP_RECORDED, run="r1", data={"value": value})

        with pytest.raises(CanonicalError):
            seal(event, seq=0, prev=GENESIS, ts=NOON)


class TestVerify:
    def test_a_sound_log_is_sound(self, lines: list[bytes]) -> None:
        head, problem = verify(lines)

        assert problem is None
        assert head.records == len(lines) == 7

    def test_every_single_bit_counts(self, lines: list[bytes]) -> None:
        """No bit of a log can change unseen, the last newline's included."""
        whole = bytearray(b"".join(lines))
        missed = []

        for at in range(len(whole) * 8):
            whole[at // 8] ^= 1 << at % 8
            if verify(bytes(whole).splitlines(keepends=True), strict=False)[1] is None:
                missed.append(at)
            whole[at // 8] ^= 1 << at % 8

        assert missed == []

    def test_a_flipped_bit_is_damage_and_never_a_torn_tail(self, lines: list[bytes]) -> None:
        """What looks torn is moved away by the next run; damage must stay where it is."""
        last = bytearray(lines[-1])
        kinds = set()

        for at in range(len(last) * 8):
            last[at // 8] ^= 1 << at % 8
            problem = verify([*lines[:-1], bytes(last)], strict=False)[1]
            kinds.add(problem.kind if problem else None)
            last[at // 8] ^= 1 << at % 8

        assert kinds == {Break.CHANGED}

    def test_a_cut_inside_a_record_is_a_torn_tail(self, lines: list[bytes]) -> None:
        for cut in range(1, len(lines[-1])):
            head, problem = verify([*lines[:-1], lines[-1][:cut]])

            assert problem is not None
            assert (problem.kind, problem.seq, head.records) == (Break.TORN, 6, 6)

    def test_a_dropped_record_is_named(self, lines: list[bytes]) -> None:
        for index in range(len(lines) - 1):
            _, problem = verify(lines[:index] + lines[index + 1 :])

            assert problem is not None
            assert (problem.kind, problem.seq) == (Break.DROPPED, index)

    def test_a_doubled_record_is_named(self, lines: list[bytes]) -> None:
        for index in range(len(lines)):
            for where in range(index + 1, len(lines) + 1):
                _, problem = verify([*lines[:where], lines[index], *lines[where:]])

                assert problem is not None
                assert (problem.kind, problem.seq) == (Break.INSERTED, where)

    def test_swapped_records_are_named(self, lines: list[bytes]) -> None:
        for first in range(len(lines)):
            for second in range(first + 1, len(lines)):
                mixed = list(lines)
                mixed[first], mixed[second] = mixed[second], mixed[first]

                _, problem = verify(mixed)

                assert problem is not None
                assert (problem.kind, problem.seq) == (Break.SWAPPED, first)

    def test_a_zeroed_record_is_named(self, lines: list[bytes]) -> None:
        for index in range(len(lines)):
            _, problem = verify([*lines[:index], b"\x00" * (len(lines[index]) - 1) + b"\n", *lines[index + 1 :]])

            assert problem is not None
            assert (problem.kind, problem.seq) == (Break.CHANGED, index)

    def test_a_record_resealed_by_a_forger_breaks_the_next_one(self, lines: list[bytes]) -> None:
        """Making one hash fit is not enough: the next record names the old one."""
        for index in range(len(lines) - 1):
            forged = resealed(lines[index], lambda document: document.update(run="r2"))

            _, problem = verify([*lines[:index], forged, *lines[index + 1 :]])

            assert problem is not None
            assert (problem.kind, problem.seq) == (Break.CHANGED, index + 1)

    def test_a_record_of_another_log_is_not_taken(self, lines: list[bytes]) -> None:
        foreign = resealed(lines[3], lambda document: document.update(prev="b" * 64))

        _, problem = verify([*lines[:3], foreign, *lines[3:]])

        assert problem is not None
        assert (problem.kind, problem.seq) == (Break.CHANGED, 3)

    def test_bytes_that_could_be_read_in_two_ways_are_refused(self, lines: list[bytes]) -> None:
        """The hash fits, the JSON is valid, and still two parsers could disagree."""
        body = lines[0][:-1]
        spaced = body[: body.index(b',"~h"')].replace(b'{"data":{', b'{"data":{ ', 1) + b"}"
        doubled = body[: body.index(b',"~h"')].replace(b'{"data":{', b'{"data":{"log":"other",', 1) + b"}"

        for other in (spaced, doubled):
            line = other[:-1] + b',"~h":"' + sha256(b"\x00" + other).hexdigest().encode() + b'"}\n'
            _, problem = verify([line])

            assert problem is not None
            assert (problem.kind, problem.seq) == (Break.NOT_CANONICAL, 0)

    @pytest.mark.parametrize("value", ["1.0", "1e400", "NaN", "[" * 50_000 + "]" * 50_000, '"\\ud800"'])
    def test_a_forged_value_without_canonical_form_is_refused(self, lines: list[bytes], value: str) -> None:
        """The reader must say no, not fall over."""
        body = lines[0][:-1]
        other = body[: body.index(b',"~h"')].replace(b'"log":"log-1"', b'"log":' + value.encode(), 1) + b"}"
        line = other[:-1] + b',"~h":"' + sha256(b"\x00" + other).hexdigest().encode() + b'"}\n'

        _, problem = verify([line])

        assert problem is not None
        assert problem.kind is Break.NOT_CANONICAL

    def test_each_break_says_which_record_and_what_became_of_it(self, lines: list[bytes]) -> None:
        """The reader has to find the record, and may have to tell a court what was done to it."""
        replaced = resealed(lines[2], lambda document: document.update(run="r2"))
        earlier = resealed(lines[2], lambda document: document.update(ts="2027-04-19T15:59:59.000000Z"))
        told = {
            "record 2 is not in its place: record 3 is there": [*lines[:2], lines[3], lines[2]],
            "record 2 was dropped: record 3 follows in its place": [*lines[:2], *lines[3:]],
            "record 0 was inserted a second time, after record 2": [*lines[:3], lines[0]],
            "record 3 does not continue the one before: one of the two was replaced": [*lines[:2], replaced, lines[3]],
            "record 2 is dated before the one that it continues": [*lines[:2], earlier],
            "record 2 is unfinished: only its newline is missing, as after a crash": [*lines[:2], lines[2][:-1]],
            "record 2 is unfinished: its end is missing, as after a crash": [*lines[:2], lines[2][:-5]],
        }

        for words, stood in told.items():
            _, problem = verify(stood)

            assert problem is not None
            assert problem.sentence == words

    def test_time_never_runs_backwards(self, lines: list[bytes]) -> None:
        earlier = resealed(lines[-1], lambda document: document.update(ts="2027-04-19T15:59:59.000000Z"))

        _, problem = verify([*lines[:-1], earlier])

        assert problem is not None
        assert problem.kind is Break.CHANGED

    def test_an_empty_log_has_no_records(self) -> None:
        assert verify([]) == (ChainHead(), None)

    def test_hashes_are_chained(self, lines: list[bytes]) -> None:
        documents = [json.loads(line) for line in lines]

        assert documents[0]["prev"] == GENESIS
        assert all(after["prev"] == before["~h"] for before, after in pairwise(documents))
