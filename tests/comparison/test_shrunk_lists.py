"""A list that shrank is no progress, an item that is gone need not be done, and one that newly fails is a setback."""

from __future__ import annotations

import pytest

from gonogo.comparison.compare import compare
from gonogo.model.fact import FactType
from gonogo.model.finding import Status
from gonogo.report.changed import change_lines

SHARE = {"type": FactType.RATIO, "unit": "", "fact": "sop.approved_ratio"}


def share(made, part, whole, *, sha="a", **more):
    return made.evidence(str(part / whole), part=part, whole=whole, sha=sha, **(SHARE | more))


def reads(made, outcome_value, fact, *, limit=0, **more):
    """A finding that compares ``fact`` with its limit."""
    found = made.judged(outcome_value, limit=limit, **more)
    readings = tuple(each.model_copy(update={"fact": fact}) for each in found.facts)
    compared = tuple(each.model_copy(update={"text": f"{fact} >= max_open"}) for each in found.comparisons)
    return found.model_copy(update={"facts": readings, "comparisons": compared})


class TestWholes:
    @pytest.mark.parametrize(
        ("now", "worse", "words"),
        [
            (4, True, "1 item that was counted in the last run is no longer counted (5, now 4)"),
            (5, False, ""),
            (6, False, ""),
        ],
    )
    def test_a_share_of_fewer_items_is_a_setback_whatever_it_says(self, now, worse, words, made):
        """Rows were deleted, nobody approved anything, and the share is 100%."""
        before, after = made.of(answers=[share(made, 3, 5)]), made.of(answers=[share(made, now, now, sha="b")])

        found = compare(before, after)

        assert found.anything_worse is worse
        assert words in found.notices[0].sentence
        assert ("no longer counted" in found.notices[0].sentence) is worse

    def test_several_are_told_as_several(self, made):
        """Two procedures were taken off the list."""
        found = compare(made.of(answers=[share(made, 3, 5)]), made.of(answers=[share(made, 3, 3, sha="b")]))

        assert found.notices[0].sentence == (
            "sop.approved_ratio rose from 60% (3 of 5) to 100% (3 of 3); 2 items that were counted are no longer "
            "counted since the last run (5, now 3), so it is not known whether it is better."
        )

    @pytest.mark.parametrize(("left", "label"), [(4, "not comparable"), (14, "worse")])
    def test_a_count_that_fell_with_its_list_is_not_called_worse(self, left, label, made):
        """High defects went from 13 to 4 because 9 rows are gone: a manager must not hear that it got worse."""
        keys = tuple(f"D-{n}" for n in range(1, 16))
        before = made.of([made.judged(13)], answers=[made.evidence(13, open_items=keys[:13]), share(made, 7, 20)])
        now = made.evidence(left, open_items=keys[:left] if left < 13 else keys[1:], sha="b")
        after = made.of([made.judged(left)], answers=[now, share(made, 7, 11, sha="b")])

        found = compare(before, after)

        [line] = [line for line in change_lines(found) if line[1].startswith("defects.critical_open ")]
        assert line[0] == label
        unknown = "(sop.approved_ratio: 20, now 11), so it is not known whether it is better"
        assert (unknown in line[1]) is (label == "not comparable")
        assert found.anything_worse

    def test_a_window_that_moves_over_the_same_bytes_is_nobodys_setback(self, made):
        """Of the incidents of thirty days there are fewer every morning."""
        assert not compare(made.of(answers=[share(made, 3, 5)]), made.of(answers=[share(made, 3, 3)])).anything_worse

    def test_sources_without_bytes_are_never_the_same_bytes(self, made):
        """A live service hands over no file, and a list that it no longer has in full is a setback all the same."""

        def live(part, whole):
            entry = share(made, part, whole)
            return entry.model_copy(update={"source": entry.source.model_copy(update={"sha256": ()})})

        assert compare(made.of(answers=[live(3, 5)]), made.of(answers=[live(3, 3)])).anything_worse

    def test_another_source_that_speaks_first_is_no_list_that_shrank(self, made):
        """Two sources agree, of five and of three; which is older changed, and each counts what it did."""
        one, other = made.evidence().source, made.evidence().source.model_copy(update={"binding": "other"})
        first, second = share(made, 5, 5, source=one), share(made, 3, 3, source=other)
        before = made.of(answers=[first.model_copy(update={"agreeing": (second,)})])
        after = made.of(answers=[second.model_copy(update={"agreeing": (first,)})])

        assert not compare(before, after).anything_worse

    def test_a_criterion_that_is_met_by_what_is_left_is_not_called_better(self, made):
        """It is told, beside the list that shrank, and a sponsor does not read it as progress."""
        before = made.of([reads(made, 2, "sop.approved_ratio")], answers=[share(made, 3, 5)])
        after = made.of([reads(made, 0, "sop.approved_ratio")], answers=[share(made, 3, 3, sha="b")])

        found = compare(before, after)

        assert not found.better
        assert "reached by what remains" in found.notices[0].sentence
        assert any(notice.subject == made.criterion for notice in found.notices)
        assert "reached now" not in "".join(notice.sentence for notice in found.notices)


class TestGone:
    def run(self, made, count, keys, *, whole=None, sha="a"):
        answers = [made.evidence(count, open_items=keys, sha=sha)]
        answers += [share(made, whole, whole, sha=sha)] if whole else []
        return made.of([made.judged(count)], answers=answers)

    def test_a_failed_case_that_is_gone_with_its_plan_row_is_a_setback(self, made):
        """The failed case was taken out of plan and report: nothing fails, and nothing was mended."""
        found = compare(self.run(made, 1, ("SIT-3",), whole=7), self.run(made, 0, (), whole=6, sha="b"))

        [told] = [notice for notice in found.notices if notice.subject == "defects.critical_open"]
        assert told.worse
        assert "1 item that was counted in the last run is no longer counted (sop.approved_ratio: 7, now 6)" in (
            told.sentence
        )
        assert "reached by what remains; gone: SIT-3" in told.sentence
        assert not found.better

    @pytest.mark.parametrize("whole", [7, 8])
    def test_a_failed_case_that_passes_is_progress(self, whole, made):
        """As many are planned as before: it was mended."""
        found = compare(self.run(made, 1, ("SIT-3",), whole=7), self.run(made, 0, (), whole=whole, sha="b"))

        assert not found.anything_worse
        assert found.better
        assert "reached now; gone: SIT-3." in found.notices[0].sentence

    def test_where_no_fact_of_the_source_counts_all_nobody_says_that_it_was_done(self, made):
        """An issue list holds what is open: closed and deleted look the same."""
        found = compare(self.run(made, 1, ("D-1",)), self.run(made, 0, (), sha="b"))

        assert not found.anything_worse
        assert found.notices[0].sentence == (
            "defects.critical_open fell from 1 defect to 0 defects; system.defects.open needs at most 0 defects: "
            "no longer missed; gone: D-1 (closed or removed: the source does not say which)."
        )


class TestSwapped:
    def run(self, made, keys, *, finding, sha="a", left_out=None, value=2):
        answer = made.evidence(value, open_items=keys, open_left_out=left_out, sha=sha)
        return made.of([finding] if finding else [], answers=[answer])

    @pytest.mark.parametrize(
        ("limit", "worse", "more"),
        [
            (1, True, "; Grants.gov counts against system.defects.open now"),
            (2, True, "; Grants.gov counts against system.defects.open now"),
            (3, False, ""),
        ],
    )
    def test_an_item_that_newly_fails_is_a_setback_where_the_criterion_is_open_or_at_its_limit(
        self, limit, worse, more, made
    ):
        """One interface was mended and another broke: the number stays, and the news is the broken one."""
        finding = made.judged(2, limit=limit)

        found = compare(
            self.run(made, ("FPDS", "IPP"), finding=finding),
            self.run(made, ("IPP", "Grants.gov"), finding=finding, sha="b"),
        )

        assert found.anything_worse is worse
        assert found.notices[0].sentence == (
            f"defects.critical_open stays at 2 defects; newly open: Grants.gov; gone: FPDS{more}."
        )

    def test_of_a_count_that_fell_a_new_item_is_named_and_raises_no_hand(self, made):
        """More were closed than opened."""
        found = compare(
            self.run(made, ("A", "B"), finding=made.judged(2)),
            self.run(made, ("C",), finding=made.judged(1), sha="b", value=1),
        )

        assert not found.anything_worse
        assert "C counts against system.defects.open now" in found.notices[0].sentence

    @pytest.mark.parametrize(("now", "worse"), [(7, True), (8, False)])
    def test_of_a_share_that_rose_an_item_that_was_there_and_fails_now_is_a_setback(self, now, worse, made):
        """Two interfaces work, one that worked does not: somebody has to look. On a longer list it may be new."""
        before, after = (
            made.of(
                [reads(made, 2, "sop.approved_ratio")], answers=[share(made, part, whole, sha=sha, open_items=keys)]
            )
            for part, whole, sha, keys in ((5, 7, "a", ("A", "B")), (now - 1, now, "b", ("C",)))
        )

        assert compare(before, after).anything_worse is worse

    @pytest.mark.parametrize("lists", [((), 1), (None, None)])
    def test_of_a_list_that_was_cut_or_not_made_nobody_knows_what_is_new(self, lists, made):
        """A collector that names its rows from today on is no setback."""
        keys, left = lists
        finding = made.judged(2, status=Status.NOT_MET)

        found = compare(
            self.run(made, keys, finding=finding, left_out=left), self.run(made, ("A", "B"), finding=finding, sha="b")
        )

        assert not found.anything_worse


class TestLargestValues:
    """A number of days or a percentage names what it comes from, and not all that is open."""

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (1, "newly named: UID 5; no longer named: UID 4."),
            (2, "newly open: UID 5; gone: UID 4"),
            (3, "newly named: UID 5; no longer named: UID 4."),
        ],
    )
    def test_what_is_the_largest_no_more_is_not_said_to_be_closed(self, value, words, made):
        """UID 4 is later than last week, only no longer the latest; a count that names all of its items is another."""
        before = made.of(answers=[made.evidence(value, open_items=("UID 4", "UID 6"))])
        after = made.of(answers=[made.evidence(value, open_items=("UID 5", "UID 6"), sha="b")])

        [line] = [each.sentence for each in compare(before, after).notices if "UID" in each.sentence]

        assert words in line

    def test_of_a_value_that_moved_nothing_is_said_to_be_closed_or_removed(self, made):
        """The sentence that the source does not say which of both it was is for lists alone."""
        before = made.of(answers=[made.evidence(20, open_items=("UID 4",))])
        after = made.of(answers=[made.evidence(64, open_items=("UID 5",), sha="b")])

        [line] = [each.sentence for each in compare(before, after).notices if "UID" in each.sentence]

        assert "closed or removed" not in line
        assert "no longer named: UID 4" in line
