"""The first screen and the first sheet: what a sponsor reads in one minute, whatever was recorded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gonogo.comparison.compare import RunComparison
from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.model.change import Effect, RuleChange
from gonogo.model.collected import Unanswered
from gonogo.model.decision import Blocker, Condition
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import GapReason
from gonogo.report.detail import page_of
from gonogo.report.formats import FORMATS
from gonogo.report.formats.terminal_format import LINES, WIDTH, render
from gonogo.report.formats.text_columns import cells
from gonogo.report.unread import unread
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
LONG = "A sentence that somebody wrote at length because there was a great deal to say about it in April. " * 4


def lines(view: RunView) -> list[str]:
    return render(view).decode().split("\n")[:-1]


def crowded(run: Any, seal_log: Seal, many: int, words: str) -> RunView:
    """A run with as much to say as any run can have."""
    decision = run.assessment.decision
    first = run.assessment.findings[0]
    findings = tuple(
        first.model_copy(update={"criterion": f"system.crowd.c{n}", "title": f"{n} {words}"[:2000]})
        for n in range(many)
    )
    blockers = [Blocker(criterion=each.criterion, domain=each.domain, why=words) for each in findings]
    conditions = [Condition(criterion=each.criterion, why=words) for each in findings]
    people = {first.owner: (f"Somebody {words}"[:200],)}
    update: dict[str, Any] = {"remark": words, "people": people}
    update |= {"blockers": tuple(blockers)} if decision.blockers else {"conditions": tuple(conditions)}
    changed = run.with_assessment(
        findings=(*run.assessment.findings, *findings), decision=decision.model_copy(update=update)
    )
    collector = run.collectors[0]
    silent = (Unanswered(facts=("training.completed_ratio",), reason=GapReason.MISSING, detail=words),)
    sources = tuple(
        collector.model_copy(update={"binding": f"b{n}", "answered": 0, "unanswered": silent, "failure": None})
        for n in range(many)
    )
    changed = replace(changed, collectors=sources)
    change = RuleChange(by="o@1", part=words, old=words, new=words, reason=words, effect=Effect.LOOSENS, loosens=True)
    notices = tuple(Notice(kind=NoticeKind.VALUE, sentence=words, worse=True) for _ in range(many))
    view = RunView.of(seal_log(changed.events()))
    since = RunComparison(notices=notices, verdict_worse=True, since=view.started.now - timedelta(days=1))
    return replace(view, changes=(change,) * many, since=since)


@pytest.mark.parametrize("words", ["short", LONG])
@pytest.mark.parametrize("many", [1, 5, 6, 12, 60])
@pytest.mark.parametrize("run", ["go", "conditional", "gaps_only", "no_go"])
def test_it_fits_one_screen_whatever_was_recorded(
    every_run: dict[str, Any], seal_log: Seal, run: str, many: int, words: str
) -> None:
    """Forty lines with the verdict and the prompt; what is cut says so."""
    found = lines(crowded(every_run[run], seal_log, many, words))

    assert len(found) + cells(found[0]) // WIDTH <= LINES
    assert all(cells(line) <= WIDTH for line in found[1:])
    for heading in ("WHAT CHANGED", "SOURCES THAT", "RULES THAT", "NEXT STEP", "`gonogo report PROGRAM --full`"):
        assert any(heading in line for line in found), heading


def test_the_examples_of_the_model_fit_without_being_cut(every_run: dict[str, Any], seal_log: Seal) -> None:
    """An ellipsis in an ordinary report would be one too many."""
    for run in every_run.values():
        assert not any(line.endswith("…") for line in lines(RunView.of(seal_log(run.events()))))


def test_blockers_are_told_by_name_person_and_day(no_go: Any, seal_log: Seal) -> None:
    """A sponsor phones people, not offices."""
    decision = no_go.assessment.decision.model_copy(update={"people": {"customer.functional_lead": ("Ruth Amsel",)}})
    text = " ".join(lines(RunView.of(seal_log(no_go.with_assessment(decision=decision).events()))))

    assert "WHAT BLOCKS (4, TO BE SETTLED BEFORE MON 2027-05-03 06:00 EDT)" in text
    assert "- Ruth Amsel: People are trained before they are given the new system; not met" in " ".join(text.split())


def test_a_seat_that_nobody_holds_is_said_to_be_vacant(no_go: Any, seal_log: Seal) -> None:
    decision = no_go.assessment.decision.model_copy(update={"people": {"customer.functional_lead": ()}})
    text = " ".join(lines(RunView.of(seal_log(no_go.with_assessment(decision=decision).events()))))

    assert "- the customer's functional lead (vacant): People are trained" in " ".join(text.split())


def test_those_who_are_not_shown_are_still_named(no_go: Any, seal_log: Seal) -> None:
    found = lines(crowded(no_go, seal_log, 60, "short"))

    more = next(line for line in found if re.match(r"- and \d+ more: ", line))
    assert "Somebody short (" in more


def test_a_source_that_is_not_shown_is_still_named(no_go: Any, seal_log: Seal) -> None:
    """Every bound source that was not read stands on the first screen."""
    text = "\n".join(lines(crowded(no_go, seal_log, 6, "short")))

    assert all(re.search(rf"\bb{number}\b", text) for number in range(6))


def lacking(run: Any, seal_log: Seal, *groups: Unanswered, answered: int, declared: int) -> RunView:
    reply = run.collectors[0].model_copy(
        update={"answered": answered, "declared": declared, "unanswered": groups or None}
    )
    return RunView.of(seal_log(replace(run, collectors=(reply,)).events()))


class TestUnread:
    MISSING = Unanswered(facts=("pay.tested", "pay.signed"), reason=GapReason.MISSING, detail="No file matches pay.csv")

    @pytest.mark.parametrize("name", ["terminal", "full", "markdown", "html", "json"])
    def test_a_source_on_which_nothing_due_rests_is_named_on_a_go(self, go: Any, seal_log: Seal, name: str) -> None:
        """It stood on line 835 of the report of a GO."""
        view = lacking(go, seal_log, self.MISSING, answered=0, declared=2)

        text = FORMATS[name].render(view).decode().replace("\\", "")
        told = " ".join(text.replace("\n  ", " ").split())

        assert view.decision.verdict == "GO"
        if name == "json":
            assert '"binding":"training"' in text.partition('"unread":[')[2][:200]
        else:
            assert "training was not read. It would have answered pay.tested and pay.signed. No criterion reads" in told

    def test_what_rests_on_it_and_who_settled_it_is_told(self, go: Any, seal_log: Seal) -> None:
        """Where `authority` let another source settle the fact, its silence is still news."""
        silent = Unanswered(facts=("training.completed_ratio",), reason=GapReason.MISSING, detail="Torn.")
        (found,) = unread(lacking(go, seal_log, silent, answered=1, declared=2))

        assert found.criteria == ("workforce.training.completion",)
        assert found.settled == ("training",)
        assert found.sentence == (
            "training was read in part. It does not answer training.completed_ratio "
            "(for workforce.training.completion). Its facts are taken from training. Why: Torn."
        )

    def test_what_no_criterion_reads_stays_off_page_one(self, go: Any, seal_log: Seal) -> None:
        """A schedule answers twenty questions more than anybody asks."""
        view = lacking(go, seal_log, self.MISSING, answered=1, declared=3)

        assert [source.wholly for source in unread(view)] == [False]
        assert "unread" not in [part.id for part in page_of(view).brief]

    def test_a_source_that_answers_all_is_not_named(self, go: Any, seal_log: Seal) -> None:
        assert unread(lacking(go, seal_log, answered=2, declared=2)) == ()

    def test_a_record_of_an_earlier_version_names_what_its_gaps_name(self, gaps_only: Any, seal_log: Seal) -> None:
        """Such a record only counts what was not answered."""
        (found,) = unread(RunView.of(seal_log(gaps_only.events())))

        assert (found.wholly, found.facts) == (True, ("training.completed_ratio",))


def test_every_setback_is_on_the_screen_before_old_blockers(no_go: Any, seal_log: Seal) -> None:
    """Nine things got worse overnight: that is the news, and the blockers of last week are counted and named."""
    view = crowded(no_go, seal_log, 17, "A blocker of last week.")
    notices = tuple(Notice(kind=NoticeKind.VALUE, sentence=f"Setback {n}. {LONG}", worse=True) for n in range(9))
    other = tuple(Notice(kind=NoticeKind.SOURCE, sentence=f"Source {n} has different content.") for n in range(17))
    shown = lines(replace(view, since=RunComparison(notices=(*notices, *other), since=view.started.now)))

    assert len(shown) <= LINES
    assert [line[:18] for line in shown if "Setback" in line] == [f"- worse: Setback {n}" for n in range(9)]
    assert any("more: Somebody A blocker" in line for line in shown)


def test_page_one_is_one_sheet(no_go: Any, seal_log: Seal) -> None:
    """On paper each part shows so many things that the sheet holds them; the next part begins on a new sheet."""
    page = FORMATS["html"].render(crowded(no_go, seal_log, 12, "short")).decode()
    front = page.partition('<div class="front">')[2].partition("</div>")[0]

    for part in front.split('<section class="short"')[1:]:
        assert len(re.findall(r"<li>", part)) <= (12 if 'id="blocking"' in part else 4)
    assert "And 8 more, on the pages that follow." in front
    assert re.search(r"@media print \{.*\.front \{[^}]*break-after: page", page, re.DOTALL)
    assert re.search(r"@media print \{.*\.screen \{ display: none; \}", page, re.DOTALL)
