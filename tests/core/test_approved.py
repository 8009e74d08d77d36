"""An approval binds what it approved: better or equal evidence keeps it, anything worse lapses it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.core.approved import Present, State, lapses
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.ruleset import Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.waiver import Approval, Waiver

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
THEN = NOW - timedelta(days=3)
DAY = date(2027, 4, 16)
APPROVAL = Approval(person="osei", role="customer.executive_sponsor", on=DAY)
WAIVER = Waiver(id="W-1", criterion="system.load", requested_by="theo", approved_by=(APPROVAL,))


def criterion(require: str) -> Criterion:
    return Criterion(
        id="system.load", title="t", statement="s", why="w", severity=Severity.MANDATORY,
        require=parse_requirement(require), max_age_s=30 * 86400, owner="customer.pmo_lead",
        attest=("customer.pmo_lead",), remedy="r", source=("S",),
    )  # fmt: skip


def value(
    fact: str, number: object, *, of: datetime = THEN, items: tuple[str, ...] | None = None, sha: str = "a"
) -> Evidence:
    kind = {datetime: FactType.INSTANT, str: FactType.TEXT}.get(type(number), FactType.DECIMAL)
    return Evidence(
        fact=fact, type=kind, unit="cases" if kind is FactType.DECIMAL else "",
        value=number if kind is not FactType.DECIMAL else Decimal(str(number)), as_of=of,
        basis=Basis.MEASURED, source=Source(binding="b", locator="x.csv", sha256=(sha * 64,)), open_items=items,
    )  # fmt: skip


def gap(fact: str) -> Gap:
    return Gap(fact=fact, reason=GapReason.MISSING, detail="gone")


def answers(*entries: Evidence | Gap) -> EvidenceSet:
    return EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )


def finding(status: Status, evidence: EvidenceSet) -> Finding:
    facts = [FactReading(fact=entry.fact, gap=entry) for entry in evidence.gaps]
    facts += [FactReading(fact=entry.fact, as_of=entry.as_of) for entry in evidence.evidence]
    return Finding(
        criterion="system.load", title="t", domain=Domain.SYSTEM, severity=Severity.MANDATORY, status=status,
        sentence="s", owner="customer.pmo_lead", facts=tuple(facts),
    )  # fmt: skip


def told(
    require: str, before: object, after: object, *, was: Status = Status.NOT_MET, now: Status = Status.NOT_MET
) -> str:
    """Return why the waiver has lapsed; ``before`` None for a state that nobody recorded."""
    made = criterion(require)
    case = Case(made, {})
    policy = DecisionPolicy(milestones=("T-0",))
    scope = Scope(now=NOW, go_live=NOW + timedelta(days=14), milestone=None, policy=policy, cases=(case,))
    here = answers(*after)
    present = Present(scope, here, frozenset(), {"system.load": finding(now, here)})
    state = None if before is None else State(THEN, finding(was, answers(*before)), answers(*before))
    held = {entry.fact: entry.as_of.date().isoformat() for entry in here.evidence}
    lapsed = lapses([WAIVER], {"W-1": (state,)}, present, held).get("W-1", ())
    return lapsed[0].sentence if lapsed else ""


class TestValues:
    @pytest.mark.parametrize(("number", "lapsed"), [(4, False), (5, False), (6, True)])
    def test_at_most_lapses_with_more(self, number, lapsed):
        """Five failed cases were accepted; four and five still are, six were not."""
        why = told("a.failed <= 0", [value("a.failed", 5)], [value("a.failed", number, of=NOW)])

        assert bool(why) is lapsed
        if lapsed:
            assert why == (
                "The approval by osei on 2027-04-16 has lapsed: `a.failed <= 0` was at 5 cases in the run of "
                "2027-04-16 and is now at 6 cases."
            )

    @pytest.mark.parametrize(("number", "lapsed"), [(89, True), (90, False), (91, False)])
    def test_at_least_lapses_with_less(self, number, lapsed):
        """The direction is the comparison's."""
        assert bool(told("a.run >= 95", [value("a.run", 90)], [value("a.run", number, of=NOW)])) is lapsed

    @pytest.mark.parametrize(("number", "lapsed"), [(89, False), (90, False), (91, True)])
    def test_under_not_it_is_the_other_way_round(self, number, lapsed):
        """`not a.run >= 80` fails by more with every case."""
        assert bool(told("not a.run >= 80", [value("a.run", 90)], [value("a.run", number, of=NOW)])) is lapsed

    @pytest.mark.parametrize(("number", "lapsed"), [(7, False), (8, False), (9, True), (2, False), (1, True)])
    def test_exactly_lapses_with_a_greater_distance(self, number, lapsed):
        """Neither above nor below is better."""
        assert bool(told("a.run == 5", [value("a.run", 8)], [value("a.run", number, of=NOW)])) is lapsed

    def test_a_comparison_that_failed_none_before_is_another_failure(self):
        """The signers accepted late interfaces, not failed ones."""
        before = [value("a.run", 90), value("a.failed", 0)]
        after = [value("a.run", 91, of=NOW), value("a.failed", 1, of=NOW)]

        assert "`a.failed <= 0` was at 0 cases" in told("a.run >= 95 and a.failed <= 0", before, after)

    @pytest.mark.parametrize(
        ("before", "after", "lapsed"),
        [(5, None, True), (None, None, False), (None, 5, True), (5, 5, False), (0, None, True)],
    )
    def test_what_is_known_no_more_is_worse_than_what_was_known_to_fail(self, before, after, lapsed):
        """Five failed cases were accepted; nobody accepted not knowing, though the other comparison fails as before."""
        was, now = (
            [gap("a.failed") if number is None else value("a.failed", number), value("a.late", 3)]
            for number in (before, after)
        )

        assert bool(told("a.failed <= 0 and a.late <= 0", was, now)) is lapsed

    def test_a_value_that_still_passes_may_fall(self):
        """Only what fails is what was accepted."""
        before = [value("a.run", 99), value("a.failed", 2)]
        after = [value("a.run", 96, of=NOW), value("a.failed", 2, of=NOW)]

        assert told("a.run >= 95 and a.failed <= 0", before, after) == ""

    @pytest.mark.parametrize(("word", "lapsed"), [("late", False), ("lost", True), ("done", False)])
    def test_another_word_is_another_state(self, word, lapsed):
        """Of words nobody can say which is worse."""
        why = told('a.state == "done"', [value("a.state", "late")], [value("a.state", word, of=NOW)])

        assert bool(why) is lapsed
        assert bool(told('a.state in ["done"]', [value("a.state", "late")], [value("a.state", word, of=NOW)])) is lapsed

    def test_days_that_go_by_are_nobodys_setback(self):
        """A comparison with `now` falls short by more every day, on the same evidence."""
        made = value("a.at", NOW + timedelta(days=3))

        assert told("a.at - now >= 5d", [made], [made]) == ""


class TestItems:
    @pytest.mark.parametrize(
        ("items", "lapsed"),
        [(("IF-7",), False), (("IF-9",), True), (("IF-7", "IF-9"), True), ((), False)],
    )
    def test_another_open_item_lapses_it(self, items, lapsed):
        """The card interface was accepted; as many interfaces fail now, and payroll is one of them."""
        before = [value("a.open", 2, items=("IF-7", "IF-8"))]
        after = [value("a.open", 2, of=NOW, items=items, sha="b")]

        why = told("a.open == 0", before, after)

        assert bool(why) is lapsed
        assert ("IF-9" in why) is lapsed

    def test_sources_without_bytes_are_never_the_same_bytes(self):
        """A live service hands over no file: that both digests are empty says nothing of what is open now."""

        def live(*items: str) -> Evidence:
            entry = value("a.open", len(items), items=items)
            return entry.model_copy(update={"source": entry.source.model_copy(update={"sha256": ()})})

        assert "IF-9" in told("a.open == 0", [live("IF-7", "IF-8")], [live("IF-7", "IF-9")])
        assert told("a.open == 0", [live("IF-7", "IF-8")], [live("IF-7")]) == ""

    def test_items_that_nobody_named_before_cannot_be_held_against_it(self):
        """A doubt never helps, unless the bytes are the same."""
        before = [value("a.open", 2)]

        assert "item by item" in told("a.open == 0", before, [value("a.open", 2, items=("IF-7",), sha="b")])
        assert told("a.open == 0", before, [value("a.open", 2, items=("IF-7",))]) == ""
        assert "item by item" in told(
            "a.open == 0", [value("a.open", 2, items=("IF-7",))], [value("a.open", 2, sha="b")]
        )


class TestStatus:
    @pytest.mark.parametrize(
        ("was", "before", "now", "after", "words"),
        [
            (Status.MET, [value("a.run", 99)], Status.NOT_MET, [value("a.run", 90)], "was met"),
            (Status.MET, [value("a.run", 99)], Status.UNKNOWN, [gap("a.run")], "is now unknown"),
            (Status.NOT_MET, [value("a.run", 90)], Status.UNKNOWN, [gap("a.run")], "is no longer known"),
            (Status.UNKNOWN, [gap("a.run")], Status.NOT_MET, [value("a.run", 90)], "now known not to be met"),
            (Status.UNKNOWN, [gap("a.run")], Status.UNKNOWN, [gap("a.run")], ""),
        ],
    )
    def test_a_worse_status_lapses_it(self, was, before, now, after, words):
        """What is unknown may be anything, and what was unknown and is known is no longer what was accepted."""
        why = told("a.run >= 95", before, after, was=was, now=now)

        assert words in why
        assert bool(why) is bool(words)

    def test_another_unknown_fact_lapses_it(self):
        """One missing list was accepted, not two."""
        before, after = [gap("a.run"), value("a.failed", 0)], [gap("a.run"), gap("a.failed")]

        assert "a.failed was known" in told(
            "a.run >= 95 and a.failed <= 0", before, after, was=Status.UNKNOWN, now=Status.UNKNOWN
        )


class TestWithoutARun:
    @pytest.mark.parametrize(("hours", "lapsed"), [(-24, False), (0, False), (24, True)])
    def test_evidence_must_not_be_newer_than_the_approval(self, hours, lapsed):
        """Nothing else shows what the signers had before them."""
        why = told("a.run >= 95", None, [value("a.run", 90, of=THEN + timedelta(hours=hours))])

        assert bool(why) is lapsed
        assert ("newer than the approval" in why) is lapsed

    def test_what_is_unknown_was_approved_by_nobody(self):
        """An approval of nothing in particular would cover everything."""
        assert "now unknown" in told("a.run >= 95", None, [gap("a.run")], now=Status.UNKNOWN)

    @pytest.mark.parametrize("was", [Status.NOT_DUE, Status.NOT_APPLICABLE, Status.NOT_ADOPTED])
    def test_a_run_that_did_not_ask_shows_nothing(self, was):
        """It is as if there were none."""
        before, after = [value("a.run", 90)], [value("a.run", 90, of=NOW)]

        assert "newer than the approval" in told("a.run >= 95", before, after, was=was)


class TestAgreeingSources:
    """Two sources within tolerance are one fact with two values, and each was approved or was not."""

    @staticmethod
    def both(first: Evidence, second: Evidence) -> Evidence:
        other = Source(binding="c", locator="y.csv", sha256=("9" * 64,))
        return first.model_copy(update={"agreeing": (second.model_copy(update={"source": other}),)})

    @pytest.mark.parametrize(("number", "lapsed"), [(88, True), (89, False), (90, False)])
    def test_every_value_is_held_against_what_was_approved(self, number, lapsed):
        """The oldest alone would hide that the second source fell."""
        before = self.both(value("a.run", 90), value("a.run", 89))
        after = self.both(value("a.run", 90, of=NOW), value("a.run", number, of=NOW))

        assert bool(told("a.run >= 95", [before], [after])) is lapsed

    @pytest.mark.parametrize(("number", "lapsed"), [(94, True), (95, False), (96, False)])
    def test_a_value_that_turned_bad_lapses_it_beside_one_that_is_still_good(self, number, lapsed):
        """Both were good for this comparison; another one made the criterion fail."""
        before = [self.both(value("a.run", 95), value("a.run", 95)), value("b.open", 1)]
        after = [self.both(value("a.run", 95, of=NOW), value("a.run", number, of=NOW)), value("b.open", 1)]

        assert bool(told("a.run >= 95 and b.open <= 0", before, after)) is lapsed

    @pytest.mark.parametrize(("key", "lapsed"), [("IF-2", False), ("IF-1", False), ("IF-9", True)])
    def test_an_item_that_only_the_second_source_names_counts(self, key, lapsed):
        """What either source showed was approved; what neither showed was not."""
        before = self.both(value("a.open", 1, items=("IF-1",)), value("a.open", 1, items=("IF-2",)))
        second = value("a.open", 1, of=NOW, items=(key,))
        after = self.both(value("a.open", 1, of=NOW, items=("IF-1",), sha="b"), second)
        after = after.model_copy(update={"agreeing": tuple(self._newer(one) for one in after.agreeing)})

        why = told("a.open <= 0", [before], [after])

        assert bool(why) is lapsed
        assert (key in why) is lapsed

    @pytest.mark.parametrize(
        ("left_before", "left_after", "lapsed"), [(0, 0, False), (1, 0, True), (0, 1, True), (1, 1, True)]
    )
    def test_a_list_that_was_cut_proves_no_item(self, left_before, left_after, lapsed):
        """What was left out may be the one that nobody approved."""
        before = value("a.open", 1, items=("IF-1",)).model_copy(update={"open_left_out": left_before or None})
        after = value("a.open", 1, of=NOW, items=("IF-1",), sha="b").model_copy(
            update={"open_left_out": left_after or None}
        )

        assert ("cannot be compared item by item" in told("a.open <= 0", [before], [after])) is lapsed

    def test_a_second_source_that_names_nothing_still_names_nothing(self):
        """It never did; the first one proves that no other item is open."""
        before = self.both(value("a.open", 1, items=("IF-1",)), value("a.open", 1))
        after = self.both(value("a.open", 1, of=NOW, items=("IF-1",), sha="b"), value("a.open", 1, of=NOW))
        after = after.model_copy(update={"agreeing": tuple(self._newer(one) for one in after.agreeing)})

        assert told("a.open <= 0", [before], [after]) == ""

    @staticmethod
    def _newer(entry: Evidence) -> Evidence:
        return entry.model_copy(update={"source": entry.source.model_copy(update={"sha256": ("8" * 64,)})})


class TestWhatWasMet:
    @pytest.mark.parametrize(
        ("number", "stricter"), [(89, False), (90, True), (91, False)], ids=["worse", "the same", "better"]
    )
    def test_a_threshold_that_moved_is_named_where_nothing_else_did(self, number, stricter):
        """The rung of T-14 came: the value is the one that was seen, and a reader must not look for who spoiled it."""
        why = told("a.run >= 95", [value("a.run", 90)], [value("a.run", number)], was=Status.MET)

        more = (
            ": its requirement has become stricter since, and the values have not changed (`a.run >= 95`)"
            if stricter
            else ""
        )
        assert why.endswith(f"the criterion was met in the run of 2027-04-16 and is now not met{more}.")

    def test_it_is_not_said_where_another_part_got_worse(self):
        """Two comparisons fail, and only one of them by the threshold alone."""
        before, after = [value("a.run", 90), value("b.run", 99)], [value("a.run", 90), value("b.run", 80)]

        assert told("a.run >= 95 and b.run >= 95", before, after, was=Status.MET).endswith("is now not met.")

    def test_it_is_not_said_of_what_is_unknown_now(self):
        """What is gone did not stay the same."""
        why = told("a.run >= 95", [value("a.run", 90)], [gap("a.run")], was=Status.MET, now=Status.UNKNOWN)

        assert why.endswith("and is now unknown.")


@pytest.mark.parametrize(("days", "lapsed"), [(-1, False), (0, False), (1, True)])
def test_a_state_of_another_release_does_not_make_newer_evidence_count(days, lapsed):
    """It shows what was worse then; that the evidence is newer than the approval it does not settle."""
    made, then = criterion("a.run >= 95"), answers(value("a.run", 90))
    here = answers(value("a.run", 91, of=datetime(2027, 4, 16, 12, tzinfo=UTC) + timedelta(days=days)))
    scope = Scope(
        now=NOW, go_live=NOW + timedelta(days=14), milestone=None,
        policy=DecisionPolicy(milestones=("T-0",)), cases=(Case(made, {}),),
    )  # fmt: skip
    present = Present(scope, here, frozenset(), {"system.load": finding(Status.NOT_MET, here)})
    held = {entry.fact: entry.as_of.date().isoformat() for entry in here.evidence}

    def lapses_by(elsewhere: str) -> str:
        state = State(THEN, finding(Status.NOT_MET, then), then, elsewhere)
        found = lapses([WAIVER], {"W-1": (state,)}, present, held).get("W-1", ())
        return found[0].why if found else ""

    assert bool(lapses_by("release R1")) is lapsed
    assert lapses_by("") == ""
