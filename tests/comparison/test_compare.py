"""What the daily run calls better, worse, stale and newly asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gonogo.comparison.compare import RunComparison, compare
from gonogo.model.change import Effect, RuleChange
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.fact import FactType
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.reply import Beside, LeftAside
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict

NAME = "system.case.one"


def finding(status: Status, *reasons: GapReason, criterion: str = NAME) -> Finding:
    return Finding(
        criterion=criterion,
        title="One",
        domain=Domain.SYSTEM,
        severity=Severity.MANDATORY,
        status=status,
        sentence=f"It is {status}.",
        facts=tuple(
            FactReading(fact=f"a.f{number}", gap=Gap(fact=f"a.f{number}", reason=reason, detail="d"))
            for number, reason in enumerate(reasons)
        ),
        owner="customer.pmo_lead",
    )


@pytest.fixture
def compared(made):
    def run(before: list[Finding], after: list[Finding], *verdicts: Verdict) -> RunComparison:
        was, now = verdicts or (Verdict.NO_GO, Verdict.NO_GO)
        return compare(made.of(before, verdict=was), made.of(after, verdict=now))

    return run


@pytest.fixture
def groups(compared):
    def run(before: list[Finding], after: list[Finding]) -> set[str]:
        found = compared(before, after)
        return {name for name in ("better", "worse", "stale", "opened", "dropped") if getattr(found, name)}

    return run


class TestGroups:
    @pytest.mark.parametrize(
        ("old", "new", "group"),
        [
            (Status.MET, Status.NOT_MET, {"worse"}),
            (Status.MET, Status.UNKNOWN, {"worse"}),
            (Status.NOT_MET, Status.MET, {"better"}),
            (Status.UNKNOWN, Status.MET, {"better"}),
            (Status.UNKNOWN, Status.NOT_MET, {"worse"}),
            (Status.NOT_MET, Status.UNKNOWN, {"worse"}),
            (Status.MET, Status.MET, set()),
            (Status.MET, Status.NOT_DUE, {"dropped"}),
            (Status.NOT_MET, Status.NOT_ADOPTED, {"dropped"}),
            (Status.UNKNOWN, Status.NOT_ADOPTED, {"dropped"}),
            (Status.NOT_APPLICABLE, Status.NOT_ADOPTED, {"dropped"}),
            (Status.NOT_DUE, Status.UNKNOWN, {"opened"}),
            (Status.NOT_ADOPTED, Status.NOT_MET, {"opened"}),
            (Status.NOT_DUE, Status.MET, {"better"}),
            (Status.NOT_ADOPTED, Status.MET, {"better"}),
            (Status.NOT_ADOPTED, Status.NOT_DUE, set()),
            (Status.NOT_APPLICABLE, Status.UNKNOWN, {"worse"}),
        ],
    )
    def test_a_change_of_status_is_told_as_what_it_is(self, old, new, group, groups):
        """A failure that is certain now is a setback; asking more is not, and dropping a question is no progress."""
        assert groups([finding(old)], [finding(new)]) == group

    def test_evidence_that_aged_is_stale_and_not_worse(self, groups):
        """Somebody must renew it; nothing else happened."""
        assert groups([finding(Status.MET)], [finding(Status.UNKNOWN, GapReason.STALE)]) == {"stale"}

    def test_evidence_that_aged_beside_some_that_was_lost_is_worse(self, groups):
        """Renewing alone would not bring it back."""
        after = finding(Status.UNKNOWN, GapReason.STALE, GapReason.MISSING)

        assert groups([finding(Status.MET)], [after]) == {"worse"}

    def test_a_new_criterion_that_is_open_is_newly_asked(self, groups):
        """The ruleset grew; the program did not get worse."""
        assert groups([], [finding(Status.NOT_MET)]) == {"opened"}

    def test_a_criterion_that_left_the_ruleset_is_dropped(self, groups):
        """It did not get worse, and nobody answered it either."""
        assert groups([finding(Status.NOT_MET)], []) == {"dropped"}


class TestHand:
    def test_what_is_newly_asked_raises_no_hand(self, compared):
        """Who adopts ten more criteria on Monday must not find the daily run red for it."""
        found = compared([finding(Status.NOT_ADOPTED)], [finding(Status.UNKNOWN)])

        assert not found.anything_worse

    @pytest.mark.parametrize("after", [finding(Status.NOT_MET), finding(Status.UNKNOWN, GapReason.STALE)])
    def test_worse_and_stale_raise_it(self, after, compared):
        """Both need somebody today."""
        assert compared([finding(Status.MET)], [after]).anything_worse

    @pytest.mark.parametrize("after", [[finding(Status.NOT_ADOPTED)], []])
    def test_a_question_that_was_dropped_raises_it(self, after, compared):
        """If somebody takes the failing criterion off the list on Friday, Friday's report says so."""
        assert compared([finding(Status.NOT_MET)], after).anything_worse

    def test_a_verdict_that_fell_raises_it_though_no_criterion_did(self, compared):
        """A cap that was lowered, a waiver that expired."""
        same = [finding(Status.NOT_MET)]

        assert compared(same, same, Verdict.CONDITIONAL_GO, Verdict.NO_GO).anything_worse


def run(made, value, *, sha="a", limit=0, days=1, **more):
    """A run in which so many defects are open."""
    return made.of([made.judged(value, limit=limit)], answers=[made.evidence(value, sha=sha, days=days)], **more)


class TestValues:
    @pytest.mark.parametrize(
        ("old", "new", "limit", "words", "worse"),
        [
            (0, 5, 9, "rose from 0 defects to 5 defects; system.defects.open needs at most 9 defects: still reached, "
             "with less room", False),
            (5, 0, 9, "fell from 5 defects to 0 defects; system.defects.open needs at most 9 defects: still reached, "
             "with more room", False),
            (3, 5, 0, "rose from 3 defects to 5 defects; system.defects.open needs at most 0 defects: still missed, "
             "further off", True),
            (5, 3, 0, "fell from 5 defects to 3 defects; system.defects.open needs at most 0 defects: still missed, "
             "closer", False),
        ],
    )  # fmt: skip
    def test_a_value_that_moved_is_told_against_its_threshold(self, made, old, new, limit, words, worse):
        """Within its threshold it is told and raises no hand; a shortfall that grew raises it."""
        found = compare(run(made, old, limit=limit), run(made, new, sha="b", limit=limit))

        assert [notice.sentence for notice in found.notices if notice.kind == "value"] == [
            f"defects.critical_open {words}."
        ]
        assert found.anything_worse is worse

    def test_zero_critical_defects_that_became_five_raise_the_hand_where_the_criterion_failed_already(self, made):
        """The criterion was not met for another reason, and its status says nothing of the news."""
        before = made.of([made.judged(0, status=Status.NOT_MET)], answers=[made.evidence(0)])
        after = made.of([made.judged(5)], answers=[made.evidence(5, sha="b")])

        found = compare(before, after)

        assert found.anything_worse
        assert "needs at most 0 defects: missed now" in found.notices[0].sentence

    def test_a_threshold_that_is_reached_now_is_no_setback_where_the_criterion_still_fails(self, made):
        """Another comparison fails it; this one came right."""
        before = made.of([made.judged(5)], answers=[made.evidence(5)])
        after = made.of([made.judged(0, status=Status.NOT_MET)], answers=[made.evidence(0, sha="b")])

        found = compare(before, after)

        assert "needs at most 0 defects: reached now" in found.notices[0].sentence
        assert not found.anything_worse

    def test_a_shortfall_that_only_the_clock_made_larger_raises_no_hand(self, made):
        """A count of days since something grows every morning on the same bytes; who is woken daily stops listening."""
        found = compare(run(made, 3, sha="a"), run(made, 4, sha="a"))

        assert found.notices
        assert not found.anything_worse

    def test_under_not_nobody_says_that_a_missed_comparison_is_a_setback(self, made):
        """`not (open <= 0)` is the other way round."""
        more = {"requirements": {made.criterion: "not (defects.critical_open <= max_open)"}}

        assert not compare(run(made, 3, **more), run(made, 5, sha="b", **more)).anything_worse

    def test_a_share_of_other_counts_that_is_as_large_has_not_moved_away(self, made):
        """1 of 2 and 2 of 4 are one half; "further off" would be untrue."""
        kind = {"type": FactType.RATIO, "unit": "", "fact": "defects.critical_open"}
        before, after = (
            made.of([made.judged(9)], answers=[made.evidence("0.5", part=part, whole=2 * part, sha=str(part), **kind)])
            for part in (1, 2)
        )

        [notice] = [notice for notice in compare(before, after).notices if notice.kind == "value"]

        assert notice.sentence.endswith("needs at most 0 defects: still missed.")
        assert not notice.worse

    def test_a_threshold_that_moved_is_told(self, made):
        """The bar rises with the milestone; nobody should look for the reason in the evidence."""
        found = compare(run(made, 3, limit=9), run(made, 3, limit=5))

        assert "asks defects.critical_open <= max_open: 5 defects now, 9 defects before" in found.notices[0].sentence

    def test_items_that_come_and_go_are_named_though_their_number_stays(self, made):
        """Three are open as yesterday: other three."""
        before = made.of(answers=[made.evidence(2, open_items=("D-1", "D-2"))])
        after = made.of(answers=[made.evidence(2, open_items=("D-2", "D-3"))])

        assert [notice.sentence for notice in compare(before, after).notices] == [
            "defects.critical_open stays at 2 defects; newly open: D-3; gone: D-1."
        ]

    def test_evidence_that_is_lost_raises_the_hand_and_is_told_once_for_all_its_facts(self, made):
        """No due criterion reads it yet; the day on which one does is too late."""
        gaps = [
            Gap(fact=f"a.f{n}", reason=GapReason.MISSING, detail="No file matches x.csv.", binding="b") for n in (1, 2)
        ]
        before = made.of(answers=[made.evidence(1, fact="a.f1"), made.evidence(1, fact="a.f2")])

        found = compare(before, made.of(answers=gaps))

        assert [notice.sentence for notice in found.notices] == [
            "a.f1 and a.f2 are no longer known: No file matches x.csv."
        ]
        assert found.anything_worse
        assert not compare(made.of(answers=gaps), before).anything_worse


def silent_with_files(made, inputs="", **more):
    """A source; with ``inputs`` one whose file was read though it gave no answer."""
    found = made.source(**more)
    read = made.source(inputs).inputs if inputs else found.inputs
    return found.model_copy(update={"inputs": read})


class TestSources:
    def test_a_source_that_is_read_again_is_told(self, made):
        """An unreadable log became readable: with two open risks, or without."""
        found = compare(
            made.of(collectors=[made.source(failed="Torn.", answered=0)]), made.of(collectors=[made.source()])
        )

        assert [notice.sentence for notice in found.notices] == ["The source tracker answers again: 1 of 1 fact."]
        assert not found.anything_worse

    @pytest.mark.parametrize(
        ("old", "new", "words", "worse"),
        [
            ({}, {"failed": "Torn.", "answered": 0}, "no longer answers. Torn.", True),
            ({}, {"answered": 0}, "no longer answers. It answered none of 1 fact.", True),
            ({"answered": 0}, {}, "answers again: 1 of 1 fact.", False),
            ({"declared": 3, "answered": 3}, {"declared": 3, "answered": 2},
             "answers less: 2 of 3 facts, before 3 of 3.", True),
            ({"declared": 3, "answered": 2}, {"declared": 3, "answered": 3}, "answered 3 of 3 facts, before 2 of 3.",
             False),
            ({}, {"sha": "b"}, "has different content: defects.csv is changed.", False),
            ({"failed": "Torn."}, {"failed": "Gone."}, "still answers nothing. Gone.", False),
            ({"failed": "Torn.", "inputs": "a"}, {"failed": "Torn.", "inputs": "b"},
             "still answers nothing, and has different content: defects.csv is changed. Torn.", False),
            ({}, {"distribution": "other 2"},
             "was read differently: by another release of its collector, or with different isolation.",
         False),
        ],
    )  # fmt: skip
    def test_what_became_of_a_source_is_told(self, made, old, new, words, worse):
        """A source that was lost needs somebody today, whatever rests on it."""
        found = compare(
            made.of(collectors=[silent_with_files(made, **old)]), made.of(collectors=[silent_with_files(made, **new)])
        )

        assert [notice.sentence for notice in found.notices] == [f"The source tracker {words}"]
        assert found.anything_worse is worse

    @pytest.mark.parametrize(
        ("field", "value", "come", "gone"),
        [
            (
                "beside",
                Beside(path="d-19.csv", than="d-18.csv", by="date"),
                "tracker: d-19.csv is now next to d-18.csv, is newer by the date in its name, and is not read.",
                "tracker: d-19.csv is no longer an unread newer file next to d-18.csv.",
            ),
            (
                "beside",
                Beside(path="d (1).csv", than="d.csv", by="copy"),
                "tracker: d (1).csv is now next to d.csv, holds the same bytes, and is not read.",
                "tracker: d (1).csv is no longer an unread copy next to d.csv.",
            ),
            (
                "left_out",
                LeftAside(path="d (1).csv", reason="a copy"),
                "tracker: d (1).csv is now left out by not_evidence: a copy",
                "tracker: d (1).csv is no longer left out by not_evidence.",
            ),
        ],
    )
    def test_what_lies_beside_a_source_is_told_as_that(self, made, field, value, come, gone):
        """Nobody read the source in another way because somebody saved a newer export beside it."""
        bare, more = made.of(collectors=[made.source()]), made.of(collectors=[made.source(**{field: (value,)})])

        assert [notice.sentence for notice in compare(bare, more).notices] == [come]
        assert [notice.sentence for notice in compare(more, bare).notices] == [gone]
        assert compare(more, more).nothing

    def test_of_what_lies_beside_a_source_only_what_is_new_or_gone_is_told(self, made):
        """A warning that comes every morning is read by nobody."""
        files = [Beside(path=f"d-{day}.csv", than="d-18.csv", by="date") for day in (19, 20, 21)]
        aside = [LeftAside(path=each.path, reason="a copy") for each in files]
        first = made.of(collectors=[made.source(beside=tuple(files[:2]), left_out=tuple(aside[:2]))])
        second = made.of(collectors=[made.source(beside=tuple(files[1:]), left_out=tuple(aside[1:]))])

        told = [notice.sentence for notice in compare(first, second).notices]

        assert [sentence.split()[1] for sentence in told] == ["d-21.csv", "d-19.csv"] * 2

    def test_a_source_that_is_bound_or_no_longer_bound_is_told(self, made):
        """Who takes a source out of the program file is seen."""
        one, none = made.of(collectors=[made.source()]), made.of()

        assert compare(none, one).notices[0].sentence == "The source tracker is new; it answered 1 of 1 fact."
        assert compare(one, none).notices[0].sentence == "The source tracker is no longer bound."


class TestPapers:
    def test_a_waiver_that_begins_or_ceases_to_count_is_told(self, made):
        """It ceased while its criterion is open: somebody has to act."""
        waiver = made.whole().made.waivers
        without, counts = (
            made.of([made.judged(2)], waivers=waiver, reviews=made.reviewed(counted)) for counted in (False, True)
        )

        begun, ceased = compare(without, counts), compare(counts, without)

        assert begun.notices[0].sentence.startswith("The waiver W-1 for system.defects.open now counts: ")
        assert not begun.anything_worse
        assert ceased.notices[0].sentence.startswith("The waiver W-1 for system.defects.open no longer counts: ")
        assert ceased.anything_worse

    @pytest.mark.parametrize(("counted", "says"), [(True, "still counts"), (False, "does not count")])
    def test_a_waiver_that_was_changed_is_told_with_what_it_does(self, made, counted, says):
        """Somebody altered what was approved."""
        [waiver] = made.whole().made.waivers
        before, after = (
            made.of([made.judged(2)], waivers=(each,), reviews=made.reviewed(counted))
            for each in (waiver, waiver.model_copy(update={"reason": "Moved again."}))
        )

        [notice] = compare(before, after).notices

        assert notice.sentence.startswith(f"The waiver W-1 for system.defects.open was changed and {says}: ")
        assert not notice.worse

    @pytest.mark.parametrize(("counted", "more"), [(True, ", and it counted"), (False, "")])
    def test_a_waiver_that_is_gone_is_told_with_what_it_did(self, made, counted, more):
        waiver = made.whole().made.waivers
        before = made.of([made.judged(2)], waivers=waiver, reviews=made.reviewed(counted))

        [notice] = compare(before, made.of([made.judged(2)])).notices

        assert notice.sentence == f"The waiver W-1 for system.defects.open is gone{more}."
        assert notice.worse is counted

    def test_a_waiver_of_which_only_the_review_is_recorded_is_told(self, made):
        """Earlier versions recorded no waivers beside their reviews."""
        before = made.of([made.judged(2)])

        [notice] = compare(before, made.of([made.judged(2)], reviews=made.reviewed(True))).notices

        assert notice.sentence.startswith("The waiver W-1 for system.defects.open now counts: ")

    def test_a_new_waiver_that_does_not_count_is_told(self, made):
        waiver = made.whole().made.waivers
        after = made.of([made.judged(2)], waivers=waiver, reviews=made.reviewed(False))

        [notice] = compare(made.of([made.judged(2)]), after).notices

        assert notice.sentence.startswith("The waiver W-1 for system.defects.open is new and does not count: ")

    def test_a_plan_is_told_and_the_criterion_that_blocks_without_it_raises_the_hand(self, made):
        """The plan was due yesterday; no status moved."""
        whole = made.whole()
        blocker = whole.made.decision.blockers
        with_plan, without = (
            made.of([made.judged(2)], plans=whole.made.plans),
            made.of([made.judged(2)], blockers=blocker),
        )

        lost, won = compare(with_plan, without), compare(without, with_plan)

        assert "The action plan of operations.ato is gone." in [notice.sentence for notice in lost.notices]
        assert lost.notices[0].sentence == "system.defects.open now blocks. 2 are open, 1 day old."
        assert lost.anything_worse
        assert not won.anything_worse
        assert "The action plan of operations.ato is new: Get it signed, ann, due 2027-04-27." in [
            notice.sentence for notice in won.notices
        ]


class TestRules:
    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"ruleset": "m3@2", "ruleset_sha256": "9" * 64}, "The ruleset is another one: m3@2, it was m3@1."),
            (
                {"ruleset_sha256": "9" * 64},
                "The ruleset is another one: m3@1, of the same name, with different content.",
            ),
            ({"vocabulary_sha256": "9" * 64}, "The vocabulary of facts is different."),
            ({"program_sha256": "9" * 64}, "The program file says something else."),
            ({"people_sha256": "9" * 64}, "The people register says something else."),
            ({"milestone": "T-5"}, "The milestone T-5 is reached."),
        ],
    )
    def test_other_rules_are_told(self, made, changed, words):
        """A reader of a better verdict must learn that the threshold moved."""
        found = compare(made.of(), made.of(started=changed))

        assert [notice.sentence for notice in found.notices] == [words]

    def test_a_criterion_that_weighs_less_raises_the_hand(self, made):
        """Like a question that is dropped: somebody decided it, and all should hear."""
        heavy = made.judged(2)
        light = heavy.model_copy(update={"severity": Severity.ADVISORY})

        assert compare(made.of([heavy]), made.of([light])).anything_worse
        assert not compare(made.of([light]), made.of([heavy])).anything_worse

    def test_rules_that_somebody_loosened_raise_the_hand(self, made):
        """An overlay made a mandatory criterion advisory: the GO of the morning is another GO."""
        fields = {
            "by": "local@2",
            "criterion": made.criterion,
            "part": "severity",
            "old": "mandatory",
            "new": "advisory",
        }
        change = RuleChange(**fields, effect=Effect.LOOSENS, loosens=True)
        after = replace(made.of(started={"ruleset_sha256": "9" * 64}), loosened=(change,))

        found = compare(made.of(), after)

        assert found.anything_worse
        assert found.notices[0].sentence == (
            "local@2 loosens the rules: system.defects.open, severity: advisory, and it was mandatory."
        )
        assert not compare(after, made.of()).anything_worse
        assert compare(after, after).nothing

    @pytest.mark.parametrize("again", [{"new": "conditional"}, {"part": "max_age", "old": "7d", "new": "90d"}])
    def test_a_criterion_that_is_loosened_once_more_raises_the_hand_once_more(self, made, again):
        """The first loosening was told a month ago; who reads of it today must not think that this is the same one."""
        fields = {"by": "local@2", "criterion": made.criterion, "part": "severity", "old": "mandatory"}
        first = RuleChange(**fields, new="advisory", effect=Effect.LOOSENS, loosens=True)
        second = first.model_copy(update=again)
        before = replace(made.of(started={"ruleset_sha256": "9" * 64}), loosened=(first,))
        after = replace(made.of(started={"ruleset_sha256": "8" * 64}), loosened=(first, second))

        told = [notice.sentence for notice in compare(before, after).notices if notice.worse]

        assert told == [
            f"local@2 loosens the rules: {made.criterion}, {second.part}: {second.new}, and it was {second.old}."
        ]

    def test_records_of_earlier_versions_say_nothing_of_the_program_file(self, made):
        """What was not recorded is not called changed."""
        before = made.of(started={"program_sha256": None, "people_sha256": None})

        assert compare(before, made.of()).nothing


class TestAge:
    def test_time_alone_is_not_called_a_change_of_anything(self, made):
        """The next morning, with the same files: true, and told in one line."""
        older = made.judged(2).model_copy(update={"sentence": "It stands at 2 defects, 2 days old."})
        before, after = (made.of([one], answers=[made.evidence(2)]) for one in (made.judged(2), older))

        found = compare(before, after)

        assert [notice.kind for notice in found.notices] == ["age"]
        assert not found.nothing
        assert not found.anything_worse
