"""The criteria document says everything that both sides sign, and nothing that the files do not say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from gonogo.core.wording import seat_words
from gonogo.errors import UsageError
from gonogo.model.change import Effect
from gonogo.model.lock import LockChange, LockDifference, LockStanding
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.register import Register
from gonogo.model.ruleset import (
    HOLD_SOURCE,
    ApprovalRule,
    Domain,
    GateMode,
    IsolationLevel,
    LockPolicy,
    MinIsolation,
    NotApplicable,
    Severity,
)
from gonogo.paper.criteria_paper import criteria_paper, lock_words, rule_sentences
from gonogo.paper.paper_formats import FORMATS
from gonogo.paper.paper_page import PaperTable, Paragraph, Title
from gonogo.workflow.criteria_document import agreed_criteria

DAY = timedelta(days=1)
AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)


def table(agreed, caption):
    (found,) = [b for b in criteria_paper(agreed).blocks if isinstance(b, PaperTable) and b.caption == caption]
    return found


def text(agreed):
    return FORMATS["md"](agreed, criteria_paper(agreed)).decode()


def standing(**more):
    return LockStanding(number=2, sha256="a" * 64, locked_at=AT, first_at=AT, **more)


class TestParts:
    def test_every_part_that_is_signed_is_there_in_order(self, agreed):
        """A part that is missing is one that nobody agreed to."""
        parts = [block.text for block in criteria_paper(agreed).blocks if isinstance(block, Title) and block.level == 1]

        assert parts == [
            "Scope",
            "Decision rule",
            "Criteria",
            "Offices",
            "Schedule of assessments",
            "Changes after the lock",
            "Signatures",
        ]

    def test_headings_never_skip_a_level(self, agreed):
        """A screen reader moves by them."""
        levels = [block.level for block in criteria_paper(agreed).blocks if isinstance(block, Title)]

        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_every_table_has_a_caption_and_a_full_row_of_headings(self, agreed):
        """Without them a cell is a word without a question."""
        for block in criteria_paper(agreed).blocks:
            if isinstance(block, PaperTable):
                assert block.caption
                assert all(block.header)
                assert {len(row) for row in block.rows} <= {len(block.header)}

    def test_every_criterion_stands_under_its_domain(self, agreed):
        """The four domains are M3's."""
        domain, found = "", []
        for block in criteria_paper(agreed).blocks:
            if isinstance(block, Title) and block.level == 2:
                domain = block.text
            elif isinstance(block, Title) and block.level == 3:
                found.append((domain, block.text))

        asked = sorted(agreed.ruleset.criteria, key=lambda each: list(Domain).index(each.domain))
        assert [(f"Domain {each.domain}", f"{each.title} ({each.id})") for each in asked] == found

    def test_the_digest_is_that_of_the_lock(self, agreed):
        """What is signed on paper and what is locked is one thing."""
        assert text(agreed).count(agreed.digest) == 2

    def test_each_side_that_approves_has_a_block_to_sign(self, agreed):
        """Both sides sign; an empty cell is where."""
        assert table(agreed, "Signatures of the customer").rows == (
            ("the customer's executive sponsor", "Ada Kirsch", "", ""),
        )
        assert table(agreed, "Signatures of the provider").rows == (
            ("the provider's executive sponsor", "Lin Farrant", "", ""),
        )

    def test_the_seats_that_the_rules_name_sign(self, agreed):
        """An agency that asks for four signatures gets four lines."""
        seats = ("customer.executive_sponsor", "customer.business_owner", "provider.executive_sponsor")
        policy = agreed.policy.model_copy(update={"lock": LockPolicy(approve=seats)})
        more = replace(agreed, ruleset=agreed.ruleset.model_copy(update={"policy": policy}))

        rows = table(more, "Signatures of the customer").rows
        assert [row[0] for row in rows] == [seat_words(seat) for seat in seats[:2]]


class TestACriterion:
    def test_its_thresholds_are_shown_at_every_milestone(self, agreed):
        """The value that will be in force on the day of the meeting, without arithmetic."""
        assert table(agreed, "Thresholds of workforce.training.completion by milestone") == PaperTable(
            "Thresholds of workforce.training.completion by milestone",
            ("Threshold", "T-30", "T-0"),
            (("min_completion", "60%", "98%"),),
        )

    def test_its_people_are_named_and_vacant_seats_are_said_to_be(self, agreed):
        """A criterion whose owner nobody is will not be met."""
        rows = dict(table(agreed, "What system.tests.executed asks").rows)

        assert rows["Owner"] == "the provider's technical lead (vacant)"
        assert rows["Waiver"] == "nobody may waive it"
        rows = dict(table(agreed, "What workforce.training.completion asks").rows)
        assert rows["Waiver"] == (
            "the customer's executive sponsor (Ada Kirsch) and the provider's executive sponsor (Lin Farrant) "
            "together, two people at least; both sides sign"
        )

    def test_its_evidence_says_what_each_fact_means(self, agreed):
        """Two careful readers must count alike."""
        assert table(agreed, "Evidence of operations.desk.staffed").rows == (
            ("desk.staffed", "It is done.", "Is it done?"),
        )


class TestSchedule:
    def test_each_milestone_has_its_day_and_what_is_due(self, agreed):
        """Calendar days before go-live, in the program's time zone."""
        go_live = agreed.program.identity.local_date(agreed.program.releases[0].go_live)
        rows = table(agreed, "When the program is assessed").rows

        assert rows[-1] == ("T-0", go_live.isoformat(), "4")
        assert (go_live - date.fromisoformat(rows[0][1])).days == 30

    def test_a_criterion_is_due_from_its_own_milestone_on(self, agreed):
        """Due from T-30 is asked on that day, and due from T-0 is not yet."""
        first, second, *others = (each.model_copy(update={"due_from": None}) for each in agreed.ruleset.criteria)
        changed = [first.model_copy(update={"due_from": "T-30"}), second.model_copy(update={"due_from": "T-0"})]
        ruleset = agreed.ruleset.model_copy(update={"criteria": (*changed, *others)})
        rows = table(replace(agreed, ruleset=ruleset), "When the program is assessed").rows

        assert [(row[0], int(row[-1])) for row in rows] == [("T-30", len(others) + 1), ("T-0", len(others) + 2)]


class TestTheRule:
    @pytest.mark.parametrize(
        ("rule", "says", "not_said"),
        [
            (ApprovalRule.CAPS, "beyond 3 in a domain or 8 in all", "due by go-live"),
            (ApprovalRule.M3, "due by go-live", "in a domain or"),
        ],
    )
    def test_it_is_that_of_the_policy(self, agreed, rule, says, not_said):
        """What the paper says is what the gate does."""
        said = " ".join(rule_sentences(agreed.policy.model_copy(update={"rule": rule})))

        assert says in said
        assert not_said not in said

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"gate": "the end of Phase 3"}, "This gate decides on the end of Phase 3. A GO here is no permission"),
            ({"mode": GateMode.SHADOW}, "The whole gate is in shadow: it is tried out, and no decision can be taken"),
            ({"max_waiver_days": 30}, "It runs at most 30 days after go-live."),
            (
                {"min_isolation": (MinIsolation(severity=Severity.MANDATORY, level=IsolationLevel.L2),)},
                "Evidence for mandatory criteria is read at isolation level L2 at least.",
            ),
        ],
    )
    def test_each_word_of_the_policy_that_moves_a_verdict_is_said(self, agreed, more, says):
        """Who signs the paper must not learn from a report that a GO here was no permission to go live."""
        assert says in " ".join(rule_sentences(agreed.policy.model_copy(update=more)))
        assert says not in " ".join(rule_sentences(agreed.policy))

    def test_a_standing_hold_is_said_and_shown(self, agreed):
        """It voids what both sides decided, so both sides have read it."""
        hold = agreed.ruleset.criteria[0].model_copy(update={"id": "operations.line.up", "source": HOLD_SOURCE})
        policy = agreed.policy.model_copy(update={"holds": (hold,)})
        shown = text(replace(agreed, ruleset=agreed.ruleset.model_copy(update={"policy": policy})))

        assert "A standing hold that is not proved to be off blocks" in shown
        assert "What operations.line.up asks" in shown


class TestOffices:
    def test_every_seat_that_approves_reviews_or_waives_is_there(self, agreed):
        """A vacant seat is found before it is needed."""
        first, *others = agreed.ruleset.criteria
        waived = first.model_copy(update={"waivable_by": ("customer.pmo_lead",), "attest": ("customer.pmo_team",)})
        ruleset = agreed.ruleset.model_copy(update={"criteria": (waived, *others)})
        agreed = replace(agreed, ruleset=ruleset)
        seats = {row[0] for row in table(agreed, "Seats that these criteria name, and who holds them").rows}

        asked = {*agreed.rules.approve, *agreed.rules.review}
        for each in agreed.ruleset.criteria:
            asked |= {each.owner, *each.attest, *each.waivable_by}
        assert seats == {seat_words(seat) for seat in asked}

    @pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (1, True)])
    def test_a_seat_is_held_by_who_holds_it_today(self, agreed, day, holds):
        """Nobody signs for a seat that begins tomorrow, nor for one that has ended."""
        first = agreed.today - timedelta(days=day)
        tenure = Tenure(role="customer.risk_manager", person="new", name="Nora Nye", start=first, end=first + DAY)
        found = replace(agreed, people=PeopleRegister(tenures=(tenure,)))

        assert ("customer.risk_manager" in found.names) is holds


class TestTheLock:
    @pytest.mark.parametrize(
        ("lock", "says"),
        [
            (None, "not locked: this is a draft to agree on"),
            (standing(), "lock 2 of 2027-01-27 UTC"),
            (standing(differences=(LOOSER,)), "not what was locked: these files differ from lock 2 of 2027-01-27 UTC"),
            (standing(uncontrolled=1), "lock 2 of 2027-01-27 UTC, with changes that both sides did not agree to"),
        ],
    )
    def test_the_cover_says_whether_this_is_what_was_locked(self, lock, says):
        """A paper of edited files must not pass for the agreed one."""
        assert lock_words(lock) == says

    def test_changes_since_the_lock_are_listed(self, agreed):
        """A person who signs later sees what was changed, and what it lacked."""
        change = LockChange(number=2, at=AT, differences=(LOOSER,), lacks=("It names no request.",))
        rows = table(replace(agreed, lock=standing(changes=(change,))), "Changes since the first lock").rows

        assert rows == (("2027-01-27 UTC", "no request", LOOSER.sentence, "It names no request."),)


class TestWords:
    def test_changes_of_the_rules_of_the_lock_and_since_it_are_held_to_the_sentences(self, agreed):
        """Whichever way a limit was changed, the statement above it stayed."""
        one, *others = agreed.ruleset.criteria
        five = one.model_copy(update={"statement": "At most five percent."})
        ruleset = agreed.ruleset.model_copy(update={"criteria": (five, *others)})
        change = LockDifference(criterion=one.id, part="parameter x", old="5%", new="9%", effect=Effect.LOOSENS)
        amended = LockChange(number=2, at=AT, request="CR-7", differences=(change,))
        for lock in (standing(differences=(change,)), standing(changes=(amended,))):
            shown = text(replace(agreed, ruleset=ruleset, lock=lock))
            assert 'says "five percent", and x was 5%, is now 9%' in shown
        assert "Limit and words differ" not in text(replace(agreed, ruleset=ruleset, lock=standing()))


class TestARun:
    def test_its_statuses_stand_beside(self, assessed):
        """The same form before and after: asked, and found."""
        found = agreed_criteria(assessed.root, run="last")
        rows = dict(table(found, "What system.tests.executed asks").rows)

        assert rows["Status in the run"] == "Met"
        assert found.run in text(found)

    def test_a_run_by_other_rules_is_refused(self, assessed):
        """Its statuses would stand beside thresholds that it never saw."""
        assessed.edit("rules/ruleset.yaml", "min_executed: 95%", "min_executed: 90%")

        with pytest.raises(UsageError, match="judged by other rules"):
            agreed_criteria(assessed.root, run="last")


class TestText:
    def test_what_people_wrote_stays_text(self, agreed):
        """A title with a link or a table in it is still a title."""
        one, *others = agreed.ruleset.criteria
        evil = one.model_copy(update={"title": "![x](http://evil) | a | <b>"})
        ruleset = agreed.ruleset.model_copy(update={"criteria": (evil, *others)})
        shown = text(replace(agreed, ruleset=ruleset))

        assert "#### `![x](http://evil) ¦ a ¦ <b> (program.cutover.approved)`" in shown.splitlines()

    def test_a_marking_stands_at_head_and_foot(self, agreed):
        """What is made of marked files is marked."""
        program = agreed.program
        identity = program.identity.model_copy(update={"marking": "CUI"})
        shown = text(replace(agreed, program=program.model_copy(update={"identity": identity}))).splitlines()

        assert (shown[0], [line for line in shown if line][-1]) == ("**CUI**", "**CUI**")

    def test_only_paragraphs_titles_and_tables_are_there(self, agreed):
        """Every format has just these to make accessible."""
        assert {type(block) for block in criteria_paper(agreed).blocks} == {Title, Paragraph, PaperTable}


def test_the_words_that_close_an_item_are_agreed_on(agreed):
    """Who signs the paper must see what *closed* is; where the rules name no word, it says who does."""
    common = {"item": "one interface", "accept": ("customer.functional_lead",)}
    registers = (
        Register(id="a", fact="x.a", closed=("passed", "pass"), open_unaccepted="x.b", **common),
        Register(id="b", fact="x.c", open_unaccepted="x.d", **common),
    )
    with_them = replace(agreed, vocabulary=agreed.vocabulary.model_copy(update={"registers": registers}))

    rows = table(with_them, "Registers, what closes an item, and who may accept an open one").rows

    lead = "the customer's functional lead"
    assert rows == (
        ("a", "one interface", '"passed" and "pass"', lead),
        ("b", "one interface", "what the program file says", lead),
    )


def test_what_is_not_applicable_is_never_due(agreed):
    """Nobody assesses it at any milestone."""
    first, *others = agreed.ruleset.criteria
    exempt = first.model_copy(
        update={"due_from": None, "not_applicable": NotApplicable(reason="No payroll.", approved_by="GSA guide")}
    )
    asked = first.model_copy(update={"due_from": None, "not_applicable": None})

    def due(criterion):
        ruleset = agreed.ruleset.model_copy(update={"criteria": (criterion, *others)})
        return [int(row[-1]) for row in table(replace(agreed, ruleset=ruleset), "When the program is assessed").rows]

    assert [number - 1 for number in due(asked)] == due(exempt)
    shown = text(replace(agreed, ruleset=agreed.ruleset.model_copy(update={"criteria": (exempt, *others)})))
    assert shown.count("; 1 not applicable.") == 1
    assert "not applicable." not in text(agreed)
