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
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Status
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
@pytest.mark.parametrize("many", [1, 5, 6, 12, 30])
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
    assert "- Ruth Amsel, not met: People are trained before they are given the new system" in " ".join(text.split())


def test_a_seat_that_nobody_holds_is_said_to_be_vacant(no_go: Any, seal_log: Seal) -> None:
    decision = no_go.assessment.decision.model_copy(update={"people": {"customer.functional_lead": ()}})
    text = " ".join(lines(RunView.of(seal_log(no_go.with_assessment(decision=decision).events()))))

    assert "- the customer's functional lead (vacant), not met: People are trained" in " ".join(text.split())


def test_those_who_are_not_shown_are_still_named(no_go: Any, seal_log: Seal) -> None:
    found = lines(crowded(no_go, seal_log, 60, "short"))

    more = next(line for line in found if re.match(r"- and \d+ more: ", line))
    assert "Somebody short (" in more


def test_the_number_of_owners_who_are_not_named_is_never_cut_off(no_go: Any, seal_log: Seal) -> None:
    """*…, the customer's contracting officer (vacant) (2), the …* said neither how many more nor that there were."""
    decision = no_go.assessment.decision
    first = no_go.assessment.findings[0]
    seats = [f"customer.office_of_a_very_long_name_number_{n}" for n in range(9)]
    findings = tuple(
        first.model_copy(update={"criterion": f"system.crowd.c{n}", "title": f"{n}", "owner": seats[n % 9]})
        for n in range(60)
    )
    blockers = tuple(Blocker(criterion=each.criterion, domain=each.domain, why="Not met.") for each in findings)
    run = no_go.with_assessment(
        findings=(*no_go.assessment.findings, *findings), decision=decision.model_copy(update={"blockers": blockers})
    )
    text = " ".join(" ".join(lines(RunView.of(seal_log(run.events())))).split())

    named = re.search(r"- and \d+ more: (.*?) and (\d) more ", text)
    assert named is not None
    assert named[1].count("the customer's office of a very long name") + int(named[2]) == 9


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
            assert "training was not read. Why: No file matches pay.csv. It would have answered pay.tested" in told
            assert "pay.tested and pay.signed. No criterion reads that." in told

    def test_what_rests_on_it_and_who_settled_it_is_told(self, go: Any, seal_log: Seal) -> None:
        """Where `authority` let another source settle the fact, its silence is still news."""
        silent = Unanswered(facts=("training.completed_ratio",), reason=GapReason.MISSING, detail="Torn.")
        (found,) = unread(lacking(go, seal_log, silent, answered=1, declared=2))

        assert found.criteria == ("workforce.training.completion",)
        assert found.settled == ("training",)
        assert found.sentence == (
            "training was read in part. Why: Torn. It does not answer training.completed_ratio "
            "(for workforce.training.completion). Its facts are taken from training."
        )

    @pytest.mark.parametrize(
        ("details", "starts"),
        [
            (("f.xlsx, cell F2 is empty: nobody has answered",), "training was read and holds no answer. Why: f.xlsx"),
            (
                tuple(f"f.xlsx, cell F{row} is empty: nobody has answered" for row in (2, 3, 4)),
                "training was read and holds no answer. Why: 3 answers are still open; f.xlsx, cell F2 is empty",
            ),
            (("f.xlsx, cell F2 is empty: nobody has answered", "Torn"), "training was not read. Why: "),
        ],
    )
    def test_a_form_that_nobody_filled_in_was_read(
        self, go: Any, seal_log: Seal, details: tuple[str, ...], starts: str
    ) -> None:
        """*Was not read, and 53 more reasons* sends somebody to repair a file that is as it should be."""
        groups = [
            Unanswered(facts=(f"pay.f{number}",), reason=GapReason.MISSING, detail=detail)
            for number, detail in enumerate(details)
        ]
        (found,) = unread(lacking(go, seal_log, *groups, answered=0, declared=len(groups)))

        assert found.sentence.startswith(starts)
        assert "more reason" not in found.sentence

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
    """Eight things got worse overnight: that is the news, and the blockers of last week are counted and named."""
    view = crowded(no_go, seal_log, 17, "A blocker of last week.")
    notices = tuple(Notice(kind=NoticeKind.VALUE, sentence=f"Setback {n}. {LONG}", worse=True) for n in range(8))
    other = tuple(Notice(kind=NoticeKind.SOURCE, sentence=f"Source {n} has different content.") for n in range(17))
    shown = lines(replace(view, since=RunComparison(notices=(*notices, *other), since=view.started.now)))

    assert len(shown) <= LINES
    assert [line[:18] for line in shown if "Setback" in line] == [f"- worse: Setback {n}" for n in range(8)]
    assert any("more: Somebody A blocker" in line for line in shown)


WHY = "It misses what the two sides agreed on in April by a few of them, and nobody has said by when the rest will come"


@pytest.mark.parametrize("many", [1, 5, 14, 60])
def test_a_reason_is_whole_or_counted(no_go: Any, seal_log: Seal, many: int) -> None:
    """`evidence …` tells nobody whether it is missing: what stands on the screen ends as it was written."""
    decision = no_go.assessment.decision
    blockers = tuple(Blocker(why=f"{number}. {WHY}, end of {number}.") for number in range(many))
    view = RunView.of(
        seal_log(no_go.with_assessment(decision=decision.model_copy(update={"blockers": blockers})).events())
    )
    text = " ".join(" ".join(lines(view)).split())
    shown = [number for number in range(many) if f"- {number}. " in text]

    assert shown == list(range(len(shown)))
    assert all(f"- {number}. {WHY}, end of {number}." in text for number in shown)
    assert (f"- and {many - len(shown)} more" in text) == (len(shown) < many)
    assert len(shown) >= min(many, 5)


REASONS = (
    "defects.high_open is no longer known: Nobody has confirmed the binding defects, and no run reads it before that",
    "system.uat: Unknown: uat.critical_failed is counted from rows, but nothing says what one row of the export is",
    "pay.csv was read in part. Why: The header lacks the column Signed On, which the settings of pay name as its day",
    "The tested build (REL-4.2.118, the one that is being released) is not that of the results, which name none at all",
)
STATEMENTS = (
    "defects.high_open is no longer known …",
    "system.uat: Unknown …",
    "pay.csv was read in part …",
    "The tested build (REL-4.2.118, the one that is being released) is not …",
)


def test_what_is_cut_ends_with_a_statement(no_go: Any, seal_log: Seal) -> None:
    """`sla.signed_ratio is …` and `Why: Nobody has confirmed the binding …` tell a manager nothing."""
    view = crowded(no_go, seal_log, 17, "A blocker of last week.")
    setbacks = tuple(
        Notice(kind=NoticeKind.VALUE, sentence=f"{reason}. {LONG}", worse=True) for reason in REASONS for _ in range(2)
    )
    shown = lines(replace(view, since=RunComparison(notices=setbacks, since=view.started.now)))

    assert [line for line in shown if line.startswith("- worse: ")] == [
        f"- worse: {each}" for each in STATEMENTS for _ in range(2)
    ]


@pytest.mark.parametrize("much", [1, 2])
def test_reasons_are_whole_before_what_gives_none_has_a_line(no_go: Any, seal_log: Seal, much: int) -> None:
    """Loosened rules are counted in their heading, where the reason of a setback needs the room."""
    view = crowded(no_go, seal_log, 6, "Short.")
    blocker = Blocker(why=f"{LONG * much}end of it.")
    assessment = view.assessment.model_copy(
        update={"decision": view.decision.model_copy(update={"blockers": (blocker,)})}
    )
    notice = Notice(kind=NoticeKind.VALUE, sentence="Short.", worse=True)
    since = RunComparison(notices=(notice,), since=view.started.now)
    text = " ".join(" ".join(lines(replace(view, assessment=assessment, since=since))).split())

    assert "end of it." in text
    assert "RULES THAT" in text


class TestNotFilledIn:
    """Nobody looks for a file that is there: one setting says FILL IN, and one person must fill it in."""

    def view(self, gaps_only: Any, seal_log: Seal, **more: Any) -> RunView:
        (request,) = gaps_only.assessment.decision.requests
        act = "fill in what gonogo.yaml leaves open about training (evidence/workforce/roster.csv)"
        request = request.model_copy(update={"person": "Ann Lee (the customer's PMO lead)", "acts": (act,)})
        decision = gaps_only.assessment.decision.model_copy(update={"requests": (request.model_copy(update=more),)})
        view = RunView.of(seal_log(gaps_only.with_assessment(decision=decision).events()))
        return replace(view, unfilled=frozenset({"training"}))

    def test_it_is_said_and_whose_turn_it_is(self, gaps_only: Any, seal_log: Seal) -> None:
        (found,) = unread(self.view(gaps_only, seal_log))

        assert found.why_words.startswith(
            "training gives no answer. gonogo.yaml still says FILL IN about it, and Ann Lee (the customer's PMO lead) "
            "must fill it in. Why: "
        )

    @pytest.mark.parametrize("acts", [None, ("fill in what gonogo.yaml leaves open about training-2 (a.csv)",)])
    def test_where_no_request_names_a_person_nobody_is_named(self, gaps_only: Any, seal_log: Seal, acts: Any) -> None:
        """A source of a like name is somebody else's turn."""
        (found,) = unread(self.view(gaps_only, seal_log, acts=acts))

        assert "and the person who keeps it must fill it in." in found.sentence

    def test_a_source_whose_settings_are_filled_in_was_not_read(self, gaps_only: Any, seal_log: Seal) -> None:
        (found,) = unread(RunView.of(seal_log(gaps_only.events())))

        assert found.sentence.startswith("training was not read. Why: ")

    @pytest.mark.parametrize(
        ("settings", "inputs", "left"),
        [
            ({"golive": {"name": "FILL IN"}}, [], {"training"}),
            ({}, [{"paths": ["FILL IN"]}], {"training"}),
            ({"golive": {"name": "Go-live"}}, [{"paths": ["a.csv"]}], set()),
        ],
    )
    def test_the_recorded_program_file_says_whether(
        self, gaps_only: Any, seal_log: Seal, settings: Any, inputs: Any, left: Any
    ) -> None:
        """A cell of a file may say FILL IN too, and that is not for the keeper of gonogo.yaml."""
        events = gaps_only.events()
        number = next(n for n, one in enumerate(events) if one.type is EventType.MATERIAL_RECORDED)
        binding = {"id": "training", "settings": settings, "inputs": inputs}
        started = events[0].data | {"program_sha256": "e" * 64}
        program = {"kind": "program", "name": "p", "sha256": "e" * 64, "document": {"bindings": [binding]}}
        added = events[number].model_copy(update={"data": program})
        first = events[0].model_copy(update={"data": started})
        log = seal_log([first, *events[1:number], added, *events[number:]])

        assert RunView.of(log).unfilled == left


@pytest.mark.parametrize("many", [1, 2, 9])
@pytest.mark.parametrize("words", ["Key people stay", LONG])
def test_what_a_hold_does_to_earlier_decisions_is_never_cut(go: Any, seal_log: Seal, many: int, words: str) -> None:
    """The names of three holds filled the two lines, and the sentence that voids every decision came after them."""
    view = RunView.of(seal_log(go.events()))
    first = view.findings[0]
    holds = tuple(
        first.model_copy(update={"criterion": f"system.hold.h{n}", "title": f"{words} {n}", "status": Status.NOT_MET})
        for n in range(many)
    )
    decision = view.decision.model_copy(update={"holds": holds})
    view = replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))
    text = " ".join(lines(view))

    assert "No earlier decision on this release counts any more." in text
    assert ("A standing hold is on" if many == 1 else f"{many} standing holds are on") in text
