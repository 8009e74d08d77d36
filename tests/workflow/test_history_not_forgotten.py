"""What was approved is not forgotten: another id, another log or another ruleset does not make an approval better."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.workflow.test_approved_state import approve, trained, write_late

from gonogo.cli import run
from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.report.formats.json_format import document
from gonogo.report.formats.terminal_format import render
from gonogo.report.view import RunView
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.publishing import rendered


@pytest.fixture
def approved(tmp_path):
    """A program whose sponsors saw 10% of the people trained, and signed."""
    small = write_late(tmp_path / "late")
    judged(small)
    approve(small)
    return small


def judged(small, **more):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS, **more))


def other_log(small):
    small.edit("gonogo.yaml", "waivers: waivers.yaml\n", "waivers: waivers.yaml\nlog: ./audit2\n")


def other_release(small):
    small.edit("gonogo.yaml", "{id: first,", "{id: second,")


def other_program(small):
    small.edit("gonogo.yaml", "id: small", "id: smaller")


WAYS = pytest.mark.parametrize("renamed", [other_log, other_release, other_program])


@WAYS
def test_a_worse_state_stays_worse_under_another_name(approved, renamed):
    """One line of the program file must not turn a lapsed approval into one that covers."""
    trained(approved, 5)
    renamed(approved)

    for _ in range(2):
        result = judged(approved)
        (review,) = result.assessment.decision.waivers
        assert review.counted is False
        assert "was at 10%" in review.why
        assert "is now at 5%" in review.why
        assert result.assessment.decision.verdict is Verdict.NO_GO


@WAYS
def test_the_same_state_keeps_its_approval_under_another_name(approved, renamed):
    """A program that is renamed for a good reason asks nobody anew for what they saw."""
    renamed(approved)

    assert [one.counted for one in judged(approved).assessment.decision.waivers] == [True]


def test_another_release_that_had_gone_live_says_nothing_of_this_one(approved):
    """The first wave met everything and is live; nobody approved its state when they signed for the second."""
    first = f"{datetime.now(UTC) + timedelta(days=14):%Y-%m-%d}"
    live = f"{datetime.now(ZoneInfo('America/New_York')).date() - timedelta(days=1)}"
    trained(approved, 100)
    (approved.root / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    approved.edit("gonogo.yaml", f'go_live: "{first}', f'go_live: "{live}')
    judged(approved)  # all is met, the day after go-live
    trained(approved, 10)
    approve(approved)
    approved.edit("gonogo.yaml", f'go_live: "{live}', f'go_live: "{first}')
    other_release(approved)

    (review,) = judged(approved).assessment.decision.waivers
    assert "was met" not in review.why


def test_another_id_of_the_criterion_does_not_forget_it(approved):
    """Criteria of one title are one: rules that were renamed do not make a worse state what was approved."""
    trained(approved, 5)
    new = "workforce.training.completed"
    for name in ("rules/ruleset.yaml", "waivers.yaml"):
        approved.edit(name, "workforce.training.completion", new)
    approved.edit("waivers.yaml", "id: W-1", "id: W-9")

    (review,) = judged(approved).assessment.decision.waivers
    assert review.counted is False
    assert "is now at 5%" in review.why


def page(result):
    return render(RunView.of(result.records, result.run), width=400).decode()


def test_page_one_names_the_releases_whose_runs_the_log_also_holds(approved):
    """ "This is the first recorded run of this release" is half of the truth in a log of another one."""
    assert b"also holds" not in rendered(judged(approved), "terminal")
    other_release(approved)
    result = judged(approved)

    told = rendered(result, "terminal").decode()
    assert "No history: this is the first recorded run of this release." in told
    assert "This log also holds runs of release first (the last of " in told
    other_program(approved)
    result = judged(approved)
    assert "release first of the program small" in " ".join(rendered(result, "full").decode().split())
    assert run(["report", str(approved.root), "-o", f"json:{approved.root / 'later.json'}"]) == 0
    assert b"release second of the program small" in (approved.root / "later.json").read_bytes()


def test_a_log_beside_the_configured_one_is_told(approved):
    """A fresh log looks like a fresh program; the old one still lies there."""
    assert not any(one.by == "log" for one in judged(approved).assessment.decision.trusted or ())
    other_log(approved)
    result = judged(approved)

    (told,) = [one.sentence for one in result.assessment.decision.trusted or () if one.by == "log"]
    assert told.startswith("The audit log is ./audit2 (log:); audit beside it holds 2 runs, the last of ")
    assert "The audit log is ./audit2" in page(result)
    assert "The audit log is ./audit2" in f"{document(RunView.of(result.records, result.run))['decision']['trusted']}"
    (approved.root / "audit/000001.jsonl").rename(approved.root / "audit/000002.jsonl")
    (told,) = [one.sentence for one in judged(approved).assessment.decision.trusted or () if one.by == "log"]
    assert told.endswith("audit beside it holds a log that cannot be read.")


def test_a_waiver_that_no_run_shows_is_told(approved):
    """Without the log the approval is taken from the dates alone, and deleting the log removes its proof."""
    unseen = [one for one in judged(approved).assessment.decision.trusted or () if one.by == "approved_by"]
    assert unseen == []
    for entry in (approved.root / "audit").iterdir():
        entry.unlink()

    (told,) = [one for one in judged(approved).assessment.decision.trusted or () if one.by == "approved_by"]
    assert told.subject == "W-1"
    assert told.sentence.endswith("no recorded run shows the state that was approved.")
