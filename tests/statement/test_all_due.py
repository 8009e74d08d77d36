"""A GO before everything that decides was due is refused, and so is a statement that does not say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.statement.conftest import decide, trust_text
from tests.statement.test_stating import payload

from gonogo.model.finding import Finding, Shadow, Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.statement.all_due import deploy_before, other_gate, too_early
from gonogo.statement.answer import FORGED, MAY, NO, UNDECIDED, USAGE, DeployAnswer
from gonogo.statement.checks import CHECKS
from gonogo.statement.predicate import BlockerSaid, ConditionSaid, NotDueSaid, ShortSaid
from gonogo.statement.saying import decision_statement, summary_statement
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
ATO = NotDueSaid(
    criterion="operations.security.authorization",
    title="The authorization is signed",
    severity=Severity.MANDATORY,
    due=date(2027, 4, 19),
    owner="Joan Pruett",
)
BLOCKER = BlockerSaid(criterion="operations.desk.staffed", why="A post is open.")
CONDITION = ConditionSaid(criterion="workforce.survey.response", title="People were asked", why="Few answered.")


@pytest.fixture
def said(gate_once):
    return gate_once.made.contents.model_copy(update={"go_live": LIVE, "milestone": "T-60"})


class TestOtherGate:
    """A GO to begin a migration opens no door to production."""

    @pytest.mark.parametrize("verdict", [Verdict.GO, Verdict.CONDITIONAL_GO])
    def test_a_go_for_another_gate_is_refused_and_fails_the_summary(self, said, verdict):
        """Every criterion was due and met, and a deploy job answered: may be deployed."""
        other = said.model_copy(update={"gate": "the end of Phase 3", "verdict": verdict, "not_due": ()})
        answer = other_gate(other)

        assert answer is not None
        assert (answer.code, answer.why) == (
            NO,
            "The decision is on the end of Phase 3, and is no permission to go live.",
        )
        assert summary_statement(other).predicate["verificationResult"] == "FAILED"

    def test_the_check_of_the_purpose_asks_it(self, said):
        """It comes before everything that a GO could pass."""
        check = dict(CHECKS)["purpose"]

        refusal = check(said.model_copy(update={"gate": "the end of Phase 3"}), None, None)  # type: ignore[arg-type]
        assert refusal is not None
        assert refusal.code == NO
        assert check(said, None, None) is None  # type: ignore[arg-type]

    def test_going_live_is_no_other_gate_and_says_nothing(self, said):
        """Statements of before keep their form."""
        live = said.model_copy(update={"verdict": Verdict.GO, "not_due": ()})

        assert other_gate(live) is None
        assert "gate" not in live.document()
        assert summary_statement(live).predicate["verificationResult"] == "PASSED"


class TestTooEarly:
    @pytest.mark.parametrize(("number", "refuses"), [(0, False), (1, True), (2, True)])
    def test_one_criterion_that_was_not_due_is_enough(self, said, number, refuses):
        """Half of the criteria were not due, and the answer was: may be deployed."""
        answer = too_early(said.model_copy(update={"not_due": (ATO,) * number}))

        assert (answer is not None) is refuses

    def test_it_says_which_whose_and_what_next(self, said):
        """Its own sentence, owner and next step."""
        answer = too_early(said.model_copy(update={"not_due": (ATO,)}))

        assert answer is not None
        assert (answer.code, answer.owner) == (NO, "Joan Pruett")
        assert "1 criterion that decides at go-live was not due, a mandatory one" in answer.why
        assert "operations.security.authorization (from 2027-04-19)" in answer.why
        assert answer.step.startswith("decide again when every criterion that decides is due, from 2027-04-19 on")

    def test_a_statement_that_does_not_say_is_refused(self, said):
        """One of an earlier release of gonogo: nobody can tell, so nobody deploys."""
        answer = too_early(said.model_copy(update={"not_due": None}))

        assert answer is not None
        assert (answer.code, "earlier release" in answer.why) == (NO, True)

    def test_a_conditional_go_is_refused_as_well_and_a_no_go_has_its_own_reasons(self, said):
        """Whatever --require says."""
        early = {"not_due": (ATO,)}
        softened = said.model_copy(update=early | {"verdict": Verdict.CONDITIONAL_GO, "conditions": (CONDITION,)})
        no = said.model_copy(update=early | {"verdict": Verdict.NO_GO, "blockers": (BLOCKER,)})

        assert too_early(softened) is not None
        assert too_early(no) is None

    def test_of_several_the_mandatory_ones_and_the_first_days_stand_first_and_the_last_day_is_named(self, said):
        """Three are shown, and a person who decides again on the first day is refused again."""
        soft = ATO.model_copy(update={"severity": Severity.CONDITIONAL, "criterion": "a.soft", "due": date(2027, 4, 1)})
        late = ATO.model_copy(update={"criterion": "a.late", "due": date(2027, 5, 3)})
        unknown = ATO.model_copy(update={"criterion": "a.undated", "due": None})
        answer = too_early(said.model_copy(update={"not_due": (soft, unknown, late, ATO)}))

        assert answer is not None
        assert (
            "4 criteria that decide at go-live were not due, 3 of them mandatory: operations.security.authorization "
            "(from 2027-04-19), a.late (from 2027-05-03), a.undated" in answer.why
        )
        assert "a.soft" not in answer.why
        assert "every criterion that decides is due, from 2027-05-03 on" in answer.step


class TestNotEnforcedYet:
    """Known to be open, and not enforced before go-live: a job deployed on it, and the release went live with it."""

    SHADOWED = ATO.model_copy(update={"judged": Status.NOT_MET, "due": date(2027, 5, 3)})

    def test_it_is_refused_and_says_how_it_was_judged_and_from_when_it_counts(self, said):
        """Not due is another thing: this one has been judged."""
        answer = too_early(said.model_copy(update={"not_due": (self.SHADOWED,)}))

        assert answer is not None
        assert answer.code == NO
        assert "1 criterion that decides at go-live was open and not enforced yet, a mandatory one" in answer.why
        assert "operations.security.authorization (not met, enforced from 2027-05-03)" in answer.why
        assert answer.step.startswith(
            "decide again when every criterion that decides is due and enforced, from 2027-05-03"
        )

    def test_both_reasons_are_named(self, said):
        """One sentence for two kinds of early."""
        answer = too_early(said.model_copy(update={"not_due": (ATO, self.SHADOWED)}))

        assert answer is not None
        assert "2 criteria that decide at go-live were not due or open and not enforced yet, 2 of them" in answer.why

    def test_the_summary_for_others_fails(self, said):
        """Another verifier reads this one word."""
        made = summary_statement(said.model_copy(update={"not_due": (self.SHADOWED,)}))

        assert made.predicate["verificationResult"] == "FAILED"

    @pytest.mark.parametrize(
        ("status", "severity", "ends", "blocks"),
        [
            (Status.NOT_MET, Severity.MANDATORY, LIVE, True),
            (Status.UNKNOWN, Severity.MANDATORY, LIVE, True),
            (Status.NOT_MET, Severity.CONDITIONAL, LIVE, True),
            (Status.NOT_MET, Severity.ADVISORY, LIVE, False),
            (Status.MET, Severity.MANDATORY, LIVE, False),
            (Status.NOT_APPLICABLE, Severity.MANDATORY, LIVE, False),
            (Status.NOT_MET, Severity.CONDITIONAL, None, False),
        ],
    )
    def test_what_blocks_later(self, status, severity, ends, blocks):
        """What is met in shadow was judged; what is in shadow for good never decides."""
        shadow = Shadow(severity=severity, until="T-0" if ends else None, enforced_at=ends)
        found = Finding(
            criterion="program.a.plan",
            title="A plan",
            domain=Domain.PROGRAM,
            severity=Severity.ADVISORY,
            status=status,
            sentence="It is not.",
            owner="customer.program_manager",
            shadow=shadow,
        )

        assert found.blocks_later is blocks
        assert not found.model_copy(update={"shadow": None}).blocks_later

    def test_a_job_that_is_given_such_a_decision_does_not_deploy(self, gate):
        """A criterion is open, the ruleset enforces it from go-live on, and the run ends with GO."""
        rules = gate.small.rules / "ruleset.yaml"
        text = rules.read_text(encoding="utf-8")
        last = text[text.rindex("  - id: ") :]
        fact = last.partition("require: ")[2].partition("\n")[0]
        asked = last.replace(last.partition("\n")[0], "  - id: workforce.survey.response")
        asked = asked.replace(f"require: {fact}", f"require: not {fact}\n    enforce_from: T-0")
        rules.write_text(text + asked.replace("severity: mandatory", "severity: conditional"), encoding="utf-8")
        run = assess(Order(program=gate.small.root))
        assert run.assessment.decision.verdict is Verdict.GO
        later = replace(gate, run=run.run)

        made = later.sign(now=datetime.now(UTC))

        assert [(each.criterion, each.judged) for each in made.contents.not_due] == [
            ("workforce.survey.response", Status.NOT_MET)
        ]
        answer = replace(later, made=made).verify()
        assert answer.code == NO
        assert "workforce.survey.response (not met, enforced from" in answer.why


class TestUntilWhen:
    @pytest.mark.parametrize(
        ("ends", "age", "until", "nearer"),
        [
            (LIVE - timedelta(days=1), timedelta(days=9), "2027-05-02 10:00", True),
            (LIVE, timedelta(days=9), "2027-05-03 10:00", True),
            (LIVE + timedelta(days=1), timedelta(days=9), "2027-05-04 10:00", False),
            (LIVE + timedelta(days=1), timedelta(hours=24), "2027-05-01 10:00", True),
            (None, timedelta(days=9), "2027-05-09 10:00", False),
        ],
    )
    def test_it_is_never_later_than_the_decision_holds_and_names_go_live(self, said, ends, age, until, nearer):
        """Deploy before the fifth was read as an order, and go-live was on the twelfth; the age ends it as well."""
        decided = said.model_copy(update={"valid_until": ends, "decided_at": LIVE - timedelta(days=3)})

        told = deploy_before(decided, age)

        assert told.startswith(f"before {until} UTC (go-live is on 2027-05-03 10:00 UTC")
        assert ("decide again nearer" in told) is nearer


class TestTheRightSentence:
    """Each of these was answered with another mistake than the one that was made."""

    @pytest.mark.parametrize(
        ("asked", "why", "step"),
        [
            ({"commit": None, "subject": "build-7"}, "commit build-7, which is a commit", "--commit build-7"),
            ({"commit": "build-8"}, "the job deploys the commit build-8", "deploy what was decided on"),
        ],
    )
    def test_a_build_that_is_given_as_another_kind_of_name(self, gate_once, asked, why, step):
        """About build 4.2, and the job deploys 4.2: nobody sees what is wrong there."""
        answer = gate_once.verify(**asked)

        assert answer.code == NO
        assert why in answer.why
        assert step in answer.step

    def test_the_statement_of_another_program_is_no_broken_log(self, gate_once, tmp_path, keys):
        """The next step was to put the log back as it was, and nothing was wrong with the log."""
        trust = tmp_path / "trust.yaml"
        trust.write_text(trust_text(keys, program="other"), encoding="utf-8")

        answer = gate_once.verify(given={"trust": trust, "log": tmp_path})

        assert answer.code == NO
        assert answer.why == "This is the statement of the program small, and the trust file is for other."

    def test_a_folder_with_the_log_in_it(self, gate_once):
        """The log was in ./audit, and the answer was that there is none in `.`."""
        answer = gate_once.verify(given={"log": gate_once.small.root})

        assert answer.code == USAGE
        assert answer.step == f"it is in {gate_once.small.log}: name that folder"

    def test_a_log_of_another_program(self, gate_once, tmp_path):
        """It is not the log of the statement put back wrong, and the step says which one to give."""
        first = b'{"data":{"log":"other"}}\n'
        (tmp_path / "000001.jsonl").write_bytes(first)

        answer = gate_once.verify(given={"log": tmp_path})

        assert answer.code == FORGED
        assert f"{tmp_path} is the log other" in answer.why
        assert "give the log of the program small" in answer.step

    @pytest.mark.parametrize("code", [MAY, NO, USAGE, UNDECIDED, FORGED])
    def test_somebody_is_always_named(self, code):
        """Nobody in particular looks into nothing."""
        owner = DeployAnswer(code, "Why.", "what next", word="GO").lines[1]

        assert owner.startswith("owner: the p")


SHORT = ShortSaid(
    criterion="workforce.training.completion",
    title="People are trained",
    severity=Severity.MANDATORY,
    why="Not met: training.completed_ratio is 81% (at least 98% needed).",
    owner="Tom Reyes",
)


class TestByTheThresholdsOfGoLive:
    """81% at T-14 where go-live asks for 95% was: may be deployed, all due."""

    @pytest.mark.parametrize(("number", "refuses"), [(0, False), (1, True), (2, True)])
    def test_one_criterion_that_would_not_hold_is_enough(self, said, number, refuses):
        """The milestone's own threshold is less than what was agreed for going live."""
        made = said.model_copy(update={"not_due": (), "short": (SHORT,) * number})

        assert (too_early(made) is not None) is refuses
        assert summary_statement(made).predicate["verificationResult"] == ("FAILED" if refuses else "PASSED")

    def test_it_says_which_by_which_values_and_whose(self, said):
        """Its own sentence, owner and next step; a conditional one comes after."""
        soft = SHORT.model_copy(update={"criterion": "b.c", "severity": Severity.CONDITIONAL, "owner": "Ada Kirsch"})
        answer = too_early(said.model_copy(update={"not_due": (), "short": (soft, SHORT)}))

        assert answer is not None
        assert (answer.code, answer.owner) == (NO, "Tom Reyes; Ada Kirsch")
        assert answer.why.startswith(
            "The GO is by the thresholds of T-60, and 2 criteria that hold then do not hold by those of go-live: "
            "People are trained (workforce.training.completion): Not met: training.completed_ratio is 81% (at least "
            "98% needed); "
        )
        assert answer.step.startswith("reach what go-live asks for, then decide again")

    @pytest.mark.parametrize(("number", "more"), [(3, False), (4, True)])
    def test_of_many_the_first_three_are_named(self, said, number, more):
        """The rest is in the statement."""
        answer = too_early(said.model_copy(update={"not_due": (), "short": (SHORT,) * number}))

        assert answer is not None
        assert ("; and 1 more." in answer.why) is more

    @pytest.mark.parametrize(
        ("milestone", "silent"), [(None, True), ("T-30", True), ("T-1", True), ("T-0", False), ("H1 freeze", False)]
    )
    def test_a_statement_that_does_not_say_is_refused_before_go_live(self, said, milestone, silent):
        """An earlier release of gonogo did not ask; by the thresholds of go-live there is nothing to ask."""
        made = said.model_copy(update={"not_due": (), "short": None, "milestone": milestone})
        answer = too_early(made)

        assert (answer is not None) is silent
        assert answer is None or "does not say whether what holds would hold" in answer.why

    def test_a_no_go_is_refused_for_what_it_is(self, said):
        """Its own reason comes first."""
        made = said.model_copy(update={"not_due": (), "short": (SHORT,), "verdict": Verdict.NO_GO})

        assert too_early(made) is None

    def test_what_was_not_due_comes_first(self, said):
        """Nobody has judged it at all."""
        answer = too_early(said.model_copy(update={"not_due": (ATO,), "short": (SHORT,)}))

        assert answer is not None
        assert "was not due" in answer.why

    def test_a_decision_of_an_early_milestone_is_stated_and_refused(self, tmp_path, keys):
        """From the files to the deploy job."""
        early = decide(tmp_path, keys, sources=["training"], trained=81)
        answer = early.verify()

        assert [each.criterion for each in early.made.contents.short or ()] == [SHORT.criterion]
        assert answer.code == NO
        assert "all due" not in answer.checked
        assert "is by the thresholds of T-30" in answer.why
        assert "98% needed" in answer.why


class TestStatement:
    def test_it_holds_go_live_and_what_was_not_due(self, gate_once):
        """The statement held neither, so nobody could check."""
        found = payload(gate_once.made.decision)["predicate"]

        assert found["not_due"] == []
        assert found["go_live"]
        assert found["milestone"] == "T-30"

    @pytest.mark.parametrize(("waiting", "result"), [((), "PASSED"), ((ATO,), "FAILED"), (None, "FAILED")])
    def test_the_summary_for_others_passes_only_where_all_was_due(self, said, waiting, result):
        """Another verifier reads this one word."""
        made = summary_statement(said.model_copy(update={"not_due": waiting}))

        assert made.predicate["verificationResult"] == result

    def test_one_of_an_earlier_release_is_refused_and_is_no_forgery(self, gate):
        """The signature and the log are sound: broken would send people to look for a thief."""
        from gonogo.signing.statement import sign_statement

        old = gate.made.contents.model_copy(update={"go_live": None, "milestone": None, "not_due": None})
        gate.statement.write_bytes(sign_statement(decision_statement(old), gate.keys.gate).to_bytes())

        answer = gate.verify()

        assert (answer.code, answer.word or "REFUSED") == (NO, "REFUSED")
        assert "does not say whether every criterion that decides was due" in answer.why

    def test_where_all_was_due_the_job_deploys_and_that_is_checked(self, gate_once):
        """The check does not stop what it should not."""
        answer = gate_once.verify()

        assert answer.code == MAY
        assert "all due" in answer.checked
