"""What is read while collectors are at work is what would be read afterwards, and nothing comes of it but time."""

import shutil
from collections.abc import Iterator

from gonogo.audit.history import open_history
from gonogo.model.event import EventType
from gonogo.workflow.loaded import ReadOnce
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.pipeline import assess, gather
from gonogo.workflow.previous_run import last_before, snapshot_from
from gonogo.workflow.working_ahead import steps_ahead


def test_the_run_before_is_read_once_and_as_it_is(stated_run):
    """A comparison with anything else would call something better or worse that is not."""
    loaded = load(Order(program=stated_run.root, as_of=stated_run.now))
    folder = stated_run.root / "audit"
    history = open_history(folder)
    run = last_before(history, loaded.program.identity.id, loaded.release.id, rehearsal=True)
    assert run is not None

    list(steps_ahead(loaded, stated_run.now, rehearsal=True))
    read_now = snapshot_from(history, run, ReadOnce())
    shutil.rmtree(folder)

    assert snapshot_from(history, run, loaded.kept) == read_now


def test_a_decision_is_not_compared_with_a_rehearsal(stated_run):
    """Trying something out must not hide what got worse, so its record is not what a decision looks back to."""
    loaded = load(Order(program=stated_run.root, as_of=stated_run.now))
    history = open_history(stated_run.root / "audit")
    of = (loaded.program.identity.id, loaded.release.id)

    assert last_before(history, *of, rehearsal=False) is None
    last = last_before(history, *of, rehearsal=True)
    assert last is not None
    assert last_before(history, *of, rehearsal=True, before=last.first) is None
    assert last_before(history, *of, rehearsal=True, before=last.first + 1) == last


def test_a_broken_log_stops_nothing_here(stated_run):
    """It stops the run where the log is opened, with a sentence about it."""
    loaded = load(Order(program=stated_run.root, as_of=stated_run.now))
    segment = stated_run.root / "audit" / "000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b"desk.staffed", b"desk.stuffed", 1))

    assert list(steps_ahead(loaded, stated_run.now, rehearsal=True))


def test_a_run_is_the_same_whether_or_not_it_worked_ahead(stated_run, tmp_path):
    """Verdict, digest, records and comparison must not depend on what the host did in the meantime."""
    stated_run.edit("evidence/statements.yaml", "value: true", "value: false")
    other = tmp_path / "other"
    shutil.copytree(stated_run.root, other)

    ahead, plain = (
        assess(Order(program=root, as_of=stated_run.now), gathering=gathering)
        for root, gathering in ((stated_run.root, None), (other, gather))
    )

    assert ahead.changes is not None
    assert ahead.changes.notices
    assert ahead.changes == plain.changes
    assert ahead.assessment == plain.assessment
    assert told(ahead) == told(plain)


def test_a_step_is_taken_before_each_child_but_the_first(small):
    """Before the first one nobody is at work yet, and the host would only make everybody wait."""
    loaded = load(Order(program=small.root, as_of=small.now))
    taken: list[int] = []

    def steps(most: int) -> Iterator[None]:
        for number in range(most):
            taken.append(number)
            yield

    children = len(loaded.program.bindings)
    found = gather(Order(program=small.root, as_of=small.now), loaded, small.now, meanwhile=steps(100))
    assert len(taken) == children - 1 > 1
    taken.clear()
    assert gather(Order(program=small.root, as_of=small.now), loaded, small.now, meanwhile=steps(1)) == found
    assert taken == [0]


def told(result: RunResult) -> list[tuple[EventType, object]]:
    """Return what the records of a run hold, without what names the run and the log."""
    own = {EventType.RUN_STARTED, EventType.LOG_OPENED, EventType.RUN_FINISHED}
    return [(record.type, record.data) for record in result.records if record.type not in own]
