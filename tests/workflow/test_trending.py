"""History from the log, every change of the measure on its line, and no pace across such a change."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from gonogo.cli import run
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.evidence import Attested, Basis, Evidence, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactType
from gonogo.model.finding import ComparisonReading, Outcome
from gonogo.workflow import trending as room
from gonogo.workflow.trend_outlook import OutlookKind, outlook, stricter_end
from gonogo.workflow.trend_words import lines
from gonogo.workflow.trending import RunForTrend, _history, release_trend

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
RECORD = ROOT / "examples/harborline/go/m3-hardened/record"
START = datetime(2027, 4, 1, tzinfo=UTC)
LATER = START + timedelta(days=30)
FACT, CRITERION = "training.completed_ratio", "workforce.training.completion"


def value(day, number, of=None, kind=FactType.RATIO, binding="lms", basis=Basis.MEASURED, agreeing=None):
    counts = {} if of is None else {"part": number, "whole": of}
    text = Decimal(quotient_text(number, of)) if of is not None else number
    unit = "" if kind is FactType.RATIO else "items"
    at = START + timedelta(days=day)
    source = Source(binding=binding, locator="a file")
    counts |= {} if agreeing is None else {"agreeing": (agreeing,)}
    return Evidence(fact=FACT, type=kind, unit=unit, value=text, as_of=at, basis=basis, source=source, **counts)


def past(answer, *, right="80%", operator=">=", outcome=Outcome.NOT_MET, rules="a", meaning="v"):
    reading = ComparisonReading(text="it", operator=operator, right=right, outcome=outcome)
    started = SimpleNamespace(ruleset="r@1", ruleset_sha256=rules, vocabulary_sha256=meaning)
    return RunForTrend(started, {FACT: answer}, {CRITERION: SimpleNamespace(comparisons=(reading,))})


def history(*runs, rises=True):
    return _history(FACT, CRITERION, "it", rises, runs)


def shares(*parts, of=20, **how):
    return [past(value(day, part, of), **how) for day, part in enumerate(parts)]


def counts(*numbers, **how):
    return [past(value(day, number, kind=FactType.INTEGER), **how) for day, number in enumerate(numbers)]


def words(found, now=START + timedelta(days=3), go_live=LATER):
    return found.words(ZoneInfo("UTC"), now, go_live)


def test_three_points_are_silent_and_four_speak():
    """Below, equal, above."""
    kinds = [outlook(history(*shares(*parts)), LATER) for parts in ((4, 5, 6), (4, 5, 6, 7), (4, 5, 6, 7, 8))]

    assert [each.kind for each in kinds] == [OutlookKind.SILENT, OutlookKind.MET, OutlookKind.MET]
    assert words(kinds[0]) == "no forecast: 3 points under the present rules, source and denominator, 4 are needed"
    assert words(kinds[1]) == "at the present pace met on 2027-04-13 (between 2027-04-07 and 2027-04-29)"


@pytest.mark.parametrize("change", [{"rules": "b"}, {"meaning": "w"}, {"of": 21}])
def test_no_pace_leads_across_a_change_of_the_measure(change):
    """New rules or another denominator: what was before is another measure. Three points after it are no pace."""
    before, after = shares(4, 5, 6, 7), [past(value(9 + n, 8 + n, 20)) for n in range(4)]
    changed = [past(value(9 + n, 8 + n, change.get("of", 20)), **{k: v for k, v in change.items() if k != "of"})
               for n in range(4)]  # fmt: skip

    assert outlook(history(*before, *after[:3]), LATER).points == 7
    assert outlook(history(*before, *changed[:3]), LATER).kind is OutlookKind.SILENT
    assert outlook(history(*before, *changed), LATER).points == 4


def test_each_change_is_on_its_line():
    """Rules, limit and denominator; and a run without a value hides none of them."""
    gap = Gap(fact=FACT, reason=GapReason.MISSING, detail="Nobody says.")
    runs = [
        past(value(0, 5, 20)),
        past(gap, right="", outcome=Outcome.UNKNOWN),
        past(value(2, 5, 25), right="90%"),
        past(value(3, 5, 25), right="90%", rules="b"),
        past(value(4, 5, 25), right="90%", rules="b", meaning="w"),
    ]

    marks = [each.marks for each in history(*runs).moments]
    assert marks == [
        (),
        (),
        ("the limit was 80%", "the denominator was 20"),
        ("the rules changed: r@1, digest a then b",),
        ("what the facts mean changed",),
    ]


def test_another_source_is_another_measure():
    """A figure from the learning system and one from a survey are no pace, and the line says where it changed."""
    attested = Attested(person="joan.pruett", role="customer.sponsor", on=START.date())
    changed = [past(value(4 + n, 8 + n, 20, binding="survey")) for n in range(3)]
    stated = past(
        value(9, 12, 20, binding="survey").model_copy(update={"basis": Basis.STATED, "attested": (attested,)})
    )
    runs = [*shares(4, 5, 6, 7), *changed, stated]

    assert [each.marks for each in history(*runs).moments if each.marks] == [
        ("the source was lms, measured",),
        ("the source was survey, measured",),
    ]
    assert outlook(history(*shares(4, 5, 6, 7)), LATER).points == 4
    assert outlook(history(*runs[:7]), LATER).why.startswith("3 points ")


def test_of_sources_that_agree_one_that_goes_on_is_enough():
    """The oldest of them counts, and that may be another one each week."""
    both = [past(value(4 + n, 8 + n, 20, binding="survey", agreeing=value(4 + n, 8 + n, 20))) for n in range(2)]
    runs = [*shares(4, 5, 6, 7), *both, past(value(7, 11, 20))]

    assert not [each.marks for each in history(*runs).moments if each.marks]
    assert outlook(history(*runs), LATER).points == 7


def test_counts_that_come_or_go_are_another_denominator():
    """A share without counts is of nobody knows what."""
    bare = [past(value(4 + n, Decimal("0.4") + Decimal(n) / 20)) for n in range(4)]
    runs = [*shares(4, 5, 6, 7), *bare, *[past(value(9 + n, 12 + n, 20)) for n in range(3)]]
    moments = history(*runs).moments

    assert [each.marks for each in moments if each.marks] == [
        ("the denominator was 20",),
        ("no denominator was recorded",),
    ]
    assert outlook(history(*runs[:8]), LATER).arrival.on == START + timedelta(days=12)
    assert outlook(history(*runs), LATER).why.startswith("3 points ")


def test_a_limit_alone_breaks_no_pace():
    """A ladder gets stricter at each milestone; the values stay what they are."""
    runs = [*shares(4, 5, 6, right="70%"), past(value(3, 7, 20))]

    assert outlook(history(*runs), LATER).points == 4


def test_evidence_that_several_runs_read_is_one_point():
    """A survey of March that is read every day says nothing about a pace."""
    runs = [past(value(0, 4, 20)) for _ in range(9)]

    assert outlook(history(*runs), LATER).why.startswith("1 point ")


def test_whole_items_are_counted():
    """81% of 20 is 17 items, and 80% is 16: one more day at one a day."""
    day = [outlook(history(*shares(4, 5, 6, 7, right=right)), LATER).arrival.on for right in ("80%", "81%")]

    assert [(each - START).days for each in day] == [12, 13]


@pytest.mark.parametrize(("operator", "days"), [(">=", 6), (">", 7)])
def test_at_least_and_more_than_differ_by_one(operator, days):
    """Of whole numbers."""
    found = outlook(history(*counts(0, 1, 2, 3, right="6 items", operator=operator)), LATER)

    assert found.arrival.on == START + timedelta(days=days)


@pytest.mark.parametrize(("operator", "days"), [("<=", 5), ("<", 6)])
def test_at_most_and_less_than_differ_by_one(operator, days):
    """What must fall."""
    found = outlook(history(*counts(6, 5, 4, 3, right="1 item", operator=operator), rises=False), LATER)

    assert found.arrival.on == START + timedelta(days=days)


@pytest.mark.parametrize(
    ("go_live", "kind"),
    [(5, OutlookKind.NOT_BEFORE_GO_LIVE), (6, OutlookKind.MET), (7, OutlookKind.MET)],
)
def test_before_at_and_after_go_live(go_live, kind):
    """The sixth day is the day."""
    found = outlook(history(*counts(0, 1, 2, 3, right="6 items")), START + timedelta(days=go_live))

    assert found.kind is kind
    assert words(found).startswith("not before go-live") is (kind is OutlookKind.NOT_BEFORE_GO_LIVE)


@pytest.mark.parametrize("numbers", [(3, 3, 3, 3), (6, 5, 4, 3)])
def test_no_pace_or_the_wrong_one_is_never(numbers):
    """Never a day, and never met."""
    found = outlook(history(*counts(*numbers, right="9 items")), LATER)

    assert found.misses
    assert words(found) == "never at this pace"


def test_what_is_met_may_be_lost_and_never_gets_better():
    """A forecast may make a criterion worse."""
    met = {"right": "3 items", "outcome": Outcome.MET}
    lost = outlook(history(*counts(8, 7, 6, 5, **met)), LATER)
    stays = outlook(history(*counts(5, 6, 7, 8, **met)), LATER)

    assert (lost.kind, lost.arrival.on) == (OutlookKind.LOST, START + timedelta(days=6))
    assert words(lost).startswith("met now; at the present pace no longer met from 2027-04-07")
    assert words(stays) == "met now; at the present pace it stays met until go-live"


def test_both_ends_of_the_interval_are_said_where_they_matter():
    """At best, of what stands still; at worst, of what is met: shares may yet move."""
    at_best = outlook(history(*shares(7, 7, 7, 7, right="40%")), LATER)
    worse = outlook(history(*shares(2, 2, 2, 2, right="10%", operator="<=", outcome=Outcome.MET), rises=False), LATER)

    assert words(at_best) == "never at this pace; at best on 2027-04-05"
    assert words(worse) == (
        "met now; at the present pace it stays met until go-live; at worst no longer met from 2027-04-04"
    )


def test_what_stands_still_at_its_threshold_may_be_lost():
    """8 of 20 is enough for 40%; with one less it is not."""
    still = outlook(history(*shares(8, 8, 8, 8, right="40%", outcome=Outcome.MET)), LATER)

    assert still.kind is OutlookKind.STAYS
    assert words(still).endswith("; at worst no longer met from 2027-04-05")


def test_the_last_rung_of_a_ladder_has_a_forecast_of_its_own():
    """What is met by the limit of today may be missed by that of go-live."""
    easy = {"right": "40%", "outcome": Outcome.MET}
    found = replace(history(*shares(8, 9, 10, 11, **easy)), at_the_end=("T-0", "95%"))

    assert stricter_end(found) == ("T-0", "95%")
    assert outlook(found, LATER).kind is OutlookKind.STAYS
    at_the_end = outlook(found, LATER, at_the_end=True)
    assert (at_the_end.kind, at_the_end.arrival.on) == (OutlookKind.MET, START + timedelta(days=11))
    early = outlook(found, START + timedelta(days=10), at_the_end=True)
    assert early.kind is OutlookKind.NOT_BEFORE_GO_LIVE


@pytest.mark.parametrize(("end", "met"), [("50%", True), ("55%", True), ("56%", False)])
def test_whether_the_last_rung_is_met_is_counted(end, met):
    """11 of 20 is 55%."""
    found = replace(history(*shares(8, 9, 10, 11, right="40%", outcome=Outcome.MET)), at_the_end=("T-0", end))

    kind = outlook(found, LATER, at_the_end=True).kind
    assert kind is (OutlookKind.STAYS if met else OutlookKind.MET)


def test_a_ladder_that_has_ended_and_a_limit_without_one_are_said_once():
    """The same limit twice would be read as two."""
    found = history(*shares(4, 5, 6, 7))

    assert stricter_end(found) is None
    assert stricter_end(replace(found, at_the_end=("T-0", "80%"))) is None


def test_a_day_that_has_passed_is_no_promise():
    """The pace would have met it; the last run says that nobody showed it."""
    found = outlook(history(*counts(0, 1, 2, 3, right="6 items")), LATER)

    assert words(found, now=START + timedelta(days=9)).endswith(
        "it is not met in the last run, and newer evidence would show more"
    )


def test_without_a_value_in_the_last_run_nothing_is_said():
    """An old pace says nothing of a source that fell silent."""
    gap = Gap(fact=FACT, reason=GapReason.MISSING, detail="Nobody says.")
    runs = [*shares(4, 5, 6, 7), past(gap, outcome=Outcome.UNKNOWN)]

    assert words(outlook(history(*runs), LATER)) == "no forecast: the last run has no value that counts"


@pytest.mark.parametrize("right", ["under 100%", "10^40+", "2027-04-19 16:00 UTC", '"yes"', ""])
def test_a_limit_that_is_no_exact_number_is_not_guessed(right):
    """A date of it would be wrong without a sign of that."""
    assert outlook(history(*shares(4, 5, 6, 7, right=right)), LATER).kind is OutlookKind.SILENT


def test_harborline_over_its_two_runs(capsys):
    """By name of a fact, of its criterion, and for programs alike; and the log stays as it was."""
    before = {path: path.read_bytes() for path in RECORD.rglob("*") if path.is_file()}

    found = release_trend(RECORD, [FACT, CRITERION])
    texts = ["training.completed_ratio >= min_completion", "training.lowest_unit_ratio >= min_unit_completion"]
    assert [each.text for each in found.histories] == texts
    assert [each.marks for each in found.histories[0].moments] == [(), ("the limit was 25%",)]
    assert run(["trend", str(RECORD), FACT, "backup.restore_success", "-o", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["note"].startswith("Forecast, not evidence.")
    first, second = told["histories"]
    assert [(each["part"], each["whole"], each["limit"]) for each in first["moments"]] == [
        (424, 1462, "25%"),
        (936, 1462, "60%"),
    ]
    assert (first["at_the_end"]["milestone"], first["at_the_end"]["limit"]) == ("T-0", "98%")
    assert second["at_the_end"] is None
    assert (first["forecast"]["kind"], second["forecast"]) == ("silent", None)
    with pytest.raises(UsageError, match="know no fact or criterion"):
        release_trend(RECORD, ["training.completed"])
    assert before == {path: path.read_bytes() for path in RECORD.rglob("*") if path.is_file()}


def test_what_is_not_read_is_counted(monkeypatch):
    """A line that begins in the middle says so."""
    monkeypatch.setattr(room, "MOST", 1)

    found = release_trend(RECORD, [FACT])
    assert (len(found.runs), found.left_out) == (1, 1)
    assert "1 older run is not read." in lines(found)


def test_rehearsals_are_no_history(stated_run):
    """One that was judged as of next month would draw a line into the future."""
    with pytest.raises(UsageError, match="only rehearsals"):
        release_trend(stated_run.root, [])


@pytest.mark.parametrize(
    ("require", "text", "followed"),
    [
        (f"{FACT} >= 80%", f"{FACT} >= 80%", True),
        (f"{FACT} >= 80% or desk.staffed", f"{FACT} >= 80%", True),
        (f"not ({FACT} >= 80%)", f"{FACT} >= 80%", False),
        (f"{FACT} == 80%", f"{FACT} == 80%", False),
        (f"{FACT} + {FACT} >= 80%", f"{FACT} + {FACT} >= 80%", False),
        (f"{FACT} >= desk.share", f"{FACT} >= desk.share", False),
        ("desk.staffed", "desk.staffed", False),
        ("it cannot be read", f"{FACT} >=", False),
    ],
)
def test_only_one_number_that_is_compared_with_a_threshold_is_followed(require, text, followed):
    """The pace of what is denied, or of two facts at once, would point the wrong way."""
    reading = ComparisonReading(text=text, operator=">=", right="80%", outcome=Outcome.NOT_MET)
    finding = SimpleNamespace(criterion=CRITERION, comparisons=(reading,))
    last = SimpleNamespace(requirements={CRITERION: require}, answers={FACT: value(0, 4, 20)})

    found = room._of_criterion(finding, last, shares(4, 5))

    assert [(each.fact, each.rises) for each in found] == ([(FACT, True)] if followed else [])


@pytest.mark.parametrize(("kind", "followed"), [(FactType.RATIO, True), (FactType.TEXT, False), (None, True)])
def test_a_fact_that_is_a_number_or_unknown_is_followed(kind, followed):
    """A text has no pace; of a fact without a value its threshold still says what it would be."""
    answer = Gap(fact=FACT, reason=GapReason.MISSING, detail="Nobody says.")
    if kind is not None:
        answer = value(0, "signed", kind=kind) if kind is FactType.TEXT else value(0, 4, 20)
    text = f"{FACT} >= 80%"
    reading = ComparisonReading(text=text, operator=">=", right="80%", outcome=Outcome.NOT_MET)
    last = SimpleNamespace(requirements={CRITERION: text}, answers={FACT: answer})

    found = room._of_criterion(SimpleNamespace(criterion=CRITERION, comparisons=(reading,)), last, shares(4, 5))

    assert bool(found) is followed


def test_a_value_that_lost_its_shape_is_a_broken_record():
    """It is read when it is first asked for, and is refused as if it had been read at once."""
    answers = room._ReadWhenAsked({FACT: (Evidence.from_document, {"fact": FACT})}, "run-9")

    assert (list(answers), len(answers)) == ([FACT], 1)
    with pytest.raises(IntegrityError, match="the records of the run run-9 do not have their shape"):
        answers[FACT]
