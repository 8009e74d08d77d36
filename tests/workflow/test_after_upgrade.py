"""The first run after an upgrade judges the last decision again; nobody should learn of a difference at go-live."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.errors import EngineFault
from gonogo.model.assessment import Purpose
from gonogo.model.upgrade import Depth
from gonogo.report.view import RunView
from gonogo.workflow.after_upgrade import compared_after_upgrade
from gonogo.workflow.code_digest import code_sha256
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

CORPUS = Path(__file__).parent / "corpus"
NEWEST = CORPUS / "2026-11-29-noon"


@pytest.fixture(scope="module")
def history():
    return open_history(NEWEST)


def envelope(history, **more):
    return history.started(history.runs[-1].run).envelope.model_copy(update=more)


def test_the_same_code_compares_nothing(history):
    """A daily run pays for an upgrade once, and otherwise not at all."""
    assert compared_after_upgrade(history, envelope(history), Purpose.DECISION) is None


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"version": "9.9.9"}, id="version"),
        pytest.param({"engine_version": "durable-rules 9"}, id="engine"),
        pytest.param({"code_sha256": "0" * 64}, id="code"),
    ],
)
def test_another_version_engine_or_code_judges_the_last_decision_again(more, history):
    """A build of the same version may judge otherwise; the last decision is the second run, not the progress run."""
    found = compared_after_upgrade(history, envelope(history, **more), Purpose.PROGRESS)

    assert (found.compared, found.before, found.after) == (history.runs[1].run, "CONDITIONAL GO", "CONDITIONAL GO")
    assert found.depth is Depth.FACTS


def test_a_rehearsal_compares_nothing(history):
    """It is nobody's history: the decision that follows would find that somebody had looked already."""
    assert compared_after_upgrade(history, envelope(history, version="9.9.9"), Purpose.REHEARSAL) is None


def test_a_record_that_cannot_be_judged_again_stops_no_run_and_says_so():
    """An old log must not keep anybody from a new decision."""
    history = open_history(CORPUS / "2026-11-22")

    found = compared_after_upgrade(history, envelope(history, version="9.9.9"), Purpose.DECISION)

    assert (found.same, found.after, found.depth) == (False, None, Depth.RECORD)
    assert found.why


@pytest.mark.parametrize(
    ("error", "why"),
    [
        pytest.param(EngineFault("the engine crashed"), "the engine crashed", id="engine"),
        pytest.param(KeyError("fact"), "a defect of gonogo stopped it (KeyError)", id="defect"),
    ],
)
def test_what_goes_wrong_with_the_old_run_stops_no_new_one(error, why, history):
    """The decision of today must not wait until somebody mends how the last one is read."""

    def judge(_history, _run):
        raise error

    found = compared_after_upgrade(history, envelope(history, version="9.9.9"), Purpose.DECISION, judge=judge)

    assert (found.same, found.after, found.why) == (False, None, why)


def test_the_first_run_records_it_and_the_second_does_not(small_program):
    """The first report says so, once."""
    small = small_program(now=datetime.now(UTC).replace(second=0, microsecond=0))
    shutil.copytree(CORPUS / "2026-11-29-morning", small.log)
    order = Order(program=small.root, purpose=Purpose.PROGRESS)

    first, second = (RunView.of(assess(order).records) for _ in range(2))

    assert [each.criterion for each in first.upgrade.findings] == ["system.tests.executed"]
    assert not any(each.moved for each in first.upgrade.findings)
    assert second.upgrade is None
    assert second.started.who.host
    assert second.started.envelope.code_sha256 == code_sha256()
