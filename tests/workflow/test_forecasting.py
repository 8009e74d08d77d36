"""What will be too old by go-live, which pace is too slow, and which goes the wrong way: all from the last run."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.forecast.pace import Arrival
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.workflow import forecasting as room
from gonogo.workflow.forecast_words import forecast_lines
from gonogo.workflow.forecasting import release_forecast, turning_stale
from gonogo.workflow.trend_outlook import OutlookKind, ThresholdOutlook
from gonogo.workflow.trending import release_trend

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
RECORD = ROOT / "examples/harborline/go/m3-hardened/record"
BY = datetime(2027, 5, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def finding(*readings, criterion="system.sit.complete", status=Status.MET):
    return Finding(
        criterion=criterion,
        title="It is so",
        domain=Domain.SYSTEM,
        severity=Severity.MANDATORY,
        status=status,
        sentence="It is so.",
        facts=readings,
        owner="provider.technical_lead",
    )


def reading(at, fact="sit.pass_ratio", source="a file"):
    return FactReading(fact=fact, stale_at=at, source=source)


@pytest.mark.parametrize(("after", "stale"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
def test_evidence_is_too_old_from_its_moment_on(after, stale):
    """As for the verdict: what is as old as the criterion allows is too old."""
    found = turning_stale([finding(reading(BY + after))], by=BY, decision=BY)

    assert bool(found) is stale
    assert [each.before_decision for each in found] == [True] * stale


@pytest.mark.parametrize(("after", "before"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)])
def test_what_is_too_old_at_the_decision_is_said_apart(after, before):
    """It voids the decision, and not only the weekend after it."""
    decision = BY - timedelta(days=7)
    (found,) = turning_stale([finding(reading(decision + after))], by=BY, decision=decision)

    assert found.before_decision is before
    assert not turning_stale([finding(reading(decision + after))], by=BY)[0].before_decision


def test_what_is_too_old_already_comes_first_and_then_by_day():
    """And a fact that two criteria read is named once, with the one that notices first."""
    gap = Gap(fact="sit.failed", reason=GapReason.STALE, detail="Too old.", sources=("its file",))
    other = Gap(fact="sit.planned", reason=GapReason.MISSING, detail="Nobody says.")
    findings = [
        finding(reading(BY), reading(BY - 3 * SECOND, "sit.run")),
        finding(reading(BY - SECOND), FactReading(fact="sit.failed", gap=gap), criterion="system.sit.fresh"),
        finding(FactReading(fact="sit.planned", gap=other), criterion="system.sit.planned"),
    ]

    found = turning_stale(findings, by=BY)
    assert [(each.fact, each.at) for each in found] == [
        ("sit.failed", None),
        ("sit.run", BY - 3 * SECOND),
        ("sit.pass_ratio", BY - SECOND),
    ]
    assert found[0].source == "its file"
    assert found[2].criteria == ("system.sit.fresh", "system.sit.complete")


def test_what_each_run_computes_anew_and_what_was_not_judged_is_left_out():
    """Nobody can renew it, and nobody read it."""
    readings = [reading(BY, "waivers.in_force"), reading(BY, "criteria.uncontrolled_changes")]

    assert turning_stale([finding(*readings[1:])], by=BY) == ()
    assert turning_stale([finding(reading(BY), status=Status.NOT_DUE)], by=BY) == ()
    assert turning_stale([finding(reading(BY), status=Status.NOT_APPLICABLE)], by=BY) != ()


def test_harborline_four_weeks_before_go_live(capsys, tmp_path):
    """For people and for programs: source, owner and day, and no forecast from two runs."""
    assert run(["forecast", str(RECORD), "--decision", "2027-04-19"]) == 0
    told = capsys.readouterr().out
    assert "Decision: Mon 2027-04-19 23:59 EDT" in told
    assert "Too old from Sun 2027-04-04 00:00 EDT (at the decision too): evidence/system/jira-2027-04-01.csv" in told
    assert "No forecast for 278 of 278 thresholds" in told
    assert "criteria.uncontrolled_changes" not in told

    assert run(["forecast", str(RECORD), "-o", "json", "-o", f"text:{tmp_path}/ahead.txt"]) == 0
    found = json.loads(capsys.readouterr().out)
    told = (tmp_path / "ahead.txt").read_text(encoding="utf-8")
    assert "Milestones ahead: T-30 (2027-04-03), T-14 (2027-04-19), T-5 (2027-04-28) and T-0 (2027-05-03)." in told
    assert "Too old from Sun 2027-04-04 00:00 EDT (at T-14 already): evidence/system/jira-2027-04-01.csv" in told
    assert "(at T-0 already)" not in told
    assert "T-14" in {each["first_milestone"] for each in found["stale"]}
    assert found["note"].startswith("Forecast, not evidence.")
    assert (found["decision"], found["without_forecast"]) == (None, found["thresholds"])
    assert {each["before_decision"] for each in found["stale"]} == {None}


@pytest.fixture(scope="module")
def trend():
    return release_trend(RECORD, ())


def test_a_decision_lies_between_the_last_run_and_go_live(trend, monkeypatch):
    """Both ends belong to it."""
    monkeypatch.setattr(room, "release_trend", lambda *_: trend)
    now, go_live = trend.now, trend.last.started.release.go_live

    for inside in (now, go_live, date(2027, 4, 3), date(2027, 5, 3)):
        assert now <= release_forecast(RECORD, inside).decision <= go_live
    for outside in (now - SECOND, go_live + SECOND, date(2027, 4, 2), date(2027, 5, 4)):
        with pytest.raises(UsageError, match="which is not between"):
            release_forecast(RECORD, outside)


def test_after_go_live_nothing_is_left(trend, monkeypatch):
    """A second before it, something is."""
    go_live = trend.last.started.release.go_live
    for now in (go_live - SECOND, go_live, go_live + SECOND):
        fake = SimpleNamespace(now=now, last=trend.last, histories=trend.histories)
        monkeypatch.setattr(room, "release_trend", lambda *_, fake=fake: fake)
        if now < go_live:
            assert release_forecast(RECORD).stale
        else:
            with pytest.raises(UsageError, match="Nothing is left to forecast"):
                release_forecast(RECORD)


def test_slow_paces_are_listed_for_open_criteria_and_lost_ones_for_all(trend, monkeypatch):
    """A threshold that is missed inside of a criterion that is met another way stops nobody."""
    monkeypatch.setattr(room, "release_trend", lambda *_: trend)
    way = room.outlook(trend.histories[0], BY)
    assert way.kind is OutlookKind.SILENT
    statuses = {each.criterion: each.status for each in trend.last.findings}
    judged = {each.criterion for each in trend.histories}
    assert {statuses[each] for each in judged} >= {Status.MET}

    arrived = Arrival(datetime(2027, 4, 20, 12, tzinfo=UTC), None, None)
    never = ThresholdOutlook(OutlookKind.NEVER, "", 4, arrived)
    monkeypatch.setattr(room, "outlook", lambda *_, **__: never)
    missed = release_forecast(RECORD)
    assert {each.finding.criterion for each in missed.missed} >= {each for each in judged if statuses[each].open}
    elsewhere = ("operations.cutover.plan", "cutover.complete_ratio >= floor_cutover")
    assert elsewhere in {(each.criterion, each.text) for each in trend.histories}
    assert elsewhere not in {(each.history.criterion, each.history.text) for each in missed.missed}
    limits = {each.history.text: each.limit for each in missed.missed}
    assert limits["training.completed_ratio >= min_completion"] == "98% from T-0"
    assert limits["approach.open_material_changes <= max_open_material_changes"] == "2 changes"

    lost = ThresholdOutlook(OutlookKind.LOST, "", 4, arrived)
    monkeypatch.setattr(room, "outlook", lambda *_, **__: lost)
    found = release_forecast(RECORD)
    assert (len(found.lost), found.missed, found.silent) == (len(trend.histories), (), 0)
    assert "   met now; at the present pace no longer met from 2027-04-20 (between never and never)" in forecast_lines(
        found
    )
