"""Contracts: awards and ends by the settings, against the work that names them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.settings import ContractField


@pytest.fixture
def bought(ask, project, task):
    """The small schedule, in which Rehearse (22 to 26 April, four days of float) names a contract."""
    field = {"FieldID": "188743731", "FieldName": "Text1", "Alias": "Contract"}
    project["ExtendedAttributes"] = {"ExtendedAttribute": [field]}
    task(project, 5)["ExtendedAttribute"] = [{"FieldID": "188743731", "Value": "FA-12"}]
    task(project, 5)["TotalSlack"] = 4 * 4800

    def collect(*periods, **more):
        contract = {"field": "Contract", "periods": [{"contract": "FA-12", **period} for period in periods]} | more
        return ask(project, contract=contract, facts=None)

    return collect


class TestOutside:
    @pytest.mark.parametrize(("award", "out"), [("2027-04-21", 0), ("2027-04-22", 0), ("2027-04-23", 1)])
    def test_work_starts_on_the_day_of_the_award_at_the_earliest(self, bought, award, out):
        """Before it there is nobody to do it."""
        answer = bought({"award": award})["tasks_outside_contract"]

        assert (answer.value, list(answer.open_items)) == (out, ["UID 5"] * out)

    @pytest.mark.parametrize(("end", "out"), [("2027-04-25", 1), ("2027-04-26", 0), ("2027-04-27", 0)])
    def test_work_finishes_on_the_last_day_at_the_latest(self, bought, end, out):
        """A plan that goes past the period of performance goes without the contractor."""
        assert bought({"award": "2027-01-01", "end": end})["tasks_outside_contract"].value == out

    def test_a_contract_without_dates_is_a_gap_that_names_it(self, bought):
        """Nobody knows on which side its work is."""
        answers = bought({"award": "2027-01-01", "contract": "OTHER"})

        for name in ("tasks_outside_contract", "contract_award_float_days"):
            assert "no dates (`periods`) of contracts that activities name: FA-12" in answers[name].detail

    def test_one_contract_without_dates_among_others_is_a_gap(self, bought, project, task):
        """The others say nothing of it."""
        task(project, 8)["ExtendedAttribute"] = [{"FieldID": "188743731", "Value": "FA-13"}]
        answers = bought({"award": "2027-01-01"})

        for name in ("tasks_outside_contract", "contract_award_float_days"):
            assert "contracts that activities name: FA-13" in answers[name].detail

    def test_dates_that_are_given_twice_are_a_mistake_of_the_settings(self):
        """Nobody should have to guess which of two awards counts."""
        period = {"contract": "A", "award": "2027-01-01"}

        with pytest.raises(ValueError, match="dates twice"):
            ContractField.model_validate({"field": "x", "periods": (period, period)}, strict=False)


class TestAwardFloat:
    @pytest.mark.parametrize(
        ("award", "days"),
        [("2027-04-21", 4), ("2027-04-22", 3), ("2027-04-26", 1), ("2027-04-27", 0), ("2027-04-28", -1)],
    )
    def test_an_award_may_be_as_late_as_the_float_of_its_work(self, bought, award, days):
        """Rehearse starts on 22 April with four days of float: an award on the 27th is in time for the 28th."""
        answer = bought({"award": award})["contract_award_float_days"]

        assert answer.value == Decimal(days)
        assert list(answer.open_items) == (["UID 5"] if days < 0 else [])

    def test_of_several_awards_the_one_with_the_least_float_counts(self, bought, project, task):
        """An early award of one contract does not make up for a late one of another; after go-live none matters."""
        for uid, contract in ((6, "FA-13"), (8, "FA-14")):
            task(project, uid)["ExtendedAttribute"] = [{"FieldID": "188743731", "Value": contract}]
        early, after = {"contract": "FA-13", "award": "2027-01-04"}, {"contract": "FA-14", "award": "2027-12-01"}
        answer = bought({"award": "2027-04-28"}, early, after)["contract_award_float_days"]

        assert (answer.value, list(answer.open_items)) == (Decimal(-1), ["UID 5"])

    def test_without_work_that_waits_there_is_nothing_to_measure(self, bought, project, task):
        """Work that has begun has its contract."""
        task(project, 5)["ActualStart"] = "2027-04-14T08:00:00"

        assert "still to begin" in bought({"award": "2027-05-30"})["contract_award_float_days"].detail
