"""The decision page: what it is for, what is asked, the next date, the domains in words, and what it rests on."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.decision import DomainDecision
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import Basis, Evidence, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict
from gonogo.model.waiting import Waiting
from gonogo.report.asked import asked_words
from gonogo.report.coming_days import coming_days
from gonogo.report.decision_sheet import without_words
from gonogo.report.detail import page_of
from gonogo.report.formats import FORMATS
from gonogo.report.page import Sheet
from gonogo.report.price_of_waiting import DAYS, STATED, next_window, waiting_words
from gonogo.report.view import RunView

DECISION = RunKind(purpose=Purpose.DECISION)
Seal = Callable[..., list[SealedRecord]]


def view_of(run: Any, seal_log: Seal) -> RunView:
    return RunView.of(seal_log(run.events()))


def sheet_of(run: Any, seal_log: Seal) -> Sheet:
    return page_of(view_of(run, seal_log)).sheet


def rows(sheet: Sheet, part: str) -> list[str]:
    found = next(each for each in sheet.parts if each.id == f"sheet-{part}")
    return [*found.lead, *(" | ".join(row) for row in found.rows)]


class TestAsked:
    @pytest.mark.parametrize(
        ("run", "asked"),
        [
            ("go", "You are asked to approve or refuse going live with release R1: nothing blocks."),
            (
                "conditional",
                "You are asked to approve going live with release R1 on the 2 conditions below, each with a person, "
                "or to refuse.",
            ),
            (
                "no_go",
                "You are asked not to approve going live with release R1, and to see that what blocks is settled.",
            ),
        ],
    )
    def test_a_decision_asks_for_one(self, every_run: dict[str, Any], seal_log: Seal, run: str, asked: str) -> None:
        assert sheet_of(every_run[run].with_assessment(kind=DECISION), seal_log).purpose == (
            f"It is for the decision on going live with release R1. {asked}",
        )

    @pytest.mark.parametrize(
        "kind",
        [
            RunKind(purpose=Purpose.PROGRESS),
            RunKind(purpose=Purpose.REHEARSAL),
            RunKind(purpose=Purpose.DECISION, shadow=True),
        ],
    )
    def test_where_nothing_is_decided_nobody_is_asked_to_approve(self, go: Any, seal_log: Seal, kind: RunKind) -> None:
        """A GO of a rehearsal that asks for approval would get it."""
        (purpose,) = sheet_of(go.with_assessment(kind=kind), seal_log).purpose

        assert "decides nothing about going live" in purpose
        assert "You are asked to approve nothing" in purpose

    @pytest.mark.parametrize(("milestone", "after"), [("T-30", "the T-30 assessment"), (None, "the assessment before")])
    def test_before_all_is_due_nobody_is_asked_to_approve_going_live(
        self, go: Any, seal_log: Seal, milestone: str | None, after: str
    ) -> None:
        """A GO of T-30 asked the sponsors to approve going live, with twelve mandatory criteria to come."""
        first, *others = go.assessment.findings
        later = first.model_copy(update={"status": Status.NOT_DUE, "due_from": "T-5"})
        run = go.with_assessment(kind=DECISION, milestone=milestone, findings=(later, *others))

        (purpose,) = sheet_of(run, seal_log).purpose

        assert purpose.startswith(f"It is for the decision on going on after {after}")
        assert "You are asked to approve or refuse going on after " in purpose
        assert "going live" not in purpose

    @pytest.mark.parametrize(
        ("counted", "submitted", "words"),
        [
            (0, 1, "0 of 1 waiver counts."),
            (1, 1, "1 of 1 waiver counts."),
            (1, 2, "1 of 2 waivers counts."),
            (0, 2, "0 of 2 waivers count."),
        ],
    )
    def test_how_many_waivers_count(
        self, conditional: Any, seal_log: Seal, counted: int, submitted: int, words: str
    ) -> None:
        view = view_of(conditional, seal_log)
        reviews = tuple(view.decision.waivers[0].model_copy(update={"counted": n < counted}) for n in range(submitted))
        decision = view.decision.model_copy(update={"waivers": reviews})
        papers = (view.waivers[0],) * submitted
        assessment = view.assessment.model_copy(update={"decision": decision, "waivers": papers})

        assert without_words(replace(view, assessment=assessment)).endswith(words)

    def test_another_gate_is_named(self, go: Any, seal_log: Seal) -> None:
        view = replace(view_of(go.with_assessment(kind=DECISION), seal_log), gate="the start of user tests")

        assert page_of(view).sheet.purpose[0].startswith("It is for the decision on the start of user tests. ")

    def test_every_format_for_people_says_it(self, no_go: Any, seal_log: Seal) -> None:
        view = view_of(no_go, seal_log)
        asked = asked_words(view)

        for name in ("full", "markdown", "html"):
            assert asked in " ".join(FORMATS[name].render(view).decode().replace("\\", "").split())
        assert json.loads(FORMATS["json"].render(view))["asked"]["sentence"] == asked


class TestDates:
    def test_the_nearest_day_comes_first_and_go_live_last(self, conditional: Any, seal_log: Seal) -> None:
        found = coming_days(view_of(conditional, seal_log))

        assert [each.words for each in found] == [
            "Tue 2027-04-27: 1 plan is due (the provider's technical lead)",
            "Mon 2027-05-03: go-live",
        ]

    @pytest.mark.parametrize(("days", "kept"), [(-1, False), (0, True), (1, True)])
    def test_a_plan_of_yesterday_is_no_next_date(self, conditional: Any, seal_log: Seal, days: int, kept: bool) -> None:
        run = conditional.assessment
        due = run.program.local_date(run.now) + timedelta(days=days)
        plan = run.plans[0].model_copy(update={"due": due})

        found = coming_days(view_of(conditional.with_assessment(plans=(plan,)), seal_log))

        assert any("plan" in each.words for each in found) is kept

    @pytest.mark.parametrize(
        ("rungs", "status", "words"),
        [
            (("T-14", "85%", "T-5", "98%"), Status.MET, "Wed 2027-04-28: 1 criterion asks for more (T-5)"),
            (("T-14", "85%", "T-5", "98%"), Status.NOT_APPLICABLE, "Mon 2027-05-03: go-live"),
            (("T-14", "85%", "T-5", "85%"), Status.MET, "Mon 2027-05-03: go-live"),
            (("T-30", "85%", "T-14", "98%"), Status.MET, "Mon 2027-05-03: go-live"),
            (("T-14", "85%", "someday", "98%"), Status.MET, "Mon 2027-05-03: go-live"),
        ],
    )
    def test_the_day_on_which_more_is_asked_is_one_of_them(
        self, go: Any, seal_log: Seal, rungs: tuple[str, ...], status: Status, words: str
    ) -> None:
        """A GO of T-14 named go-live as its next date; at T-5 it asked for 98%, and nobody had looked."""
        first, *others = go.assessment.findings
        run = go.with_assessment(findings=(first.model_copy(update={"status": status}), *others))
        ladder = [{"milestone": rungs[at], "value": rungs[at + 1]} for at in (0, 2)]
        about = {first.criterion: {"parameters": [{"name": "min_done", "ladder": ladder}]}}
        view = replace(view_of(go, seal_log), about=about, assessment=run.assessment)

        assert coming_days(view)[0].words == words

    def test_after_go_live_nothing_comes(self, go: Any, seal_log: Seal) -> None:
        run = go.with_assessment(now=go.assessment.release.go_live + timedelta(days=1))

        assert coming_days(view_of(run, seal_log)) == ()
        assert dict(sheet_of(run, seal_log).dates)["Next date"] == "none before go-live: it has passed"


class TestTiles:
    @pytest.mark.parametrize(
        ("verdict", "due", "state", "tone"),
        [
            (Verdict.GO, 3, "Nothing blocks", "good"),
            (Verdict.CONDITIONAL_GO, 3, "With conditions", "mixed"),
            (Verdict.NO_GO, 1, "Blocks", "bad"),
            (Verdict.NO_GO, 0, "Nothing is due yet", "none"),
        ],
    )
    def test_a_domain_in_words(
        self, go: Any, seal_log: Seal, verdict: Verdict, due: int, state: str, tone: str
    ) -> None:
        """What is not due alarms nobody, even where the verdict waits for it."""
        part = DomainDecision(domain=Domain.SYSTEM, verdict=verdict, due=due, answered=due, met=0)
        decision = go.assessment.decision.model_copy(update={"domains": (part,)})

        (tile,) = sheet_of(go.with_assessment(decision=decision), seal_log).tiles

        assert (tile.state, tile.tone) == (state, tone)

    def test_its_counts_are_those_of_the_findings(self, conditional: Any, seal_log: Seal) -> None:
        tiles = {tile.name: tile.counts for tile in sheet_of(conditional, seal_log).tiles}

        assert tiles["System"] == "1 of 3 met, 2 not met"
        assert tiles["Operations"] == "1 of 1 met, 1 not due"


class TestParts:
    def test_blockers_are_named_with_person_and_day(self, no_go: Any, seal_log: Seal) -> None:
        assert rows(sheet_of(no_go, seal_log), "blocks")[:3] == [
            "the customer's functional lead | People are trained before they are given the new system | not met | "
            "2027-05-03",
            "the customer's functional lead | The title of batch window | not met | 2027-05-03",
            "no one person | 4 conditional criteria are open in system; the policy allows 3. | not met | 2027-05-03",
        ]

    def test_conditions_are_named_with_what_is_done_instead(self, conditional: Any, seal_log: Seal) -> None:
        assert rows(sheet_of(conditional, seal_log), "depends") == [
            "the customer's technical lead | The title of tested | waiver W-003: Daily statement file keyed by two "
            "staff, control total check | until 2027-06-02",
            "the provider's technical lead | The title of batch window | Split the allocation job and rerun the "
            "simulated close | 2027-04-27",
        ]

    def test_the_verdict_without_waivers_stands_beside_it(self, conditional: Any, go: Any, seal_log: Seal) -> None:
        assert sheet_of(conditional, seal_log).without == "Without waivers: NO-GO. 1 of 2 waivers counts."
        assert sheet_of(go, seal_log).without == "Without waivers: GO. No waiver was submitted."

    def test_an_unsigned_decision_is_a_finding_and_a_sound_one_is_none(self, go: Any, seal_log: Seal) -> None:
        view = view_of(go.with_assessment(kind=DECISION), seal_log)
        signed = replace(view, started=view.started.model_copy(update={"signed_by": "a" * 64}))
        strong = tuple(reply.model_copy(update={"level": "L2"}) for reply in view.collectors)

        found = json.loads(FORMATS["json"].render(view))["integrity"]
        sound = json.loads(FORMATS["json"].render(replace(signed, collectors=strong)))["integrity"]

        assert found == [
            "The record is not signed: somebody who may write to it could replace it.",
            "Isolation of the sources: L1 for 1 source.",
        ]
        assert sound == []

    def test_what_gonogo_does_not_record_is_said(self, go: Any, seal_log: Seal) -> None:
        """No votes on the page must not read as a unanimous vote."""
        text = FORMATS["full"].render(view_of(go, seal_log)).decode()

        assert "votes, dissent, quorum and challenges are not recorded by this version of gonogo" in text


class TestWaiting:
    def stated(self, run: Any, **more: Any) -> Any:
        waiting = Waiting(price="$410,000 a month.", source="the board's paper 14", **more)
        return run.with_assessment(release=run.assessment.release.model_copy(update={"waiting": waiting}))

    def test_the_program_file_states_it(self, no_go: Any, seal_log: Seal) -> None:
        """A NO-GO has a price too, and a sponsor weighs both."""
        view = view_of(self.stated(no_go, next_window="2027-07-02 to 2027-07-05"), seal_log)

        assert waiting_words(view) == (
            "Waiting costs: $410,000 a month.",
            "Next window: 2027-07-02 to 2027-07-05.",
            "The program file states it, after the board's paper 14; nobody checked it.",
        )
        assert "Waiting costs: $410,000 a month." in FORMATS["full"].render(view).decode()

    @pytest.mark.parametrize(("days", "told"), [(-1, ""), (0, "Mon 2027-05-03"), (60, "Fri 2027-07-02"), (10**9, "")])
    def test_evidence_may_say_when_the_next_window_is(self, go: Any, seal_log: Seal, days: int, told: str) -> None:
        entry = Evidence(
            fact=DAYS,
            type=FactType.INTEGER,
            unit="calendar days",
            value=days,
            as_of=go.assessment.now,
            basis=Basis.STATED,
            source=Source(binding="board", locator="paper.yaml"),
        )
        evidence = go.assessment.evidence.model_copy(update={"evidence": (*go.assessment.evidence.evidence, entry)})

        assert next_window(view_of(go.with_assessment(evidence=evidence), seal_log)).startswith(told)
        assert bool(next_window(view_of(go.with_assessment(evidence=evidence), seal_log))) is bool(told)

    @pytest.mark.parametrize(("value", "verb"), [(True, "states"), (False, "does not state")])
    def test_a_paper_that_states_no_price_is_said_to(self, go: Any, seal_log: Seal, value: bool, verb: str) -> None:
        entry = Evidence(
            fact=STATED,
            type=FactType.BOOLEAN,
            value=value,
            as_of=go.assessment.now,
            basis=Basis.STATED,
            source=Source(binding="board", locator="paper.yaml"),
        )
        evidence = go.assessment.evidence.model_copy(update={"evidence": (*go.assessment.evidence.evidence, entry)})

        assert waiting_words(view_of(go.with_assessment(evidence=evidence), seal_log)) == (
            f"The decision paper {verb} what waiting costs (board).",
        )

    def test_silence_is_said(self, no_go: Any, seal_log: Seal) -> None:
        assert waiting_words(view_of(no_go, seal_log)) == ()
        assert rows(sheet_of(no_go, seal_log), "waiting")[0].startswith("Nobody states what waiting costs")


def test_a_ladder_is_shown_rung_by_rung(go: Any, seal_log: Seal) -> None:
    """A criterion that is met at T-14 may ask more at T-5."""
    view = view_of(go, seal_log)
    first = go.assessment.findings[0]
    assert first.status is Status.MET
    rungs = [{"milestone": "T-14", "value": "85%"}, {"milestone": "T-5", "value": "98%"}]
    about = {first.criterion: {"parameters": [{"name": "min_done", "ladder": rungs}]}}

    text = FORMATS["full"].render(replace(view, about=about)).decode()

    assert "min_done: 85% from T-14 and 98% from T-5" in " ".join(text.split())
