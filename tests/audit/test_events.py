"""Nothing but a known event in its exact shape is sealed."""

from collections.abc import Callable

import pytest

from gonogo.audit.events import check
from gonogo.errors import CanonicalError, RecordFault
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import SHAPES


def test_every_type_has_a_shape() -> None:
    """A type without a shape would let anything into the log."""
    assert set(SHAPES) == set(EventType)


@pytest.mark.parametrize("kind", EventType)
def test_an_unknown_key_is_refused(kind: EventType) -> None:
    shape = SHAPES[kind]
    run = "r1" if shape.of_run else ""

    with pytest.raises(RecordFault, match="does not have its shape"):
        check(AuditEvent(type=kind, run=run, data={"surprise": 1}))


def test_an_extra_key_is_refused(gap: Callable[..., AuditEvent]) -> None:
    good = gap()

    with pytest.raises(RecordFault, match="surprise"):
        check(AuditEvent(type=good.type, run="r1", data=good.data | {"surprise": 1}))


@pytest.mark.parametrize("run", ["", "two words", "r\n1", "é", "a" * 81, '"'])
def test_a_run_has_a_plain_id(gap: Callable[..., AuditEvent], run: str) -> None:
    """The id stands on the line outside of the data; it must not be able to look like anything else."""
    with pytest.raises(RecordFault, match="id of a run"):
        check(gap(run=run))


def test_an_event_of_the_log_names_no_run() -> None:
    data = {"bytes": 1, "sha256": "0" * 64, "quarantine": "x"}

    with pytest.raises(RecordFault, match="about the log"):
        check(AuditEvent(type=EventType.LOG_REPAIRED, run="r1", data=data))


def test_a_float_is_refused(gap: Callable[..., AuditEvent]) -> None:
    with pytest.raises(CanonicalError):
        check(AuditEvent(type=EventType.GAP_RECORDED, run="r1", data=gap().data | {"binding": 0.5}))


def test_the_shape_comes_back_as_a_value(started: Callable[..., AuditEvent]) -> None:
    assert check(started()).document() == started().data
