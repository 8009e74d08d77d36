"""A failure at any point between the program file and the last line on the screen is never a GO.

The program is ready: without the failure it ends with 0. Each point is made to fail as a defect, an interruption or the
system would, under the entry point of the command, whose last line of defence is 4. Where the point is no part of
collecting, what the sources answer is known from one run, and no child is started for it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import Small

from gonogo import __main__ as entry
from gonogo.model.reply import Reply
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.workflow import pipeline
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

POINTS = [
    # what people wrote
    *("workflow.pipeline.load", "workflow.loading.load_program", "workflow.loading.load_ruleset"),
    *("workflow.loading.check_program", "workflow.loading._release", "workflow.pipeline.deposited_replies"),
    *("workflow.pipeline.check_place", "workflow.recording.file_system"),
    # evidence
    *("plugin.collection.holidays_around", "workflow.pipeline.spoken_of", "workflow.pipeline.collect"),
    *("plugin.host.discover", "plugin.host.prepare", "plugin.host.accept_reply", "plugin.host.declared_problems"),
    *("plugin.preparing.open_inputs", "workflow.admitting.admitted", "core.believing.admit"),
    # judging
    *("workflow.judging.scope_of", "workflow.judging.with_holds", "workflow.judging.refused_pairs"),
    *("workflow.judging.compile_scope", "workflow.judging.observe", "engine.reference.judge"),
    *("engine.durable.DurableRules.judge", "workflow.judging.agree", "workflow.judging.find"),
    *("workflow.approvals.standing_of", "workflow.request_inputs.asking_for", "requests.closing.requests_of"),
    *("core.decide.decide", "workflow.request_inputs.word_of", "core.trust.trusted_of"),
    *("workflow.judging.check_judged", "workflow.pipeline.run_kind"),
    # recording
    *("workflow.recording.record", "workflow.recording.exit_code", "workflow.recording.run_events"),
    *("workflow.recording.AuditLog.open", "workflow.recording.AuditLog.append", "audit.log.check"),
    *("audit.store.Store.locked", "audit.store.Store.write", "audit.io.PosixIo.write", "audit.io.PosixIo.sync"),
    *("audit.log.mark", "audit.log.AuditLog._mark", "audit.log.AuditLog._catch_up"),
    *("audit.history.History.report_records", "workflow.recording.changes_of", "workflow.recording.also_holds"),
    # telling
    *(
        "workflow.publishing.RunView.of",
        "workflow.publishing._bytes",
        "workflow.publishing.rendered",
        "cli.publish.write",
    ),
    *("cli.publish.emit", "cli.publish.tell"),
]
COLLECTING = {point for point in POINTS if point.startswith("plugin.")} | {"workflow.pipeline.collect"}
ENDS: list[Callable[[], BaseException]] = [
    lambda: RuntimeError("a defect"),
    lambda: SystemExit(0),
    lambda: MemoryError(),
    lambda: KeyboardInterrupt(),
    lambda: OSError(5, "Input/output error"),
    lambda: SystemExit(3),
    lambda: StopIteration("a defect"),
]
"""What a point may end with; each point is given one of them, in turn."""


@pytest.fixture(autouse=True)
def as_one_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what the entry point sets for a process of its own."""
    for name in ("PYDANTIC_DISABLE_PLUGINS", "PYTHONTZPATH"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(entry, "_listen", lambda: None)
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def ended(small: Small, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command as the entry point does, and return what the process would end with."""
    monkeypatch.setattr(sys, "argv", ["gonogo", *small.arguments])
    return entry._run()


@pytest.fixture(scope="module")
def replies(assessed_once: Small) -> list[Reply]:
    """What the sources of the program answer."""
    order = Order(program=assessed_once.root, as_of=assessed_once.now)
    return pipeline.gather(order, load(order), assessed_once.now)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, replies: list[Reply]) -> None:
    """Let the sources have answered already."""
    monkeypatch.setattr(pipeline, "collect", lambda _request: replies)


def test_there_are_at_least_thirty_points():
    """From the first file that is read to the last line that is printed."""
    assert len(set(POINTS)) == len(POINTS) >= 30


def test_the_program_ends_with_0_where_nothing_fails(assessed, monkeypatch):
    """Or no point below would prove anything."""
    assert ended(assessed, monkeypatch) == 0


def test_with_the_answers_known_it_ends_with_0_too(assessed, answered, monkeypatch):
    """Likewise."""
    assert ended(assessed, monkeypatch) == 0


@pytest.mark.parametrize(("number", "point"), list(enumerate(POINTS)), ids=POINTS)
def test_a_failure_is_never_a_go(number, point, assessed, request, monkeypatch, capfd):
    """A crash that is taken for success deploys what nobody decided."""
    if point not in COLLECTING:
        request.getfixturevalue("answered")
    reached = []

    def fail(*_args: object, **_more: object) -> None:
        reached.append(point)
        raise ENDS[number % len(ENDS)]()

    monkeypatch.setattr(f"gonogo.{point}", fail)

    code = ended(assessed, monkeypatch)

    assert reached, "the point is no longer on the way: name the one that is"
    assert code in (1, 2, 4, 5)
    assert capfd.readouterr().out.rstrip().rpartition("\n")[2] != "verdict=GO"


@pytest.mark.parametrize("point", ["core.decide.decide", "audit.log.mark", "cli.publish.tell"])
def test_a_failure_is_never_a_conditional_go(point, small_program, monkeypatch, capfd):
    """Under 3 a careless script deploys too."""
    small = small_program(answered=40, plan=True)
    heard: list[Reply] = []

    def hear(request: CollectionRequest) -> list[Reply]:
        heard.extend([] if heard else collect(request))
        return heard

    monkeypatch.setattr(pipeline, "collect", hear)
    assert ended(small, monkeypatch) == 3

    def fail(*_args: object, **_more: object) -> None:
        raise SystemExit(3)

    monkeypatch.setattr(f"gonogo.{point}", fail)

    assert ended(small, monkeypatch) in (1, 2, 4, 5)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: repr(end()))
def test_a_checkpoint_that_cannot_be_written_ends_with_no_verdict(end, assessed, answered, monkeypatch, capfd):
    """A verdict is told only when its checkpoint is on disk, whatever kept it from getting there."""

    def fail(*_args: object, **_more: object) -> None:
        raise end()

    monkeypatch.setattr("gonogo.audit.log.mark", fail)

    assert ended(assessed, monkeypatch) == 4
    assert "verdict=" not in capfd.readouterr().out
