"""Events and records: their bytes are made once, and their document is read once."""

import pytest
from pydantic import ValidationError

from gonogo.errors import CanonicalError
from gonogo.model.canonical import MAX_DEPTH, canonical_bytes
from gonogo.model.event import GENESIS, AuditEvent, EventType, SealedRecord
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.record import RunAborted

GAP = Gap(fact="training.completed_ratio", reason=GapReason.UNASKED, detail="Nobody asked.")


def event(data: dict[str, object]) -> AuditEvent:
    return AuditEvent(type=EventType.GAP_RECORDED, run="r1", data=data)


def record(data: dict[str, object]) -> SealedRecord:
    moment = "2027-04-19T16:00:00.000000Z"
    return SealedRecord(seq=0, prev=GENESIS, run="r1", ts=moment, type=EventType.GAP_RECORDED, data=data, hash="0" * 64)


def nested(levels: int) -> dict[str, object]:
    document: dict[str, object] = {}
    for _ in range(levels - 1):
        document = {"a": document}
    return document


class TestWritten:
    def test_they_are_the_canonical_bytes(self):
        """They are what is checked and what is sealed."""
        assert event({"b": 1, "a": "\u00e9"}).written == canonical_bytes({"a": "\u00e9", "b": 1})

    @pytest.mark.parametrize("levels", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1])
    def test_a_document_may_be_as_deep_as_a_line_leaves_it(self, levels):
        """On its line it is one level deeper, and must still be read there."""
        if levels > MAX_DEPTH:
            with pytest.raises(CanonicalError, match="deeper"):
                _ = event(nested(levels)).written
        else:
            assert event(nested(levels)).written == canonical_bytes(nested(levels))

    def test_a_float_has_none(self):
        """A record that says 0.1 would say something else in another language."""
        with pytest.raises(CanonicalError, match="float"):
            _ = event({"a": 0.1}).written


class TestRead:
    def test_it_gives_what_reading_the_document_gives(self):
        """Reports and comparisons are made of it."""
        assert record(GAP.document()).read(Gap) == Gap.from_document(GAP.document()) == GAP

    def test_all_who_ask_share_one_value(self):
        """A run's record is read for the comparison and for the report: once."""
        one = record(GAP.document())
        assert one.read(Gap) is one.read(Gap)

    def test_another_shape_is_read_for_itself(self):
        """What was read as one class must not answer for another."""
        one = record({"why": "It was interrupted."})
        assert one.read(RunAborted).why == "It was interrupted."
        with pytest.raises(ValidationError):
            one.read(Gap)

    def test_a_record_that_was_read_equals_one_that_was_not(self):
        """What is remembered is no part of the value."""
        one, other = record(GAP.document()), record(GAP.document())
        one.read(Gap)
        assert one == other

    def test_a_float_in_a_record_is_refused(self):
        """As everywhere; it would have to be rounded by somebody."""
        with pytest.raises(CanonicalError, match="float"):
            record({"a": 0.5}).read(Gap)
