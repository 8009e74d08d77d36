"""What page one says of an upgrade: the difference that matters first, and nothing where there is none."""

from dataclasses import replace

import pytest

from gonogo.model.finding import Status
from gonogo.model.lock import LockStanding
from gonogo.model.upgrade import Depth, Rejudged, UpgradeCompared
from gonogo.report.changed import upgrade_words
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

MOVED = Rejudged(criterion="system.tests.executed", before=Status.MET, after=Status.NOT_MET, then="Fine.", now="Late.")
WORDS = Rejudged(criterion="system.tests.executed", before=Status.MET, after=Status.MET, then="Fine.", now="Good.")


@pytest.fixture
def view(go, seal_log):
    return RunView.of(seal_log(go.events()))


def compared(**more):
    plain = {"compared": "a-run", "version": "0.0.9", "depth": Depth.FACTS, "same": False, "before": "GO"}
    return UpgradeCompared.from_document({**plain, **more})


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param(compared(after="GO", same=True), None, id="same"),
        pytest.param(
            compared(after="NO-GO", findings=[MOVED.document()]),
            "makes the last decision NO-GO, not GO; it judges 1 criterion otherwise (system.tests.executed).",
            id="another verdict",
        ),
        pytest.param(
            compared(after="GO", findings=[MOVED.document()]),
            "judges 1 criterion otherwise (system.tests.executed) in the last decision; it stays GO.",
            id="another status",
        ),
        pytest.param(
            compared(after="GO", findings=[WORDS.document()]),
            "words the last decision differently; it stays GO.",
            id="other words",
        ),
        pytest.param(
            compared(depth="record only", why="the ruleset is not in the log"),
            "could not judge the last decision run again: the ruleset is not in the log.",
            id="not judged again",
        ),
    ],
)
def test_page_one_says_what_differs(found, told, view):
    """Other words are no other verdict; what nobody could check is not the same either."""
    words = upgrade_words(replace(view, upgrade=found))

    assert [each.endswith(told) for each in words] == ([] if told is None else [True])


def test_under_a_lock_page_one_says_that_the_criteria_are_the_same(view):
    """A board that froze its criteria has to hear that another gonogo judges by them."""
    lock = LockStanding(number=1, sha256="a" * 64, locked_at=view.started.now, first_at=view.started.now)
    decision = view.decision.model_copy(update={"lock": lock})
    view = replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))
    found = compared(after="NO-GO", findings=[MOVED.document()])

    (words,) = upgrade_words(replace(view, upgrade=found))
    assert words.endswith("The lock freezes the criteria, not gonogo.")


@pytest.mark.parametrize("name", ["full", "html", "json", "markdown"])
def test_every_whole_report_names_the_criterion(name, view):
    """A reader who hears of a difference looks for what it is about."""
    shown = FORMATS[name].render(replace(view, upgrade=compared(after="GO", findings=[MOVED.document()])))

    assert b"Late." in shown
