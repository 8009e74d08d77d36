"""A GO of an earlier milestone is a word on what was due then, and every page says what was not."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.report.conftest import TRAINING, finding, recorded, training

from gonogo.model.decision import Blocker
from gonogo.model.finding import Shadow, Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.report.formats import json_format, markdown_format, terminal_format
from gonogo.report.not_due_yet import not_due_document, not_due_sentence, not_due_words, not_due_yet
from gonogo.report.view import RunView

ATO = "operations.security.authorization"
LATE = {"due_from": "T-5"}
ENDS = datetime(2027, 4, 29, tzinfo=UTC)


def seen(seal_log, *findings, verdict=Verdict.GO, milestone="T-14"):
    run = recorded((training(Status.MET), *findings), verdict=verdict, without=verdict)
    return RunView.of(seal_log(run.with_assessment(milestone=milestone).events()))


def ato(severity=Severity.MANDATORY, **more):
    return finding(ATO, Status.NOT_DUE, severity, title="The authorization is signed", **(LATE | more))


class TestWhatCounts:
    @pytest.mark.parametrize(
        ("judged", "counts"),
        [
            (ato(), True),
            (ato(Severity.CONDITIONAL), True),
            (ato(Severity.ADVISORY), False),
            (ato(Severity.ADVISORY, shadow=Shadow(severity=Severity.MANDATORY)), False),
            (ato(Severity.ADVISORY, shadow=Shadow(severity=Severity.MANDATORY, until="T-2", enforced_at=ENDS)), True),
            (ato(Severity.ADVISORY, shadow=Shadow(severity=Severity.ADVISORY, until="T-2", enforced_at=ENDS)), False),
            (finding(ATO, Status.NOT_APPLICABLE), False),
            (finding(ATO, Status.NOT_ADOPTED), False),
            (finding(ATO, Status.MET), False),
        ],
    )
    def test_only_what_decides_at_go_live_and_was_not_due(self, seal_log, judged, counts):
        """A stop for what decides nothing is a stop for nothing; a shadow that ends, ends at go-live at the latest."""
        assert bool(not_due_yet(seen(seal_log, judged))) is counts


class TestPageOne:
    def test_it_names_what_is_not_due_and_claims_nothing_of_go_live(self, seal_log):
        """A GO fifty-nine days early read: go-live depends on nothing that is still open."""
        view = seen(seal_log, ato(), finding("system.interfaces.tested", Status.NOT_DUE, Severity.CONDITIONAL, **LATE))

        for text in (
            " ".join(terminal_format.render(view).decode().split()),
            " ".join(markdown_format.render(view).decode().split()),
        ):
            assert "Nothing that is due blocks." in text
            assert "depends on nothing that is still open" not in text
            assert "2 criteria that decide are not due yet, 1 of them mandatory" in text
            assert "from 2027-04-28 (T-5), mandatory: The authorization is signed" in text
            assert "Do not deploy on the T-14 assessment" in text
            assert "M3: Approval. " not in text

    def test_one_sentence_holds_number_weight_names_and_days(self, seal_log):
        """It goes into minutes as it is."""
        assert not_due_sentence(seen(seal_log, ato())) == (
            "Go-live also depends on what nobody has judged: 1 criterion that decides is not due yet, a mandatory one "
            "(from 2027-04-28 (T-5): The authorization is signed)."
        )

    def test_where_all_is_due_nothing_is_said(self, seal_log):
        """The sentence of a final GO stays as it was."""
        view = seen(seal_log, finding(ATO, Status.MET))

        assert not_due_words(view) == []
        assert "depends on nothing that is still open" in " ".join(terminal_format.render(view).decode().split())

    def test_a_no_go_says_what_blocks_and_not_this(self, seal_log, no_go):
        """Nothing passes on a NO-GO, so nothing has to be warned of."""
        view = RunView.of(seal_log(no_go.events()))
        early = replace(view, assessment=view.assessment.model_copy(update={"findings": (*view.findings, ato())}))

        assert not_due_yet(early)
        assert not_due_words(early) == []

    def test_ms_word_is_for_the_assessment(self, seal_log):
        """Approval alone would be that of the go-live."""
        view = replace(seen(seal_log, ato()))
        view = replace(view, started=view.started.model_copy(update={"ruleset": "m3-baseline@1.0.0"}))

        text = " ".join(terminal_format.render(view).decode().split())

        assert "M3: Approval for the T-14 assessment." in text


def silent(domain, **more):
    return Blocker(**({"domain": domain, "why": "Nothing mandatory was judged.", "missing_evidence": True} | more))


class TestNextStepOfANoGo:
    """Fix what is named above, and run again: 195 days before go-live nothing could be fixed."""

    EARLY = finding("system.tests.executed", Status.NOT_DUE, due_from="T-10")

    @pytest.mark.parametrize(
        ("blockers", "step"),
        [
            (
                (silent(Domain.OPERATIONS), silent(Domain.SYSTEM)),
                "run again from 2027-04-23 on, and about every domain from 2027-04-28 on.",
            ),
            ((silent(Domain.SYSTEM),), "run again from 2027-04-23 on."),
            ((silent(Domain.SYSTEM), silent(Domain.WORKFORCE)), "Fix what is named above"),
            ((silent(Domain.SYSTEM), silent(Domain.SYSTEM, missing_evidence=False)), "Fix what is named above"),
            ((silent(None, why="The lock was changed."),), "Fix what is named above"),
        ],
    )
    def test_it_is_to_wait_only_where_all_that_blocks_is_not_due(self, seal_log, blockers, step):
        """What can be mended today is still to be mended."""
        run = recorded((ato(), self.EARLY), verdict=Verdict.NO_GO, without=Verdict.NO_GO, blockers=blockers)
        view = RunView.of(seal_log(run.events()))

        assert step in " ".join(terminal_format.render(view).decode().split())


class TestForPrograms:
    def test_the_document_lists_them(self, seal_log):
        """A script that deploys must be able to see it."""
        document = json.loads(json_format.render(seen(seal_log, ato())))["not_due"]

        assert document["mandatory"] == 1
        assert document["criteria"] == [
            {
                "criterion": ATO,
                "title": "The authorization is signed",
                "severity": "mandatory",
                "due_from": "T-5",
                "due": "2027-04-28",
            }
        ]
        assert "1 criterion that decides is not due yet" in document["sentence"]

    def test_it_is_empty_and_there_where_all_is_due(self, seal_log):
        """A key that is absent cannot be told from an older release."""
        assert not_due_document(seen(seal_log, finding(TRAINING, Status.MET))) == {"criteria": [], "mandatory": 0}
