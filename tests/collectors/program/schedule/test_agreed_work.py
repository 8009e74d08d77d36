"""Work that was withdrawn and promises that were moved: agreed by a person, or nothing is said of dates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.agreed_work import OF_ALL_WORK
from gonogo.model.evidence import GapReason

LATE = "2027-05-06T17:00:00"
ALL = {fact.name for fact in OF_ALL_WORK}


@pytest.fixture
def late(project, row, after):
    """A proof of the restore, promised for 23 April and late, that go-live waits for; somebody sets it inactive."""
    promised = {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-23T17:00:00", "Duration": "PT16H0M0S"}
    proof = row(9, "Prove the restore", 2, "04-22T08", "05-06T17", 88, Baseline=promised, Active=0)
    project["Tasks"]["Task"].insert(6, proof)
    golive = next(each for each in project["Tasks"]["Task"] if each["UID"] == 6)
    golive["PredecessorLink"].append(after(9))
    return project


def gaps(answers):
    """Return the facts that withdrawn work leaves unknown."""
    return {name for name, each in answers.items() if each.gap is not None and "set inactive" in each.detail}


class TestWithdrawnWork:
    def test_promised_work_that_is_set_inactive_leaves_every_date_unknown(self, ask, late):
        """Switching off what is late must not make go-live punctual."""
        answers = ask(late)

        assert gaps(answers) == ALL & answers.keys()
        slip = answers["forecast_slip_days"]
        assert slip.gap is GapReason.NOT_PROVABLE
        assert "UID 9 'Prove the restore' (set inactive)" in slip.detail
        assert "nobody says in `dropped` of the binding" in slip.detail

    @pytest.mark.parametrize("name", ["9", "Prove the restore", "W.9"])
    def test_what_both_sides_agreed_to_drop_is_told_and_does_not_count(self, ask, late, name):
        """Scope is cut in good faith, too."""
        answers = ask(late, dropped=[name])

        assert answers["forecast_slip_days"].value == 0
        for fact in ("forecast_slip_days", "golive_tasks", "golive_task_max_variance"):
            assert "not counted: 1 withdrawn on the way to go-live, UID 9 'Prove the restore'" in answers[fact].where

    def test_another_name_agrees_to_nothing(self, ask, late):
        """Last month's list must not cover what was switched off today."""
        assert gaps(ask(late, dropped=["Prove the backup", "6"])) >= {"forecast_slip_days"}

    def test_a_name_that_two_withdrawn_rows_bear_drops_neither(self, ask, late, row, after, task):
        """Last month *Test* was dropped by agreement; another row of that name was switched off today."""
        late["Tasks"]["Task"].insert(6, row(10, "Prove the restore", 2, "04-12T08", "04-21T17", 64, Active=0))
        task(late, 6)["PredecessorLink"].append(after(10))

        assert gaps(ask(late, dropped=["Prove the restore"])) >= {"forecast_slip_days"}
        assert gaps(ask(late, dropped=["W.9"])) >= {"forecast_slip_days"}
        assert not gaps(ask(late, dropped=["W.9", "10"]))

    def test_a_blank_code_is_no_name(self, ask, late, task):
        """Rows without a WBS code would all be dropped at once."""
        task(late, 9)["WBS"] = ""

        assert gaps(ask(late, dropped=["W.9"])) >= {"forecast_slip_days"}

    @pytest.mark.parametrize(("begun", "known"), [(True, False), (False, True)])
    def test_without_a_baseline_it_matters_once_it_was_begun(self, ask, late, task, begun, known):
        """A variant of the plan that nobody promised and nobody began is only told."""
        task(late, 9).update(Baseline=[], **({"ActualStart": "2027-04-13T08:00:00"} if begun else {}))

        answers = ask(late)
        assert (answers["forecast_slip_days"].gap is None) is known
        assert "UID 9" in answers["golive_tasks"].where

    def test_work_that_is_done_is_no_matter(self, ask, late, task):
        """Nobody waits for it."""
        task(late, 9).update(PercentComplete=100, ActualStart="2027-04-13T08:00:00", ActualFinish="2027-04-14T17:00:00")

        answers = ask(late)
        assert not gaps(answers)
        assert "UID 9" not in answers["golive_tasks"].where

    def test_work_that_leads_elsewhere_is_no_matter(self, ask, late, task, after):
        """A switched-off training after go-live holds nothing back."""
        golive = task(late, 6)
        golive["PredecessorLink"] = golive["PredecessorLink"][:1]
        task(late, 8)["PredecessorLink"].append(after(9))

        assert not gaps(ask(late))

    @pytest.mark.parametrize(
        ("promised", "known"),
        [("2027-05-03T05:00:00", False), ("2027-05-03T06:00:00", False), ("2027-05-03T07:00:00", True)],
    )
    def test_work_whose_links_were_taken_away_matters_where_it_was_due_before_go_live(
        self, ask, late, task, promised, known
    ):
        """Taking the link away too must not help; go-live is promised for 3 May, 6 o'clock."""
        golive = task(late, 6)
        golive["PredecessorLink"] = golive["PredecessorLink"][:1]
        task(late, 9)["Baseline"]["Finish"] = promised

        assert (not gaps(ask(late))) is known

    def test_a_chain_of_withdrawn_work_is_followed(self, ask, late, row, after, task):
        """The first of two that are switched off holds go-live back as well."""
        first = row(10, "Write the restore script", 2, "04-12T08", "04-21T17", 64, Active=0)
        late["Tasks"]["Task"].insert(6, first)
        task(late, 9).update(Baseline=[], PredecessorLink=[after(10)])

        assert "UID 10" in ask(late)["forecast_slip_days"].detail

    def test_work_below_a_row_that_leads_to_go_live_is_on_the_way(self, ask, late, task, after):
        """A link of the phase holds for all that is in it."""
        golive = task(late, 6)
        golive.update(OutlineLevel=1, PredecessorLink=[after(4)])
        task(late, 9)["Baseline"]["Finish"] = "2027-05-04T17:00:00"

        assert gaps(ask(late)) >= {"forecast_slip_days"}

    def test_what_ties_open_work_to_go_live_matters_though_nobody_promised_it(self, ask, late, row, after, task):
        """Without the tie in between, late work in front of it no longer feeds go-live."""
        first = row(10, "Write the restore script", 2, "04-12T08", "05-21T17", 64)
        late["Tasks"]["Task"].insert(6, first)
        task(late, 9).update(Baseline=[], PredecessorLink=[after(10)])

        assert "UID 9" in ask(late)["forecast_slip_days"].detail

    def test_a_link_from_withdrawn_work_is_written_once(self, ask, late, task, after):
        """As any other link."""
        task(late, 6)["PredecessorLink"].append(after(9))

        with pytest.raises(Exception, match="is written twice"):
            ask(late)


class TestPromises:
    @pytest.mark.parametrize(
        ("first", "known"),
        [("2027-04-26T16:59:00", False), ("2027-04-26T17:00:00", True), ("2027-04-27T17:00:00", True)],
    )
    def test_a_promise_that_another_baseline_made_sooner_is_asked_about_where_it_is_broken(
        self, ask, project, task, first, known
    ):
        """A baseline that was set anew to the late date makes nothing punctual."""
        kept = {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-30T17:00:00", "Duration": "PT56H0M0S"}
        task(project, 5).update(Baseline=[{**kept, "Number": 1, "Finish": first}, kept])

        answers = ask(project)
        for fact in ("golive_task_max_variance", "golive_tasks_late"):
            assert (answers[fact].gap is None) is known
        if not known:
            says = answers["golive_tasks_late"].detail
            assert "which promise was agreed for UID 5 'Rehearse'" in says
            assert "baseline 0 by 2027-04-30, baseline 1 by 2027-04-26, and it is expected 2027-04-26" in says

    @pytest.mark.parametrize(("agreed", "variance"), [(0, "0"), (1, "0.333334")])
    def test_the_settings_say_which_baseline_was_agreed(self, ask, project, task, agreed, variance):
        """24 hours were promised to end on Monday, and it ends on Tuesday."""
        first = {"Number": 1, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "Duration": "PT24H0M0S"}
        task(project, 5).update(
            Finish="2027-04-27T17:00:00", Baseline=[first, {**first, "Number": 0, "Finish": "2027-04-30T17:00:00"}]
        )
        for uid in (2, 3, 6):
            only = task(project, uid)["Baseline"]
            task(project, uid)["Baseline"] = [only, {**only, "Number": 1}]

        assert ask(project, baseline=agreed)["golive_task_max_variance"].value == Decimal(variance)

    def test_an_agreed_baseline_that_the_file_does_not_hold_is_a_gap_that_names_it(self, ask, project):
        """Nobody counts by another one in its place."""
        assert "no baseline 3" in ask(project, baseline=3)["golive_tasks_late"].detail

    @pytest.mark.parametrize(
        ("first", "known"),
        [("2027-04-15T16:59:00", False), ("2027-04-15T17:00:00", False), ("2027-04-15T17:01:00", True)],
    )
    def test_what_was_due_by_the_status_date_asks_about_promises_up_to_it(self, ask, project, task, first, known):
        """The status date is 15 April, 17 o'clock; what is due later changes no count yet."""
        only = task(project, 3)["Baseline"]
        task(project, 3)["Baseline"] = [only, {**only, "Number": 4, "Finish": first}]

        answers = ask(project)
        assert (answers["bei"].gap is None) is known
        assert (answers["missed_tasks_ratio"].gap is None) is known

    @pytest.mark.parametrize("number", ["", "x", "0"])
    def test_a_baseline_has_a_number_of_its_own(self, ask, project, task, number):
        """Two baselines with one number are two answers to one question."""
        only = task(project, 3)["Baseline"]
        task(project, 3)["Baseline"] = [only, {**only, "Number": number}]

        with pytest.raises(Exception, match="written once with its number"):
            ask(project)

    @pytest.mark.parametrize("number", [-1, 11, "1"])
    def test_a_baseline_is_numbered_from_0_to_10(self, ask, project, number):
        """Microsoft Project keeps eleven."""
        with pytest.raises(Exception, match="baseline"):
            ask(project, baseline=number)


class TestWorkThatLeadsNowhere:
    @pytest.fixture
    def loose(self, late, task):
        """The same proof, active; the link to go-live was taken away."""
        task(late, 9)["Active"] = 1
        golive = task(late, 6)
        golive["PredecessorLink"] = golive["PredecessorLink"][:1]
        return late

    def test_late_work_without_a_successor_is_late(self, ask, loose):
        """One link less made go-live punctual: nine working days of two are late."""
        answers = ask(loose)

        assert answers["golive_tasks_late"].value == 1
        assert "UID 9 'Prove the restore'" in answers["golive_tasks_late"].where
        assert answers["golive_task_max_variance"].value == Decimal("4.5")
        assert "not leading to it: 1 unfinished, UID 9 'Prove the restore'" in answers["golive_tasks"].where

    @pytest.mark.parametrize(
        ("promised", "counted"),
        [("2027-05-03T05:00:00", 1), ("2027-05-03T06:00:00", 1), ("2027-05-03T07:00:00", 0)],
    )
    def test_it_counts_if_it_was_promised_for_before_go_live(self, ask, loose, task, promised, counted):
        """Go-live was promised for 3 May, 6 o'clock."""
        task(loose, 9)["Baseline"]["Finish"] = promised

        assert ask(loose)["golive_tasks_late"].value == counted

    def test_the_variance_names_every_late_activity(self, ask, loose, task):
        """An update in which another one is the worst said of this one that it was closed or removed."""
        task(loose, 5).update(Finish="2027-04-28T17:00:00")

        assert {"UID 5", "UID 9"} <= set(ask(loose)["golive_task_max_variance"].open_items)

    def test_work_that_leads_elsewhere_does_not_count_and_is_told(self, ask, loose, task, after):
        """Stabilization may well wait for what go-live does not."""
        task(loose, 8)["PredecessorLink"].append(after(9))

        answers = ask(loose)
        assert answers["golive_tasks_late"].value == 0
        assert "not leading to it: 1 unfinished, UID 9 'Prove the restore'" in answers["golive_tasks"].where

    def test_a_link_of_the_row_above_is_a_successor(self, ask, loose, task, after):
        """The phase holds what follows it."""
        task(loose, 8)["PredecessorLink"].append(after(4))
        task(loose, 6).update(OutlineLevel=1)

        assert ask(loose)["golive_tasks_late"].value == 0

    def test_what_comes_before_such_work_counts_too(self, ask, loose, task, row, after):
        """The late one may stand two links before the end that was cut off."""
        promised = {
            "Number": 0,
            "Start": "2027-04-12T08:00:00",
            "Finish": "2027-04-19T17:00:00",
            "Duration": "PT48H0M0S",
        }
        first = row(10, "Write the restore script", 2, "04-12T08", "04-21T17", 64, Baseline=promised)
        loose["Tasks"]["Task"].insert(6, first)
        task(loose, 9).update(PredecessorLink=[after(10)])

        assert "UID 10 'Write the restore script'" in ask(loose)["golive_tasks_late"].where

    def test_finished_work_leads_where_it_likes(self, ask, loose, task):
        """Nothing waits for it any more."""
        task(loose, 9).update(
            PercentComplete=100, ActualStart="2027-04-13T08:00:00", ActualFinish="2027-04-14T17:00:00"
        )

        answers = ask(loose)
        assert answers["golive_tasks_late"].value == 0
        assert "not leading to it" not in answers["golive_tasks"].where

    @pytest.mark.parametrize(
        ("level", "above", "counted"),
        [
            pytest.param(2, "Deploy", 1, id="in a branch that leads to go-live"),
            pytest.param(2, "Release 2", 0, id="in a branch of its own"),
            pytest.param(1, "", 1, id="in no branch"),
        ],
    )
    def test_it_belongs_to_go_live_by_its_branch(self, ask, loose, task, row, level, above, counted):
        """A schedule of several releases has late work that is none of this one's business."""
        proof = task(loose, 9)
        proof["OutlineLevel"] = level
        if above != "Deploy":
            loose["Tasks"]["Task"].remove(proof)
            if above:
                loose["Tasks"]["Task"].append(row(20, above, 1, "04-22T08", "05-06T17", 88, Summary=1, Baseline=[]))
            loose["Tasks"]["Task"].append(proof)

        answers = ask(loose)
        assert answers["golive_tasks_late"].value == counted
        assert "not leading to it: 1 unfinished, UID 9" in answers["golive_tasks"].where

    @pytest.mark.parametrize(("held", "counted"), [(4, 0), (5, 0), (6, 1)])
    def test_a_branch_that_holds_over_half_of_the_schedule_is_none(self, ask, loose, task, row, held, counted):
        """Nobody knows what belongs to which release where nearly all lies in one. Five activities lie elsewhere."""
        proof = task(loose, 9)
        loose["Tasks"]["Task"].remove(proof)
        branch = row(20, "Release 2", 1, "04-22T08", "06-02T17", 88, Summary=1, Baseline=[])
        rest = [row(30 + number, f"Part {number}", 2, "06-01T08", "06-02T17", 16) for number in range(held - 1)]
        loose["Tasks"]["Task"] += [branch, proof, *rest]

        assert ask(loose)["golive_tasks_late"].value == counted
