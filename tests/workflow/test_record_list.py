"""What ``gonogo log show`` prints: a line for each record, and one for all facts that no source answers for."""

from datetime import UTC, datetime

import pytest

from gonogo.audit.chain import ChainHead, read_link, seal
from gonogo.model.event import AuditEvent, EventType
from gonogo.workflow.record_list import shown_records

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


def gap(fact, run="run-1", reason="unasked"):
    return AuditEvent(
        type=EventType.GAP_RECORDED, run=run, data={"fact": fact, "reason": reason, "detail": "Nobody says."}
    )


def aborted(run="run-1"):
    return AuditEvent(type=EventType.RUN_ABORTED, run=run, data={"why": "stopped"})


@pytest.fixture
def show(tmp_path):
    """Return what is shown of a log of these events, after the record that opens it."""

    def shown(*events, **how):
        opened = AuditEvent(
            type=EventType.LOG_OPENED, run="", data={"log": "log-1", "version": "0.1.0", "file_system": "ext4"}
        )
        head = ChainHead()
        with (tmp_path / "000001.jsonl").open("wb") as file:
            for event in (opened, *events):
                _, line = seal(event, seq=head.records, prev=head.hash, ts=NOON)
                file.write(line)
                head = head.after(read_link(line))
        return list(shown_records(tmp_path, **how))[0 if how else 1 :]

    return shown


def test_facts_that_no_source_answers_for_are_one_line_of_a_run(show):
    """On the first day of a program there are a hundred of them, and the one source that failed is lost among them."""
    found = show(gap("a.a"), gap("b.b", reason="missing"), gap("c.c"), gap("d.d"), aborted())

    assert [line.split()[0] for line in found] == ["2", "4", "5"]
    assert "b.b: no usable evidence (missing)" in found[0]
    assert "3 facts that no source answers for, from record 1 to here: a.a, c.c and d.d" in found[1]


def test_one_such_fact_is_a_line_like_any_other(show):
    assert "a.a: no usable evidence (unasked): Nobody says." in show(gap("a.a"), aborted())[0]


def test_each_run_has_a_line_of_its_own(show):
    """Whether a fact is asked for is a matter of the run's rules."""
    found = show(gap("a.a"), gap("b.b"), gap("a.a", "run-2"), gap("b.b", "run-2"))

    assert ["2 facts" in line for line in found] == [True, True]


def test_the_last_run_is_shown_to_its_end(show):
    """A run that is being recorded has no record after its gaps yet."""
    assert "2 facts that no source answers for" in show(gap("a.a"), gap("b.b"), kinds=("gap.recorded",))[0]


def test_the_lines_of_the_log_are_all_there(show):
    """Another tool counts."""
    assert len(show(gap("a.a"), gap("b.b"), as_json=True)) == 3
